"""Test reports and self-declarations: two evidence classes beside the certificate."""

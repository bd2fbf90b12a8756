"""Supervision at work: complaints for the office, the party and the body; rounds; recognition."""

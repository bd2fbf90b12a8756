"""Organisations in their separate roles, and their plants."""

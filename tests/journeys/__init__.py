"""Whole stories on the seeded demonstration register."""

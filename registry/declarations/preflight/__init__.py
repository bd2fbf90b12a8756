"""Checks of a declaration before it is saved: what is missing, what cannot be right, and how to mend it."""

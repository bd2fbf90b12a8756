"""The whole catalogue in files: every version of every public fact up to one feed position."""

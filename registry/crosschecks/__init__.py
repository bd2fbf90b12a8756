"""Look-ups of certificates on official platforms, each one a public fact of its own."""

"""Standards by edition, with the days they count."""

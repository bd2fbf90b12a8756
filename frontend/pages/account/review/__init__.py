"""The pages of a registry officer: what waits, one case, and the acts of bodies copied from their source."""

"""Batches as their makers state them, the identifiers they carry, and finding things by any of these."""

"""Readers and writers of the formats declarations come and go in."""

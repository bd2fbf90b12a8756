"""Harvesting: what other nodes publish, fetched politely, read in confinement, and never taken twice."""

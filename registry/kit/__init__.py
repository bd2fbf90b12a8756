"""Shared ground of every layer; imports no feature."""

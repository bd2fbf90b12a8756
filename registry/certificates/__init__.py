"""Certificates as their bodies issued them: scope rows, states, acts."""

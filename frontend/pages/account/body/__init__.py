"""Certificates and the acts of their bodies: for the body itself, and for an officer who copies an act."""

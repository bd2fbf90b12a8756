"""Comparing carbon honestly: like with like, or a refusal with its reason."""

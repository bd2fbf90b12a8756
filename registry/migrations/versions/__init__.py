"""Revisions in order; a revision never imports a model, so old ones keep working."""

"""Products with typed attributes, and the models they come in."""

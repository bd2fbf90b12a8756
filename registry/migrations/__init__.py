"""The history of the tables: one revision per change, each with its way back."""

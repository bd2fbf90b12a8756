"""Everything the register knows about a product at a point: one load, then pure questions."""

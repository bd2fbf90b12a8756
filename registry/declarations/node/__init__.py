"""We as a node: the read interface of soda4LCA over what declarations state."""

"""The public pages: one module of routes for each, thin over the register, the search and the comparison."""

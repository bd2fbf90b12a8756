"""How much of a building is green: methods, their ledger and the tree of figures."""

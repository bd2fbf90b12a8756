"""Official forms of a rule, filled from a finished report; what nobody knows is left to be filled in."""

"""One figure of a declaration: which modules, per what, how it was obtained and converted."""

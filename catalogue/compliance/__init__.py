"""Is a line proven green on its day: evidence, rules and the verdict."""

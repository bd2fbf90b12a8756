"""Product searches as buyers use them: everything found as rows, kept as evidence, compared with today."""

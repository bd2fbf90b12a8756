"""Units of quantity: the table, reading their spellings, and exact conversion."""

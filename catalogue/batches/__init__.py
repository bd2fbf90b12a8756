"""Which certificate covered the product and plant of a batch while it was made; never the batch itself."""

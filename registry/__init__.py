"""Facts, their history and their proof."""

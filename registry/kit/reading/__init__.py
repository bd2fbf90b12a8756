"""Numbers and days as people type them, read without guessing."""

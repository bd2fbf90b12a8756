"""What users keep as evidence: sealed once, read by whoever holds its address, never changed."""

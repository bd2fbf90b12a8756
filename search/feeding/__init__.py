"""Following the change feed: records become documents, and the index stays behind by moments only."""

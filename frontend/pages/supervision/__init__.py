"""Pages of supervision for everybody: complaining, following a complaint, and what was made public."""

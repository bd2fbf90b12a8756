"""Published limits as data: which apply to a material on a day, and how far a value is from each."""

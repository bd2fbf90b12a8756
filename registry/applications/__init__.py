"""Applications 申报: typed, reviewed by two persons, and only then published."""

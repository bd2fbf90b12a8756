"""The append-only list of public fact versions that everything else follows."""

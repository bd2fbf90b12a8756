"""Bills of materials: reading files, recognising columns, lines, kinds and matches."""

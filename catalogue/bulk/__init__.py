"""Many products from one file 批量申报: read, checked row by row, handed in as one application."""

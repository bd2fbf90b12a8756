"""Generic values to stand in where nothing of the product is known: always marked, never a product."""

"""What a carbon limit leaves of the market: products, independent makers, provinces."""

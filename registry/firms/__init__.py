"""Honours, energy records and disclosures of organisations and plants: facts that prove no product green."""

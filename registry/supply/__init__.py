"""What a plant can supply: where it stands, how far it delivers, how much, how soon, through whom."""

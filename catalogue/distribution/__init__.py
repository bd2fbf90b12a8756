"""How carbon values of like things are spread: the values, their base, and percentiles from ten on."""

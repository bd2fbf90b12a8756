"""Documents of declarations: looked at, entered once, kept with their readings, given back."""

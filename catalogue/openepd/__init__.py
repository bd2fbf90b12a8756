"""We as an openEPD server: what its clients ask for, over what declarations state."""

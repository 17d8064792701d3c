"""How a wave is planned, how far it is, and what of that may be shown."""

"""How respondents come in, and what they have answered so far."""

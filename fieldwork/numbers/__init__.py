"""Whom we may text: their numbers, sealed, and those that asked not to be texted."""

"""Texting at a terminal."""

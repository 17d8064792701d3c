"""The album: every page of the office with something on it, walked through in a browser and kept as pictures."""

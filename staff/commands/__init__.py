"""The same office at a terminal."""

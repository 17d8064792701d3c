"""Comments: read, coded by theme, redacted, and quoted."""

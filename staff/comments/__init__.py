"""Comments: read, coded to themes, redacted, approved by another person, released."""

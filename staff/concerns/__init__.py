"""Concerns: the safeguarding lead's list, each concern with what was done, who looks at them, and practice."""

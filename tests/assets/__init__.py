"""Tests of what the style sheet and the script do."""

"""Waves: planned, opened when nothing is missing any more, closed on their day."""

"""Booklets: their serials, and their answers keyed once or twice."""

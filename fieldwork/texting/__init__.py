"""Conversations by text message: what came in, what goes out, and how each one ends."""

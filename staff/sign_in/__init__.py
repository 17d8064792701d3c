"""Signing in to the office: a password, a second factor, and a session that ends by itself."""

"""Fieldwork at a glance: who was invited, how many answered, and what waits for a person."""

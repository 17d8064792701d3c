"""Inspections: made by administrators, set up by their lead, and the way from each to everything else about it."""

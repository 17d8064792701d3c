"""The people of the office, and what they did."""

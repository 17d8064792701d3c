"""Ways in: codes on slips and in letters, lost ones replaced, and the open link."""

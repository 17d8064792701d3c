"""Taking out of a comment what tells who wrote it: what a machine proposes, and what two people agree on."""

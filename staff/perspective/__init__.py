"""The section of an inspection in the page, its figures, its snapshots, and the files made of them."""

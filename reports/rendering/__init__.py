"""A perspective as text, Markdown, JSON, or as what a page template needs."""

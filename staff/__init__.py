"""The office: what inspectors do, at a terminal and in the browser."""

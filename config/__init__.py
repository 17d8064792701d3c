"""What the installation is told from outside, and how it is served. Read by app.py alone."""

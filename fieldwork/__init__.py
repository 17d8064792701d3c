"""What happened: whom we asked and what came back. Knows SQLAlchemy, not Flask."""

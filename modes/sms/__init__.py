"""Questions and answers by text message."""

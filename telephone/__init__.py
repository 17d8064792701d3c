"""A telephone on the screen, and a text-message provider to practise with."""

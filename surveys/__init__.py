"""What we ask: questionnaires, routing and answers. Pure: no framework, no database, no clock, no randomness."""

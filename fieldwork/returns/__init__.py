"""What came back: responses, sent here or brought from elsewhere."""

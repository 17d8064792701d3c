"""The door for a respondent with a pen: booklets that go out, and what is keyed when they come back."""

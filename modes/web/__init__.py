"""The door for a respondent with a browser: one question a page."""

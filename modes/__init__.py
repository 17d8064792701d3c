"""How a questionnaire reaches people: one door a mode. Doors do not know each other."""

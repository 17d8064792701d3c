"""Words after which a person should look first."""

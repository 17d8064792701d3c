"""The shared tablets of a wave: made by a link that is shown once, and switched off."""

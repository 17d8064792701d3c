"""Inspections whose reports are published, with responses reconstructed so that they agree with what was printed."""

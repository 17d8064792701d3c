"""How quick, how light and how safe: scripts that measure us beside the bare minimum, run by hand. See README.md."""

"""The two-dimensional laboratory: the catalogue's losses traced for two small networks, and games with a known outcome."""

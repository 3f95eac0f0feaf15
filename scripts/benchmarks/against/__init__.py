"""A fair comparison with another commit: two trees take turns, and each line says within what bounds their ratio is."""

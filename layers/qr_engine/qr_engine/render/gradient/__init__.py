"""Where the colours of a gradient lie, and as pixels."""

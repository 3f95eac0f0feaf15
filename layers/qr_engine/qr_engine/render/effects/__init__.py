"""Effects as bitmaps, the same in every format."""

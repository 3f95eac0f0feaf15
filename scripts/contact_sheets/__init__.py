"""Contact sheets of every option of a styled code: what is on each, and how one is laid out."""

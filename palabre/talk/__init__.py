"""Talk: comments in threads, on an item or on a passage, and reactions."""

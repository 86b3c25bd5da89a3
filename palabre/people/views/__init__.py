"""Pages about people, each module one subject."""

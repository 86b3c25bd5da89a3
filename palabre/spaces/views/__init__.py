"""Pages about spaces, each module one subject."""

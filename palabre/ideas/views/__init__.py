"""Pages of ideas, and what one does there."""

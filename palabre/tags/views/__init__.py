"""Tag pages, tagging, and the garden."""

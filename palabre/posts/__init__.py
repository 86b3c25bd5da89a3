"""Posts: dated words, newest first."""

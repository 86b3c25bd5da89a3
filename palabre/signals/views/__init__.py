"""Pages of the signals room."""

"""Pages and documents of feeds."""

"""Pages of objectives."""

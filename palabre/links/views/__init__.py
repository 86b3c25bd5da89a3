"""The links of an item, its map, and what has to be kept in order."""

"""Bookmarks: an outside address, one per space and canonical address, with those who kept it and their notes."""

"""Bookmarks: an outside address worth keeping, one per space and canonical address, with who kept it and why.

It is there at once with what was typed; title and text come later, brought by `kit.outbound` and read by a confined
process. Verbs: `keeping.keep`, `Bookmark.save_for`, `Bookmark.release`, `fetching.fetch`.
"""

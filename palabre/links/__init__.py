"""Links: what the text points at, read from both ends.

Backlinks with their sentence, wanted pages, orphans, typed links, outside addresses, authority.
"""

"""Files: what people attach to an item. Stored by content, served through the item's door, read for their
words.

No name and no type given by a sender is believed, and no file can run a script here: see sniffing, serving,
extraction.
"""

"""The front page, the feed and the write menu.

It composes what the rooms below offer and owns no rule of its own.
"""

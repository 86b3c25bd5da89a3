"""Authoring: the text and everything that happens to it.

Rendering, marks, drafts, merging, versions, files, trust; the write and history pages of every kind.
"""

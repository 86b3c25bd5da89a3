"""Coming and leaving: Markdown folders in, complete exports out and back in.

Each room says what it carries (`items.portability`); this one writes and reads the folder.
"""

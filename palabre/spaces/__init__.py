"""Spaces: where things are said and who may see them.

The audience, the membership, and who meets whom.
"""

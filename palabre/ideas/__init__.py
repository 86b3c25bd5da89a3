"""Ideas, the voices that carry them, and what becomes of them.

An idea is written in a space, supported by one's own voice or by one that somebody brings, and moves through stages
which the space's stewards shape. Verbs: support, speak for, move, answer, merge.
"""

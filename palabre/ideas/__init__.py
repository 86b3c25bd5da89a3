"""Ideas, the voices that carry them, and what becomes of them.

An idea is written in a space, or for a campaign that asks for ideas for a while; supported by one's own voice or by one
that somebody brings, weighed by people who are asked, worked on by a team; and moves through stages which the space's
stewards shape. Verbs: support, speak for, move, answer, merge, split, review, join; plan, open, end, conclude.
"""

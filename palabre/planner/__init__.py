"""The planner: what was asked about each offer of the company, by the seven P, and what nobody was ever asked about.

It composes kinds that do not know each other (offers, consultations, decisions) and keeps nothing of its own: a square
is what links, consultations and decisions say, as far as its reader sees them. Its verb: begin, where there is a hole.
"""

"""Commitments: what somebody says they will do, by when, and what came of it.

One stands by itself, or leads on from an idea, a decision, anything (`led to`); who waits for it hears whether it was
kept. Verbs: make, hand over, postpone, settle, open again.
"""

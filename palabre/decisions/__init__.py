"""Decisions: a proposal on which named people vote, counted by a rule that was declared before.

The text is an item; what is declared, who may vote and what came out stand beside it. Verbs: prepare, open, cast,
extend, close, cancel, state what was decided, review. Ballots are open (whoever sees the result may see who said what)
or secret, as was declared; open ones carry voices that were lent. What is said within a decision is answered.
"""

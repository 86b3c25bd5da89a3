"""The journal: what happened, appended in the transaction of the change.

Listeners get one background job per event; followers read it in commit order.
"""

"""The journal: what happened, appended in the transaction of the change.

Rooms `record` events with verbs they registered. Listeners get one background job for each event that has the
properties they asked for; followers read the log in the order in which it settled. An event has no foreign key:
it outlives what it tells of.
"""

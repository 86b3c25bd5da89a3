"""Signals: what matters reaches the right person, once, with its reason.

People follow things, or stand in a role towards them; the room follows the journal and puts what concerns somebody
into their inbox, one row for each event and person. Its verbs: follow, mute, see, snooze, be done with.
"""

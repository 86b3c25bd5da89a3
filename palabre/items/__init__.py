"""Items: the one table everything said is a row of, its facets, revisions and appointments.

Kinds describe themselves here (`Kind`); doors (`item_or_404`) and `visible_to` are the only way in.
"""

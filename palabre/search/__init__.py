"""Search: one box over everything its reader may see.

A projection of the journal in a Tantivy index, a query language, ranking, suggestions.
"""

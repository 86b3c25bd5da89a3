"""Questions, and the answers people give to them.

An answer is an item of its own that belongs to its question: it has votes, comments and versions, and is read by who
reads the question. Verbs: answer, accept, vote, wait for somebody, merge into the same question, make a page of.
"""

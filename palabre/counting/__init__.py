"""Counting: how ballots become a result, without a database, a page or a person.

`ballots` say what people said, a rule (`rules.RULES`) counts them, `terms.Terms` holds all that was declared before
opening, and `document` writes everything that is needed to count again. Numbers are whole or fractions, never
floating, so that everybody who counts again finds the same. Why it is so: decision 32.
"""

"""Measuring: what answers allow to say, without a database, a page or a person; each figure with its interval.

One module a method: `meter` and `ladder` for prices, `kano`, `bestworst`, `cells`, `scores`, `judges` for what a few
people rank, `themes`, `opinions` and `statements` for the groups that votes fall into. They take plain answers and give
data; who shows it finds the words.
Every formula names its source, and tests hold it to published figures. Why it is so: decision 39.
"""

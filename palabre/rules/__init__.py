"""Rules: what holds in the house, who answers for it, why, and until when it is looked at again.

Any reader can challenge a rule in force. The challenge is an idea that objects to it; it ends with an answer, with
the rule lifted, or with another one that takes its place. How long that takes is measured.
"""

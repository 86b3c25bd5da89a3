"""Mail: signals that go out as letters and digests, and the answers that come back.

Who was absent is written to, at once for what is addressed to them and in a digest for the rest; an answer becomes
a comment. Its verbs: write, gather, stop, answer, refuse.
"""

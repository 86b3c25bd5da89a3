"""Feeds: every list of the house for programs that read feeds, in Atom and JSON Feed, and told on by WebSub.

Public lists have public feeds; private ones carry a token of their reader that can be revoked. Its verbs: read,
subscribe, verify, deliver.
"""

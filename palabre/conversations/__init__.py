"""Conversations: people talk to each other directly, in messages that only participants see.

A conversation is an item in a nameless space whose members are its participants, so that the one rule of
visibility holds here too; its messages are comments of talk. Its verbs: start, write, add, leave, make an item of.
"""

"""Conversations: reading and writing one, beginning one, who takes part, what becomes of a message, the rule."""

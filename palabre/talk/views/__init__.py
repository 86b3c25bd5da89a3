"""Saying, changing what was said, and gestures."""

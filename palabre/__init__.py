"""Palabre: one place to write, link, tag, find, discuss, propose, decide and listen."""

"""Pages: durable knowledge, in a tree within a space."""

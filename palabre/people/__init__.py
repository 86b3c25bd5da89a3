"""People: persons (with an account or spoken for), organisations, and how one signs in.

A person belongs to the company, to a partner organisation, or is a customer; whoever is not of the company
is a guest, and guests meet only those they share a space with.
"""

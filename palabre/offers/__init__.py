"""Offers: the products and services of the company, and all that is said about them.

Whatever is written in the house can be about one or several offers, by a typed link (`about`): an offer's page lists
it by kind, and its own page names the offers. No other kind knows of it.
"""

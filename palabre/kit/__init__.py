"""The kit: registries, time, paging, HTML cleaning, outbound HTTP, interface partials.

It has no models and imports no room.
"""

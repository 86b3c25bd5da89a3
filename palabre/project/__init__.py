"""The roof: settings, addresses, processes and the command line.

It starts and stops what runs, and may import every room.
"""

"""Webhooks: what happens in a space or in the house, told to addresses of other programs, signed.

The room follows the journal; each delivery is a row that is tried again until it arrives or its address is given
up. Its verbs: deliver, try again, resend, disable.
"""

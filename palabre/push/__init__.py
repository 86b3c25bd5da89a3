"""Push: signals on phones and desktops, and the house as an application that opens without a line.

A browser subscribes; what may interrupt is sent to it sealed, by the service it names. Its verbs: subscribe, send,
forget.
"""

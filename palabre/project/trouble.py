"""What stops a command: one clear sentence for whoever runs Palabre, instead of a traceback."""


class Trouble(Exception):
    """Its message is the whole explanation: the command line prints it, and exits with 1."""

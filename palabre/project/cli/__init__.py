"""The command line: `palabre`."""

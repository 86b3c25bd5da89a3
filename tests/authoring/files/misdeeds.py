"""What a parser taken over by a hostile file might try."""

import json
import os
import socket
import subprocess
import time
from pathlib import Path


def spin(_file):
    while True:
        pass


def sleep(_file):
    time.sleep(3600)


def swell(_file):
    return str(len(b"x" * 2_000_000_000))


def shout(_file):
    return "x" * 10_000_000


def recurse(_file):
    def again(n):
        return again(n + 1) + 1

    return str(again(0))


def _refused(attempt):
    try:
        attempt()
    except OSError:
        raise ValueError("refused") from None
    return "it worked"


def open_a_file(_file):
    return _refused(Path("/etc/passwd").read_text)


def open_a_socket(_file):
    return _refused(lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM))


def start_a_program(_file):
    return _refused(lambda: subprocess.run(["/bin/true"], capture_output=True))


def surroundings(_file):
    return json.dumps(dict(os.environ))

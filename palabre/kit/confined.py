"""The child of `confinement`, run by its path: gives up its rights, then reads the hostile file on its
standard input.
"""

import ctypes
import importlib
import json
import os
import re
import resource
import sys
from pathlib import Path

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
OUT_OF_MEMORY = 77


def bound(seconds: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    for nothing in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
        resource.setrlimit(nothing, (0, 0))
    os.nice(10)


def leave_the_network() -> None:
    """Where the system lets us; the limit on descriptors forbids sockets anyway."""
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is not None and unshare(CLONE_NEWNET) != 0:
        unshare(CLONE_NEWUSER | CLONE_NEWNET)


def close_the_doors() -> None:
    """No file and no socket can be opened from here on: every number they could bear is taken or
    forbidden.
    """
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def main() -> None:
    orders = json.loads(sys.argv[1])
    bound(orders["seconds"], orders["memory"])
    leave_the_network()
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    module, _, name = orders["function"].partition(":")
    reader = importlib.import_module(module)
    if hasattr(reader, "prepare"):
        reader.prepare()
    function = getattr(reader, name)
    close_the_doors()
    try:
        said = {"text": function(sys.stdin.buffer, *orders["arguments"])}
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except ValueError as failure:
        word = str(failure)
        said = {"failure": word if re.fullmatch(r"[a-z-]{1,30}", word) else "unreadable"}
    except Exception:
        said = {"failure": "unreadable"}
    sys.stdout.write(json.dumps(said, ensure_ascii=False))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()

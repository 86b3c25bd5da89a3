"""Hostile files are read by a process that has little to lose: `run` starts it, waits no longer than agreed,
and reads no more than agreed. What the process may do is set by `confined`, its first instructions.

A parser meets what strangers made: archives that unpack for ever, documents that take an hour, bugs in
libraries. In a child of bounded memory, time and output, without files, network or rights to start anything,
the worst is a sentence.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO

CHILD = Path(__file__).with_name("confined.py")
# The exit codes a limit of the system ends a process with, and our own for a lack of memory.
OUT_OF_MEMORY = 77
OUT_OF_TIME = {-signal.SIGXCPU, -signal.SIGKILL}


class Failure(Exception):
    """The process gave nothing. `reason`: time, memory, size, crash, or the word its function raised
    ValueError with.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Bounds:
    """`seconds` of processor and, thrice that, of waiting; `memory` of address space and `output` in
    bytes.
    """

    seconds: int = 20
    memory: int = 768 * 1024 * 1024
    output: int = 8 * 1024 * 1024


def run(function: str, source: IO[bytes], *arguments: str, bounds: Bounds | None = None) -> str:
    """What `function` ("module:name") of a file without Django returns for an open file and some words.
    Raises Failure.

    The file must have a descriptor, since it becomes the child's standard input.
    """
    bounds = bounds or Bounds()
    orders = json.dumps({"function": function, "arguments": arguments, **vars(bounds)})
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and our own file
        [sys.executable, "-I", "-X", "utf8", str(CHILD), orders],
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath},
        start_new_session=True,
    )
    patience = threading.Timer(bounds.seconds * 3, child.kill)
    patience.start()
    try:
        assert child.stdout is not None
        answer = child.stdout.read(bounds.output + 1)
        if len(answer) > bounds.output:
            raise Failure("size")
        code = child.wait()
    finally:
        patience.cancel()
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()
    if code == OUT_OF_MEMORY:
        raise Failure("memory")
    if code in OUT_OF_TIME:
        raise Failure("time")
    try:
        said = json.loads(answer)
    except ValueError:
        raise Failure("crash") from None
    if "failure" in said:
        raise Failure(said["failure"])
    return str(said["text"])

"""Ports are one supervisor's from its first moment: what listens there begins to do so long after it was looked whether
it may, and the workers of two of them would share a port without a word, each answering half of those who ask.
"""

import errno
import socket
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager

from palabre.project.trouble import Trouble


@contextmanager
def claimed(host: str, ports: Iterable[int]) -> Iterator[None]:
    """For as long as the block no other supervisor claims them. Trouble if one has, or something listens there."""
    with ExitStack() as claims:
        for port in ports:
            _require_free(host, port)
            if sys.platform == "linux":  # which has names that end with whoever took them, and are no files
                claims.enter_context(_claim(host, port))
        yield


def _claim(host: str, port: int) -> socket.socket:
    claim = socket.socket(socket.AF_UNIX)
    try:
        claim.bind(f"\0palabre {host}:{port}")
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            claim.close()
            raise _taken(host, port, "another Palabre starts there") from None
    return claim  # without its name where the system gives none, which stops no serving


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise _taken(host, port, str(error.strerror)) from None


def _taken(host: str, port: int, why: str) -> Trouble:
    return Trouble(f"Cannot listen on {host}:{port} ({why}): choose another with PORT=…")

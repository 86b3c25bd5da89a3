"""The parts as the supervisor sees them: children of the nursery, which tells when they are born and when they end."""

import asyncio
import os
import signal
import socket
import sys
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress

LONGEST_LINE = 8192  # bytes; what is longer becomes several lines


class Stillborn(Exception):
    """The nursery ended before it had started the part."""


class Child:
    """A part that runs: the lines it prints, and how it ended."""

    def __init__(self, output: int) -> None:
        self.pid = 0
        self.born: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._output = output

    async def lines(self) -> AsyncIterator[str]:
        """What it prints, until it and all it has started are silent for ever."""
        reader = asyncio.StreamReader()
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(self._output, "rb")
        )
        # A reader of lines raises at a long one; a part that nobody reads any more stops at its next word.
        begun = b""
        try:
            while piece := await reader.read(LONGEST_LINE):
                *whole, begun = (begun + piece).split(b"\n")
                for line in whole:
                    yield _shown(line)
                while len(begun) >= LONGEST_LINE:
                    yield _shown(begun[:LONGEST_LINE])
                    begun = begun[LONGEST_LINE:]
            if begun:
                yield _shown(begun)
        finally:
            transport.close()

    def terminate(self) -> None:
        """Asks it to end."""
        if not self.ended.done():
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)

    def kill(self) -> None:
        """Ends it, and whatever it has started in its session."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


def _shown(line: bytes) -> str:
    return line.decode(errors="replace").rstrip()


class Nursery:
    """The process that `palabre.project.nursery` describes, seen from outside."""

    def __init__(self) -> None:
        self.children: dict[int, Child] = {}
        self.lost = asyncio.Event()
        self._expected: deque[Child] = deque()
        self._heard = b""
        self.process: asyncio.subprocess.Process
        self._socket: socket.socket

    async def open(self, environment: Mapping[str, str]) -> None:
        """Starts it; what one asks for before it has loaded everything comes afterwards."""
        self._socket, theirs = socket.socketpair()
        self._socket.setblocking(False)
        with theirs:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "palabre.project.nursery", "nursery"),
                env=environment,
                stdin=theirs.fileno(),
                start_new_session=True,
            )
        self._heard = b""
        self.lost.clear()
        asyncio.get_running_loop().add_reader(self._socket, self._hear)

    async def bear(self, name: str) -> Child:
        """Starts a part. Raises Stillborn."""
        ours, theirs = os.pipe()
        child = Child(ours)
        self._expected.append(child)
        try:
            socket.send_fds(self._socket, [f"{name}\n".encode()], [theirs])
        except OSError:
            self._expected.remove(child)
            os.close(ours)
            raise Stillborn from None
        finally:
            os.close(theirs)
        await child.born
        return child

    async def close(self) -> None:
        """Ends it, which has nothing to lose, and with it any part that has not ended before."""
        self._lose()
        with suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()

    def _hear(self) -> None:
        try:
            said = self._socket.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            said = b""
        if not said:
            self._lose()
            return
        *lines, self._heard = (self._heard + said).split(b"\n")
        for line in lines:
            word, number, *code = line.decode().split()
            if word == "born":
                child = self._expected.popleft()
                child.pid = int(number)
                self.children[child.pid] = child
                child.born.set_result(None)
            else:
                self.children.pop(int(number)).ended.set_result(int(code[0]))

    def _lose(self) -> None:
        """The nursery has ended, or shall; its children end with it."""
        if self._socket.fileno() >= 0:
            asyncio.get_running_loop().remove_reader(self._socket)
            self._socket.close()
        while self._expected:
            self._expected.popleft().born.set_exception(Stillborn())
        for child in self.children.values():
            child.kill()
            child.ended.set_result(-signal.SIGKILL)
        self.children.clear()
        self.lost.set()

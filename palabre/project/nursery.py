"""The nursery: a process that has loaded everything, from which the supervisor has each part forked.

Loading Django and the rooms costs each process a second or two and 45 MB. Forked from here a part starts at once, and
shares what it does not change. The nursery itself serves nobody: it opens no connection and starts no thread, since
neither would survive the fork. Should it be killed, the parts end with it and are all started again.

    python -m palabre.project.nursery nursery

Its standard input is a socket. A line names a part, and brings the file that takes what the part prints. The answers
are lines too: `born NUMBER` in the order of the questions, `ended NUMBER CODE` as it happens.
"""

import gc
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress

from palabre.project import parts, preparation
from palabre.project.family import appear_as
from palabre.project.trouble import Trouble

PARTS: dict[str, Callable[[], None]] = {
    "preparation": preparation.prepare,
    "empty": lambda: preparation.prepare(empty=True),
    "web": parts.serve_web,
    "live": parts.serve_live,
    "worker": parts.work,
    "index": parts.index,
    "mail": parts.take_mail,
}
AT_ONCE = 16  # files that may come with one read


class Nursery:
    """Gives birth on demand, and says who has ended."""

    def __init__(self, supervisor: socket.socket) -> None:
        self.supervisor = supervisor
        self.woken, self._wakes = socket.socketpair()
        self._wakes.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wakes.fileno())

    def tend(self) -> str | None:
        """Returns the name of a part in the process that is to become it; None when the supervisor has gone.

        What only pages need is loaded after the first birth: at a start, while the instance is being prepared.
        """
        everything = False
        while True:
            ready, _, _ = select.select([self.supervisor, self.woken], [], [])
            if self.woken in ready:
                self.woken.recv(4096)
                self._bury()
            if self.supervisor in ready:
                said, files, _, _ = socket.recv_fds(self.supervisor, 4096, AT_ONCE)
                if not said:
                    return None
                for name in said.decode().split():
                    if self._bear(files.pop(0)):
                        for other in files:
                            os.close(other)
                        return name
                    if not everything:
                        parts.load_pages()
                        gc.freeze()
                        everything = True

    def _bear(self, file: int) -> bool:
        nursery = os.getpid()
        born = os.fork()
        if born:
            os.close(file)
            self._say(f"born {born}")
            return False
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for channel in (self.woken, self._wakes, self.supervisor):
            channel.close()
        nothing = os.open(os.devnull, os.O_RDONLY)
        for number, source in enumerate((nothing, file, file)):
            os.dup2(source, number)
        os.close(nothing)
        os.close(file)
        os.environ[parts.SUPERVISOR] = str(nursery)  # a part ends with who started it
        return True

    def _bury(self) -> None:
        with suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG)) != (0, 0):
                self._say(f"ended {ended[0]} {os.waitstatus_to_exitcode(ended[1])}")

    def _say(self, line: str) -> None:
        with suppress(OSError):  # the supervisor has gone, and so will we
            self.supervisor.sendall(f"{line}\n".encode())


def main() -> None:
    parts.end_with_supervisor()
    supervisor = socket.socket(fileno=os.dup(0))
    # What is loaded stays for ever: a collection finds nothing, and one in a part would copy what it looks at.
    gc.disable()
    try:
        parts.load()
        gc.freeze()
        if name := Nursery(supervisor).tend():
            gc.enable()
            appear_as(name)
            PARTS[name]()
    except Trouble as trouble:
        sys.exit(f"Error: {trouble}")


if __name__ == "__main__":
    main()

"""The parent of the embedded database: it stops PostgreSQL when nobody uses it any more, however they ended.

Every process that uses the database holds a shared lock on one file, which the kernel drops even after
`kill -9`. The keeper waits for the exclusive lock, so it wakes exactly when the last user is gone. Should the
keeper itself be killed, the kernel sends PostgreSQL a fast shutdown. It needs no package (`-I -S`).

    keeper.py USERS-FILE UID GID POSTGRES [ARGUMENT…]
"""

import ctypes
import fcntl
import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

SET_PARENT_DEATH_SIGNAL = 1


def become_postgres(uid: int, gid: int, command: list[str]) -> NoReturn:
    """Gives up root, then turns into PostgreSQL; the death signal comes last, as changing user clears it."""
    keeper = os.getppid()
    if os.getuid() != uid:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, int(signal.SIGINT), 0, 0, 0)
    if os.getppid() != keeper:
        os._exit(1)
    os.umask(0o077)
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted


def main() -> None:
    users, uid, gid, *command = sys.argv[1:]
    # The database may also stop by itself: that interrupts the wait for the lock.
    signal.signal(signal.SIGCHLD, lambda *_: sys.exit(os.waitstatus_to_exitcode(os.wait()[1]) != 0))
    with Path(users).open("r") as lock:
        postgres = os.fork()
        if postgres == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            become_postgres(int(uid), int(gid), command)
        fcntl.flock(lock, fcntl.LOCK_EX)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.kill(postgres, signal.SIGINT)
        os.waitpid(postgres, 0)


if __name__ == "__main__":
    main()

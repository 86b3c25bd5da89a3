"""The supervisor goes on, whatever its parts say and whatever happens to it."""

import asyncio
import os

from palabre.project.children import LONGEST_LINE, Child
from palabre.project.supervisor import Supervisor
from palabre.project.whereabouts import Whereabouts


def said(content: bytes) -> list[str]:
    """What a part is heard to say that writes this and ends."""

    async def hear() -> list[str]:
        ours, theirs = os.pipe()
        child = Child(ours)
        writing = asyncio.create_task(asyncio.to_thread(write, theirs))
        lines = [line async for line in child.lines()]
        await writing
        return lines

    def write(pipe: int) -> None:
        with os.fdopen(pipe, "wb") as file:
            file.write(content)

    return asyncio.run(asyncio.wait_for(hear(), 30))


def test_a_line_of_any_length_is_heard_and_what_follows_it_too():
    long = b"x" * 1_000_000
    lines = said(b"before\n" + long + b"\nafter\n\nwithout an end")
    assert (lines[0], lines[-3:]) == ("before", ["after", "", "without an end"])
    assert "".join(lines[1:-3]).encode() == long
    assert max(map(len, lines)) <= 2 * LONGEST_LINE


def test_what_is_no_text_is_heard_too():
    assert said(b"\xff\xfe\n\xc3\xa9\n") == ["\ufffd\ufffd", "é"]


def test_whatever_is_raised_it_is_said_and_tried_again(capsys, tmp_path):
    async def tend() -> int:
        supervisor, lives = Supervisor(tmp_path, Whereabouts("127.0.0.1", 1, 2, "http://127.0.0.1:1"), None), 0

        async def live() -> None:
            nonlocal lives
            lives += 1
            if lives == 2:
                supervisor.stopping.set()
            raise OSError(28, "No space left on device")

        await asyncio.wait_for(supervisor._tend("database", live), 30)
        return lives

    assert asyncio.run(tend()) == 2
    assert "No space left on device" in capsys.readouterr().out

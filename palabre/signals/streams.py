"""Streams: the open pages of one live process, each told what concerns it as soon as it is committed.

One task listens for all of them. It reads the journal from its own place on, settled or not, so that nobody waits for
a long transaction of somebody else; a stream names the settled place it has reached, and whoever comes back from there
misses nothing and may be told something twice, which pages know by its number.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Collection
from itertools import islice
from typing import Any

import psycopg

from palabre.journal import following
from palabre.journal.following import CHANNEL, Position
from palabre.journal.models import Event
from palabre.kit import live
from palabre.people.sessions import ENDED
from palabre.signals import news

log = logging.getLogger(__name__)

MOST_WAITING = 100  # pieces of news that a slow browser may leave lying; then it comes back and asks
HEARTBEAT = 20.0  # seconds after which a silent line is shown to be alive
TOGETHER = 0.03  # seconds after a piece of news in which what else comes is told in one go
AGAIN = 1.0  # seconds, when the database does not answer
COUNTED = 50  # people whose numbers are looked up in one go


class Stream:
    """One open page of one person, perhaps of an item."""

    def __init__(self, person: int, language: str, item: int = 0, space: int = 0, session: str = "") -> None:
        self.person, self.language, self.item, self.space = person, language, item, space
        self.session = session  # the digest of the one it was opened on
        self._news: asyncio.Queue[bytes | None] = asyncio.Queue(MOST_WAITING)

    def tell(self, name: str, data: Any, place: Position | None = None) -> None:
        """Puts a piece of news on its way."""
        self.send(written(name, data, place))

    def send(self, piece: bytes) -> None:
        """The same for one that is written already; a browser that takes none is let go."""
        try:
            self._news.put_nowait(piece)
        except asyncio.QueueFull:
            self.end()

    def end(self) -> None:
        """Nothing more comes."""
        while self._news.full():
            self._news.get_nowait()
        self._news.put_nowait(None)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            try:
                async with asyncio.timeout(HEARTBEAT):  # `wait_for` would make a task of each piece
                    piece = await self._news.get()
            except TimeoutError:
                yield b": still here\n\n"
                continue
            if piece is None:
                return
            yield piece


def written(name: str, data: Any, place: Position | None = None) -> bytes:
    """A piece of news as it goes over the line."""
    number = f"id: {place.named}\n" if place else ""
    return f"{number}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


class Hub:
    """All streams of this process, the task that tells them, and the one that counts what waits for their people."""

    def __init__(self) -> None:
        self.streams: set[Stream] = set()
        self._place = following.START
        self._early: set[int] = set()
        self._signal = 0
        self._task: asyncio.Task[None] | None = None
        self._uncounted: set[int] = set()
        self._counting: asyncio.Task[None] | None = None
        self._listening = asyncio.Event()

    async def join(self, stream: Stream, after: Position | None) -> None:
        """Takes a page in, once all that happens from now on is heard; what it missed since `after` comes first."""
        self.streams.add(stream)
        if self._task is None or self._task.done():
            self._listening.clear()
            self._task = asyncio.create_task(self._run())
        await self._listening.wait()
        if after and stream.item:
            missed = await live.ask(news.missed, after, stream.item)
            for piece in await live.ask(news.pieces, missed):
                stream.tell("item", piece.data(stream.language, stream.person), self._place)
        await self._count({stream.person})

    def leave(self, stream: Stream) -> None:
        self.streams.discard(stream)

    def end(self) -> None:
        """Every page is let go, and comes back to the next process."""
        for stream in self.streams:
            stream.end()

    async def _run(self) -> None:
        while True:
            try:
                await self._listen()
            except (psycopg.Error, OSError) as error:
                log.warning("The database does not answer: %s", str(error).strip())
                await asyncio.sleep(AGAIN)
            except Exception:
                log.exception("A piece of news could not be told")
                await asyncio.sleep(AGAIN)

    async def _listen(self) -> None:
        parameters = await live.ask(following.parameters)
        async with await psycopg.AsyncConnection.connect(**parameters, autocommit=True) as listening:
            for channel in (CHANNEL, news.INBOXES, news.WRITING, live.PAGES, live.WAITING, ENDED):
                await listening.execute(f"LISTEN {channel}")
            if self._place == following.START:
                self._place = await live.ask(following.settled)
                self._signal, _ = await live.ask(news.filled_since, 0, [])
            self._listening.set()
            await self._told({CHANNEL: []})  # what came while nobody listened
            clock = asyncio.get_running_loop().time
            last = clock()
            while True:
                heard: dict[str, list[str]] = defaultdict(list)
                async for notice in listening.notifies(timeout=HEARTBEAT, stop_after=1):
                    heard[notice.channel].append(notice.payload)
                await asyncio.sleep(last + TOGETHER - clock())  # the first of a burst waits for nothing
                async for notice in listening.notifies(timeout=0):
                    heard[notice.channel].append(notice.payload)
                await self._told(heard)
                last = clock()

    async def _told(self, heard: dict[str, list[str]]) -> None:
        self._sign_out(set(heard.get(ENDED, ())))
        if CHANNEL in heard or self._early:
            await self._happened()
        for said in heard.get(news.WRITING, ()):
            self._write(json.loads(said))
        for said in heard.get(live.PAGES, ()):
            self._have_look(json.loads(said))
        self._count_soon({json.loads(said) for said in heard.get(live.WAITING, ())})
        if news.INBOXES in heard:
            await self._filled()

    async def _happened(self) -> None:
        watched = frozenset(stream.item for stream in self.streams)
        events, pieces, self._place, self._early = await live.ask(news.happened, self._place, self._early, watched)
        if any(event.meaning.changes_sight for event in events):
            await self._look_again(events)
        for piece in pieces:
            alike: dict[tuple[str, bool], bytes] = {}
            for stream in self._about(piece.event.item):
                reader = stream.language, stream.person == piece.event.by
                if reader not in alike:
                    alike[reader] = written("item", piece.data(stream.language, stream.person), self._place)
                stream.send(alike[reader])
        if here := self._here:
            self._count_soon(await live.ask(news.taking_part, events, here))

    def _sign_out(self, ended: set[str]) -> None:
        """Lets go of the pages of sessions that were ended, here or from elsewhere."""
        for stream in [each for each in self.streams if each.session in ended]:
            self._let_go(stream)

    def _let_go(self, stream: Stream) -> None:
        stream.tell("gone", {})
        stream.end()
        self.leave(stream)

    def follow_moves(self, events: list[Event]) -> None:
        """A page whose item was moved stands in its new space: who reads there decides from now on."""
        for event in events:
            for stream in self._about(event.item):
                stream.space = event.space or stream.space

    async def _look_again(self, events: list[Event]) -> None:
        """Lets go of those who may not read their page any more."""
        self.follow_moves(events)
        about: dict[int, set[Stream]] = defaultdict(set)
        for stream in self.streams:
            if any(_may_concern(event, stream) for event in events if event.meaning.changes_sight):
                about[stream.item].add(stream)
        for item, streams in about.items():
            reading = await live.ask(news.still_reading, item, {stream.person for stream in streams})
            for stream in streams:
                if stream.person not in reading:
                    self._let_go(stream)

    async def _filled(self) -> None:
        self._signal, filled = await live.ask(news.filled_since, self._signal, self._here)
        self._count_soon(filled)

    @property
    def _here(self) -> set[int]:
        """Whose pages are open."""
        return {stream.person for stream in self.streams}

    def _count_soon(self, people: Collection[int]) -> None:
        self._uncounted |= self._here.intersection(people)
        if self._uncounted and (self._counting is None or self._counting.done()):
            self._counting = asyncio.create_task(self._count_on())

    async def _count_on(self) -> None:
        """What is said on a page does not wait until the numbers of a crowd have been looked up."""
        while self._uncounted:
            some = set(islice(self._uncounted, COUNTED))
            self._uncounted -= some
            try:
                await self._count(some)
            except Exception:
                log.exception("What waits for somebody could not be counted")

    async def _count(self, people: set[int]) -> None:
        counts = await live.ask(news.waiting, people)
        for stream in list(self.streams):
            if stream.person in counts:
                stream.tell("inbox", counts[stream.person], self._place)

    def _write(self, told: dict[str, Any]) -> None:
        for stream in self._about(told["item"]):
            if stream.person != told["person"]:
                stream.tell("writing", {"name": told["name"]})

    def _have_look(self, told: dict[str, Any]) -> None:
        for stream in self._about(told["item"]):
            if stream.person != told["by"]:
                stream.tell("page", {"at": told["at"]})

    def _about(self, item: int | None) -> list[Stream]:
        return [stream for stream in self.streams if item and stream.item == item]


def _may_concern(event: Event, stream: Stream) -> bool:
    """Whether a change of rights may be one for this page; one that names nothing may be for any."""
    if event.item:
        return event.item == stream.item
    if event.person:
        return event.person == stream.person
    return event.space is None or event.space == stream.space


hub = Hub()

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
from typing import Any

import psycopg

from palabre.journal import following
from palabre.journal.following import CHANNEL, Position
from palabre.journal.models import Event
from palabre.kit import live
from palabre.signals import news

log = logging.getLogger(__name__)

MOST_WAITING = 100  # pieces of news that a slow browser may leave lying; then it comes back and asks
HEARTBEAT = 20.0  # seconds after which a silent line is shown to be alive
TOGETHER = 0.03  # seconds in which what comes is told in one go
AGAIN = 1.0  # seconds, when the database does not answer
EVENTS = 1000


class Stream:
    """One open page of one person, perhaps of an item."""

    def __init__(self, person: int, language: str, item: int = 0, space: int = 0) -> None:
        self.person, self.language, self.item, self.space = person, language, item, space
        self._news: asyncio.Queue[bytes | None] = asyncio.Queue(MOST_WAITING)

    def tell(self, name: str, data: Any, place: Position | None = None) -> None:
        """Puts a piece of news on its way; a browser that takes none is let go."""
        number = f"id: {place.xid}-{place.id}\n" if place else ""
        try:
            self._news.put_nowait(f"{number}event: {name}\ndata: {json.dumps(data)}\n\n".encode())
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
                piece = await asyncio.wait_for(self._news.get(), HEARTBEAT)
            except TimeoutError:
                yield b": still here\n\n"
                continue
            if piece is None:
                return
            yield piece


class Hub:
    """All streams of this process, and the task that tells them."""

    def __init__(self) -> None:
        self.streams: set[Stream] = set()
        self._place = following.START
        self._early: set[int] = set()
        self._signal = 0
        self._task: asyncio.Task[None] | None = None
        self._listening = asyncio.Event()

    async def join(self, stream: Stream, after: Position | None) -> None:
        """Takes a page in, once all that happens from now on is heard; what it missed since `after` comes first."""
        self.streams.add(stream)
        if self._task is None or self._task.done():
            self._listening.clear()
            self._task = asyncio.create_task(self._run())
        await self._listening.wait()
        if after and stream.item:
            missed = await live.ask(_missed, after, stream.item)
            for piece in await live.ask(news.pieces, missed):
                stream.tell("item", piece.data(stream.language, stream.person), self._place)
        await self._count({stream.person})

    def leave(self, stream: Stream) -> None:
        self.streams.discard(stream)

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
            for channel in (CHANNEL, news.INBOXES, news.WRITING):
                await listening.execute(f"LISTEN {channel}")
            if self._place == following.START:
                self._place = await live.ask(following.settled)
                self._signal, _ = await live.ask(news.filled_since, 0, [])
            self._listening.set()
            await self._told({CHANNEL: []})  # what came while nobody listened
            while True:
                heard: dict[str, list[str]] = defaultdict(list)
                async for notice in listening.notifies(timeout=HEARTBEAT, stop_after=1):
                    heard[notice.channel].append(notice.payload)
                await asyncio.sleep(TOGETHER)
                async for notice in listening.notifies(timeout=0):
                    heard[notice.channel].append(notice.payload)
                await self._told(heard)

    async def _told(self, heard: dict[str, list[str]]) -> None:
        if CHANNEL in heard or self._early:
            await self._happened()
        for said in heard.get(news.WRITING, ()):
            self._write(json.loads(said))
        if news.INBOXES in heard:
            await self._filled([person for said in heard[news.INBOXES] for person in json.loads(said)])

    async def _happened(self) -> None:
        events, self._place, self._early = await live.ask(_read, self._place, self._early)
        if not (events and self.streams):
            return
        if any(event.meaning.changes_sight for event in events):
            await self._look_again(events)
        watched = {stream.item for stream in self.streams} & {event.item for event in events}
        for piece in await live.ask(news.pieces, [event for event in events if event.item in watched]):
            for stream in self._about(piece.event.item):
                stream.tell("item", piece.data(stream.language, stream.person), self._place)

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
                    stream.tell("gone", {})
                    stream.end()
                    self.leave(stream)

    async def _filled(self, people: Collection[int]) -> None:
        here = {stream.person for stream in self.streams}
        self._signal, filled = await live.ask(news.filled_since, self._signal, here)
        if changed := (filled | set(people)) & here:
            await self._count(changed)

    async def _count(self, people: set[int]) -> None:
        counts = await live.ask(news.waiting, people)
        for stream in list(self.streams):
            if stream.person in counts:
                stream.tell("inbox", {"waiting": counts[stream.person]}, self._place)

    def _write(self, told: dict[str, Any]) -> None:
        for stream in self._about(told["item"]):
            if stream.person != told["person"]:
                stream.tell("writing", {"name": told["name"]})

    def _about(self, item: int | None) -> list[Stream]:
        return [stream for stream in self.streams if item and stream.item == item]


def _may_concern(event: Event, stream: Stream) -> bool:
    """Whether a change of rights may be one for this page; one that names nothing may be for any."""
    if event.item:
        return event.item == stream.item
    if event.person:
        return event.person == stream.person
    return event.space is None or event.space == stream.space


def _read(place: Position, early: set[int]) -> tuple[list[Event], Position, set[int]]:
    """What has been committed and not been read yet; how far all has settled, and what of the rest was read."""
    coming = list(following.since(place).order_by("xid", "id")[:EVENTS])
    settled = following.follow(place, EVENTS)
    last = Position(settled[-1].xid, settled[-1].pk) if settled else place
    fresh = [event for event in coming if event.pk not in early]
    return fresh, last, {event.pk for event in coming} - {event.pk for event in settled}


def _missed(after: Position, item: int) -> list[Event]:
    return list(following.since(after).filter(item=item).order_by("xid", "id")[:EVENTS])


hub = Hub()

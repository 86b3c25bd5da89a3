"""What was said in a conversation, as one reader sees it: a page of messages by day, and where what is new begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Subquery
from django.utils import timezone

from palabre.conversations import turns
from palabre.conversations.models import Conversation, Reading
from palabre.conversations.turns import Passage, Turn
from palabre.kit import live
from palabre.people.models import Person
from palabre.talk import discussion
from palabre.talk.discussion import THREADS, Discussion, Thread
from palabre.talk.models import Comment

NAMED = 6  # of those who have read all
MOST_ELSEWHERE = 5  # answers outside of the page that are pointed at
TOGETHER = timedelta(minutes=7)  # within which messages of one person are shown as one after the other


@dataclass(frozen=True)
class Seen:
    """Who has read to the end, message `upto`: the reader and whoever said it last left out."""

    upto: int
    people: list[Person]

    @property
    def more(self) -> int:
        """How many of them are not named."""
        return max(0, len(self.people) - NAMED)

    def __bool__(self) -> bool:
        return bool(self.people)


@dataclass
class Log:
    """A page of messages, by day, with what happened between them. `fresh` is the thread before which "new" is drawn;
    `seen`, on the last page, who read to the end; `last` is the number of the last message on it, `turn` of the last
    turn; `elsewhere` is what others answered in threads that are not on it; `upto` and `typed` what the reader had
    read, and begun to type.
    """

    talk: Discussion
    days: list[tuple[date, list[Thread | Passage]]] = field(default_factory=list)
    fresh: int = 0
    seen: Seen | None = None
    elsewhere: list[Comment] = field(default_factory=list)
    last: int = 0
    turn: int = 0
    upto: int = 0
    typed: str = ""


def read(reader: Any, conversation: Conversation, since: int | None = None) -> Log:
    """The page that begins with thread `since`, else the latest; the reader has then read what stands on it."""
    item = conversation.item
    newest = 0
    if since is None:
        since, newest = _latest_page(item)
    talk = discussion.load(reader, item, since=since)
    readings = {each.person_id: each for each in conversation.readings.select_related("person")}
    mine = readings.get(reader.pk)
    log = Log(talk, last=_last(talk.threads))
    if mine:
        log.upto, log.typed = mine.upto, mine.typed
    log.fresh = _first_new(talk.threads, reader, log.upto)
    happened = Turn.objects.on_page(item, before=talk.next)
    log.turn = happened[0].pk if happened else 0
    if talk.before:
        happened = [turn for turn in happened if turn.at >= talk.threads[0].opening.comment.at]
    log.days = _by_day(talk.threads, turns.told(happened, reader))
    if newest > log.last:
        if 0 < log.upto < newest:
            log.elsewhere = _elsewhere(reader, item, talk.threads, log.upto)
        log.last = newest
    if talk.threads and not talk.next:
        log.seen = _seen(readings.values(), log.last, {reader.pk, talk.threads[-1].opening.comment.by_id})
    return log


def seen(reader: Any, conversation: Conversation) -> Seen | None:
    """Who has read to the end by now; None where nothing was said."""
    last = conversation.item.comments.order_by("-pk").values_list("pk", "by").first()
    return _seen(conversation.readings.select_related("person"), last[0], {reader.pk, last[1]}) if last else None


def _seen(readings: Iterable[Reading], last: int, without: set[int]) -> Seen:
    others = [each for each in readings if each.person_id not in without and each.person.has_account]
    return Seen(last, [each.person for each in others if each.upto >= last])


def has_read(reader: Any, conversation: Conversation, upto: int) -> None:
    """`reader` has read as far as message `upto`; nobody has ever read less than before. Others see it at once."""
    kept, new = Reading.objects.get_or_create(conversation=conversation, person=reader, defaults={"upto": upto})
    if not new and kept.upto < upto:
        new = bool(Reading.objects.filter(pk=kept.pk, upto__lt=upto).update(upto=upto, at=timezone.now()))
    if new:
        live.look_again(conversation.item_id, "read", by=reader.pk)
        live.waits_anew(reader.pk)


def found(reader: Any, conversation: Conversation, words: str, most: int = 30) -> list[Comment]:
    """The latest messages that say all of these words, accents aside, in every part that the reader sees."""
    said = Comment.objects.standing().filter(item__in=[part.item_id for part in conversation.parts(reader)])
    for word in words.split()[:8]:
        said = said.filter(body__unaccent__icontains=word)
    return list(said.select_related("by", "by__organisation").order_by("-pk")[:most])


def _latest_page(item: Any) -> tuple[int, int]:
    """The thread with which the last page begins, 0 while all fit; and the number of what was said last."""
    said = Comment.objects.filter(item=item).order_by("-pk")
    openings = said.filter(thread=None).annotate(newest=Subquery(said.values("pk")[:1])).values_list("pk", "newest")
    latest = list(openings[: THREADS + 1])
    return latest[THREADS - 1][0] if len(latest) > THREADS else 0, latest[0][1] if latest else 0


def _elsewhere(reader: Any, item: Any, threads: Sequence[Thread], upto: int) -> list[Comment]:
    """New answers of others that are not on the page: their threads stand before it, or are long."""
    shown = {each.comment.pk for thread in threads for each in (thread.opening, *thread.answers)}
    new = Comment.objects.standing().filter(item=item, pk__gt=upto, thread__isnull=False).exclude(by=reader)
    return list(new.exclude(pk__in=shown).select_related("by").order_by("pk")[:MOST_ELSEWHERE])


def _last(threads: Sequence[Thread]) -> int:
    return max((each.comment.pk for thread in threads for each in (thread.opening, *thread.answers)), default=0)


def _first_new(threads: Sequence[Thread], reader: Any, upto: int) -> int:
    """The first thread in which somebody else said something after `upto`; 0 for who has read nothing here yet."""
    for thread in threads if upto else ():
        said = [each.comment for each in (thread.opening, *thread.answers)]
        if any(each.pk > upto and each.by_id != reader.pk for each in said):
            return thread.pk
    return 0


def _by_day(threads: Sequence[Thread], happened: Sequence[Passage]) -> list[tuple[date, list[Thread | Passage]]]:
    """Messages in their order, what happened between them at its moment; those of one person together."""
    days: list[tuple[date, list[Thread | Passage]]] = []
    waiting = list(happened)
    before: Thread | None = None
    for thread in threads:
        said = thread.opening.comment
        while waiting and waiting[0].at < said.at:
            _stand(days, waiting[0].at, waiting.pop(0))
            before = None
        new_day = _stand(days, said.at, thread)
        if not new_day and before is not None and not before.answers and not before.further:
            earlier = before.opening.comment
            thread.follows = earlier.by_id == said.by_id and said.at - earlier.at < TOGETHER
        before = thread
    for each in waiting:
        _stand(days, each.at, each)
    return days


def _stand(days: list[tuple[date, list[Thread | Passage]]], at: datetime, entry: Thread | Passage) -> bool:
    """Puts an entry at the end; whether a day begins with it."""
    day = timezone.localtime(at).date()
    new = not days or days[-1][0] != day
    if new:
        days.append((day, []))
    days[-1][1].append(entry)
    return new

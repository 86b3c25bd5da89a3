"""The discussion under an item, ready to be shown to one reader: one query, however long it is.

A page holds some threads, each with its first answers; the rest is one link away. Comments and gestures are loaded
together and kept on the item for the panels of one page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg, BoolOr
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from palabre.authoring.marks import resolve
from palabre.items.models import Item
from palabre.kit import given
from palabre.kit.html import strip
from palabre.kit.policy import may
from palabre.people import meeting
from palabre.talk import anchors, drawing, loading
from palabre.talk.drawing import Gestured
from palabre.talk.models import Comment, Gesture, Reaction

THREADS = 20
ANSWERS = 8
_SEAM = '<hr id="seam">'


@dataclass
class Said:
    """One comment as one reader sees it."""

    comment: Comment
    html: SafeString = field(default_factory=SafeString)
    gestures: list[Gestured] = field(default_factory=list)
    acts: SafeString = field(default_factory=SafeString)
    may_answer: bool = False
    may_edit: bool = False
    may_delete: bool = False
    may_restore: bool = False
    may_resolve: bool = False
    passage: str = ""
    place: int = 0

    @property
    def drawn_gestures(self) -> SafeString:
        """Gestures towards it."""
        return drawing.gestures(self.comment.item, self.comment, self.gestures, self.may_answer)

    @property
    def outside(self) -> bool:
        """Whether its author is not of the house."""
        return not self.comment.by.is_inside


@dataclass
class Thread:
    """A comment and its answers; `further` of them are not on this page."""

    opening: Said
    answers: list[Said] = field(default_factory=list)
    further: int = 0
    follows: bool = False  # right after another message of the same person, where that is shown

    @property
    def pk(self) -> int:
        return self.opening.comment.pk


@dataclass
class Discussion:
    """What is said about an item, on one page of threads; `count` and `outside` tell how much on all of them."""

    item: Item
    threads: list[Thread]
    next: int | None
    gestures: list[Gestured]
    may_comment: bool
    before: int | None = None
    count: int = 0
    outside: int = 0

    @property
    def gestures_made(self) -> list[Gestured]:
        """Gestures towards the item itself; for who may make one, those nobody made yet too."""
        return _every(self.gestures) if self.may_comment else self.gestures


def of(request: HttpRequest, item: Item) -> Discussion:
    """The discussion under `item`, from the thread that the address asks for; loaded once a request."""
    kept = getattr(item, "_discussion", None)
    if kept is None:
        kept = load(request.user, item, since=given.number(request.GET, "thread") or 0)
        item._discussion = kept  # type: ignore[attr-defined]
    return kept


def load(person: Any, item: Item, *, since: int = 0, only: int | None = None) -> Discussion:
    """Threads from number `since` on, or the whole of thread `only`."""
    found = loading.rows(person, item, since=since, threads=THREADS + 1, shown=ANSWERS + 1, only=only)
    rows = found.comments
    roots = list(dict.fromkeys(row.root for row in rows))
    following = roots[THREADS] if len(roots) > THREADS and only is None else None
    rows = [row for row in rows if following is None or row.root < following]
    gestures = _made(found.towards)
    may_comment = may(person, "item.comment", item)
    shown = _resolved(rows, person, item)
    text = strip(item.html) if any(row.quote for row in rows) else ""
    threads: dict[int, Thread] = {}
    for row, html in zip(rows, shown, strict=True):
        said = _said(row, html, person, item, may_comment, text)
        if row.thread_id is None:
            threads[row.pk] = Thread(said, further=0 if only else max(0, row.among - 1 - ANSWERS))
        else:
            threads[row.root].answers.append(said)
    return Discussion(
        item,
        list(threads.values()),
        following,
        gestures,
        may_comment,
        before=found.before,
        count=found.standing,
        outside=found.outside,
    )


def _said(row: Comment, html: str, person: Any, item: Item, may_comment: bool, text: str) -> Said:
    row.item = item
    gestures = _made(row.gestures)
    said = Said(
        row,
        html=mark_safe(html),  # noqa: S308 - cleaned when it was rendered
        gestures=_every(gestures) if may_comment else gestures,
        acts=drawing.acts(person, row),
        may_answer=may_comment and row.deleted_at is None,
        may_edit=may(person, "comment.edit", row),
        may_delete=may(person, "comment.delete", row),
        may_restore=may(person, "comment.restore", row),
        may_resolve=may(person, "comment.resolve", row),
    )
    if row.anchor and (span := row.anchor.find(text)):
        said.passage = anchors.fragment(text, span)
        said.place = anchors.place(text, span[0], row.quote)
    return said


def _resolved(rows: Sequence[Comment], person: Any, item: Item) -> list[str]:
    """The HTML of comments with their marks resolved, all of them at once; deleted ones say nothing."""
    texts = ["" if row.deleted_at else row.html for row in rows]
    if not any("data-mark" in text for text in texts):
        return texts
    return str(resolve(_SEAM.join(texts), person, item)).split(_SEAM)


def _made(rows: Iterable[Any]) -> list[Gestured]:
    """Gestures that were made, in their order."""
    made = {row["gesture"]: row for row in rows}
    return [
        Gestured(
            gesture, made[gesture]["count"], made[gesture]["mine"], (made[gesture]["names"] or ())[: loading.NAMED]
        )
        for gesture in Gesture
        if gesture in made
    ]


def gestures_towards(item: Item, person: Any, comment: Comment | None) -> list[Gestured]:
    """Every gesture there is towards one thing, made or not."""
    mine, met = Q(by=person.pk), meeting.met(person)
    others = ArrayAgg("by__name", filter=~mine if met is None else ~mine & Q(by__in=met), order_by="pk")
    found = Reaction.objects.filter(item=item, comment=comment).order_by().values("gesture")
    return _every(_made(found.annotate(count=Count("pk"), mine=BoolOr(mine), names=others)))


def _every(made: Sequence[Gestured]) -> list[Gestured]:
    """All gestures in their order, those nobody made with the count zero."""
    known = {each.gesture: each for each in made}
    return [known.get(gesture, Gestured(gesture)) for gesture in Gesture]

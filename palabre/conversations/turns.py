"""What happened to a conversation itself, which stands as a line among its messages: who came, who left, its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Subquery
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palabre.items.models import Item
from palabre.kit import rows
from palabre.kit.clock import now
from palabre.people.models import Person
from palabre.talk.models import Comment

MOST = 100  # of those that stand on one page


class What(models.TextChoices):
    """What can happen to it. Who has left the house takes part no more (`GONE`), and does again when they come back."""

    CAME = "came", "came"
    LEFT = "left", "left"
    GONE = "gone", "gone"
    BACK = "back", "back"
    NAMED = "named", "named"


ICONS = {
    What.CAME: "user-plus",
    What.LEFT: "log-out",
    What.GONE: "log-out",
    What.BACK: "user-plus",
    What.NAMED: "pen-line",
}


class TurnQuerySet(models.QuerySet["Turn"]):
    """Questions about turns; whoever sees the part in which one stands sees it, and nobody else."""

    def take(
        self, item: Item, what: What, by: Any, people: Iterable[Any] = (), *, name: str = "", past: bool = False
    ) -> None:
        """Something happens, to all of `people` at one moment."""
        at = now()
        said = [Turn(item=item, what=what, by=by, person=each, past=past, at=at) for each in people]
        Turn.objects.bulk_create(said or [Turn(item=item, what=what, by=by, name=name, at=at)])

    def on_page(self, item: Item, before: int | None = None) -> list[Turn]:
        """The latest, the newest first, of what happened before thread `before` was opened."""
        found = self.filter(item=item)
        if before:
            opened = Comment.objects.filter(pk=before).values("at")
            found = found.filter(at__lt=Subquery(opened))
        return list(found.select_related("by__organisation", "person__organisation").order_by("-pk")[:MOST])


class Turn(models.Model):
    """One of them. Of who came, `by` whom and whether with the `past`; of a name, which one, "" when it was taken."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="turns")
    what = models.CharField(max_length=5, choices=What)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=250, blank=True)
    past = models.BooleanField(default=False)
    at = models.DateTimeField(default=now)

    objects = TurnQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["item", "id"], name="conversations_turns")]

    def __str__(self) -> str:
        return f"{self.what} · {self.item_id} · {self.person_id or self.name}"


@dataclass
class Passage:
    """Turns that are told as one to a reader: people who came at the same moment, brought by the same person."""

    first: Turn
    people: list[Person] = field(default_factory=list)
    sentence: SafeString = field(default_factory=SafeString)

    @property
    def at(self) -> datetime:
        return self.first.at

    @property
    def icon(self) -> str:
        """Its sign in the sprite."""
        return ICONS[What(self.first.what)]

    def takes(self, turn: Turn) -> bool:
        """Whether `turn` is part of it."""
        first = self.first
        return (first.what, first.by_id, first.at) == (turn.what, turn.by_id, turn.at)


def told(turns: Sequence[Turn], reader: Any) -> list[Passage]:
    """Turns in the order in which they happened, in words for this reader."""
    found: list[Passage] = []
    for turn in sorted(turns, key=lambda each: each.pk):
        if not (found and found[-1].takes(turn)):
            found.append(Passage(turn))
        if turn.person:
            found[-1].people.append(turn.person)
    for passage in found:
        passage.sentence = _sentence(passage, reader)
    return found


def _sentence(passage: Passage, reader: Any) -> SafeString:
    turn, people = passage.first, [rows.name(each, reader) for each in passage.people]
    who = rows.name(turn.by, reader)
    if turn.what == What.NAMED:
        said = _("{who} called the conversation “{name}”") if turn.name else _("{who} took its name away")
    elif turn.what == What.CAME and turn.past:
        said = ngettext(
            "{who} brought in {people}, who reads all that was said",
            "{who} brought in {people}, who read all that was said",
            len(people),
        )
    elif turn.what == What.CAME:
        said = ngettext(
            "{who} brought in {people}, who reads from here on",
            "{who} brought in {people}, who read from here on",
            len(people),
        )
    else:
        said = {
            What.LEFT: _("{who} no longer takes part"),
            What.GONE: _("{who} has left the house, and no longer takes part"),
            What.BACK: _("{who} is back in the house, and takes part again"),
        }[What(turn.what)]
    return format_html(said, who=who, people=_all(people), name=turn.name)


def _all(names: Sequence[SafeString]) -> SafeString:
    """Names in a row, with "and" before the last."""
    if len(names) < 2:
        return names[0] if names else SafeString()
    first = format_html_join(", ", "{}", ((name,) for name in names[:-1]))
    return format_html(_("{first} and {last}"), first=first, last=names[-1])

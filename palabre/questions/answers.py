"""The answers to a question, with votes, as they come in the query that brings it: its page has none to spare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils.safestring import SafeString

from palabre.authoring import marks
from palabre.items.models import Item, ItemQuerySet
from palabre.kit.policy import may
from palabre.kit.queries import Slot
from palabre.links.models import Link, Type
from palabre.people.models import Organisation, Person
from palabre.questions.models import Vote
from palabre.questions.ranking import ranked
from palabre.talk.models import Comment

REMARKS = 3
_ITEM = ("pk", "title", "html", "language", "state", "version", "kind", "space_id", "author_id")


@dataclass
class Votes:
    """For and against one thing; `mine` is the reader's: True, False or None."""

    ups: int = 0
    downs: int = 0
    mine: bool | None = None
    may_vote: bool = False

    @property
    def balance(self) -> int:
        return self.ups - self.downs


@dataclass
class Remark:
    """A comment on an answer, as it is read below it; `pk` is that of the comment."""

    pk: int
    by: Person
    at: datetime
    text: str
    html: SafeString = field(default_factory=SafeString)


@dataclass
class Shown:
    """An answer as one reader sees it under its question, with the first of `comments` on it, and the `page` that was
    made of it."""

    item: Item
    votes: Votes
    is_accepted: bool = False
    comments: int = 0
    remarks: list[Remark] = field(default_factory=list)
    html: SafeString = field(default_factory=SafeString)
    may_edit: bool = False
    page: Item | None = None

    @property
    def pk(self) -> int:
        return self.item.pk

    @property
    def further(self) -> int:
        """How many comments are read on the answer's own page only."""
        return self.comments - len(self.remarks)

    @property
    def ups(self) -> int:
        return self.votes.ups

    @property
    def downs(self) -> int:
        return self.votes.downs


def _number(rows: Any) -> Coalesce:
    counted = rows.order_by().values("item").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def voted(reader: Any) -> dict[str, Any]:
    """What is asked of an item's votes: `ups`, `downs`, and whether the reader is `mine_up` or `mine_down`."""
    votes = Vote.objects.filter(item=OuterRef("pk"))
    return {
        "ups": _number(votes.filter(up=True)),
        "downs": _number(votes.filter(up=False)),
        "mine_up": Exists(votes.filter(by=reader, up=True)),
        "mine_down": Exists(votes.filter(by=reader, up=False)),
    }


def in_brief(visible: ItemQuerySet) -> ArraySubquery:
    """The answers to a question among `visible` items, for a query of questions to bring along."""
    answers = visible.filter(kind="answer", parent=OuterRef("pk")).order_by("pk")
    person = {name: F(f"author__{name}") for name in ("name", "handle", "side", "photo")}
    said = Comment.objects.standing().filter(item=OuterRef("pk"))
    led = Link.objects.filter(source=OuterRef(OuterRef("pk")), type=Type.LED_TO).order_by().values("target")
    page = visible.filter(kind="page", pk__in=led).order_by("pk").values(brief=JSONObject(pk="pk", title="title"))
    brief = JSONObject(
        item=JSONObject(**{name.removesuffix("_id"): F(name) for name in _ITEM}),
        published_at=F("published_at"),
        updated_at=F("updated_at"),
        author=JSONObject(**person),
        organisation=F("author__organisation__name"),
        comments=_number(said),
        page=Subquery(page[:1]),
        remarks=ArraySubquery(
            said.order_by("pk").values(
                brief=JSONObject(
                    pk="pk",
                    html="html",
                    at="at",
                    by="by_id",
                    name=F("by__name"),
                    handle=F("by__handle"),
                    side=F("by__side"),
                )
            )[:REMARKS]
        ),
        **voted(Slot("reader")),
    )
    return ArraySubquery(answers.values(brief=brief))


def of(question: Item, person: Any) -> list[Shown]:
    """The answers that came with a question, the best first."""
    accepted = question.question.accepted_id  # type: ignore[attr-defined]
    return ranked(_shown(brief, question, person, accepted) for brief in question.given)  # type: ignore[attr-defined]


def votes_of(item: Item, person: Any) -> Votes:
    """The votes that came with an item."""
    return _votes({name: getattr(item, name) for name in ("ups", "downs", "mine_up", "mine_down")}, item, person)


def counted(item: Item, person: Any) -> Votes:
    """The votes on an item as they are now."""
    row = Vote.objects.filter(item=item).aggregate(
        ups=Count("pk", filter=Q(up=True)),
        downs=Count("pk", filter=Q(up=False)),
        mine_up=Count("pk", filter=Q(up=True, by=person.pk)),
        mine_down=Count("pk", filter=Q(up=False, by=person.pk)),
    )
    return _votes(row, item, person)


def resolve(question: Item, shown: Sequence[Shown], person: Any) -> SafeString:
    """The text of the question for its reader; each answer and remark is given its own, from the same query."""
    said = [(remark, remark.text, each.item) for each in shown for remark in each.remarks]
    under: list[tuple[Any, str, Item]] = [*((each, each.item.html, each.item) for each in shown), *said]
    first, *others = marks.resolve_each([(question.html, question), *((html, item) for _, html, item in under)], person)
    for (each, *_text), html in zip(under, others, strict=True):
        each.html = html
    return first


def _votes(row: dict[str, Any], item: Item, person: Any) -> Votes:
    mine = True if row["mine_up"] else False if row["mine_down"] else None
    return Votes(row["ups"], row["downs"], mine, may(person, "question.vote", item))


def _shown(brief: dict[str, Any], question: Item, person: Any, accepted: int | None) -> Shown:
    said = {name: brief["item"][name.removesuffix("_id")] for name in _ITEM}
    item = Item(**said, parent=question)
    item.space = question.space
    item.published_at = datetime.fromisoformat(brief["published_at"])
    item.updated_at = datetime.fromisoformat(brief["updated_at"])
    item.author = Person(id=item.author_id, **brief["author"])
    item.author.organisation = Organisation(name=brief["organisation"]) if brief["organisation"] else None
    return Shown(
        item,
        _votes(brief, item, person),
        is_accepted=item.pk == accepted,
        comments=brief["comments"],
        remarks=[_remark(each) for each in brief["remarks"]],
        may_edit=may(person, "item.edit", item),
        page=Item(kind="page", **brief["page"]) if brief["page"] else None,
    )


def _remark(brief: dict[str, Any]) -> Remark:
    by = Person(pk=brief["by"], **{name: brief[name] for name in ("name", "handle", "side")})
    return Remark(brief["pk"], by, datetime.fromisoformat(brief["at"]), brief["html"])

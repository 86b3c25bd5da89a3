"""What is said within a decision, as it comes in the query that brings it: its page has none to spare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils.safestring import SafeString

from palabre.authoring import marks
from palabre.decisions.models import Decision, Side
from palabre.items.models import Item, ItemQuerySet
from palabre.kit.policy import may
from palabre.people.models import Organisation, Person
from palabre.talk.models import Comment

MOST = 200  # on the page of a decision
HOURS = ("answered_at", "lifted_at")
_ITEM = ("pk", "title", "html", "language", "state", "version", "kind", "space_id", "author_id")


@dataclass
class Seen:
    """An argument as one reader sees it under what is proposed."""

    item: Item
    side: str
    answer: str
    answered_by: str
    answered_at: datetime | None
    lifted_at: datetime | None
    comments: int
    html: SafeString = field(default_factory=SafeString)
    may_edit: bool = False
    may_answer: bool = False
    may_lift: bool = False

    @property
    def label(self) -> Any:
        return Side(self.side).label


def in_brief(visible: ItemQuerySet) -> ArraySubquery:
    """The arguments of a decision among `visible` items, for a query of decisions to bring along."""
    said = visible.filter(kind="argument", parent=OuterRef("pk")).order_by("pk")
    talk = Comment.objects.standing().filter(item=OuterRef("pk")).order_by().values("item")
    number = Subquery(talk.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    person = {name: F(f"author__{name}") for name in ("name", "handle", "side", "photo")}
    own = {name: F(f"argument__{name}") for name in ("side", "answer", *HOURS)}
    brief = JSONObject(
        item=JSONObject(**{name.removesuffix("_id"): F(name) for name in _ITEM}),
        published_at=F("published_at"),
        author=JSONObject(**person),
        organisation=F("author__organisation__name"),
        answered_by=F("argument__answered_by__name"),
        comments=Coalesce(number, Value(0)),
        **own,
    )
    return ArraySubquery(said.values(brief=brief)[:MOST])


def own_words(reader: Any) -> Subquery:
    """What the reader said beside their ballot: an opinion, or an objection that stands."""
    sides = (Side.OPINION, Side.OBJECTION)
    mine = Item.objects.filter(kind="argument", parent=OuterRef("pk"), author=reader, argument__side__in=sides)
    return Subquery(mine.filter(argument__lifted_at=None).order_by("-pk").values("body")[:1])


def of(decision: Decision, person: Any) -> list[Seen]:
    """The arguments that came with a decision, in the order in which they were given."""
    return [_shown(brief, decision, person) for brief in decision.item.argued]  # type: ignore[attr-defined]


def resolve(item: Item, shown: Sequence[Seen], person: Any) -> SafeString:
    """The text of the decision for its reader; each argument is given its own, from the same query."""
    first, *others = marks.resolve_each([(item.html, item), *((each.item.html, each.item) for each in shown)], person)
    for each, html in zip(shown, others, strict=True):
        each.html = html
    return first


def may_answer(person: Any, decision: Decision, side: str) -> bool:
    """An opinion is answered by who decides, anything else in the name of those who proposed."""
    return may(person, "decision.decide" if side == Side.OPINION else "decision.answer", decision)


def _shown(brief: dict[str, Any], decision: Decision, person: Any) -> Seen:
    said = {name: brief["item"][name.removesuffix("_id")] for name in _ITEM}
    item = Item(**said, parent=decision.item)
    item.space = decision.item.space
    item.published_at = datetime.fromisoformat(brief["published_at"])
    item.author = Person(id=item.author_id, **brief["author"])
    item.author.organisation = Organisation(name=brief["organisation"]) if brief["organisation"] else None
    answered, lifted = (datetime.fromisoformat(brief[hour]) if brief[hour] else None for hour in HOURS)
    side = brief["side"]
    return Seen(
        item,
        side,
        brief["answer"],
        brief["answered_by"] or "",
        answered,
        lifted,
        brief["comments"],
        may_edit=may(person, "item.edit", item),
        may_answer=may_answer(person, decision, side),
        may_lift=side == Side.OBJECTION and not lifted and item.author_id == person.pk
        and may(person, "decision.vote", decision),
    )  # fmt: skip

"""The voices for an idea and its stages, as they come in the query that brings it: its page has none to spare."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from palabre.ideas.models import Step, Support
from palabre.ideas.stages import Funnel, Stage
from palabre.items.models import Item, ItemQuerySet
from palabre.kit.policy import may
from palabre.people.faces import face
from palabre.people.models import Organisation, Person, Side

NAMED = 60  # voices whose owners are named on the page


@dataclass
class Voice:
    """One voice as who is inside is told of it: whose it is, and who brought it from where."""

    pk: int
    person: Person
    by: Person | None
    source: str
    words: str
    at: datetime
    may_take_back: bool = False


@dataclass
class Voices:
    """How many voices there are, of which so many were brought (`proxied`), or came from the idea it was split from
    (`inherited`); `mine` is the reader's."""

    number: int = 0
    proxied: int = 0
    mine: bool = False
    may_support: bool = False
    inherited: int = 0
    voices: list[Voice] = field(default_factory=list)


def number(**among: Any) -> Coalesce:
    """How many voices an idea of the outer query has."""
    rows = Support.objects.filter(item=OuterRef("pk"), **among).order_by().values("item")
    counted = rows.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def counts(reader: Any) -> dict[str, Any]:
    """Of an idea: its `supports`, how many of these were brought (`proxied`) or `inherited`, whether one is the
    reader's."""
    mine = Support.objects.filter(item=OuterRef("pk"), person=reader)
    return {
        "supports": number(),
        "proxied": number(by__isnull=False),
        "inherited": number(inherited=True),
        "mine": Exists(mine),
    }


def named() -> ArraySubquery:
    """The voices by name, those that were brought first."""
    rows = (
        Support.objects.filter(item=OuterRef("pk")).exclude(person=None).order_by(F("by").desc(nulls_last=True), "pk")
    )
    return ArraySubquery(
        rows.values(
            brief=JSONObject(
                pk="pk", source="source", words="words", at="at", person=face("person"), by=face("by"),
                organisation=JSONObject(pk=F("person__organisation_id"), name=F("person__organisation__name")),
            )
        )[:NAMED]
    )  # fmt: skip


def steps() -> ArraySubquery:
    """How the idea came through its stages, the latest first."""
    rows = Step.objects.filter(idea=OuterRef("pk")).order_by("-pk")
    brief = JSONObject(pk="pk", stage="stage", name="name", meaning="meaning", words="words", at="at", by=face("by"))
    return ArraySubquery(rows.values(brief=brief))


def funnel() -> ArraySubquery:
    """The stages of the idea's space, none if they are the usual ones."""
    rows = Stage.objects.filter(space=OuterRef("space")).order_by("position", "pk")
    return ArraySubquery(rows.values(brief=JSONObject(key="key", name="name", meaning="meaning")))


def same(visible: ItemQuerySet) -> ArraySubquery:
    """The ideas that became one with this one."""
    rows: Any = visible.filter(kind="idea", idea__same_as=OuterRef("pk")).order_by("pk")
    return ArraySubquery(rows.values(brief=JSONObject(pk="pk", title="title")))


def of(item: Item, person: Any) -> Voices:
    """The voices that came with an idea; a guest is told their number, and not of people they do not meet."""
    row: Any = item
    told = Voices(row.supports, row.proxied, row.mine, may(person, "idea.support", row.idea), row.inherited)
    if person.is_authenticated and person.is_inside:
        told.voices = [_voice(brief, item, person) for brief in item.voices]  # type: ignore[attr-defined]
    return told


def unheard(item: Item, heard: Voices) -> dict[str, Any] | None:
    """The comment or message of a guest of which it was made, if their voice is not counted: somebody may bring it.
    They said what they need, and not that they want this: nobody counts it for them unseen."""
    made_of: dict[str, Any] | None = getattr(item, "made_of", None)
    if not made_of or made_of["side"] == Side.COMPANY or made_of["person"] == item.author_id:
        return None
    return None if made_of["person"] in {each.person.pk for each in heard.voices} else made_of


def counted(item: Item, person: Any) -> Voices:
    """The voices for an idea as they are now, without names."""
    rows: QuerySet[Support] = Support.objects.filter(item=item)
    row = rows.aggregate(
        number=Count("pk"),
        proxied=Count("pk", filter=~Q(by=None)),
        mine=Count("pk", filter=Q(person=person.pk)),
        inherited=Count("pk", filter=Q(inherited=True)),
    )
    may_support = may(person, "idea.support", item.idea)  # type: ignore[attr-defined]
    return Voices(row["number"], row["proxied"], bool(row["mine"]), may_support, row["inherited"])


def funnel_of(item: Item) -> Funnel:
    """The stages that came with an idea."""
    return Funnel.made(Stage(**brief) for brief in item.funnel)  # type: ignore[attr-defined]


def steps_of(item: Item) -> list[Step]:
    """The steps that came with an idea."""
    return [
        Step(
            pk=brief["pk"], idea=item.idea, stage=brief["stage"], name=brief["name"], meaning=brief["meaning"],  # type: ignore[attr-defined]
            words=brief["words"], at=datetime.fromisoformat(brief["at"]), by=_person(brief["by"]),
        )
        for brief in item.steps  # type: ignore[attr-defined]
    ]  # fmt: skip


def _voice(brief: dict[str, Any], item: Item, reader: Any) -> Voice:
    person, by = _person(brief["person"]), _person(brief["by"]) if brief["by"]["pk"] else None
    person.organisation = Organisation(**brief["organisation"]) if brief["organisation"]["pk"] else None
    voice = Support(pk=brief["pk"], item=item, person=person, by=by)
    at = datetime.fromisoformat(brief["at"])
    may_take_back = by is not None and may(reader, "idea.unvoice", voice)
    return Voice(brief["pk"], person, by, brief["source"], brief["words"], at, may_take_back)


def _person(brief: dict[str, Any]) -> Person:
    return Person(**brief)

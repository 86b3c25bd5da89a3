"""What stands around an idea and in a campaign, as it comes in the query of the page: none has another to spare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject

from palabre.ideas import voices
from palabre.ideas.models import Answer, Campaign, Leaving, Outcome, Placing, Step, Teammate, TeamSpace
from palabre.ideas.stages import Stage
from palabre.items.models import Item, ItemQuerySet, State, address
from palabre.people.faces import face
from palabre.people.models import Person
from palabre.spaces import sight
from palabre.spaces.models import Space

SHOWN = 12  # ideas on the page of a campaign
NAMED = 40  # members of a team
TITLE = {"pk": "pk", "title": "title", "language": "language"}


def whole(visible: ItemQuerySet) -> Subquery:
    """The idea that this one was split from."""
    return Subquery(visible.filter(pk=OuterRef("idea__split_from")).order_by().values(brief=JSONObject(**TITLE))[:1])


def halves(visible: ItemQuerySet) -> ArraySubquery:
    """The ideas that it was split into; of a half, those that the whole was split into, itself among them."""
    mine, ours = Q(idea__split_from=OuterRef("pk")), Q(idea__split_from=OuterRef("idea__split_from"))
    return ArraySubquery(visible.filter(mine | ours, kind="idea").order_by("pk").values(brief=JSONObject(**TITLE)))


def within(visible: ItemQuerySet) -> Subquery:
    """The campaign that it answers, with its criteria and who sponsors it."""
    brief = JSONObject(**TITLE, criteria="campaign__criteria", owner=F("owner_id"))
    return Subquery(visible.filter(pk=OuterRef("idea__campaign")).order_by().values(brief=brief)[:1])


def answers() -> ArraySubquery:
    """What was answered officially, the latest first."""
    rows = Answer.objects.filter(idea=OuterRef("pk")).order_by("-pk")
    return ArraySubquery(rows.values(brief=JSONObject(text="text", at="at", by=face("by"))))


def placings(visible: ItemQuerySet) -> ArraySubquery:
    """How it came into campaigns and out of them, the latest first; each by the title it has now, for who sees it."""

    def title(column: str) -> Subquery:
        return Subquery(visible.filter(pk=OuterRef(column)).order_by().values(brief=JSONObject(**TITLE))[:1])

    rows = Placing.objects.filter(idea=OuterRef("pk")).order_by("-pk")
    told = rows.annotate(into=title("campaign_id"), out=title("before_id"))
    brief = JSONObject(
        words="words", at="at", by=face("by"), into="into", out="out", is_in=Q(campaign__isnull=False),
    )  # fmt: skip
    return ArraySubquery(told.values(brief=brief))


def outcomes() -> ArraySubquery:
    """What was said came of a campaign, the latest first."""
    rows = Outcome.objects.filter(campaign=OuterRef("pk")).order_by("-pk")
    return ArraySubquery(rows.values(brief=JSONObject(text="text", at="at", by=face("by"))))


def leavings() -> ArraySubquery:
    """Why it was left at that, if it is."""
    rows = Leaving.objects.standing().filter(campaign=OuterRef("pk"))
    return ArraySubquery(rows.values(brief=JSONObject(reason="reason", at="at", by=F("by__name"))))


def takes_ideas() -> Exists:
    """Whether its space has a campaign that takes ideas, or might."""
    here = Campaign.objects.filter(item__space=OuterRef("space"), outcome="", opens_on__isnull=False)
    return Exists(here.filter(item__state=State.PUBLISHED))


def team(reader: Any) -> dict[str, Any]:
    """How many work on it and who, whether the reader is one of them, and the space of the team."""
    mates = Teammate.objects.filter(item=OuterRef("pk")).order_by("pk")
    number = mates.order_by().values("item").annotate(n=Count("pk")).values("n")
    return {
        "teammates": Coalesce(Subquery(number, output_field=IntegerField()), 0),
        "mates": ArraySubquery(mates.values(brief=face("person"))[:NAMED]),
        "in_team": Exists(Teammate.objects.filter(item=OuterRef("pk"), person=reader)),
        "team_space": Subquery(TeamSpace.objects.filter(item=OuterRef("pk")).values("space")[:1]),
    }


def gathered(visible: ItemQuerySet) -> ArraySubquery:
    """The ideas of a campaign, the most supported first."""
    rows = visible.published().filter(kind="idea", idea__campaign=OuterRef("pk")).annotate(supports=voices.number())
    stage = {"stage": F("idea__stage"), "meaning": F("idea__meaning")}
    brief = JSONObject(**TITLE, **stage, supports="supports", author=F("author__name"))
    return ArraySubquery(rows.order_by("-supports", "-pk").values(brief=brief)[:SHOWN])


def gathering() -> dict[str, Any]:
    """Of a campaign: how many ideas it has, and how many of them somebody has weighed."""
    ideas = Item.objects.published().filter(kind="idea", idea__campaign=OuterRef("pk")).order_by()
    weighed = ideas.filter(idea__reviews__given_at__isnull=False)
    return {"ideas": _number(ideas), "weighed": _number(weighed)}


def _number(items: ItemQuerySet) -> Coalesce:
    counted = items.values("idea__campaign").annotate(n=Count("pk", distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@dataclass
class Title:
    """An idea, or a campaign, by its title; `stage` and `supports` where they are told."""

    pk: int
    title: str
    language: str
    stage: Stage | None = None
    supports: int = 0
    author: str = ""
    kind: str = "idea"

    def get_absolute_url(self) -> str:
        return address(self.kind, self.pk, self.title)


@dataclass
class Said:
    """An official answer as it stood; an empty text took away the one before."""

    text: str
    at: datetime
    by: Person | None


@dataclass
class Moved:
    """An idea came into a campaign, or out of one (`is_in` says which); `into` and `out` as far as the reader sees."""

    said: Said
    is_in: bool
    into: Title | None
    out: Title | None

    @property
    def at(self) -> datetime:
        return self.said.at


@dataclass
class Team:
    """How many work on it, who (inside the house), and their space if the reader sees it."""

    number: int
    mine: bool
    people: list[Person] = field(default_factory=list)
    space: Space | None = None
    is_settled: bool = False


def titles(briefs: list[dict[str, Any]], kind: str = "idea") -> list[Title]:
    return [Title(brief["pk"], brief["title"], brief["language"], kind=kind) for brief in briefs]


def ideas_of(item: Item) -> list[Title]:
    """The ideas that came with a campaign, in the stages of its space."""
    row: Any = item
    funnel = voices.funnel_of(item)
    return [
        Title(
            brief["pk"], brief["title"], brief["language"], funnel.at(brief["stage"], brief["meaning"]),
            brief["supports"], brief["author"],
        )
        for brief in row.gathered
    ]  # fmt: skip


def earlier_answers(item: Item) -> list[Said]:
    """What was answered before what stands now, the latest first."""
    row: Any = item
    said = [_said(brief) for brief in row.answered]
    return said[1:] if row.idea.answer else said


def outcomes_of(item: Item) -> list[Said]:
    """What was said came of a campaign, the latest first: that is how it reads."""
    row: Any = item
    return [_said(brief) for brief in row.concluded]


def left_at(item: Item) -> dict[str, Any] | None:
    """Why a campaign was left at that, by whom and when."""
    row: Any = item
    return row.leaving[0] | {"at": datetime.fromisoformat(row.leaving[0]["at"])} if row.leaving else None


def path_of(item: Item, steps: Sequence[Step]) -> list[Step | Moved]:
    """Its steps from stage to stage, and into and out of campaigns, the latest first."""
    row: Any = item
    moved = [
        Moved(
            _said({**brief, "text": brief["words"]}), bool(brief["is_in"]),
            next(iter(titles([brief["into"]] if brief["into"] else [], "campaign")), None),
            next(iter(titles([brief["out"]] if brief["out"] else [], "campaign")), None),
        )
        for brief in row.placed
    ]  # fmt: skip
    return sorted([*steps, *moved], key=lambda each: each.at, reverse=True)


def _said(brief: dict[str, Any]) -> Said:
    by = Person(**brief["by"]) if brief["by"]["pk"] else None
    return Said(brief["text"], datetime.fromisoformat(brief["at"]), by)


def team_of(item: Item, person: Any) -> Team:
    """The team that came with an idea."""
    row: Any = item
    found = Team(row.teammates, row.in_team, is_settled=row.team_space is not None)
    if person.is_authenticated and person.is_inside:
        found.people = [Person(**brief) for brief in row.mates]
    if row.team_space:
        found.space = sight.of(person).get(row.team_space)
    return found

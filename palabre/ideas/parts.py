"""The parts that people have in ideas: by their voices, which are a step of the threads on which ideas stand, their
reviews, their work."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from palabre.ideas import voices
from palabre.ideas.models import Review, Support, Teammate
from palabre.items.models import Item
from palabre.items.parts import part
from palabre.links.voices import bears

NAMED = 3  # of the voices on a thread


@part("supported", pgettext_lazy("a part", "You supported it"), order=20)
def supported(person: Any) -> QuerySet[Any, Any]:
    """To which they gave their own voice."""
    return Support.objects.filter(person=person, by=None).order_by().values("item")


@part("spoken_for", pgettext_lazy("a part", "Somebody spoke for you"), order=22)
def spoken_for(person: Any) -> QuerySet[Any, Any]:
    """To which their voice was brought."""
    return Support.objects.filter(person=person).exclude(by=None).order_by().values("item")


@part("brought", pgettext_lazy("a part", "You brought a voice"), order=24)
def brought(person: Any) -> QuerySet[Any, Any]:
    """To which they brought that of somebody else."""
    return Support.objects.filter(by=person).order_by().values("item")


@part("teamed", pgettext_lazy("a part", "You work on it"), order=26)
def teamed(person: Any) -> QuerySet[Any, Any]:
    """On which they work with others."""
    return Teammate.objects.filter(person=person).order_by().values("item")


@part("reviewed", pgettext_lazy("a part", "You reviewed it"), order=28)
def reviewed(person: Any) -> QuerySet[Any, Any]:
    """Which they weighed."""
    return Review.objects.given().filter(person=person).order_by().values("idea")


@bears(Support)
def heard(keys: Sequence[int], reader: Any) -> dict[int, str]:
    """Whose voices they are, and how many were brought; a guest is told that one is theirs, and of nobody else."""
    named = Support.objects.filter(item=OuterRef("pk")).exclude(person=None).order_by("pk")
    rows: Any = Item.objects.filter(pk__in=keys).order_by().annotate(**voices.counts(reader.pk))
    inside = reader.is_authenticated and reader.is_inside
    if inside:
        rows = rows.annotate(whose=ArraySubquery(named.values("person__name")[:NAMED]))
    return {row.pk: ", ".join(_told(row, inside=inside)) for row in rows.only("pk")}


def _told(row: Any, *, inside: bool) -> list[str]:
    said = [*row.whose] if inside else [_("one of them is yours")] if row.mine else []
    if inside and (others := row.supports - len(said)):
        said.append(ngettext("%(number)d other", "%(number)d others", others) % {"number": others})
    if row.proxied:
        said.append(ngettext("%(number)d brought", "%(number)d brought", row.proxied) % {"number": row.proxied})
    return said

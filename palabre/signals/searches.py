"""What was asked on the page of results, as a saved search keeps it, and whether it is one of somebody's."""

from typing import Any

from django.http import QueryDict

from palabre.items import kinds
from palabre.kit import given
from palabre.search import query
from palabre.search.facets import MOST_CHOSEN
from palabre.signals.models import Follow
from palabre.spaces import sight

TICKED = ("kind", "space", "tag", "author")


def asked(data: QueryDict) -> str:
    """The words."""
    return " ".join(given.text(data, "q", query.MAX_LENGTH).split())[: query.MAX_LENGTH]


def choice(data: QueryDict, person: Any) -> dict[str, list[str]]:
    """What was ticked, of what there is: kinds and spaces by name, tags and authors by number."""
    ticked = {name: sorted(set(data.getlist(name)))[:MOST_CHOSEN] for name in TICKED}
    names = {
        "kind": {kind.name for kind in kinds.every()},
        "space": {space.slug for space in sight.of(person).spaces.values()} if ticked["space"] else set(),
    }
    for name in ("kind", "space"):
        ticked[name] = [value for value in ticked[name] if value in names[name]]
    for name in ("tag", "author"):
        ticked[name] = [value for value in ticked[name] if value.isdecimal() and len(value) < 16]
    return {name: values for name, values in ticked.items() if values}


def kept(data: QueryDict, person: Any) -> Follow | None:
    """The follow of this search, if `person` keeps it."""
    mine = Follow.objects.filter(person=person, search__text=asked(data), search__choice=choice(data, person))
    return mine.select_related("search").first()

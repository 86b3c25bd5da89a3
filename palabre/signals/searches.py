"""What was asked on the page of results, as a saved search keeps it, and whether it is one of its reader's."""

from typing import Any

from django.db import models
from django.http import QueryDict
from psycopg.types.json import Jsonb

from palabre.items import kinds
from palabre.kit import given
from palabre.kit.queries import Slot
from palabre.search import query
from palabre.search.facets import MOST_CHOSEN
from palabre.search.shown import Question, says
from palabre.signals.models import Follow
from palabre.spaces import sight

KEPT = "signals.kept"  # the follow of a search, by its reader
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


def _values(question: Question) -> dict[str, Any]:
    chosen = Jsonb(choice(question.data, question.person))
    return {"person": question.person.pk or 0, "text": asked(question.data), "choice": chosen}


says(
    KEPT,
    lambda: (
        # By the searches of the person, which are few, and not by all that they follow.
        Follow.objects.filter(person=Slot("person"), search__person=Slot("person"))
        .filter(search__text=Slot("text", models.TextField()), search__choice=Slot("choice", models.JSONField()))
        .order_by()
        .values("pk")
    ),
    _values,
)

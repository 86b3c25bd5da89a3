"""Who stands in which role towards what happens to a question."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from palabre.items.models import Item
from palabre.journal.concerning import role
from palabre.journal.models import Event
from palabre.questions.models import Waiting
from palabre.tags import interest


@role("asker", _("%(who)s answered your question"), rank=12, personal=True)
def askers(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Who asked."""
    people = dict(Item.objects.filter(pk__in={event.item for event in events}).values_list("pk", "author"))
    return [(event.pk, people[event.item]) for event in events if event.item in people]


@role("answerer", _("%(who)s accepted your answer"), rank=12, personal=True)
def answerers(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Who wrote the answer that an event speaks of."""
    answers = {event.pk: event.particulars.get("answer") for event in events}
    people = dict(Item.objects.filter(pk__in={key for key in answers.values() if key}).values_list("pk", "author"))
    return [(event, people[key]) for event, key in answers.items() if key in people]


@role("awaited", _("%(who)s hopes for your answer"), rank=11, personal=True)
def awaited(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """For whom a question waits by name."""
    return [(event.pk, event.person) for event in events if event.person]


@role("enquirer", _("You hoped for their answer"), rank=27, personal=True)
def enquirers(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Who put a question by name to the one who now cannot help."""
    put = Waiting.objects.filter(question__in={event.item for event in events}).exclude(person=None).order_by()
    rows = put.values_list("question", "person", "by")
    people: dict[Any, int] = {(question, person): by for question, person, by in rows}
    named = ((event.pk, people.get((event.item, event.by))) for event in events)
    return [(event, person) for event, person in named if person]


@role("versed", _("It waits for those who follow this tag"), rank=13)
def versed(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Who follows the tag by which a question waits."""
    keys = {event.pk: event.particulars.get("key") for event in events if not event.person}
    people: dict[str, list[int]] = defaultdict(list)
    for key, person in interest.followers({key for key in keys.values() if key}):
        people[key].append(person)
    return [(event, person) for event, key in keys.items() if key for person in people[key]]

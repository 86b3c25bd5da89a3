"""Choosing people to write to: those ticked, and those found by some letters, among whom one may write to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from palabre.conversations.correspondence import correspondents, waits_for_a_space
from palabre.kit import given
from palabre.people.models import Person

FOUND = 12
MOST = 50


@dataclass(frozen=True)
class Choice:
    """Whom one has chosen, and whom one is offered besides."""

    people: list[Person]
    found: list[Person]
    words: str
    asked: bool = False
    further: bool = False  # whether there are more than are offered
    nobody: bool = False  # whether it is nobody's name, of those chosen neither
    waits: bool = False  # whether there is nobody yet, for want of a space that they share


def choose(request: HttpRequest, without: Iterable[Any] = ()) -> Choice:
    """What a request says: `to` the keys of those chosen, `q` some letters of others. Who may not be is not there."""
    said = request.POST if request.method == "POST" else request.GET
    reachable = correspondents(request.user).exclude(pk__in=[person.pk for person in without])
    reachable = reachable.select_related("organisation").order_by("name", "pk")
    keys = given.numbers(said.getlist("to")[:MOST])
    people = list(reachable.filter(pk__in=keys)) if keys else []
    words = given.text(said, "q", 80)
    found = reachable.called(words) if words else reachable
    offered = list(found.exclude(pk__in=keys)[: FOUND + 1])
    nobody = bool(words) and not offered and not found.filter(pk__in=keys).exists()
    waits = not (people or offered or words) and waits_for_a_space(request.user)
    return Choice(people, offered[:FOUND], words, bool(keys), further=len(offered) > FOUND, nobody=nobody, waits=waits)

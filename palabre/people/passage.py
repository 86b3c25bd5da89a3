"""Passages: what happens elsewhere in the house when somebody arrives, leaves or comes back.

Spaces stand a floor above: they register here what arrival and departure mean for memberships, and it is done in
the same transaction. A background job would leave a moment in which who has left still belongs.
"""

from collections.abc import Callable
from typing import Any

Arrival = Callable[[Any, Any], None]  # of an invitation, and of the person it let in
Passage = Callable[[Any, Any], None]  # of a person, and of who does it
Given = Callable[[Any], bool]  # of an invitation

_arrivals: list[Arrival] = []
_departures: list[Passage] = []
_returns: list[Passage] = []
_given: list[Given] = []


def at_arrival(arrival: Arrival) -> Arrival:
    """Registers what an accepted invitation brings besides the account."""
    _arrivals.append(arrival)
    return arrival


def still_given(given: Given) -> Given:
    """Registers whether somebody who opens a part of the house, not all of it, could give that part today."""
    _given.append(given)
    return given


def at_departure(departure: Passage) -> Passage:
    """Registers what ends when `person` leaves, `by` somebody."""
    _departures.append(departure)
    return departure


def at_return(coming_back: Passage) -> Passage:
    """Registers what is given back when `person` comes back."""
    _returns.append(coming_back)
    return coming_back


def arrive(invitation: Any, person: Any) -> None:
    for arrival in _arrivals:
        arrival(invitation, person)


def is_given(invitation: Any) -> bool:
    return any(given(invitation) for given in _given)


def depart(person: Any, by: Any) -> None:
    for departure in _departures:
        departure(person, by)


def come_back(person: Any, by: Any) -> None:
    for coming_back in _returns:
        coming_back(person, by)

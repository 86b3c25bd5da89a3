"""How places in consultations are counted before they become somebody else's."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import ngettext

from palabre.consultations.models import Seat
from palabre.people.models import Person
from palabre.people.union import at_union, carries


@carries(Seat, "person")
def seats(number: int) -> str:
    return ngettext("a place in %(number)d consultation", "a place in %(number)d consultations", number) % {
        "number": number
    }


@at_union
def one_place(person: Person, account: Person, given: Collection[str], by: Any) -> dict[str, Any]:
    """Who has a place twice keeps the one of their account."""
    theirs = Seat.objects.filter(person=account).values("consultation")
    Seat.objects.filter(person=person, consultation__in=theirs).delete()
    return {}

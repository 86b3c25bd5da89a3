"""What happens to voices and ideas when somebody who was spoken for turns out to have an account."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import ngettext

from palabre.ideas.models import Idea, Review, Support, Teammate
from palabre.people.models import Person
from palabre.people.union import at_union, carries


@carries(Support, "person")
def voices(number: int) -> str:
    return ngettext("%(number)d idea supported", "%(number)d ideas supported", number) % {"number": number}


@carries(Idea, "carrier")
def carried(number: int) -> str:
    return ngettext("%(number)d idea carried", "%(number)d ideas carried", number) % {"number": number}


@carries(Teammate, "person")
def teams(number: int) -> str:
    return ngettext("%(number)d team joined", "%(number)d teams joined", number) % {"number": number}


@carries(Review, "person")
def reviews(number: int) -> str:
    return ngettext("%(number)d review of an idea", "%(number)d reviews of ideas", number) % {"number": number}


@at_union
def counted_once(person: Person, account: Person, given: Collection[str], by: Any) -> dict[str, Any]:
    """Who spoke for themselves where they were spoken for, has one voice; the words that were brought stay with it."""
    theirs = {voice.item_id: voice for voice in Support.objects.filter(person=account)}
    for voice in Support.objects.filter(person=person, item__in=theirs):
        kept = theirs[voice.item_id]
        if voice.words and not kept.words:
            Support.objects.filter(pk=kept.pk).update(words=voice.words)
        voice.delete()
    return {}

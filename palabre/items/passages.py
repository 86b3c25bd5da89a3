"""What union means for items: they have another author, and readers look at them again."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.utils.translation import ngettext

from palabre.items.models import Item
from palabre.people.models import Person
from palabre.people.union import at_union, carries


@carries(Item, "author")
def authored(number: int) -> str:
    return ngettext("%(number)d text", "%(number)d texts", number) % {"number": number}


@carries(Item, "owner")
def owned(number: int) -> str:
    """Texts somebody answers for, whoever wrote them."""
    return ngettext("the care of %(number)d text", "the care of %(number)d texts", number) % {"number": number}


@at_union
def look_again(person: Person, account: Person, given: Collection[str], by: Any) -> dict[str, Any]:
    """Names the items in the journal, from which the index learns that their author changed."""
    theirs = Item.objects.filter(Q(author=person) | Q(owner=person)).order_by("pk")
    return {"items": list(theirs.values_list("pk", flat=True))}

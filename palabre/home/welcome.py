"""A first visit: who has no space among theirs yet is shown where something is said, by whom, and a first step."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.http import HttpRequest

from palabre.items.models import Item
from palabre.kit.clock import now
from palabre.kit.policy import may
from palabre.people.models import Person
from palabre.spaces import sight
from palabre.spaces.models import Space

SPACES, PEOPLE = 4, 4
LATELY = timedelta(days=30)


@dataclass(frozen=True)
class Welcome:
    """Spaces in which much was said lately, and people who wrote in what the reader may see; whether the reader may
    write in any; in a house without spaces, whether they open the first."""

    spaces: list[Space]
    people: list[Person]
    may_write: bool
    may_open: bool


def of(request: HttpRequest) -> Welcome:
    """What a newcomer may begin with: two queries, of what they see and whom they may meet."""
    reader, seen = request.user, sight.of(request.user)
    items = Item.objects.visible_to(reader).published().order_by()
    said = items.filter(published_at__gt=now() - LATELY).values("space").annotate(number=Count("pk"))
    number = dict(said.values_list("space", "number"))
    spaces = [space for space in seen.spaces.values() if not space.archived_at]
    spaces.sort(key=lambda space: (-number.get(space.pk, 0), space.name))
    present = Person.objects.visible_to(reader).present().filter(is_bot=False).exclude(pk=reader.pk)
    met = present.filter(pk__in=items.values("author"))
    wrote = met.annotate(wrote=Count("items")).select_related("organisation").order_by("-wrote", "name")
    may_write = any(may(reader, "space.write", space) for space in spaces)
    return Welcome(spaces[:SPACES], list(wrote[:PEOPLE]), may_write, may(reader, "space.create"))

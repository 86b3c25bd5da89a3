"""To which item a name or an address leads.

The graph has one answer for each link: what may be read before what may not, the same space before others, a
present title before a former one, the elder before the younger. What a *reader* is led to is decided when they
read (`authoring.marks`), among what they may see.
"""

from collections.abc import Iterable, Sequence

from palabre.items.addresses import number_in
from palabre.items.models import READABLE, Item, Name
from palabre.links.models import Link


def aim(links: Sequence[Link]) -> None:
    """Sets the target of links not yet saved, all in two queries."""
    named = _called({link.title_key for link in links if link.title_key})
    numbers = {number for link in links if (number := number_in(link.address)) is not None}
    there = set(Item.objects.filter(pk__in=numbers).values_list("pk", flat=True)) if numbers else set()
    for link in links:
        if link.title_key:
            link.target_id = _best(named.get(link.title_key, ()), link.source.space_id)
        elif (number := number_in(link.address)) in there:
            link.target_id = number


def settle(keys: Iterable[str]) -> None:
    """Aims all links by these names again; changes only those that lead elsewhere now, in order of their number."""
    keys = set(keys)
    if not keys:
        return
    links = list(
        Link.objects.in_text()
        .filter(title_key__in=keys)
        .order_by("pk")
        .select_related("source")
        .only("pk", "title_key", "target_id", "source__space_id")
    )
    if not links:
        return
    named = _called({link.title_key for link in links})
    changed = []
    for link in links:
        target = _best(named.get(link.title_key, ()), link.source.space_id)
        if target != link.target_id:
            link.target_id = target
            changed.append(link)
    Link.objects.bulk_update(changed, ["target"], batch_size=1000)


def arrive(items: Iterable[int]) -> None:
    """Links by address from these items that found nothing there when they were saved look again.

    An import writes in batches: a page may point at the number of one that comes later.
    """
    waiting = Link.objects.in_text().filter(source__in=items, target=None).exclude(address="")
    links = list(waiting.order_by("pk").select_related("source").only("pk", "address", "title_key", "source__space_id"))
    aim(links)
    Link.objects.bulk_update([link for link in links if link.target_id], ["target"], batch_size=1000)


_Candidate = tuple[bool, int, bool, int]


def _called(keys: set[str]) -> dict[str, list[_Candidate]]:
    """For each name, what answers to it: (readable, space, current, item)."""
    found: dict[str, list[_Candidate]] = {}
    rows = Name.objects.filter(key__in=keys).values_list("key", "item__state", "item__space", "current", "item")
    for key, state, space, current, item in rows if keys else ():
        found.setdefault(key, []).append((state in READABLE, space, current, item))
    return found


def _best(candidates: Iterable[_Candidate], space: int) -> int | None:
    ranked = sorted((not readable, at != space, not current, item) for readable, at, current, item in candidates)
    return ranked[0][3] if ranked else None

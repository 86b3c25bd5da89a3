"""Computing the authority of every item anew, from the links that count."""

import numpy as np
from django.db import transaction
from django.db.models import F

from palabre.items.models import READABLE, Item
from palabre.links.authority import Belonging, Circle, containment, pagerank
from palabre.links.models import Authority, Link, Type
from palabre.people.models import Side
from palabre.spaces.models import Audience, Invited, Membership, Space

NO_PRAISE = (Type.OBJECTS_TO, Type.SUPERSEDES)  # to replace a text or to object to it does not recommend it
NOTICEABLE = 0.001


def circles() -> tuple[dict[int, Circle], dict[int, Belonging]]:
    """The circle of readers of each space, and where each member stands; the same rule as `Space.visible_to`."""
    members: dict[int, set[int]] = {}
    belongings: dict[int, Belonging] = {}
    present = Membership.objects.filter(person__left_at=None, person__is_active=True)
    for space, person, side, organisation in present.values_list(
        "space", "person", "person__side", "person__organisation"
    ):
        members.setdefault(space, set()).add(person)
        belongings[person] = Belonging(side, organisation)
    invited: dict[int, set[int]] = {}
    for space, organisation in Invited.objects.values_list("space", "organisation"):
        invited.setdefault(space, set()).add(organisation)
    return {
        space: Circle(
            public=audience == Audience.PUBLIC,
            house=audience != Audience.TEAM,
            customers=audience == Audience.CUSTOMERS,
            organisations=frozenset(invited.get(space, ())) if audience == Audience.PARTNERS else frozenset(),
            members=frozenset(members.get(space, ())),
        )
        for space, audience in Space.objects.values_list("pk", "audience")
    }, belongings


def recompute() -> int:
    """Brings the table of authorities up to date; returns how many items it holds."""
    places = dict(Item.objects.filter(state__in=READABLE).order_by("pk").values_list("pk", "space"))
    index = {item: number for number, item in enumerate(places)}
    counts = containment(*circles())
    pairs = (
        Link.objects.filter(target__isnull=False)
        .exclude(type__in=NO_PRAISE)
        .exclude(source=F("target"))
        .order_by()
        .values_list("source", "target")
        .distinct()
    )
    edges = np.array(
        [
            (index[source], index[target])
            for source, target in pairs.iterator(chunk_size=10_000)
            if source in index and target in index and (places[source], places[target]) in counts
        ],
        dtype=np.int64,
    ).reshape(-1, 2)
    scores = pagerank(len(index), edges[:, 0], edges[:, 1])
    standing = dict(Authority.objects.values_list("item", "score"))
    moved = [
        Authority(item_id=item, score=float(scores[number]))
        for item, number in index.items()
        if abs(standing.get(item, -1.0) - scores[number]) > NOTICEABLE
    ]
    with transaction.atomic():
        Authority.objects.exclude(item__state__in=READABLE).delete()
        Authority.objects.bulk_create(
            moved, batch_size=2000, update_conflicts=True, unique_fields=["item"], update_fields=["score"]
        )
    return len(index)


assert set(Side.values) == {"company", "partner", "customer"}, "links.authority speaks of these sides"

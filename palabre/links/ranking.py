"""Computing the authority of every item anew, from the links that count."""

import numpy as np
from django.db import transaction
from django.db.models import F

from palabre.items.models import READABLE, Item
from palabre.links.authority import pagerank
from palabre.links.circles import circles, containment
from palabre.links.models import Authority, Link, Type

NO_PRAISE = (Type.OBJECTS_TO, Type.SUPERSEDES)  # to replace a text or to object to it does not recommend it
NOTICEABLE = 0.001


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

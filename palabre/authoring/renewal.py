"""Renewal: what an earlier Palabre rendered is rendered again, once, in the background, while people read and write.

Whoever stores what `rendering` makes of a text says by `@renews` how that is made anew, some rows at a time. How far
each has come is kept, so that a worker that stops goes on where it was.
"""

from collections.abc import Callable

from django.db import transaction

from palabre.authoring import derivation, writing
from palabre.authoring.models import Renewed
from palabre.authoring.rendering import render
from palabre.items.models import Item

RENDERING = 1  # raised by whoever lets a text that stays the same come out otherwise
BATCH = 50  # rows that nobody can save meanwhile

Renewing = Callable[[int, int], int]

_renewing: dict[str, Renewing] = {}


def renews(name: str) -> Callable[[Renewing], Renewing]:
    """`@renews("comments")` on a function that renders anew so many rows above a number, locked in the caller's
    transaction, and returns the number of the last of them, 0 when there are none."""

    def register(renewing: Renewing) -> Renewing:
        _renewing[name] = renewing
        return renewing

    return register


def is_due() -> bool:
    """Whether anything stored is of another rendering than ours."""
    done = Renewed.objects.filter(what__in=_renewing, rendering=RENDERING, reached=None)
    return done.count() < len(_renewing)


def renew() -> None:
    """Renders anew all that is of another rendering than ours; some at a time, each in a transaction of its own."""
    for what, renewing in _renewing.items():
        while _renew(what, renewing):
            pass


@transaction.atomic
def _renew(what: str, renewing: Renewing) -> bool:
    """Some of it; False when there is no more. Of two who come at once, the second waits."""
    Renewed.objects.get_or_create(what=what)
    row = Renewed.objects.select_for_update().get(what=what)
    if row.rendering != RENDERING:
        row.rendering, row.reached = RENDERING, 0
    if row.reached is not None:
        row.reached = renewing(row.reached, BATCH) or None
        row.save()
    return row.reached is not None


@renews("items")
def _items(after: int, at_most: int) -> int:
    """Texts, and what follows from them: only differences are written, and nobody is told."""
    held = Item.objects.select_for_update(of=("self",), no_key=True).select_related("space")
    pairs = [
        (item, render(item.body, item.space.language)) for item in held.filter(pk__gt=after).order_by("pk")[:at_most]
    ]
    changed = []
    for item, document in pairs:
        before, language = (item.html, item.excerpt, item.outline, item.words), item.language
        fields = writing.rendered(item, document)
        item.language = language
        if before != (item.html, item.excerpt, item.outline, item.words):
            changed.append(item)
    if changed:
        Item.objects.bulk_update(changed, fields)
    derivation.derive(pairs)
    return pairs[-1][0].pk if pairs else 0

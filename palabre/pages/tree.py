"""The tree of pages within a space, as far as its reader sees it.

A page whose parent they cannot see stands at the root for them: what may be read can always be reached.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Expression, JSONField, Q
from django.db.models.expressions import RawSQL

from palabre.items.models import Item, ItemQuerySet
from palabre.kit.queries import Slot
from palabre.spaces.models import Space

ORDER = ("position", "title", "pk")
ABOVE = """
    WITH RECURSIVE above(id, parent_id, depth) AS (
        SELECT id, parent_id, 0 FROM items_item WHERE id = %s
        UNION ALL
        SELECT parent.id, parent.parent_id, depth + 1
        FROM items_item parent JOIN above ON parent.id = above.parent_id WHERE depth < 20
    ) SELECT id FROM above WHERE depth > 0
"""
# Every page asks for it; written out, since composing it with the ORM takes longer than running it. Who may see what
# is not: it comes from `visible_to`.
NEAR = """(
    SELECT coalesce(jsonb_agg(to_jsonb(near) ORDER BY near.position, near.title, near.id), '[]') FROM (
        SELECT page.id, kind, title, parent_id, position FROM (
            {above}
            UNION SELECT id FROM items_item WHERE parent_id = %s
            UNION SELECT id FROM items_item WHERE parent_id = (SELECT parent_id FROM items_item WHERE id = %s)
        ) beside JOIN items_item page ON page.id = beside.id
        WHERE kind = 'page' AND page.id IN ({visible})
    ) near
)"""
LARGEST = 2_000


@dataclass(frozen=True)
class Around:
    """What stands around a page: those above it from the root, those below, those beside."""

    trail: list[Item]
    children: list[Item]
    siblings: list[Item]


@dataclass
class Branch:
    """A page of a tree, and what stands below it."""

    page: Item
    branches: list["Branch"] = field(default_factory=list)


def around(page: Item, person: Any) -> Around:
    """What `person` sees around a page, in one query."""
    return arranged(page, _rows(Item.objects.visible_to(person).filter(_near(page.pk, page.parent_id))))


def brought() -> Expression:
    """The pages around the page `pk` as documents, for the query of that page to bring along."""
    visible, seen = Item.objects.visible_to_asker().order_by().values("pk").query.sql_with_params()
    near = NEAR.format(above=f"({ABOVE})", visible=visible)
    return RawSQL(near, [Slot("pk")] * 3 + [*seen], output_field=JSONField())  # noqa: S611


def arranged(page: Item, near: Iterable[Item]) -> Around:
    """The pages near a page, each at its place around it."""
    found = [each for each in near if each.pk != page.pk]
    by_key = {each.pk: each for each in found}
    trail: list[Item] = []
    above = page.parent_id
    while above in by_key and len(trail) < 20:
        trail.insert(0, by_key[above])
        above = by_key[above].parent_id
    children = [each for each in found if each.parent_id == page.pk]
    siblings = [each for each in found if page.parent_id and each.parent_id == page.parent_id]
    return Around(trail, children, siblings)


def of_space(space: Space, person: Any) -> tuple[list[Branch], bool]:
    """The first pages of a space that `person` sees, as a tree, in one query; and whether there are more."""
    pages = list(_rows(Item.objects.visible_to(person).published().filter(space=space))[: LARGEST + 1])
    more = len(pages) > LARGEST
    pages = pages[:LARGEST]
    branches = {page.pk: Branch(page) for page in pages}
    roots: list[Branch] = []
    for page in pages:
        above = branches.get(page.parent_id or 0)
        (above.branches if above else roots).append(branches[page.pk])
    return roots, more


@transaction.atomic
def put_in_order(pages: Iterable[Item]) -> None:
    """These siblings stand in this order, before those written later (which have position 0)."""
    ordered = list(pages)
    for number, page in enumerate(ordered):
        page.position = number - len(ordered)
    Item.objects.bulk_update(sorted(ordered, key=lambda page: page.pk), ["position"])


def _near(pk: int, parent: Any) -> Q:
    beside = Q(parent=parent) if parent else Q()
    return Q(pk__in=RawSQL(ABOVE, [pk])) | Q(parent=pk) | beside  # noqa: S611 (the statement is ours)


def _rows(items: ItemQuerySet) -> ItemQuerySet:
    return items.of_kind("page").only("pk", "kind", "title", "parent", "position", "space").order_by(*ORDER)

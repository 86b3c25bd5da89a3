"""The tree of pages within a space, as far as its reader sees it.

A page whose parent they cannot see stands at the root for them: what may be read can always be reached.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Exists, Expression, JSONField, OuterRef, Q
from django.db.models.expressions import RawSQL

from palabre.items.models import Item, ItemQuerySet
from palabre.kit.paging import Page, after, cut
from palabre.kit.queries import Slot
from palabre.spaces.models import Space

ORDER = ("position", "title", "pk")
# Every page asks for it; written out, since composing it with the ORM takes longer than running it. Who may see what
# is not: it comes from `visible_to`, and is asked before anything is cut off. Of those beside, the nearest are shown;
# what is archived leads up, but stands in no list, as in the tree of its space.
NEAR = """(
    WITH RECURSIVE me AS (SELECT id, parent_id, position, title FROM items_item WHERE id = %s),
    above(id, parent_id, depth) AS (
        SELECT id, parent_id, 0 FROM me
        UNION ALL
        SELECT parent.id, parent.parent_id, depth + 1
        FROM items_item parent JOIN above ON parent.id = above.parent_id WHERE depth < 20
    ), around AS (
        SELECT id FROM above
        UNION SELECT child.id FROM items_item child JOIN me ON child.parent_id = me.id
        UNION SELECT other.id FROM items_item other JOIN me ON other.parent_id = me.parent_id
    ), seen AS MATERIALIZED (
        SELECT page.id, kind, title, parent_id, position FROM around JOIN items_item page USING (id)
        WHERE kind = 'page' AND page.id IN ({visible})
    ), current AS (
        SELECT seen.* FROM seen JOIN items_item page USING (id) WHERE page.state = 'published'
    ), below AS (SELECT current.* FROM current JOIN me ON current.parent_id = me.id),
    beside AS (SELECT current.* FROM current JOIN me ON current.parent_id = me.parent_id AND current.id <> me.id),
    near AS (
        SELECT seen.* FROM seen JOIN above USING (id) WHERE depth > 0
        UNION (SELECT * FROM below ORDER BY position, title, id LIMIT {below})
        UNION (
            SELECT beside.* FROM beside, me
            WHERE (beside.position, beside.title, beside.id) > (me.position, me.title, me.id)
            ORDER BY beside.position, beside.title, beside.id LIMIT {beside}
        )
        UNION (
            SELECT beside.* FROM beside, me
            WHERE (beside.position, beside.title, beside.id) < (me.position, me.title, me.id)
            ORDER BY beside.position DESC, beside.title DESC, beside.id DESC LIMIT {beside}
        )
    )
    SELECT jsonb_build_object(
        'pages', (SELECT coalesce(jsonb_agg(to_jsonb(near) ORDER BY position, title, id), '[]') FROM near),
        'below', (SELECT count(*) FROM below), 'beside', (SELECT count(*) FROM beside)
    )
)"""
BELOW = 60  # pages right below one that stand on its own page
BESIDE = 12  # pages shown before it, and after it
WHOLE = 300  # a tree of so many pages is sent at once
SHELF = 100  # pages of one level sent at a time


@dataclass(frozen=True)
class Around:
    """What stands around a page: those above it from the root, the first of those below, the nearest of those beside.

    `below` and `beside` say how many there are, shown or not.
    """

    trail: list[Item]
    children: list[Item]
    siblings: list[Item]
    below: int
    beside: int


@dataclass
class Branch:
    """A page of a tree, what stands below it, and whether something does that was not brought along."""

    page: Item
    branches: list["Branch"] = field(default_factory=list)
    deeper: bool = False


def brought() -> Expression:
    """What stands around the page `pk`, as a document for the query of that page to bring along; see `arranged`."""
    visible, seen = Item.objects.visible_to_asker().order_by().values("pk").query.sql_with_params()
    near = NEAR.format(visible=visible, below=BELOW, beside=BESIDE)
    return RawSQL(near, [Slot("pk"), *seen], output_field=JSONField())  # noqa: S611


def arranged(page: Item, near: dict[str, Any]) -> Around:
    """The pages near a page, each at its place around it."""
    found = [Item(**brief) for brief in near["pages"]]
    by_key = {each.pk: each for each in found}
    trail: list[Item] = []
    above = page.parent_id
    while above in by_key and len(trail) < 20:
        trail.insert(0, by_key[above])
        above = by_key[above].parent_id
    children = [each for each in found if each.parent_id == page.pk]
    siblings = [each for each in found if page.parent_id and each.parent_id == page.parent_id]
    return Around(trail, children, siblings, near["below"], near["beside"])


def of_space(space: Space, person: Any, where: str = "") -> Page:
    """The tree of a space that `person` sees: all of it if it is small, else the roots after the mark `where`.

    Roots bring what stands right below them, unless that is too much; whatever lies deeper is opened from there.
    """
    pages = _pages(space, person)
    if not where:
        whole = list(_rows(pages)[: WHOLE + 1])
        if len(whole) <= WHOLE:
            return Page(_grown([Branch(page) for page in whole]), None)
    seen_above = Exists(pages.filter(pk=OuterRef("parent")))
    level = _level(pages, pages.filter(Q(parent=None) | ~seen_above), where)
    below = list(_opening(pages, pages.filter(parent__in=[branch.page for branch in level]))[: WHOLE + 1])
    if len(below) > WHOLE:
        return level
    return Page(_grown([*level, *map(_branch, below)]), level.next)


def below(page: Item, person: Any, where: str = "") -> Page:
    """The pages right below one that `person` sees, after the mark `where`."""
    pages = _pages(page.space, person)
    return _level(pages, pages.filter(parent=page), where)


def children(page: Item, person: Any) -> list[Item]:
    """All the pages right below one that `person` sees, in one query: for who puts them in order."""
    return list(_rows(Item.objects.visible_to(person).filter(parent=page)))


def top(space: Space, person: Any) -> list[Item]:
    """The pages of a space that stand below no other, in one query."""
    return list(_rows(_pages(space, person).filter(parent=None)))


def order_alone(space: Space) -> None:
    """Until the transaction ends nobody else puts pages of that space in order: what one reads now stays so."""
    Space.objects.select_for_update(no_key=True).only("pk").get(pk=space.pk)


@transaction.atomic
def put_in_order(pages: Iterable[Item]) -> None:
    """These siblings stand in this order, before those written later (which have position 0)."""
    ordered = list(pages)
    moved = []
    for number, page in enumerate(ordered, start=-len(ordered)):
        if page.position != number:
            page.position = number
            moved.append(page)
    Item.objects.bulk_update(sorted(moved, key=lambda page: page.pk), ["position"], batch_size=500)


def _pages(space: Space, person: Any) -> ItemQuerySet:
    return Item.objects.visible_to(person).published().filter(space=space).of_kind("page")


def _level(pages: ItemQuerySet, standing: ItemQuerySet, where: str) -> Page:
    """Some of the branches that stand side by side, and the mark after which they go on."""
    rows = cut(list(after(_opening(pages, standing), where, ORDER)[: SHELF + 1]), ORDER, SHELF)
    return Page([_branch(page) for page in rows], rows.next)


def _opening(pages: ItemQuerySet, some: ItemQuerySet) -> ItemQuerySet:
    """`some` of the `pages`, each with whether others stand below it."""
    return _rows(some).annotate(deeper=Exists(pages.filter(parent=OuterRef("pk"))))


def _branch(page: Any) -> Branch:
    return Branch(page, deeper=page.deeper)


def _grown(branches: list[Branch]) -> list[Branch]:
    """The roots among these branches, the others put below theirs."""
    by_key = {branch.page.pk: branch for branch in branches}
    roots: list[Branch] = []
    for branch in branches:
        above = by_key.get(branch.page.parent_id or 0)
        (above.branches if above else roots).append(branch)
    return roots


def _rows(items: ItemQuerySet) -> ItemQuerySet:
    return items.of_kind("page").only("pk", "kind", "title", "parent", "position", "space").order_by(*ORDER)

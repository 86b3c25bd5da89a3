"""Last step, for pages that were there: what changed in the folder is brought in line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from palabre.authoring import derivation, lifecycle, writing
from palabre.items.models import Item, Name, State
from palabre.items.names import fold
from palabre.links.resolution import settle
from palabre.portability.markdown import memory
from palabre.portability.markdown.authors import NAMELESS
from palabre.portability.markdown.run import Entry, Run
from palabre.tags.models import Tag


@transaction.atomic
def update(run: Run, entry: Entry) -> None:
    """Brings a changed page in line; what people changed here meanwhile is merged, or left for them to merge."""
    item, by = entry.item, run.authors.require(entry.author)
    assert item is not None
    if item.state == State.TRASHED:
        run.report.unchanged += 1
        run.report.odd.append({"path": entry.page.path, "reason": "changed, but it lies in the trash here"})
        return
    outcome = writing.revise(item, by, entry.page.title, entry.body, item.extras.get("imported", 1), note=NAMELESS)
    if outcome.status == "conflict":
        reason = f"see {item.get_absolute_url()}"
        run.report.conflicts.append({"path": entry.page.path, "reason": reason})
        return
    item, former = outcome.item, item.extras
    _place(run, entry, item, former, by)
    told = _restate(run, entry, item, former.get("stated", {}), by)
    Item.objects.filter(pk=item.pk).update(extras={**item.extras, **memory.of_written(run, entry, item.version)})
    if told and outcome.status == "unchanged" and item.is_readable:
        item.record("edited", by, version=item.version, before=item.title)
    entry.written = True
    run.report.updated += 1


def _place(run: Run, entry: Entry, item: Item, former: dict[str, Any], by: Any) -> None:
    """Moves a page that the folder has moved; where people moved it here, it stays."""
    parent = run.parent_of(entry)
    moved = former["parent"] != parent if "parent" in former else former["source"] != entry.page.path
    if not moved or parent == item.parent_id or item.space_id != run.space.pk:
        return
    above = Item.objects.get(pk=parent) if parent else None
    try:
        lifecycle.move(item, by, run.space, above)
    except lifecycle.Misplaced:
        run.report.odd.append({"path": entry.page.path, "reason": "moved, but here its place is another"})
    else:
        Item.objects.filter(pk=item.pk).update(position=entry.position)


def _restate(run: Run, entry: Entry, item: Item, former: dict[str, Any], by: Any) -> bool:
    """What the front matter says otherwise than at the last run; whether readers of the text should look again."""
    front, stated = entry.page.front, entry.stated
    fields: dict[str, Any] = {}
    if front.language and front.language != item.language:
        fields["language"] = front.language
    if [stated.get(name) for name in ("created", "updated")] != [former.get(n) for n in ("created", "updated")]:
        moments = [moment for moment in (front.created, front.updated) if moment]
        fields |= {"published_at": moments[0], "updated_at": max(moments)} if moments else {}
    if former.get("draft") and not front.draft and item.state == State.DRAFT:
        published = lifecycle.publish_now(item, by)
        item.state = published.state
        fields.setdefault("published_at", front.created or front.updated or published.published_at)
    if fields:
        Item.objects.filter(pk=item.pk).update(**fields)
    derivation.hand_over("tags", [(item, front.tags)] if front.tags else [], by)
    for tag in Tag.objects.called(set(former.get("tags", ())) - set(stated.get("tags", ()))).values():
        tag.take_off(item, by)
    return _rename(run, entry, item, former) or bool(fields)


def _rename(run: Run, entry: Entry, item: Item, former: dict[str, Any]) -> bool:
    """The aliases of today; links by them are aimed again. Whether there was a change."""
    labels = {fold(alias): alias[:250] for alias in entry.page.front.aliases if fold(alias)}
    standing = set(Name.objects.filter(item=item).values_list("key", flat=True))
    gone = (set(former.get("names", ())) - labels.keys() - {fold(item.title)}) & standing
    Name.objects.filter(item=item, key__in=gone).delete()
    new = [Name(item=item, key=key, label=label) for key, label in labels.items() if key not in standing]
    Name.objects.bulk_create(new, ignore_conflicts=True)
    settle(gone | {name.key for name in new})
    return bool(gone or new)


@transaction.atomic
def put_in_order(run: Run, order: Iterable[Entry]) -> None:
    """Puts pages that were there before in the folder's order of today, unless people put them in another (which
    has no positive numbers), and keeps the path by which the next run knows them. Nobody wrote anything, nothing is
    told."""
    known = {entry.pk: entry for entry in order if entry.item}
    strayed = [pk for pk, entry in known.items() if entry.item and _strays(run, entry, entry.item)]
    items = list(Item.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=strayed).order_by("pk"))
    for item in items:
        entry = known[item.pk]
        if item.position > 0:
            item.position = entry.position
        item.extras = memory.of_unwritten(run, entry, item)
    Item.objects.bulk_update(items, ["position", "extras"], batch_size=1000)


def _strays(run: Run, entry: Entry, item: Item) -> bool:
    return 0 < item.position != entry.position or (
        not entry.written and item.extras != memory.of_unwritten(run, entry, item)
    )

"""Tags that come with a text: `#inline`, kept as taggings like those put by hand, and those given beside it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from palabre.authoring.derivation import derives_from_text, receives
from palabre.authoring.document import Document
from palabre.items.models import Item
from palabre.journal.recording import event, record_many
from palabre.tags.keys import key_of
from palabre.tags.models import Tag, Tagging

_STANDING = """
SELECT item_id, tag_id, key, borne.id, by_hand, in_text
FROM tags_tagging borne JOIN tags_tag ON tags_tag.id = tag_id
WHERE item_id = ANY(%s)
"""
Standing = tuple[int, bool, bool]
"""The number of a tagging, whether it was put by hand, whether the text says it."""


@derives_from_text
def tags_follow_the_text(batch: Sequence[tuple[Item, Document]]) -> None:
    """Taggings of these items by their text are what it says now; those put by hand stay."""
    said: dict[int, dict[str, str]] = {
        item.pk: {
            key: reference.label.removeprefix("#") or reference.key
            for reference in document.references
            if reference.kind == "tag" and (key := key_of(reference.key))
        }
        for item, document in batch
    }
    standing, tags = _standing(list(said))
    unknown = [name for names in said.values() for key, name in names.items() if key not in tags]
    tags |= {key: tag.pk for key, tag in Tag.objects.made(unknown).items()}
    wanted = {(item, tags[key]) for item, names in said.items() for key in names if key in tags}
    _say(wanted, standing)
    authors = {item.pk: item.author_id for item, _ in batch}
    Tagging.objects.bulk_create(
        Tagging(item_id=item, tag_id=tag, by_id=authors[item], in_text=True)
        for item, tag in sorted(wanted - standing.keys())
    )


@receives("tags")
def tags_given_beside_the_text(batch: Sequence[tuple[Item, Iterable[str]]], by: Any, told: bool) -> int:
    """Tags of the writing form or of the front matter of an import, put by hand by who saves the texts."""
    given = [(item, {key: name for name in names if (key := key_of(name))}) for item, names in batch]
    tags = Tag.objects.made(name for _, names in given for name in names.values())
    wanted = sorted({(item.pk, tags[key].pk) for item, names in given for key in names})
    standing = Tagging.objects.filter(item__in={item for item, _ in wanted}, tag__in={tag for _, tag in wanted})
    there = set(standing.values_list("item", "tag"))
    standing.filter(by_hand=False, pk__in=_rows(standing, wanted)).update(by_hand=True)
    new = [pair for pair in wanted if pair not in there]
    Tagging.objects.bulk_create(Tagging(item_id=item, tag_id=tag, by_id=by.pk, by_hand=True) for item, tag in new)
    if not told:
        readable, names = {item.pk: item for item, _ in batch if item.is_readable}, {t.pk: t for t in tags.values()}
        record_many(
            event("tagged", by, item=item, space=readable[item].space_id, tag=names[tag].name, key=names[tag].key)
            for item, tag in new
            if item in readable
        )
    return len(new)


def _rows(standing: Any, wanted: Iterable[tuple[int, int]]) -> list[int]:
    pairs = set(wanted)
    return [pk for pk, item, tag in standing.values_list("pk", "item", "tag") if (item, tag) in pairs]


def _standing(items: list[int]) -> tuple[dict[tuple[int, int], Standing], dict[str, int]]:
    """Taggings by item and tag, and the tags by their keys. Written out, for every save asks."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [items])
        rows = cursor.fetchall()
    return {(item, tag): tuple(row) for item, tag, _, *row in rows}, {key: tag for _, tag, key, *_ in rows}


def _say(wanted: set[tuple[int, int]], standing: dict[tuple[int, int], Standing]) -> None:
    """Brings rows that stand in line with what is said; one that nobody put nor says any more goes."""
    unsaid = [(pk, by_hand) for pair, (pk, by_hand, in_text) in standing.items() if in_text and pair not in wanted]
    gone = [pk for pk, by_hand in unsaid if not by_hand]
    kept = [pk for pk, by_hand in unsaid if by_hand]
    newly = [pk for pair, (pk, _, in_text) in standing.items() if not in_text and pair in wanted]
    if gone:
        Tagging.objects.filter(pk__in=gone).delete()
    if kept:
        Tagging.objects.filter(pk__in=kept).update(in_text=False)
    if newly:
        Tagging.objects.filter(pk__in=newly).update(in_text=True)

"""Tags that come with a text: `#inline`, kept as taggings like those put by hand, and those given beside it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from palabre.authoring.derivation import Batch, Standing, compares_with, receives
from palabre.items.models import Item
from palabre.journal.recording import event, record_many
from palabre.tags.keys import key_of
from palabre.tags.models import Tag, Tagging

_STANDING = """
SELECT item_id, tag_id, key, borne.id, by_hand, in_text
FROM tags_tagging borne JOIN tags_tag ON tags_tag.id = tag_id
WHERE item_id = ANY(%(items)s)
"""


@compares_with(_STANDING)
def tags_follow_the_text(batch: Batch, standing: Standing) -> None:
    """Taggings of these items by their text are what it says now; those put by hand stay."""
    said: dict[int, dict[str, str]] = {
        item.pk: {
            key: reference.label.removeprefix("#") or reference.key
            for reference in document.references
            if reference.kind == "tag" and (key := key_of(reference.key))
        }
        for item, document in batch
    }
    borne = {(row["item_id"], row["tag_id"]): row for row in standing}
    tags = {row["key"]: row["tag_id"] for row in standing}
    unknown = [name for names in said.values() for key, name in names.items() if key not in tags]
    tags |= {key: tag.pk for key, tag in Tag.objects.made(unknown).items()}
    wanted = {(item, tags[key]) for item, names in said.items() for key in names if key in tags}
    _say(wanted, borne)
    authors = {item.pk: item.author_id for item, _ in batch}
    Tagging.objects.bulk_create(
        Tagging(item_id=item, tag_id=tag, by_id=authors[item], in_text=True)
        for item, tag in sorted(wanted - borne.keys())
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


def _say(wanted: set[tuple[int, int]], borne: Mapping[tuple[int, int], Mapping[str, Any]]) -> None:
    """Brings rows that stand in line with what is said; one that nobody put nor says any more goes."""
    unsaid = [row for pair, row in borne.items() if row["in_text"] and pair not in wanted]
    gone = [row["id"] for row in unsaid if not row["by_hand"]]
    kept = [row["id"] for row in unsaid if row["by_hand"]]
    newly = [row["id"] for pair, row in borne.items() if not row["in_text"] and pair in wanted]
    if gone:
        Tagging.objects.filter(pk__in=gone).delete()
    if kept:
        Tagging.objects.filter(pk__in=kept).update(in_text=False)
    if newly:
        Tagging.objects.filter(pk__in=newly).update(in_text=True)

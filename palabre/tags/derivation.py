"""Inline `#tags`: what a text says it is about, kept as taggings like those put by hand."""

from collections.abc import Sequence

from palabre.authoring.derivation import derives_from_text
from palabre.authoring.rendering import Document
from palabre.items.models import Item
from palabre.tags.keys import key_of
from palabre.tags.models import Tag, Tagging


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
    tags = Tag.objects.made(name for names in said.values() for name in names.values())
    wanted = {(item, tags[key].pk) for item, names in said.items() for key in names if key in tags}
    standing = {(row.item_id, row.tag_id): row for row in Tagging.objects.filter(item__in=said).order_by("pk")}
    _say(wanted, standing)
    authors = {item.pk: item.author_id for item, _ in batch}
    Tagging.objects.bulk_create(
        Tagging(item_id=item, tag_id=tag, by_id=authors[item], in_text=True)
        for item, tag in sorted(wanted - standing.keys())
    )


def _say(wanted: set[tuple[int, int]], standing: dict[tuple[int, int], Tagging]) -> None:
    """Brings rows that stand in line with what is said; one that nobody put nor says any more goes."""
    unsaid = [row for pair, row in standing.items() if row.in_text and pair not in wanted]
    gone = [row.pk for row in unsaid if not row.by_hand]
    kept = [row.pk for row in unsaid if row.by_hand]
    newly = [row.pk for pair, row in standing.items() if not row.in_text and pair in wanted]
    if gone:
        Tagging.objects.filter(pk__in=gone).delete()
    if kept:
        Tagging.objects.filter(pk__in=kept).update(in_text=False)
    if newly:
        Tagging.objects.filter(pk__in=newly).update(in_text=True)

"""From what a text says to the rows that keep it, for one item or for the thousand of an import."""

from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from palabre.authoring.rendering import Document, Reference
from palabre.items.models import Item
from palabre.items.names import fold
from palabre.links import resolution
from palabre.links.models import Link, Mention, OutsideAddress, OutsideLink, Type
from palabre.people.models import Person

Batch = Sequence[tuple[Item, Document]]


def keep(batch: Batch) -> None:
    """Makes the links, mentions and outside addresses of these items what their texts say now."""
    items = [item.pk for item, _ in batch]
    _keep_links(batch, items)
    _keep_mentions(batch, items)
    _keep_outside(batch, items)
    resolution.adopt(items)


def _keep_links(batch: Batch, items: list[int]) -> None:
    """Rows are compared as a multiset: what a text still says keeps its row, its number and its date."""
    standing: dict[tuple, list[Link]] = {}
    for link in Link.objects.in_text().filter(source__in=items).order_by("pk"):
        standing.setdefault(_saying(link), []).append(link)
    fresh: list[Link] = []
    for item, document in batch:
        for reference in document.references:
            said = _link(item, reference)
            if said and (kept := standing.get(_saying(said))):
                kept.pop(0)
            elif said:
                fresh.append(said)
    gone = [link.pk for links in standing.values() for link in links]
    if gone:
        Link.objects.filter(pk__in=gone).delete()
    resolution.aim(fresh)
    Link.objects.bulk_create(sorted(fresh, key=_order), batch_size=2000)


def _link(item: Item, reference: Reference) -> Link | None:
    link = Link(source=item, type=Type.TEXT, label=reference.label[:250], sentence=reference.sentence[:400])
    if reference.kind == "title":
        link.title, link.title_key = reference.key[:250], fold(reference.key)
    elif reference.kind == "address":
        link.address = reference.key[:500]
        link.title_key = "" if reference.key.startswith("/") else fold(reference.key)
    else:
        return None
    return link


def _saying(link: Link) -> tuple:
    return (link.source_id, link.title_key, link.address, link.label, link.sentence)


def _order(link: Link) -> tuple:
    """Rows are locked through their foreign keys in this order by everybody, so that savers never deadlock."""
    return (link.source_id, link.target_id or 0)


def _keep_mentions(batch: Batch, items: list[int]) -> None:
    said = {
        (item.pk, reference.key.lower()): reference.sentence
        for item, document in batch
        for reference in document.references
        if reference.kind == "person"
    }
    known = dict(Person.objects.filter(handle__in={key for _, key in said}).values_list("handle", "pk"))
    wanted = {(item, known[key]): sentence for (item, key), sentence in said.items() if key in known}
    standing = {(row.item_id, row.person_id): row for row in Mention.objects.filter(item__in=items)}
    Mention.objects.filter(pk__in=[row.pk for key, row in standing.items() if key not in wanted]).delete()
    Mention.objects.bulk_create(
        Mention(item_id=item, person_id=person, sentence=sentence[:400])
        for (item, person), sentence in sorted(wanted.items())
        if (item, person) not in standing
    )


def _keep_outside(batch: Batch, items: list[int]) -> None:
    said: Counter[tuple[int, str, str, str]] = Counter(
        (item.pk, address, reference.label[:250], reference.sentence[:400])
        for item, document in batch
        for reference in document.references
        if reference.kind == "outside" and (address := outside_address(reference.key))
    )
    known = _outside_rows({address for _, address, _, _ in said})
    for row in OutsideLink.objects.filter(source__in=items).select_related("outside").order_by("pk"):
        saying = (row.source_id, row.outside.address, row.label, row.sentence)
        if said[saying] > 0:
            said[saying] -= 1
        else:
            row.delete()
    OutsideLink.objects.bulk_create(
        OutsideLink(source_id=item, outside_id=known[address], label=label, sentence=sentence)
        for item, address, label, sentence in sorted(said.elements())
    )


def _outside_rows(addresses: Iterable[str]) -> dict[str, int]:
    addresses = sorted(addresses)
    if not addresses:
        return {}
    known = dict(OutsideAddress.objects.filter(address__in=addresses).values_list("address", "pk"))
    if missing := [address for address in addresses if address not in known]:
        OutsideAddress.objects.bulk_create(
            [OutsideAddress(address=a, host=urlsplit(a).netloc.lower()[:255]) for a in missing], ignore_conflicts=True
        )
        known |= dict(OutsideAddress.objects.filter(address__in=missing).values_list("address", "pk"))
    return known


def outside_address(written: str) -> str:
    """The address to visit: without fragment, with a scheme; empty when nobody could visit it."""
    address = ("https:" + written if written.startswith("//") else written).partition("#")[0]
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme.lower() in ("http", "https") and parts.netloc and len(address) <= 2000 else ""

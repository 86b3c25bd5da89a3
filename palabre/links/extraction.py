"""From what a text says to the rows that keep it, for one item or for the thousand of an import."""

from collections.abc import Sequence
from hashlib import md5
from urllib.parse import urlsplit

from django.db.models.functions import MD5

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
    if reference.kind not in ("title", "address"):
        return None
    link = Link(source=item, type=Type.TEXT, label=reference.label[:250], sentence=reference.sentence[:400])
    if reference.kind == "title":
        link.title, link.title_key = reference.key[:250], fold(reference.key)
    else:
        link.address = reference.key[:500]
        link.title_key = "" if reference.key.startswith("/") else fold(reference.key)
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
    """A text cites an outside address once, however often it says it: the first time counts."""
    said: dict[tuple[int, str], Reference] = {}
    for item, document in batch:
        for reference in document.references:
            if reference.kind == "outside" and (address := outside_address(reference.key)):
                said.setdefault((item.pk, address), reference)
    standing = OutsideLink.objects.filter(source__in=items).values_list("pk", "source", "outside__address")
    kept = {(source, address): pk for pk, source, address in standing}
    if gone := [pk for saying, pk in kept.items() if saying not in said]:
        OutsideLink.objects.filter(pk__in=gone).delete()
    fresh = sorted(said.keys() - kept.keys())
    known = _outside_rows({address for _, address in fresh})
    OutsideLink.objects.bulk_create(
        OutsideLink(
            source_id=item,
            outside_id=known[address],
            label=said[item, address].label[:250],
            sentence=said[item, address].sentence[:400],
        )
        for item, address in fresh
    )


def _outside_rows(addresses: set[str]) -> dict[str, int]:
    """The rows of these addresses, found by the index on their digests, made where they are new."""
    if not addresses:
        return {}
    digests = [md5(address.encode(), usedforsecurity=False).hexdigest() for address in addresses]
    rows = OutsideAddress.objects.annotate(digest=MD5("address")).filter(digest__in=digests)
    known = dict(rows.values_list("address", "pk"))
    if missing := sorted(addresses - known.keys()):
        OutsideAddress.objects.bulk_create(
            [OutsideAddress(address=a, host=urlsplit(a).netloc.lower()[:255]) for a in missing], ignore_conflicts=True
        )
        known = dict(rows.values_list("address", "pk"))
    return known


def outside_address(written: str) -> str:
    """The address to visit: without fragment, with a scheme; empty when nobody could visit it."""
    address = ("https:" + written if written.startswith("//") else written).partition("#")[0]
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme.lower() in ("http", "https") and parts.netloc and len(address) <= 2000 else ""

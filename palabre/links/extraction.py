"""From what a text says to the rows that keep it, for one item or for the thousand of an import."""

from dataclasses import replace
from hashlib import md5
from typing import Any
from urllib.parse import urlsplit

from django.db.models.functions import MD5, Coalesce

from palabre.authoring.derivation import Batch, Standing
from palabre.authoring.document import Reference
from palabre.items.models import Item, Name
from palabre.items.names import fold
from palabre.links import resolution
from palabre.links.models import Link, Mention, OutsideAddress, OutsideLink, Type
from palabre.people.models import Person

# What stands of some items, in one statement: their links in the text, mentions and citations, and the names under
# which a link somewhere waits for one of them, or may be better led than to it now that it is called otherwise.
STANDING = """
SELECT 'link' AS what, id, source_id AS item, title_key AS key, address, label, sentence FROM links_link
WHERE type = 'text' AND source_id = ANY(%(items)s)
UNION ALL
SELECT 'person', said.id, item_id, handle, person_id::text, '', ''
FROM links_mention said JOIN people_person ON people_person.id = person_id
WHERE item_id = ANY(%(items)s)
UNION ALL
SELECT 'outside', cited.id, source_id, '', address, '', ''
FROM links_outsidelink cited JOIN links_outsideaddress there ON there.id = outside_id
WHERE source_id = ANY(%(items)s)
UNION ALL
SELECT 'name', 0, 0, key, '', '', '' FROM items_name name WHERE item_id = ANY(%(items)s) AND EXISTS (
    SELECT FROM links_link WHERE type = 'text' AND title_key = key AND title_key <> ''
    AND (target_id IS DISTINCT FROM item_id OR NOT name.current)
)
ORDER BY 2
"""


def keep(batch: Batch, standing: Standing) -> None:
    """Makes the links, mentions and outside addresses of these items what their texts say now."""
    rows: dict[str, list[dict[str, Any]]] = {"link": [], "person": [], "outside": [], "name": []}
    for row in standing:
        rows[row["what"]].append(row)
    _keep_links(batch, rows["link"])
    _keep_mentions(batch, rows["person"])
    _keep_outside(batch, rows["outside"])
    resolution.settle({row["key"] for row in rows["name"]})


def _keep_links(batch: Batch, rows: Standing) -> None:
    """Rows are compared as a multiset: what a text still says keeps its row, its number and its date."""
    standing: dict[tuple, list[int]] = {}
    for row in rows:
        saying = (row["item"], row["key"], row["address"], row["label"], row["sentence"])
        standing.setdefault(saying, []).append(row["id"])
    fresh: list[Link] = []
    names = _names_with_hash(batch)
    for item, document in batch:
        for reference in document.references:
            reference = _in_full(reference, names)
            said = _saying(item, reference)
            if said and (kept := standing.get(said)):
                kept.pop(0)
            elif said:
                fresh.append(_link(item, reference, said))
    if gone := [pk for pks in standing.values() for pk in pks]:
        Link.objects.filter(pk__in=gone).delete()
    if fresh:
        resolution.aim(fresh)
        Link.objects.bulk_create(sorted(fresh, key=_order), batch_size=2000)


def _names_with_hash(batch: Batch) -> set[str]:
    """What, of the names that seem to end at a section, something is called in full (`Incident #12`), folded."""
    read = {fold(name) for _item, document in batch for each in document.references for name in _readings(each)}
    return set(Name.objects.filter(key__in=read).values_list("key", flat=True)) if read else set()


def _readings(reference: Reference) -> list[str]:
    """The names it may be in full, since a space before the sign was not kept."""
    if reference.kind != "title" or not reference.section:
        return []
    return [f"{reference.key} #{reference.section}", f"{reference.key}#{reference.section}"]


def _in_full(reference: Reference, names: set[str]) -> Reference:
    """A name that holds the sign of a section goes before one that ends at it, as it does for readers."""
    name = next((name for name in _readings(reference) if fold(name) in names), "")
    return replace(reference, key=name, section="") if name else reference


def _saying(item: Item, reference: Reference) -> tuple[int, str, str, str, str] | None:
    """What makes a link in a text the same as one that stands: all that it says; None for what is no link."""
    if reference.kind not in ("title", "address"):
        return None
    address = reference.key[:500] if reference.kind == "address" else ""
    key = "" if address.startswith("/") else fold(reference.key)
    return (item.pk, key, address, reference.label[:250], reference.sentence[:400])


def _link(item: Item, reference: Reference, said: tuple[int, str, str, str, str]) -> Link:
    _, key, address, label, sentence = said
    title = "" if address else reference.key[:250]
    return Link(
        source=item, type=Type.TEXT, title=title, title_key=key, address=address, label=label, sentence=sentence
    )


def _order(link: Link) -> tuple:
    """Rows are locked through their foreign keys in this order by everybody, so that savers never deadlock."""
    return (link.source_id, link.target_id or 0)


def _keep_mentions(batch: Batch, rows: Standing) -> None:
    said = {
        (item.pk, reference.key.lower()): reference.sentence
        for item, document in batch
        for reference in document.references
        if reference.kind == "person"
    }
    known = {row["key"]: int(row["address"]) for row in rows}
    if missing := {key for _, key in said} - known.keys():
        # Who was spoken for and has become one with an account is mentioned as that account.
        known |= Person.objects.filter(handle__in=missing).values_list("handle", Coalesce("one_with_id", "pk"))
    wanted = {(item, known[key]): sentence for (item, key), sentence in said.items() if key in known}
    standing = {(row["item"], int(row["address"])): row["id"] for row in rows}
    if gone := [pk for mention, pk in standing.items() if mention not in wanted]:
        Mention.objects.filter(pk__in=gone).delete()
    Mention.objects.bulk_create(
        Mention(item_id=item, person_id=person, sentence=sentence[:400])
        for (item, person), sentence in sorted(wanted.items())
        if (item, person) not in standing
    )


def _keep_outside(batch: Batch, rows: Standing) -> None:
    """A text cites an outside address once, however often it says it: the first time counts."""
    said: dict[tuple[int, str], Reference] = {}
    for item, document in batch:
        for reference in document.references:
            if reference.kind == "outside" and (address := outside_address(reference.key)):
                said.setdefault((item.pk, address), reference)
    kept = {(row["item"], row["address"]): row["id"] for row in rows}
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

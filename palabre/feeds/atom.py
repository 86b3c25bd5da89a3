"""Atom: a feed as RFC 4287 has it, in pages as RFC 5005 has them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree

from palabre.feeds.entries import Entry
from palabre.feeds.feed import Feed

TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
_LANGUAGE = "xml:lang"


def write(feed: Feed, entries: Sequence[Entry]) -> bytes:
    """The document."""
    root = ElementTree.Element("feed", {"xmlns": NAMESPACE, _LANGUAGE: feed.language})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(feed.updated))
    _text(root, "icon", feed.icon)
    ElementTree.SubElement(_child(root, "author"), "name").text = feed.company
    _link(root, "alternate", feed.page, "text/html")
    for rel, address in feed.links:
        _link(root, rel, address, "" if rel == "hub" else TYPE)
    for entry in entries:
        _entry(root, entry)
    ElementTree.indent(root, space=" ")
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: ElementTree.Element, entry: Entry) -> None:
    element = ElementTree.SubElement(root, "entry", {_LANGUAGE: entry.language} if entry.language else {})
    _text(element, "id", entry.id)
    _text(element, "title", entry.title)
    _text(element, "published", _moment(entry.published))
    _text(element, "updated", _moment(entry.updated))
    ElementTree.SubElement(_child(element, "author"), "name").text = entry.author
    _link(element, "alternate", entry.address, "text/html")
    for tag in entry.tags:
        ElementTree.SubElement(element, "category", term=tag)
    if entry.excerpt:
        _text(element, "summary", entry.excerpt)
    ElementTree.SubElement(element, "content", type="html").text = entry.html


def _child(parent: ElementTree.Element, name: str) -> ElementTree.Element:
    return ElementTree.SubElement(parent, name)


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _link(parent: ElementTree.Element, rel: str, href: str, type_: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": rel, "href": href} | ({"type": type_} if type_ else {}))


def _moment(at: datetime) -> str:
    """As RFC 3339 writes it, in UTC."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

"""The rules of structure of both formats, as far as a document alone can break them."""

import json
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
RELATIVE = re.compile(r"""\s(?:href|src)=["'](?![a-z][a-z0-9+.-]*:)""")


def is_whole(address) -> bool:
    """An absolute IRI."""
    split = urlsplit(address or "")
    return split.scheme in ("http", "https", "tag", "urn") and bool(split.netloc or split.scheme in ("tag", "urn"))


def broken_by_atom(content: bytes) -> list[str]:
    """RFC 4287, section 4: what a feed and its entries must hold, once or not more than once."""
    root = ElementTree.fromstring(content)
    wrong = [] if root.tag == f"{ATOM}feed" else [f"the root is {root.tag}"]
    entries = root.findall(f"{ATOM}entry")
    wrong += _atom_element(root, "feed")
    if not root.findall(f"{ATOM}author") and any(not entry.findall(f"{ATOM}author") for entry in entries):
        wrong.append("an entry without an author in a feed without one (4.1.1)")
    if [link.get("rel") for link in root.findall(f"{ATOM}link")].count("self") != 1:
        wrong.append("a feed should say where it is (4.1.1)")
    for entry in entries:
        wrong += _atom_element(entry, "entry")
        contents = entry.findall(f"{ATOM}content")
        alternates = [link for link in entry.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
        if len(contents) > 1 or (not contents and not alternates):
            wrong.append("an entry has one content, or a link to it (4.1.2)")
        for content_ in contents:
            if content_.get("type") != "html" or len(content_):
                wrong.append("html is escaped, without elements (4.1.3.3)")
            if RELATIVE.search(content_.text or ""):
                wrong.append(f"a relative address: {RELATIVE.search(content_.text)}")
        if not (entry.findtext(f"{ATOM}title") or "").strip():
            wrong.append("an entry without a title")
    identities = [entry.findtext(f"{ATOM}id") for entry in entries]
    if len(set(identities)) != len(identities):
        wrong.append("two entries with one id")
    return wrong


def _atom_element(element, name) -> list[str]:
    wrong = []
    for child, least, most in (("id", 1, 1), ("title", 1, 1), ("updated", 1, 1), ("published", 0, 1),
                               ("subtitle", 0, 1), ("icon", 0, 1), ("rights", 0, 1), ("summary", 0, 1)):  # fmt: skip
        number = len(element.findall(f"{ATOM}{child}"))
        if not least <= number <= most:
            wrong.append(f"{name} has {number} × {child}")
    if not is_whole(element.findtext(f"{ATOM}id")):
        wrong.append(f"{name}: its id is no IRI (4.2.6)")
    moments = [element.findtext(f"{ATOM}{moment}") for moment in ("updated", "published")]
    wrong += [f"{name}: {said} is no date (3.3)" for said in moments if said and not MOMENT.fullmatch(said)]
    names = [author.findall(f"{ATOM}name") for author in element.findall(f"{ATOM}author")]
    wrong += [f"{name}: an author has one name (3.2)" for each in names if len(each) != 1 or not each[0].text]
    seen = set()
    for link in element.findall(f"{ATOM}link"):
        if not is_whole(link.get("href")):
            wrong.append(f"{name}: {link.get('href')} (4.2.7.1)")
        kind = (link.get("rel", "alternate"), link.get("type"), link.get("hreflang"))
        if kind[0] == "alternate" and kind in seen:
            wrong.append(f"{name}: two alternates of one type (4.1.1)")
        seen.add(kind)
    bare = [category for category in element.findall(f"{ATOM}category") if not category.get("term")]
    return wrong + [f"{name}: a category without term (4.2.2.1)" for _category in bare]


def broken_by_json(content: bytes) -> list[str]:
    """JSON Feed 1.1: required names, types of values, whole addresses."""
    feed = json.loads(content)
    wrong = [] if feed.get("version") == "https://jsonfeed.org/version/1.1" else ["version"]
    wrong += _typed(feed, "feed", title=str, items=list)
    for name in ("home_page_url", "feed_url", "next_url", "icon", "favicon"):
        if name in feed and not is_whole(feed[name]):
            wrong.append(f"{name}: {feed[name]}")
    wrong += _authors(feed)
    if any(set(hub) != {"type", "url"} or not is_whole(hub["url"]) for hub in feed.get("hubs", ())):
        wrong.append("hubs")
    for item in feed["items"]:
        wrong += _typed(item, "item", id=str)
        if "content_html" not in item and "content_text" not in item:
            wrong.append("an item says nothing")
        for name in ("url", "external_url", "image"):
            if name in item and not is_whole(item[name]):
                wrong.append(f"{name}: {item[name]}")
        for name in ("date_published", "date_modified"):
            if name in item and not MOMENT.fullmatch(item[name]):
                wrong.append(f"{name}: {item[name]}")
        if any(not isinstance(tag, str) or not tag for tag in item.get("tags", ())):
            wrong.append("tags")
        if RELATIVE.search(item.get("content_html", "")):
            wrong.append("a relative address")
        wrong += _authors(item)
    identities = [item["id"] for item in feed["items"]]
    return wrong + (["two items with one id"] if len(set(identities)) != len(identities) else [])


def _typed(values, name, **types) -> list[str]:
    return [f"{name}.{key}" for key, type_ in types.items() if not isinstance(values.get(key), type_)]


def _authors(values) -> list[str]:
    authors = values.get("authors", [])
    return [] if all(set(author) & {"name", "url", "avatar"} for author in authors) else ["authors"]


BROKEN = {"atom": broken_by_atom, "json": broken_by_json}

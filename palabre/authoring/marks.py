"""Marks become links for whoever reads.

Stored HTML is the same for everybody. Here its placeholders are resolved among what this reader may see, in one
query: what is missing and what is hidden look the same, or the colour of a link would betray a hidden title.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape, unescape
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from palabre.authoring.document import anchor
from palabre.items import seeing
from palabre.items.addresses import number_in
from palabre.items.models import Item, address
from palabre.items.names import fold
from palabre.kit.html import PREFIX, strip
from palabre.kit.navigation import writing
from palabre.kit.queries import ONCE, embedded, planned
from palabre.people import meeting
from palabre.people.models import OPERATOR, Person

_MARK = re.compile(r'<a\b[^>]*?\bdata-mark="([a-z]+)"[^>]*?\bdata-key="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_SAID = re.compile(r"comment-[0-9]+")

Target = tuple[int, str]

# Every page with a mark asks; written out, since composing it with the ORM takes longer than running it. Who may see
# and meet what is not: it comes from `visible_to`.
_NAMED = """
SELECT item.kind, item.id, item.title, item.space_id, name.key, name.current
FROM items_name name JOIN items_item item ON item.id = name.item_id
WHERE name.key = ANY(%(names)s) AND item.id IN ({visible})
"""
_CALLED_BY_NUMBER = """
SELECT item.kind, item.id, item.title, item.space_id, '', true
FROM items_item item WHERE item.id = ANY(%(numbers)s) AND item.id IN ({visible})
"""
_MET = """
SELECT '', person.id, person.name, 0, person.handle, true
FROM people_person person WHERE person.handle = ANY(%(handles)s) AND person.id IN ({visible})
"""
# For a reader who meets only some, the same query tells whom: the page is about to show people.
_MEETING = """
SELECT 'met', 0, coalesce(string_agg(person.id::text, ' '), ''), 0, '', true
FROM people_person person WHERE person.id IN ({visible})
"""


def resolve(html: str, person: Any, item: Item | None = None) -> SafeString:
    """The HTML of a text with its marks resolved for `person`. `item` is what it belongs to, if it is saved."""
    return resolve_each([(html, item)], person)[0]


def resolve_each(texts: Sequence[tuple[str, Item | None]], person: Any) -> list[SafeString]:
    """As `resolve`, for several texts, each with what it belongs to; one query for all of them."""
    marks = {(kind, unescape(key)) for html, _item in texts for kind, key, _label in _MARK.findall(html)}
    if not marks:
        return [mark_safe(html) for html, _item in texts]  # noqa: S308 (it was cleaned when it was rendered)
    seen = _Seen(person, marks)
    return [_linked(html, seen, item) for html, item in texts]


def _linked(html: str, seen: "_Seen", item: Item | None) -> SafeString:
    def link(found: re.Match[str]) -> str:
        kind, key, label = found[1], unescape(found[2]), found[3]
        if kind == "tag":
            return _anchor(f"/tags/{quote(key)}/", label, "hashtag")
        if kind == "person":
            return _mention(seen.people[key], label) if key in seen.people else label
        if target := seen.target(key, item):
            return _anchor(target[1], label)
        if kind == "title":
            return _wanted(key, label, item)
        return f'<span class="missing" title="{escape(_("Nothing you can read is here"))}">{label}</span>'

    return mark_safe(_MARK.sub(link, html))  # noqa: S308 (attributes are escaped, labels were cleaned)


def targets(html: str, person: Any, item: Item | None = None) -> list[Item]:
    """The items that the marks of a text lead to, among those `person` may see."""
    marks = {(kind, unescape(key)) for kind, key, _label in _MARK.findall(html) if kind in ("title", "address")}
    seen = _Seen(person, marks)
    found = {target[0] for _kind, key in marks if (target := seen.target(key, item))}
    return list(Item.objects.filter(pk__in=found).for_lists()) if found else []


def _anchor(href: str, label: str, look: str = "") -> str:
    classes = f' class="{look}"' if look else ""
    return f'<a{classes} href="{escape(href)}">{label}</a>'


def _wanted(title: str, label: str, item: Item | None) -> str:
    """An offer to write what is not there, as far as this reader can see."""
    address = writing(title=title, space=item.space.slug if item and not item.space.nameless else "")
    hint = escape(_("Not written yet"))
    return f'<a class="missing" rel="nofollow" title="{hint}" href="{escape(address)}">{label}</a>'


def _mention(person: tuple[int, str, str], label: str) -> str:
    """A name, for who may meet them; what the text says keeps beside it, by which remarks on passages find it."""
    pk, handle, name = person
    said = escape(strip(label))
    return f'<a class="mention" href="/people/{pk}-{handle}/" data-said="{said}">@{escape(name)}</a>'


class _Seen:
    """What the marks of texts lead to, among what this reader may see; asked in one query."""

    def __init__(self, person: Any, marks: Iterable[tuple[str, str]]) -> None:
        self.numbers: dict[int, str] = {}
        self.names: dict[str, list[tuple[int, bool, int, str]]] = {}
        self.people: dict[str, tuple[int, str, str]] = {}
        keys = [key for kind, key in marks if kind in ("title", "address")]
        names = {fold(name) for key in keys for name, _section in _readings(key)}
        pks = {pk for key in keys if (pk := number_in(key)) is not None}
        handles = {key for kind, key in marks if kind == "person"}
        for row in self._rows(person, names, pks, handles):
            if row[0] == "met":
                meeting.keep(person, map(int, row[2].split()))
            else:
                self._keep(*row)

    def _rows(self, person: Any, names: set[str], pks: set[int], handles: set[str]) -> list[tuple]:
        """Rows (kind, pk, title, space, name, current) of items, and of people as ("", pk, name, 0, handle, true)."""
        parts: list[str] = []
        values: dict[str, Any] = {"names": list(names), "numbers": list(pks), "handles": list(handles)}
        if names or pks:
            visible, given = seeing.visible(person)
            values |= given
            parts += [_NAMED.format(visible=visible)] if names else []
            parts += [_CALLED_BY_NUMBER.format(visible=visible)] if pks else []
        if handles:
            met, given = embedded(Person.objects.visible_to(person).order_by().values("pk"), "met")
            values |= given
            parts.append(_MET.format(visible=met))
        if not parts:
            return []
        if person is not OPERATOR and (people := meeting.unasked(person)) is not None:
            met, given = embedded(people.order_by().values("pk"), "met")
            values |= given
            parts.append(_MEETING.format(visible=met))
        with planned(ONCE), connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            return cursor.fetchall()

    def _keep(self, kind: str, pk: int, title: str, space: int, name: str, current: bool) -> None:
        if not kind:
            self.people[name] = (pk, name, title)
            return
        href = self.numbers.setdefault(pk, address(kind, pk, title))
        if name:
            self.names.setdefault(name, []).append((space, not current, pk, href))

    def target(self, key: str, item: Item | None) -> Target | None:
        """Where a title or an address leads: the space of `item`, a present title and the elder item come first."""
        here = item.space_id if item else None
        path, _hash, fragment = key.partition("#")
        if (pk := number_in(path)) is not None:
            return (pk, _at(self.numbers[pk], fragment)) if pk in self.numbers else None
        for name, section in _readings(key):
            if candidates := self.names.get(fold(name)):
                _space, _former, pk, href = min(candidates, key=lambda each: (each[0] != here, *each[1:]))
                return pk, _at(href, section)
        return None


def _readings(key: str) -> list[tuple[str, str]]:
    """A name may hold a `#` (C#), or end at it (Title#section)."""
    name, _hash, section = key.partition("#")
    return [(key, ""), (name, section)] if section and name else [(key, "")]


def _at(href: str, section: str) -> str:
    """The address of a section of the text, or of what is said of it, which stands on its page under its number."""
    if not section:
        return href
    known = section.startswith(PREFIX) or _SAID.fullmatch(section)
    return f"{href}#{section if known else PREFIX + anchor(section)}"

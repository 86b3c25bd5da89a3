"""Marks become links for whoever reads.

Stored HTML is the same for everybody. Here its placeholders are resolved among what this reader may see, in one query
for titles and addresses and one for people: what is missing and what is hidden look the same, or the colour of a link
would betray a hidden title.
"""

import re
from collections.abc import Iterable
from html import escape, unescape
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from palabre.authoring.rendering import anchor
from palabre.items.models import Item, address
from palabre.items.names import fold
from palabre.kit.html import PREFIX
from palabre.people.models import Person

_MARK = re.compile(r'<a\b[^>]*?\bdata-mark="([a-z]+)"[^>]*?\bdata-key="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_NUMBERED = re.compile(r"/[a-z-]+/(\d{1,18})(?:-[^/#]*)?/?$")

Target = tuple[str, bool]


def resolve(html: str, person: Any, item: Item | None = None) -> SafeString:
    """The HTML of a text with its marks resolved for `person`. `item` is what it belongs to, if it is saved."""
    marks = {(kind, unescape(key)) for kind, key, _label in _MARK.findall(html)}
    if not marks:
        return mark_safe(html)  # noqa: S308 (stored HTML was cleaned when it was rendered)
    items = _Items(person, item, [key for kind, key in marks if kind in ("title", "address")])
    people = _people(person, {key for kind, key in marks if kind == "person"})

    def link(found: re.Match[str]) -> str:
        kind, key, label = found[1], unescape(found[2]), found[3]
        if kind == "tag":
            return _anchor(f"/tags/{key}/", label, "tag")
        if kind == "person":
            return _anchor(people[key][0], f"@{escape(people[key][1])}", "mention") if key in people else label
        if target := items.target(key):
            return _anchor(target, label)
        if kind == "title":
            return _wanted(key, label, item)
        return f'<span class="missing" title="{escape(_("Nothing you can read is here"))}">{label}</span>'

    return mark_safe(_MARK.sub(link, html))  # noqa: S308 (attributes are escaped, labels were cleaned)


def _anchor(href: str, label: str, look: str = "") -> str:
    classes = f' class="{look}"' if look else ""
    return f'<a{classes} href="{escape(href)}">{label}</a>'


def _wanted(title: str, label: str, item: Item | None) -> str:
    """An offer to write what is not there, as far as this reader can see."""
    wanted = {"title": title} | ({"space": item.space.slug} if item else {})
    hint = escape(_("Not written yet"))
    return f'<a class="missing" rel="nofollow" title="{hint}" href="/write/?{escape(urlencode(wanted))}">{label}</a>'


def _people(viewer: Any, handles: set[str]) -> dict[str, tuple[str, str]]:
    """Address and name, by handle, of those among `handles` whom the viewer may meet."""
    if not handles:
        return {}
    met = Person.objects.visible_to(viewer).filter(handle__in=handles).only("pk", "handle", "name")
    return {person.handle: (person.get_absolute_url(), person.name) for person in met}


class _Items:
    """What titles and addresses lead to, among the items this reader may see."""

    def __init__(self, person: Any, item: Item | None, keys: list[str]) -> None:
        self.space = item.space_id if item else None
        self.numbers: dict[int, str] = {}
        self.names: dict[str, list[tuple[bool, bool, int, str]]] = {}
        names = {fold(name) for key in keys for name, _section in _readings(key)}
        pks = {int(found[1]) for key in keys if (found := _NUMBERED.match(key.partition("#")[0]))}
        if names or pks:
            self._load(person, names, pks)

    def _load(self, person: Any, names: Iterable[str], pks: Iterable[int]) -> None:
        rows = (
            Item.objects.visible_to(person)
            .filter(Q(names__key__in=names) | Q(pk__in=pks))
            .values_list("pk", "kind", "title", "space", "names__key", "names__current")
        )
        for pk, kind, title, space, name, current in rows:
            href = self.numbers.setdefault(pk, address(kind, pk, title))
            if name:
                self.names.setdefault(name, []).append((space != self.space, not current, pk, href))

    def target(self, key: str) -> str | None:
        """Where a title or an address leads: the same space, a present title and the elder item come first."""
        path, _hash, fragment = key.partition("#")
        if found := _NUMBERED.match(path):
            href = self.numbers.get(int(found[1]))
            return _at(href, fragment) if href else None
        for name, section in _readings(key):
            if candidates := self.names.get(fold(name)):
                return _at(min(candidates)[3], section)
        return None


def _readings(key: str) -> list[tuple[str, str]]:
    """A name may hold a `#` (C#), or end at it (Title#section)."""
    name, _hash, section = key.partition("#")
    return [(key, ""), (name, section)] if section and name else [(key, "")]


def _at(href: str, section: str) -> str:
    if not section:
        return href
    return f"{href}#{section if section.startswith(PREFIX) else PREFIX + anchor(section)}"

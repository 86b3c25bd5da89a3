"""Putting a page's present title into the texts that still call it by a former one.

Former names go on leading to the page whatever happens, so this is a courtesy, done when somebody asks for it: each
text becomes a new version of its own, by them, and only where they may write. Code is left as it stands.
"""

import re
from collections.abc import Callable, Collection
from typing import Any

from django.utils.translation import gettext as _

from palabre.authoring.dialect import WIKI, parser
from palabre.authoring.writing import revise
from palabre.items.models import Item, ItemQuerySet, Name
from palabre.items.names import fold
from palabre.kit.policy import may
from palabre.links.models import Link

_TICKS = re.compile(r"`+")
_PIECES = re.compile(rf"(?P<ticks>{_TICKS.pattern})|{WIKI.pattern}")


def renamed(body: str, former: Collection[str], title: str) -> str:
    """`body` with wiki links by one of the `former` names (folded) turned to `title`; their own labels are kept."""

    def turn(found: re.Match[str]) -> str:
        _ticks, target, label = found.groups()
        name, hash_, section = target.partition("#")
        if fold(target) in former:
            name, hash_, section = target, "", ""
        if fold(name) not in former:
            return found[0]
        return f"[[{title}{hash_}{section}{f'|{label}' if label else ''}]]"

    lines = body.split("\n")
    code = {
        line
        for token in parser.parse(body)
        if token.type in ("fence", "code_block")
        for line in range(*token.map or ())
    }
    pieces, start = [], 0
    for end in [*sorted(code), len(lines)]:
        pieces.append(_outside_code("\n".join(lines[start:end]), turn) if end > start else None)
        pieces.append(lines[end] if end < len(lines) else None)
        start = end + 1
    return "\n".join(piece for piece in pieces if piece is not None)


def _outside_code(text: str, turn: Callable[[re.Match[str]], str]) -> str:
    """The text with its wiki links turned, those in code left alone. In one pass: to seek for each run of backticks the
    one that ends it takes the square of their number.
    """
    ends: dict[int, int] = {}  # where the code ends that begins at a place
    last: dict[int, int] = {}  # by their length, where the backticks begin that were met last
    for run in _TICKS.finditer(text):
        size = len(run[0])
        if size in last:
            ends[last[size]] = run.end()
        last[size] = run.start()
    pieces, at = [], 0
    while found := _PIECES.search(text, at):
        end = ends.get(found.start(), found.end())
        pieces += [text[at : found.start()], text[found.start() : end] if found["ticks"] else turn(found)]
        at = end
    return "".join([*pieces, text[at:]])


def former_names(item: Item) -> set[str]:
    """The folded names the item had and has no more."""
    return set(Name.objects.filter(item=item, current=False).values_list("key", flat=True))


def texts(item: Item, person: Any) -> ItemQuerySet:
    """The texts `person` may see that call `item` by a former name."""
    links = Link.objects.in_text().filter(target=item, title_key__in=former_names(item), address="")
    visible = Item.objects.visible_to(person).filter(pk__in=links.values("source"))
    return visible.select_related("space").order_by("pk")


def rewrite(item: Item, by: Any) -> int:
    """Rewrites the texts that `by` may edit; returns how many became a new version."""
    former, done = former_names(item), 0
    for text in texts(item, by):
        if may(by, "item.edit", text):
            body = renamed(text.body, former, item.title)
            note = _("Follows the new title “%(title)s”") % {"title": item.title}
            done += revise(text, by, text.title, body, text.version, note).status in ("saved", "merged")
    return done

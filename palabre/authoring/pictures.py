"""How a picture of ours stands in a page: room kept for it before it comes, and no wider than the screen needs.

Its address carries its size (`/files/12/plan.png#1600x900`), which no server ever sees: so a text is rendered with the
right attributes without asking the database. A picture of elsewhere is not fetched: pages show their own only, lest
every reader be told of to a stranger's server; its address stands there as a link. One that came with no file, as an
import may bring it, is told of by its words, as a link to what is missing is.
"""

import re
from html import escape, unescape
from urllib.parse import unquote

from django.conf import settings

WIDTHS = (480, 960, 1600)
SIZES = "(min-width: 45rem) 42rem, 100vw"

_OURS = re.compile(r"(/files/\d{1,18}/[^/?#]+)#(\d{1,5})x(\d{1,5})$")
_ELSEWHERE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
# As cleaning writes them: every value quoted, and no other quotes inside.
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_TAGS = re.compile(r'<(a|/a|img)((?: [a-z-]+="[^"]*")*)>')


def is_elsewhere(address: str) -> bool:
    """Whether a browser would have to ask another server for the picture."""
    return bool(_ELSEWHERE.match(address)) and not address.startswith(f"{settings.ADDRESS}/")


def in_words(html: str) -> str:
    """Clean HTML in which a picture of elsewhere is a link to it, and one that is nowhere a link to what is missing; or
    within a link, their words."""
    if "<img" not in html:
        return html
    within = False

    def told(found: re.Match[str]) -> str:
        nonlocal within
        tag, attributes = found[1], {name: unescape(value) for name, value in _ATTRIBUTE.findall(found[2])}
        address = attributes.get("src", "")
        if tag != "img":
            within = tag == "a"
        elif is_elsewhere(address):
            words = escape(attributes.get("alt", "").strip() or named(address))
            link = f'<a href="{escape(address)}" rel="external nofollow noopener">{words}</a>'
            return words if within else link
        elif not address.startswith(("/", f"{settings.ADDRESS}/")):
            words = escape(attributes.get("alt", "").strip() or named(address))
            return words if within else f'<a data-mark="address" data-key="{escape(address)}">{words}</a>'
        return found[0]

    return _TAGS.sub(told, html)


def named(address: str) -> str:
    """What to call a picture that has no words of its own: its server, if it names one, and the last part of its
    address."""
    path = _ELSEWHERE.sub("", address).split("?")[0].rstrip("/")
    server = path.partition("/")[0] if _ELSEWHERE.match(address) else ""
    name = unquote(path.rpartition("/")[2]) if "/" in path or not server else ""
    return "/".join(filter(None, (server, name)))


def attributes(address: str) -> dict[str, str | int | float]:
    """The attributes of an image whose address is one of ours, with the size in its fragment; else none."""
    found = _OURS.fullmatch(address)
    if not found:
        return {}
    path, width, height = found[1], int(found[2]), int(found[3])
    kept: dict[str, str | int | float] = {"src": path, "width": width, "height": height}
    narrower = [each for each in WIDTHS if each < width]
    if narrower:
        kept["srcset"] = ", ".join([*(f"{path}?width={each} {each}w" for each in narrower), f"{path} {width}w"])
        kept["sizes"] = SIZES
    return kept

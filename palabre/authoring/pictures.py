"""How a picture of ours stands in a page: room kept for it before it comes, and no wider than the screen needs.

Its address carries its size (`/files/12/plan.png#1600x900`), which no server ever sees: so a text is rendered with the
right attributes without asking the database.
"""

import re

WIDTHS = (480, 960, 1600)
SIZES = "(min-width: 45rem) 42rem, 100vw"

_OURS = re.compile(r"(/files/\d{1,18}/[^/?#]+)#(\d{1,5})x(\d{1,5})$")


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

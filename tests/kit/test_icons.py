"""Every icon that is asked for is in the sprite, and none is in it for nothing."""

import re

from palabre.items import kinds
from palabre.kit import navigation
from palabre.project.assets import PACKAGE, icon_names

IN_TEMPLATES = re.compile(r"""\{% icon "([\w-]+)"|\bicon="([\w-]+)\"""")
IN_CODE = re.compile(r"""\b(?:icon\(|icon=)"([\w-]+)\"""")


def asked() -> set[str]:
    """The icons that templates, code, kinds and places name."""
    found = {kind.icon for kind in kinds.every()} | {place.icon for place in navigation.known()}
    for path in PACKAGE.rglob("templates/**/*.html"):
        found |= {name for pair in IN_TEMPLATES.findall(path.read_text()) for name in pair if name}
    for path in PACKAGE.rglob("*.py"):
        found |= set(IN_CODE.findall(path.read_text()))
    return found


def test_every_icon_that_is_asked_for_is_there():
    assert asked() - set(icon_names()) == set()


def test_no_icon_is_carried_that_nobody_names():
    sources = [path.read_text() for kind in ("py", "html", "js") for path in PACKAGE.rglob(f"*.{kind}")]
    named = set(re.findall(r"""['"#]([a-z0-9-]+)['"]""", "\n".join(sources)))
    assert set(icon_names()) - named == set()

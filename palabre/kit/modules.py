"""The browser's modules: one ES module for each custom element, found in the rooms and named in one import map.

A file `<room>/static/<room>/js/drop-menu.js` defines `<drop-menu>`; `start.js` imports it the first time the tag
is seen, so that a page only loads what stands on it. Other modules import it by that name too.
"""

import json
from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.templatetags.static import static


def names() -> dict[str, str]:
    """Path below /static/ of every module, by its name."""
    found: dict[str, str] = {}
    for room in apps.get_app_configs():
        folder = Path(room.path) / "static"
        if room.name.startswith("palabre."):
            for path in sorted(folder.glob("*/js/*.js")):
                if path.stem in found:
                    raise ValueError(f"Two modules are named {path.stem}: {found[path.stem]} and {path}")
                found[path.stem] = path.relative_to(folder).as_posix()
    return found


@lru_cache(maxsize=1)
def _kept_import_map() -> str:
    return import_map()


def import_map() -> str:
    """The import map, as JSON that may stand in a script element."""
    imports = {name: static(path) for name, path in names().items()}
    return json.dumps({"imports": imports}, separators=(",", ":")).replace("<", "\\u003c")


def current_import_map() -> str:
    """The import map, made once where files do not change under the process."""
    return import_map() if settings.DEBUG else _kept_import_map()

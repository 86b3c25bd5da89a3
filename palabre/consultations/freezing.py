"""What was kept of results as JSON, as the pages that show it want it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from palabre.consultations.charts import Bar, Dot, Line, Lines, Mark, Pair, Plane
from palabre.consultations.opinions import Drawn, Group, Typical
from palabre.consultations.telling import Row, Section, Spoken, Table

Frozen = Mapping[str, Any]


def section(kept: Frozen) -> Section:
    """A section of results."""
    made = {
        "table": table(kept["table"]),
        "lines": _lines(kept["lines"]),
        "plane": plane(kept["plane"]),
        "texts": [Spoken(**each) for each in kept["texts"]],
    }
    return Section(**{**kept, **made})


def drawn(kept: Frozen) -> Drawn:
    """A map of opinions."""
    made = {
        "plane": plane(kept["plane"]),
        "groups": [
            Group(**{**each, "typical": [Typical(**one) for one in each["typical"]]}) for each in kept["groups"]
        ],
        **{name: table(kept[name]) for name in ("uniting", "dividing", "sides")},
    }
    return Drawn(**{**kept, **made})


def table(kept: Frozen | None) -> Table | None:
    if kept is None:
        return None
    drawn_beside = (("bar", Bar), ("pair", Pair))
    rows = [
        Row(**{**row, **{name: made(**row[name]) if row[name] else None for name, made in drawn_beside}})
        for row in kept["rows"]
    ]
    return Table(**{**kept, "rows": rows})


def plane(kept: Frozen | None) -> Plane | None:
    return Plane(**{**kept, "dots": [Dot(**each) for each in kept["dots"]]}) if kept else None


def _lines(kept: Frozen | None) -> Lines | None:
    if kept is None:
        return None
    made = {
        "lines": [Line(**each) for each in kept["lines"]],
        "marks": [Mark(**each) for each in kept["marks"]],
        "band": Mark(**kept["band"]) if kept["band"] else None,
    }
    return Lines(**{**kept, **made})

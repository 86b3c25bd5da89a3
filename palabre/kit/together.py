"""Several questions asked together: one statement, with a column for what each of them finds.

Each statement costs a page a third of a millisecond of its process, whatever it finds.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from palabre.kit.queries import Statement, embedded

ROWS = "jsonb_agg(told)"  # as JSON, an object for each row, or None


class Together:
    """Querysets of `values()` with slots, or statements written out whose named placeholders are slots; each with how
    its rows (`told`) are gathered. Composed once, asked often:
    `find = Together([(ROWS, Tag.objects.filter(pk__among=Slot("tags")).values("name"))], planned=ONCE)`, then
    `find(tags=keys)` gives one value for each.
    """

    def __init__(self, parts: Sequence[tuple[str, QuerySet[Any, Any] | str]], *, planned: str) -> None:
        columns: list[str] = []
        values: dict[str, Any] = {}
        for number, (gathered, asked) in enumerate(parts):
            inner, given = (asked, {}) if isinstance(asked, str) else embedded(asked, f"part{number}_")
            columns.append(f"(SELECT {gathered} FROM ({inner}) AS told)")  # noqa: S608 - composed by Django
            values |= given
        self._statement = Statement.written(f"SELECT {', '.join(columns)}", values)
        self._planned = planned

    def __call__(self, **values: Any) -> Sequence[Any]:
        with self._statement.asked(values, self._planned) as cursor:
            found: Sequence[Any] = cursor.fetchone()
            return found

"""PostgreSQL as Django speaks to it, which remembers whether a connection takes the plans it has.

Measured, telling the database so around each statement that wants it, and taking it back, cost a tenth of a page.
Here a connection stays as it was told until somebody asks who minds.
"""

from datetime import UTC, datetime
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import RawCursor
from psycopg.types.datetime import TimestamptzLoader

from palabre.kit.postgresql.keys import Keys, KeysDumper

KEPT, LIKED = "SET plan_cache_mode TO force_generic_plan", "RESET plan_cache_mode"


class MomentLoader(TimestamptzLoader):
    """Moments as a connection in UTC writes them, read by Python itself; a page reads hundreds.

    Measured, each takes 0.2 µs; what Django reads them with, for connections in whatever zone, takes some 2.
    """

    timezone = UTC

    def load(self, data: Any) -> datetime:
        said = bytes(data).decode()
        if said.endswith("+00"):
            try:
                return datetime.fromisoformat(said)
            except ValueError:  # before our era, after the year 9999, never
                pass
        return super().load(data)


class Operations(DatabaseOperations):
    """Those of Django, which also tell of a statement that numbers its values."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> Any:
        return sql if isinstance(cursor, RawCursor) else super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """Whatever is asked is planned as the database likes, unless `palabre.kit.queries.planned` said otherwise."""

    ops_class = Operations
    indifferent = False  # who asks now takes either way of planning
    _numbered = False

    def keep_plans(self, kept: bool) -> None:
        """From here on statements are planned once, for whatever values; or else as the database likes."""
        raw = self.connection
        if raw is not None and getattr(raw, "keeps_plans", False) != kept:
            with self.wrap_database_errors:
                raw.execute(KEPT if kept else LIKED)
            raw.keeps_plans = kept

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        params["context"].register_dumper(Keys, KeysDumper)
        if self.timezone == UTC:
            params["context"].register_loader("timestamptz", MomentLoader)
        return params

    def numbered_cursor(self) -> Any:
        """A cursor for statements that number their values, as the database itself does (`$1`).

        Those that name them or mark their places are read through each time: measured, a fiftieth of a page.
        """
        self._numbered = True
        try:
            return self.cursor()
        finally:
            self._numbered = False

    def create_cursor(self, name: str | None = None) -> Any:
        if not self.indifferent:
            self.keep_plans(False)
        return RawCursor(self.connection) if self._numbered else super().create_cursor(name)

    def _set_autocommit(self, autocommit: bool) -> None:
        # A transaction that is undone would also undo what its connection was told meanwhile.
        if not autocommit and not self.indifferent:
            self.keep_plans(False)
        super()._set_autocommit(autocommit)  # type: ignore[misc]

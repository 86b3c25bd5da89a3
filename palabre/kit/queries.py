"""Queries of the pages people read all day: composed once, asked often.

Measured, composing a queryset costs several times what running it does: a page of an item spent more on building the
same SQL anew than on its answer. `Prepared` keeps a queryset's SQL and hydration; `Slot` marks what is only known
when it is asked; `Among` keeps the text of a condition the same however many keys it names, so that it is also
planned once. For statements written out by hand, `embedded` gives a queryset's SQL to put inside, and `Written` makes
of such a statement a column of a queryset.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import (
    BigIntegerField,
    Expression,
    Field,
    ForeignObject,
    IntegerField,
    JSONField,
    Lookup,
    QuerySet,
)
from django.db.models.query import ModelIterable, get_related_populators
from django.db.transaction import TransactionManagementError
from psycopg import ClientCursor
from psycopg.pq import TransactionStatus
from psycopg.sql import Literal

from palabre.kit.drawn import Drawn
from palabre.kit.postgresql.base import DatabaseWrapper

AFRESH, EITHER, ONCE = "afresh", "either", "once"
WHOLE = (IntegerField, BigIntegerField)


class Among(Lookup):
    """`field__among=keys`: like `in`, with one parameter whatever the number of keys; none of them, no row."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        column, before = self.process_lhs(compiler, connection)
        keys, given = self.process_rhs(compiler, connection)
        return f"{column} = ANY({keys})", [*before, *given]


Field.register_lookup(Among)
ForeignObject.register_lookup(Among)


class Slot(Expression):
    """What a prepared query is told when it is asked: a whole number unless said otherwise, with `among` several."""

    def __init__(self, name: str, output_field: Field[Any, Any] | None = None) -> None:
        super().__init__(output_field=output_field or BigIntegerField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s", [self]


class Written(Expression):
    """What a statement written out finds, as JSON: an object for each row, or None. Of its named placeholders those
    that are no `values` are slots."""

    output_field = JSONField()

    def __init__(self, sql: str, values: Mapping[str, Any]) -> None:
        super().__init__()
        self._sql, self._values = sql, values

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        sql, params = _placed(self._sql, self._values)
        return f"(SELECT jsonb_agg(told) FROM ({sql}) AS told)", params  # noqa: S608 - written by us


def _placed(sql: str, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """A statement whose named placeholders are marks, and what stands at each: one of the `values`, or a slot."""
    params: list[Any] = []

    def place(match: re.Match[str]) -> str:
        params.append(values[match[1]] if match[1] in values else Slot(match[1]))
        return "%s"

    return re.sub(r"%\((\w+)\)s", place, sql), params


class Prepared:
    """A queryset composed once, at its first use.

    `find = Prepared(lambda: Item.objects.filter(pk=Slot("pk")))`, then `find(pk=3)` gives a list of instances, as the
    queryset would (`select_related` and annotations included), or of tuples for a `values_list`.

    The database plans it for whatever values, or anew for those at hand where that looks better to it, without a
    thought of what planning costs. `planned=AFRESH` says anew: what walks along an index past all that one may not see
    is best done in another way where that is nearly everything. `planned=ONCE` says for whatever values: measured, the
    sight of a reader took six milliseconds to plan on each page, and one to find. `planned=EITHER` is for what is found
    by key, however it is planned: it goes along with what was asked before it.
    """

    def __init__(self, compose: Callable[[], QuerySet[Any, Any]], *, planned: str = "") -> None:
        self._compose, self._planned = compose, planned

    def __call__(self, **values: Any) -> list[Any]:
        with self._asked(values) as cursor:
            return list(self._draw(cursor.fetchall()))

    def first(self, **values: Any) -> Any:
        """The first of them, or None."""
        return next(iter(self(**values)), None)

    def by_key(self, **values: Any) -> Drawn:
        """Instances by primary key, for who looks at few of many."""
        with self._asked(values) as cursor:
            names = [column.name for column in cursor.description]
            return Drawn(names, {row[0]: row for row in cursor.fetchall()}, self._draw)

    @contextmanager
    def _asked(self, values: dict[str, Any]) -> Iterator[Any]:
        statement, locks, _ = self._composed
        if locks and not connection.in_atomic_block:  # Django says so when it composes, which is once
            raise TransactionManagementError("select_for_update cannot be used outside of a transaction.")
        if self._planned == AFRESH:  # a statement that names its values is planned for them, whatever is kept
            with planned(AFRESH), planned(EITHER), connection.cursor() as cursor:
                cursor.execute(ClientCursor(connection.connection).mogrify(statement.named, values))
                yield cursor
        else:
            with statement.asked(values, self._planned) as cursor:
                yield cursor

    @property
    def _draw(self) -> Callable[[list[tuple]], Iterator[Any]]:
        return self._composed[-1]

    @cached_property
    def _composed(self) -> tuple[Statement, bool, Callable[[list[tuple]], Iterator[Any]]]:
        queryset = self._compose()
        locks = queryset.query.select_for_update
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        statement = Statement(*compiler.as_sql())
        converters = compiler.get_converters([each[0] for each in compiler.select])
        # A whole number comes as one.
        converters = {at: each for at, each in converters.items() if type(each[1].output_field) not in WHOLE}

        def converted(rows: list[tuple]) -> Any:
            return compiler.apply_converters(rows, converters) if converters else rows

        if issubclass(queryset._iterable_class, ModelIterable):  # type: ignore[attr-defined]
            instances = _Instances(compiler)
            return statement, locks, lambda rows: map(instances.of, converted(rows))
        return statement, locks, lambda rows: map(tuple, converted(rows))


class _Instances:
    """Rows become instances with what was selected beside them, as Django's own `ModelIterable` makes them."""

    def __init__(self, compiler: Any) -> None:
        selected = compiler.klass_info["select_fields"]
        self._model = compiler.klass_info["model"]
        self._own = slice(selected[0], selected[-1] + 1)
        self._names = [each[0].target.attname for each in compiler.select[self._own]]
        # The stubs describe a later Django, which wants one argument more.
        self._related = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
        self._annotations = list(compiler.annotation_col_map.items())

    def of(self, row: Sequence[Any]) -> Any:
        instance = self._model.from_db(DEFAULT_DB_ALIAS, self._names, row[self._own])
        for related in self._related:
            related.populate(row, instance)
        for name, column in self._annotations:
            setattr(instance, name, row[column])
        return instance


def embedded(queryset: QuerySet[Any, Any], prefix: str = "") -> tuple[str, dict[str, Any]]:
    """A queryset as part of a statement written out: its SQL with named placeholders, and their values.

    Slots keep their names and are left to whoever asks; other values are named after `prefix`. A queryset that is
    known to hold nothing becomes a statement that finds nothing.
    """
    compiler = queryset.query.get_compiler(connection=connections[DEFAULT_DB_ALIAS], elide_empty=False)
    sql, params = compiler.as_sql()
    names = [each.name if isinstance(each, Slot) else f"{prefix}{number}" for number, each in enumerate(params)]
    values = {name: each for name, each in zip(names, params, strict=True) if not isinstance(each, Slot)}
    following = iter(names)
    return re.sub("%s", lambda _: f"%({next(following)})s", sql), values


@contextmanager
def planned(how: str) -> Iterator[None]:
    """What is asked meanwhile is planned `AFRESH`, `ONCE`, `EITHER` way, or as the database likes (""): as `Prepared`
    says. Cursors are made inside."""
    if not how:
        yield
        return
    ours = cast(DatabaseWrapper, connections[DEFAULT_DB_ALIAS])
    ours.close_if_health_check_failed()  # what is told a connection is told one that lives, as its cursors are made
    ours.ensure_connection()
    raw = ours.connection
    kept = getattr(raw, "keeps_plans", False)
    if how == ONCE:  # it takes the plans it has; in a transaction that began otherwise, no longer than meanwhile
        ours.keep_plans(True)
    threshold, before = raw.prepare_threshold, ours.indifferent
    if how == AFRESH:  # the connection prepares no statement
        raw.prepare_threshold = None
    else:
        ours.indifferent = True
    try:
        yield
    finally:
        ours.indifferent, raw.prepare_threshold = before, threshold
        if not raw.autocommit:
            if raw.info.transaction_status == TransactionStatus.INERROR:  # it is taken back with all else
                raw.keeps_plans = kept
            else:
                ours.keep_plans(kept)


class Statement:
    """A statement with its slots: `named`, each under its name; `numbered`, as the database has them, in the order
    of `names`. What it is always asked with is written into it.

    Measured, whatever stands for itself at seventy places is sent, read and bound seventy times.
    """

    def __init__(self, sql: str, params: Sequence[Any]) -> None:
        connection.ensure_connection()
        names = [each.name for each in params if isinstance(each, Slot)]
        self.names = list(dict.fromkeys(names))
        self.named = self._with(sql, params, lambda name: f"%({name})s", percent="%%")
        self.numbered = self._with(sql, params, lambda name: f"${self.names.index(name) + 1}", percent="%")

    @classmethod
    def written(cls, sql: str, values: Mapping[str, Any]) -> Statement:
        """Of a statement with named placeholders: those of `values` are always the same, the others are its slots."""
        return cls(*_placed(sql, values))

    @contextmanager
    def asked(self, values: Mapping[str, Any], how: str) -> Iterator[Any]:
        """The cursor that asked it with these values of its slots, `planned` that way."""
        ours = cast(DatabaseWrapper, connections[DEFAULT_DB_ALIAS])
        with planned(how), ours.numbered_cursor() as cursor:
            cursor.execute(self.numbered, [values[name] for name in self.names])
            yield cursor

    @staticmethod
    def _with(sql: str, params: Sequence[Any], slot: Callable[[str], str], percent: str) -> str:
        written = iter(
            slot(each.name)
            if isinstance(each, Slot)
            else Literal(each).as_string(connection.connection).replace("%", percent)
            for each in params
        )
        return re.sub("%s|%%", lambda match: next(written) if match[0] == "%s" else percent, sql)

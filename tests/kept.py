"""What all tables held at a moment, kept in the database itself: a world is put back at once, not built again."""

from django.db import connection, transaction
from psycopg import sql

OURS = "public"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename"

_ground = ""  # the name of what tests begin with now


def keep(name: str) -> None:
    """Keeps the rows of all tables under this name."""
    with transaction.atomic():
        _run(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        _run(
            sql.SQL("CREATE TABLE {} AS TABLE {}").format(sql.Identifier(name, table), sql.Identifier(OURS, table))
            for table in _that_hold_rows()
        )


def begin_with(name: str) -> None:
    """From now on tests begin with what was kept under this name."""
    global _ground
    _ground = name
    put_back()


def put_back() -> None:
    """All tables hold what tests begin with now and nothing else, those of jobs too; no number is given twice.

    TRUNCATE would make new files for each table and index, and wait for whoever still reads one.
    """
    with transaction.atomic():
        # Rows come and go in any order: no foreign key is looked at, no trigger fires.
        _run(sql.SQL("SET LOCAL session_replication_role = replica"))
        _run(sql.SQL("DELETE FROM {}").format(sql.Identifier(OURS, table)) for table in _that_hold_rows())
        _run(
            sql.SQL("INSERT INTO {} OVERRIDING SYSTEM VALUE TABLE {}").format(
                sql.Identifier(OURS, table), sql.Identifier(_ground, table)
            )
            for table in _tables(_ground)
        )
        _run(sql.SQL("SET LOCAL session_replication_role = origin"))


def _tables(schema: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [schema])
        return [table for (table,) in cursor.fetchall()]


def _that_hold_rows() -> list[str]:
    asked = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
    each = [asked.format(sql.Literal(table), sql.Identifier(OURS, table)) for table in _tables(OURS)]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(each))
        return [table for (table,) in cursor.fetchall()]


def _run(statements) -> None:
    """In one journey to the database."""
    every = [statements] if isinstance(statements, sql.Composable) else list(statements)
    if every:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("; ").join(every))

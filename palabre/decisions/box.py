"""The box of a secret vote: a table that the database makes for it when it opens (the trigger of migration 0002), and
that is dropped, files and all, in the moment it is counted.

A ballot lies there under the sum of a key that only its voter holds, sealed with the key of the instance and as long as
any other. Nothing in it is a number that counts up or an hour; yet each row bears the transaction that wrote it, and so
does the mark that its voter has voted. That is why no ballot ever leaves as the row it was.
"""

import json
import secrets
from collections.abc import Sized
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol

from django.db import connection
from psycopg import sql

from palabre.people.sealing import seal_without_hour, unseal

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: nothing that is read as something else
KEY, CODE, GROUP = 25, 12, 5  # five bits each: 125 are not guessed, and 60 hardly ever fall together
_ALIKE = str.maketrans("OIL", "011")


class Vote(Protocol):
    """What a box knows of the vote it was made for."""

    @property
    def pk(self) -> Any: ...

    @property
    def options(self) -> Sized: ...


@dataclass(frozen=True)
class Found:
    """A ballot as it leaves the box."""

    code: str
    said: Any


def new_key() -> str:
    """A key that nobody else has."""
    return _grouped("".join(secrets.choice(SIGNS) for _ in range(KEY)))


def read(typed: str) -> str:
    """A key or a code as it was given, however somebody copied it; "" for what is neither."""
    plain = "".join(typed.upper().split()).replace("-", "").translate(_ALIKE)
    return _grouped(plain) if len(plain) in (KEY, CODE) and set(plain) <= set(SIGNS) else ""


def is_key(given: str) -> bool:
    """Whether what `read` gave is a key, and not a code."""
    return len(given.replace("-", "")) == KEY


def code_of(vote: Vote, key: str) -> str:
    """The code under which the ballot of this key is published: the key does not follow from it."""
    number = int.from_bytes(_sum(vote, key, "code"))
    return _grouped("".join(SIGNS[number >> 5 * place & 31] for place in range(CODE)))


def holds(vote: Vote, key: str) -> bool:
    """Whether a ballot lies under this key."""
    return bool(_run("SELECT 1 FROM {} WHERE place = %s", vote, _sum(vote, key, "place")))


def put(vote: Vote, key: str, said: Any) -> None:
    """Lays a ballot under its key, in place of the one that lay there."""
    _run(
        "INSERT INTO {} VALUES (%s, %s) ON CONFLICT (place) DO UPDATE SET sealed = excluded.sealed",
        vote,
        _sum(vote, key, "place"),
        _sealed(vote, code_of(vote, key), said),
    )


def look(vote: Vote, key: str) -> Found | None:
    """The ballot under a key."""
    rows = _run("SELECT sealed FROM {} WHERE place = %s", vote, _sum(vote, key, "place"))
    return _opened(vote, rows[0][0]) if rows else None


def emptied(vote: Vote) -> list[Found]:
    """All ballots, in an order drawn now; the box is no more."""
    found = [_opened(vote, sealed) for (sealed,) in _run("SELECT sealed FROM {}", vote)]
    secrets.SystemRandom().shuffle(found)
    drop(vote)
    return found


def drop(vote: Vote) -> None:
    """The box is no more, nor is what lay in it."""
    _run("DROP TABLE {}", vote)


def _run(statement: str, vote: Vote, *values: Any) -> list[Any]:
    table = sql.Identifier(f"decisions_box_{int(vote.pk)}")
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(table), values or None)  # type: ignore[arg-type]
        return cursor.fetchall() if cursor.description else []


def _sum(vote: Vote, key: str, purpose: str) -> bytes:
    return sha256(f"palabre ballot {vote.pk} {purpose} {key}".encode()).digest()


def _sealed(vote: Vote, code: str, said: Any) -> str:
    """As long as any other ballot of this vote, so that its length says nothing."""
    return seal_without_hour(json.dumps([code, said]).ljust(64 + 24 * len(vote.options)), _purpose(vote))


def _opened(vote: Vote, sealed: str) -> Found:
    return Found(*json.loads(unseal(sealed, _purpose(vote))))


def _purpose(vote: Vote) -> str:
    return f"ballot {vote.pk}"


def _grouped(plain: str) -> str:
    size = GROUP if len(plain) == KEY else 4
    return "-".join(plain[at : at + size] for at in range(0, len(plain), size))

"""Union: somebody who was spoken for turns out to have an account, and what was theirs becomes the account's.

Every foreign key to a person is found by Django itself, so no room above is known here and none can be forgotten.
What would be a right does not move by itself: the room it belongs to withholds it, says which there are, and gives
those that were asked for. Ways of signing in never move at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import DateField, ForeignKey, Model, Q, QuerySet, UniqueConstraint
from django.utils.translation import ngettext

from palabre.people.sessions import Session

Reference = ForeignKey[Any, Any]
Words = Callable[[int], str]

WAYS_IN = frozenset({Session, UserSession, EmailAddress, Authenticator, SocialAccount})


@dataclass(frozen=True)
class Right:
    """Something who is spoken for has and the account lacks; whoever unites them may give it, or may not."""

    key: str
    words: str
    may_be_given: bool


Rights = Callable[[Any, Any, Any], list[Right]]  # of a person, the account, and who unites them
Bond = Callable[[Any, Any, Collection[str], Any], dict[str, Any]]

_words: dict[tuple[type[Model], str], Words] = {}
_withheld: set[tuple[type[Model], str]] = set()
_rights: list[Rights] = []
_bonds: list[Bond] = []


def carries(model: type[Model], field: str) -> Callable[[Words], Words]:
    """Registers how a number of rows that name a person in `field` is said before they move."""

    def register(words: Words) -> Words:
        _words[model, field] = words
        return words

    return register


def withholds(model: type[Model], field: str) -> Callable[[Rights], Rights]:
    """Registers rows that are rights, which do not move; the function lists those the account lacks."""

    def register(rights: Rights) -> Rights:
        _withheld.add((model, field))
        _rights.append(rights)
        return rights

    return register


def at_union(bond: Bond) -> Bond:
    """Registers what a room does just before the rows move: `bond(person, account, given, by)`.

    It gives those rights of `given` that `by` may give, and returns what else the journal should keep.
    """
    _bonds.append(bond)
    return bond


def references(person: type[Model]) -> Iterator[tuple[type[Model], Reference]]:
    """The columns that name a person and follow them to their account."""
    for relation in person._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and not relation.many_to_many:
            model: Any = relation.related_model
            column: Any = relation.field  # type: ignore[union-attr]
            if model not in WAYS_IN and (model, column.name) not in _withheld:
                yield model, column


def told(person: Any) -> list[str]:
    """What would move, in words with numbers; numbers alone, for whoever asks may not see all of it."""
    said, others = [], 0
    for model, column in references(type(person)):
        if number := rows(model, column, person).count():
            if words := _words.get((model, column.name)):
                said.append(words(number))
            else:
                others += number
    if others:
        said.append(
            ngettext("%(number)d other trace of them", "%(number)d other traces of them", others) % {"number": others}
        )
    return said


def rights(person: Any, account: Any, by: Any) -> list[Right]:
    """The rights of `person` that `account` lacks, as far as `by` may know of them."""
    return [right for of_room in _rights for right in of_room(person, account, by)]


def unite(person: Any, account: Any, given: Collection[str], by: Any) -> dict[str, Any]:
    """Moves everything, in the caller's transaction; returns what the rooms say of it for the journal."""
    kept: dict[str, Any] = {}
    for bond in _bonds:
        kept |= bond(person, account, given, by)
    for model, column in references(type(person)):
        _move(model, column, person, account)
    return kept


def rows(model: type[Model], column: Reference, person: Any) -> QuerySet[Any]:
    return model._base_manager.filter(**{column.name: person})


def _move(model: type[Model], column: Reference, person: Any, account: Any) -> None:
    """Rows become the account's; where the account has that very row already, the other one is not needed.

    A row that would be second but says something of its own stays with who was spoken for: nothing said is lost.
    """
    moving = rows(model, column, person)
    if once := _once(model, column):
        for row in moving.order_by("pk"):
            if twin := _twin(row, column, account, once):
                if _says_nothing_more(row, twin, column):
                    row.delete()
            else:
                model._base_manager.filter(pk=row.pk).update(**{column.name: account})
    else:
        moving.update(**{column.name: account})


def _once(model: type[Model], column: Reference) -> list[tuple[tuple[str, ...], Q]]:
    """What may exist once only and names a person: the fields, and on which rows they count."""
    meta = model._meta
    once = [
        (tuple(each.fields), each.condition or Q())
        for each in meta.constraints
        if isinstance(each, UniqueConstraint) and column.name in each.fields
    ]
    once += [(tuple(fields), Q()) for fields in meta.unique_together if column.name in fields]
    return [*once, ((column.name,), Q())] if column.unique else once


def _twin(row: Model, column: Reference, account: Any, once: list[tuple[tuple[str, ...], Q]]) -> Model | None:
    """The account's row that stands where `row` would."""
    manager = type(row)._base_manager
    for fields, condition in once:
        there = {name: getattr(row, name) for name in fields if name != column.name} | {column.name: account}
        # `name=None` in a filter means "is null", which is what a constraint with nulls that count compares.
        if manager.filter(condition, pk=row.pk).exists() and (
            twin := manager.filter(condition, **there).exclude(pk=row.pk).first()
        ):
            return twin
    return None


def _says_nothing_more(row: Model, twin: Model, column: Reference) -> bool:
    """Whether `row`, its dates aside, is empty or says what `twin` says."""
    return all(
        getattr(row, field.attname) in ("", None, [], {}, getattr(twin, field.attname))
        for field in row._meta.concrete_fields
        if field is not column and not field.primary_key and not isinstance(field, DateField)
    )

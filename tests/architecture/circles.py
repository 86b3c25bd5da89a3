"""Who is let in, of the cast, as rows of the matrix name them: the rights themselves are in `rights.py`."""

from __future__ import annotations

from typing import Any

from tests.architecture import rights
from tests.architecture.matrix import Subject


def readers(subject: Subject) -> set[Any]:
    return set(rights.READERS[subject.space])


def writers(subject: Subject) -> set[Any]:
    return set(rights.WRITERS[subject.space])


def stewards(subject: Subject) -> set[Any]:
    return set(rights.STEWARDS[subject.space])


def shapers(subject: Subject) -> set[Any]:
    return rights.shapers(subject.space, subject.author)


def commenters(subject: Subject) -> set[Any]:
    return rights.commenters(subject.space)


def author(subject: Subject) -> set[Any]:
    return {subject.author} & readers(subject)


def anyone(_subject: Subject) -> set[Any]:
    return set(rights.EVERYBODY)


def signed_in(_subject: Subject) -> set[Any]:
    return set(rights.SIGNED_IN)


def inside(_subject: Subject) -> set[Any]:
    return set(rights.INSIDE)


def administrators(_subject: Subject) -> set[Any]:
    return set(rights.ADMINISTRATORS)


def those_who_meet(subject: Subject) -> set[Any]:
    return {key for key, met in rights.MEETS.items() if subject.author in met}


def nobody(_subject: Subject) -> set[Any]:
    return set()


def steward_inside(subject: Subject) -> set[Any]:
    """Stewards of the house, as against a guest who is one."""
    return stewards(subject) & rights.INSIDE


def present_readers(subject: Subject) -> set[Any]:
    return readers(subject) & rights.SIGNED_IN


def may_join(subject: Subject) -> set[Any]:
    return present_readers(subject) - rights.MEMBERS[subject.space]


def may_ask(subject: Subject) -> set[Any]:
    """Who reads without writing; none of these spaces lets itself be found by the others."""
    return present_readers(subject) - set(rights.WRITERS[subject.space])


def authors_and_stewards(subject: Subject) -> set[Any]:
    return {subject.author} | stewards(subject)


def openers_and_writers(subject: Subject) -> set[Any]:
    return {subject.author} | writers(subject)


def any_writer(_subject: Subject) -> set[Any]:
    """Who may write in some space."""
    return set().union(*map(set, rights.WRITERS.values())) & rights.SIGNED_IN


def readers_who_write(subject: Subject) -> set[Any]:
    """Who reads it, and writes somewhere."""
    return any_writer(subject) & readers(subject)


def any_steward(_subject: Subject) -> set[Any]:
    """Stewards of any space, of the house, and administrators."""
    return (set().union(*rights.STEWARDS.values()) & rights.INSIDE) | rights.ADMINISTRATORS


def any_steward_who_reads(subject: Subject) -> set[Any]:
    return any_steward(subject) & readers(subject)


def all_but_stewards(subject: Subject) -> set[Any]:
    return set(rights.EVERYBODY) - any_steward(subject)


def readers_only(subject: Subject) -> set[Any]:
    """Who may read and not write."""
    return readers(subject) - writers(subject)


def all_but_diego(_subject: Subject) -> set[Any]:
    """An organisation is known to those who know somebody of it; Diego shares a space with nobody."""
    return set(rights.SIGNED_IN) - {"diego"}


def inside_and_its_customers(_subject: Subject) -> set[Any]:
    """Who knows the clinic: the house, and those who share a space with its doctor."""
    return set(rights.INSIDE) | {"ramata", "ines"}


def those_who_speak_for(subject: Subject) -> set[Any]:
    return {subject.author}


def participants(subject: Subject) -> set[Any]:
    """Of the conversation that the author of the item has with two colleagues."""
    return {subject.author, "nadia", "lea"}


def asker_and_stewards(subject: Subject) -> set[Any]:
    return ({subject.author} & commenters(subject)) | stewards(subject)


def askers_and_writers(subject: Subject) -> set[Any]:
    return writers(subject) | ({subject.author} & commenters(subject))


def supporters(subject: Subject) -> set[Any]:
    """Nobody supports what they wrote themselves."""
    return commenters(subject) - {subject.author}


def speakers(subject: Subject) -> set[Any]:
    """Who of the house may comment there."""
    return commenters(subject) & rights.INSIDE


def shapers_inside(subject: Subject) -> set[Any]:
    """Guests write a brief, and do not plan it."""
    return shapers(subject) & rights.INSIDE


def author_who_comments(subject: Subject) -> set[Any]:
    return {subject.author} & commenters(subject)


def inside_who_read(subject: Subject) -> set[Any]:
    return readers(subject) & rights.INSIDE


def all_but_koffi(subject: Subject) -> set[Any]:
    """Nobody votes on what they wrote themselves."""
    return commenters(subject) - {"koffi"}

"""Verbs: what rooms can record, and the properties by which others listen to it without knowing its name."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Verb:
    """A word of the journal, in the past tense.

    loud: people may want to hear of it at once. changes_text: what is written, or its place, changed; indexes must
    look again. changes_sight: who may see something changed. concerns: roles of people it is about ("author"; see
    `journal.concerning`). says: what happened, as people are told it, with `%(who)s` and, for the plural, `n`.
    """

    name: str
    loud: bool = False
    changes_text: bool = False
    changes_sight: bool = False
    concerns: tuple[str, ...] = ()
    says: Any = ""


_verbs: dict[str, Verb] = {}


def register(*verbs: Verb) -> None:
    """Makes verbs known; one name has one meaning in the whole house."""
    for verb in verbs:
        if _verbs.get(verb.name, verb) != verb:
            raise ValueError(f"the verb {verb.name} means something else already")
        _verbs[verb.name] = verb


def get(name: str) -> Verb:
    """The verb of that name; an unregistered one is an error of the room that says it."""
    return _verbs[name]


def names(**properties: bool) -> tuple[str, ...]:
    """The names of the verbs that have all the given properties: `names(changes_text=True)`."""
    return tuple(
        verb.name for verb in _verbs.values() if all(getattr(verb, key) == value for key, value in properties.items())
    )

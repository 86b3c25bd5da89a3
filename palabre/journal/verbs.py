"""Verbs: what rooms can record, and the properties by which others listen to it without knowing its name."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext_lazy


@dataclass(frozen=True)
class Verb:
    """A word of the journal, in the past tense.

    loud: people may want to hear of it at once. changes_text: what is written, or its place, changed; indexes must
    look again. changes_sight: who may see something changed. rights: stands in the journal of rights of its space, in
    the words of `says`. concerns: roles of people it is about ("author"; see `journal.concerning`). says: what
    happened, as people are told it, with `%(who)s` and, for the plural, `n`; says_apart: where kinds that stand apart
    say it otherwise. joins: the item became one with the one
    that the particulars name `into`, or no longer is; who follows it follows that one as long as it is. goes_on: the
    item goes on as that one; what people wanted to hear of it, they want of that one.
    """

    name: str
    loud: bool = False
    changes_text: bool = False
    changes_sight: bool = False
    rights: bool = False
    concerns: tuple[str, ...] = ()
    says: Any = ""
    says_apart: Any = ""
    joins: bool = False
    goes_on: bool = False


def did(words: str) -> Any:
    """What somebody did, for `Verb.says`, where English says it alike of one and of several; French does not."""
    return ngettext_lazy(words, words, "n")


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

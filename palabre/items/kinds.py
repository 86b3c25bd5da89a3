"""Kinds: what a room must say about the things it lets people write. Items never learns who says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation

from palabre.items.names import fold
from palabre.journal import verbs as journal_verbs
from palabre.journal.verbs import Verb
from palabre.kit import navigation
from palabre.kit.policy import may


def _nothing(_item: Any) -> str:
    return ""


@dataclass(frozen=True)
class Kind:
    """A kind of contribution.

    name: "page", the value of `Item.kind`. path: the first part of its addresses, "pages". facet: the model with
    what only this kind knows; its reverse name on Item is `name`. template: its show page. icon: of the sprite.
    dated: listed by date, not in a tree. search_text: words of the facet that search should find. start: where one
    begins a new one, if not at the desk where all texts are written. saying: the verb of what is said about one.
    apart: its items stand in nameless spaces, in no list of what there is to read, and are no texts that hold or not:
    where people speak to each other; doors let them in for who asks for it. found: where a search for
    some words leads, if not to the top of the item. called: what a reader calls one, if not by its title. written:
    its facet begins empty, so that it is written at the desk like what has none. within: the kind of which its items
    are parts: their parent is one, where they are begun and heard of, and without which they do not stand. beside: a
    few words for the title of each of some of its items, by key, in one query: how far it is, how many want it. needs:
    the rule of who may begin one at all, if not whoever may write somewhere.
    """

    name: str
    path: str
    label: Any
    label_plural: Any
    icon: str
    template: str
    facet: type[models.Model] | None = None
    verbs: tuple[Verb, ...] = ()
    dated: bool = False
    order: int = 50
    start: str = ""
    search_text: Callable[[Any], str] = field(default=_nothing)
    saying: str = "commented"
    apart: bool = False
    found: Callable[[Any, str], str] | None = None
    called: Callable[[Any, Any], str] | None = None
    written: bool = False
    within: str = ""
    beside: Callable[[Sequence[int]], dict[int, str]] | None = None
    needs: str = ""

    def is_open_to(self, person: Any) -> bool:
        """Whether `person` is shown the way to begin one; where they may is asked there."""
        return not self.needs or may(person, self.needs)

    def title_of(self, item: Any, reader: Any) -> str:
        """What a reader calls one of its items."""
        return self.called(item, reader) if self.called else item.title

    @property
    def at_desk(self) -> bool:
        """Whether a title and a text are all that one needs to write one."""
        return (self.facet is None or self.written) and not self.start

    @property
    def begin(self) -> str:
        """The address where somebody begins a new one."""
        return self.start or navigation.writing(kind=self.name)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Makes a kind known, with its verbs."""
    _kinds[kind.name] = kind
    journal_verbs.register(*kind.verbs)
    return kind


def get(name: str) -> Kind:
    """The kind of that name; KeyError when no room registered it."""
    return _kinds[name]


def at(path: str) -> Kind | None:
    """The kind whose lists have that path, if there is one."""
    return next((kind for kind in _kinds.values() if kind.path == path and not kind.apart), None)


@cache
def _called() -> dict[str, str]:
    names: dict[str, str] = {}
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            for kind in reversed(every()):
                names |= {fold(str(label)): kind.name for label in (kind.label, kind.label_plural)}
    return names | {fold(kind.name): kind.name for kind in every()}


def called(said: str) -> str | None:
    """The name of the kind somebody means: by that name or its label, one or many, in any language of the house."""
    return _called().get(fold(said))


def in_few_words(items: Iterable[Any]) -> dict[int, str]:
    """A few words for each of some items that has any, by key; one query for each of their kinds that says some."""
    keys: dict[str, list[int]] = defaultdict(list)
    for item in items:
        keys[item.kind].append(item.pk)
    return {pk: said for name, some in keys.items() if (tell := _kinds[name].beside) for pk, said in tell(some).items()}


def parts() -> dict[str, list[str]]:
    """By the name of a kind, those whose items belong to one of it."""
    found: dict[str, list[str]] = defaultdict(list)
    for kind in every():
        if kind.within:
            found[kind.within].append(kind.name)
    return dict(found)


def every() -> list[Kind]:
    """All kinds, in the order in which menus show them."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.name))

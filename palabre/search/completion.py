"""What one may mean while still typing: items, people, spaces and tags, each from what its reader may see."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q
from django.utils.text import slugify

from palabre.items.names import fold
from palabre.people.models import Person
from palabre.search.asking import Result, suggest
from palabre.spaces import sight
from palabre.spaces.models import Space
from palabre.tags.keys import key_of
from palabre.tags.models import Tag

ITEMS, PEOPLE, SPACES, TAGS = 5, 3, 3, 3
ALONE = 8


@dataclass(frozen=True, slots=True)
class Completion:
    """What was found for the words typed so far."""

    items: list[Result] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    spaces: list[Space] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.items or self.people or self.spaces or self.tags)


def complete(person: Any, text: str) -> Completion:
    """`#` looks among tags alone, `@` among people."""
    sign, words = (text[0], text[1:].strip()) if text[:1] in ("#", "@") else ("", text)
    if not fold(words):
        return Completion()
    if sign == "#":
        return Completion(tags=_tags(person, words, ALONE))
    if sign == "@":
        return Completion(people=_people(person, words, ALONE))
    return replace(called(person, words), items=suggest(person, words, ITEMS))


def called(person: Any, words: str) -> Completion:
    """People, spaces and tags that have a name which begins so; no items."""
    if not fold(words):
        return Completion()
    return Completion(
        people=_people(person, words, PEOPLE), spaces=_spaces(person, words), tags=_tags(person, words, TAGS)
    )


def _people(viewer: Any, words: str, size: int) -> list[Person]:
    """By the beginning of any of their names; the handle is the name without accents."""
    start = slugify(words)
    if not start:
        return []
    called = Q(handle__startswith=start) | Q(handle__contains=f"-{start}")
    people = Person.objects.visible_to(viewer).present().filter(called)
    return list(people.select_related("organisation").order_by("name", "pk")[:size])


def _spaces(person: Any, words: str) -> list[Space]:
    wanted = fold(words)
    seen = [space for space in sight.of(person).spaces.values() if not space.archived_at]
    found = [space for space in seen if f" {wanted}" in f" {fold(space.name)}" or space.slug.startswith(wanted)]
    return found[:SPACES]


def _tags(person: Any, words: str, size: int) -> list[Tag]:
    start = key_of(words)
    if not start:
        return []
    called = Q(key__startswith=start) | Q(key__contains=f"-{start}")
    return list(Tag.objects.visible_to(person).filter(called).order_by("key")[:size])

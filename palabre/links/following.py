"""What follows from something: begun at the desk in a draft that remembers it, or in a form that its kind has for it.
What it came from *led to* it, as soon as it is there; or is related to it, where whoever began it may not say more.
"""

from collections.abc import Callable
from typing import Any

from palabre.authoring import drafting
from palabre.authoring.forms import written_here
from palabre.authoring.models import Draft
from palabre.items import kinds
from palabre.items.kinds import Kind
from palabre.items.models import Item
from palabre.kit import given
from palabre.kit.html import strip
from palabre.kit.policy import may
from palabre.links.models import Link, Type
from palabre.spaces.policy import writes_somewhere

TITLE = 80  # characters of a title that is made of a sentence
FIELD = "after"
"""The field of a draft, or what is asked of a form, that says what the text follows from."""

Address = Callable[[Item], str]

_own: dict[str, Address] = {}


def begins(kind: str, address: Address) -> None:
    """Things of this kind are begun from an item in a form of their own, at an address that knows the item: in its
    path, or as what is asked for `FIELD`."""
    _own[kind] = address


def ways(person: Any) -> list[tuple[Kind, bool]]:
    """The kinds that `person` can begin after something, and whether at the desk; what has a way to go itself comes
    first."""
    desk = [(kind, True) for kind in written_here() if kind.name not in _own]
    own = [(kind, False) for kind in kinds.every() if kind.name in _own]
    open_to = [way for way in [*desk, *own] if way[0].is_open_to(person)]
    return sorted(open_to, key=lambda way: (way[0].beside is None, way[0].order))


def address(kind: Kind, source: Item) -> str:
    """Where one of a kind with a form of its own is begun."""
    return _own[kind.name](source)


def may_go_on(person: Any, source: Item) -> bool:
    """Whether `person` can begin what follows from something: who reads it and writes anywhere, first of all here."""
    if not source.is_readable or not person.is_authenticated:
        return False
    return may(person, "item.tag", source) or writes_somewhere(person)


def begin(source: Item, kind: str, by: Any, title: str = "", body: str = "") -> Draft:
    """A draft of `by` that follows from something, in its space if they write there. What was said within something
    else, under no title of its own, is quoted with who said it, unless there is a `body`."""
    if source.kind_of.within and not body:
        title, body = heading(strip(source.html)), _quoted(source)
    space = source.space if may(by, "space.write", source.space) else None
    return drafting.keep(by, drafting.Content(kind, title, body, space, fields={FIELD: str(source.pk)}))


def heading(said: str) -> str:
    """A title for what follows from these words: as many of the first line as make one."""
    first = said.strip().partition("\n")[0].strip()
    return first if len(first) <= TITLE else first[:TITLE].rsplit(" ", 1)[0].rstrip(" .,;:!?…") + "…"


def _quoted(source: Item) -> str:
    """Its words, and the line that leads to them by an address that tells nothing."""
    who = source.author.name.translate({ord(sign): " " for sign in "[]<>\\`"})
    said = "\n".join(f"> {line}".rstrip() for line in source.body.strip().splitlines())
    return f"{said}\n\n— [{who}](/items/{source.pk}/)"


def source_of(value: str, person: Any) -> Item | None:
    """What something was begun from, if `person` sees it still."""
    key = given.key(value)
    return Item.objects.visible_to(person).select_related("space").filter(pk=key).first() if key else None


def lead(value: str, item: Item, by: Any) -> None:
    """What `item` was begun from led to it; nothing happens where `by` does not see that any more."""
    source = source_of(value, by)
    if source and source.pk != item.pk and may(by, "item.tag", item):
        tie(source, item, by)


def tie(source: Item, item: Item, by: Any) -> Link:
    """That `source` led to `item`, if `by` may say that of it; else that they are related."""
    return Link.tie(source, Type.LED_TO if may(by, "link.lead", source) else Type.RELATED, item, by)


@drafting.on_publishing
def remember(draft: Any, item: Item) -> None:
    """What was begun so is there."""
    if value := draft.fields.get(FIELD, ""):
        lead(value, item, draft.person)

"""A person asks: what they may see becomes part of the query, and nothing leaves here that they may not.

Three locks. The query runs inside the spaces the person sees now, whatever they saw when the items were indexed. Items
of which the journal says, past the index, that they have gone out of sight are left out, so that no count, facet,
suggestion or passage knows them. And the rows come through `Item.objects.visible_to` all the same. Should there be any
to leave out, the search is made again without them, so that a page of results is never short.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import slugify

from palabre.items.models import Item, Name
from palabre.items.names import fold
from palabre.kit.clock import now
from palabre.people.models import Person
from palabre.search import house, query, ranking, retrieval, spelling
from palabre.search.engine import Position as Place
from palabre.search.passages import Marker
from palabre.search.plan import Asked
from palabre.search.query import And, Operator, leaves
from palabre.search.retrieval import Choice, Found, Hit, Reach
from palabre.search.shown import Question, Shown, fetch
from palabre.spaces import sight
from palabre.tags.keys import key_of
from palabre.tags.models import Tag

SIZE = 10
LAST_PAGE = ranking.WINDOW // SIZE
MOST_NAMED = 50
REFILLS = 3


@dataclass(frozen=True)
class Result:
    """One item found: the row its reader may see, and what the index kept of it."""

    item: Item
    hit: Hit
    marker: Marker
    reader: Any

    @property
    def title(self) -> str:
        """As the index kept it, marked; of what has none of its own, what its reader calls it."""
        kept, kind = self.hit.kept, self.item.kind_of
        called = kind.title_of(self.item, self.reader) if kind.called else kept.title
        return self.marker.title(called, kept.language)

    @property
    def passage(self) -> str:
        """From the text, else from what belongs to it, unless the title says it all: then how the text begins."""
        kept = self.hit.kept
        alone = not kept.more or self.marker.answered_by(kept.title, kept.language)
        return self.marker.passage([kept.text] if alone else [kept.text, *kept.more], kept.language)


@dataclass(frozen=True)
class Answer:
    """What a search gives its reader."""

    text: str
    asked: Asked
    found: Found | None = None
    results: Sequence[Result] = ()
    page: int = 1
    variants: Mapping[str, Sequence[str]] = field(default_factory=dict)
    exact: int = 0
    beside: Mapping[str, Sequence[dict[str, Any]]] = field(default_factory=dict)  # what rooms say (`shown.says`)

    @property
    def total(self) -> int:
        return self.found.total if self.found else 0

    @property
    def meant(self) -> str:
        """The query with its mistaken words replaced, empty if there are none."""
        best = {word: near[0] for word, near in self.variants.items()}
        meant = query.rewrite(self.text, best) if best else ""
        return meant if meant != self.text else ""

    @property
    def is_in_vain(self) -> bool:
        """Whether there was something to look for, something to look in, and nothing found; what a typing mistake is
        forgiven for was found."""
        return self.asked.has_words and self.found is not None and not self.total

    @property
    def words(self) -> str:
        """What is looked for, without operators and what is excluded."""
        return " ".join(query.words(self.asked.tree))

    @property
    def is_cut(self) -> bool:
        """Whether there are more results than can be turned to."""
        return self.total > LAST_PAGE * SIZE

    @property
    def pages(self) -> int:
        return min(LAST_PAGE, -(-self.total // SIZE))


def ask(
    person: Any,
    text: str,
    choice: Choice | None = None,
    newest: bool = False,
    page: int = 1,
    size: int = SIZE,
    data: QueryDict | None = None,
) -> Answer:
    """Search on behalf of `person` (OPERATOR sees all); with the `data` of an address, what a page says beside."""
    tree = query.parse(text)
    asked = Asked(tree, now=now(), zone=timezone.get_current_timezone())
    snapshot = house.shelf().snapshot()
    if asked.empty or snapshot is None:
        return Answer(text, asked)
    searcher, position = snapshot
    asked = replace(asked, meanings=meanings(tree, person))
    exact = 0

    def seek(reach: Reach) -> Found:
        nonlocal exact
        found = retrieval.search(searcher, asked, reach, choice, newest)
        exact = found.total
        if _is_meagre(found) and (near := spelling.variants(searcher, asked, reach)):
            return retrieval.search(searcher, replace(asked, variants=near), reach, choice, newest)
        return found

    looked = look(person, position, seek, size, page, data)
    near = looked.found.asked.variants
    results = looked.results(Marker.of(tree, (word for words in near.values() for word in words)))
    return Answer(text, looked.found.asked, looked.found, results, looked.page, near, exact, looked.shown.beside)


def suggest(person: Any, text: str, size: int = 5) -> list[Result]:
    """Items whose title the text begins to say."""
    snapshot = house.shelf().snapshot()
    if snapshot is None:
        return []
    searcher, position = snapshot
    text = text[: query.MAX_LENGTH]
    looked = look(person, position, lambda reach: retrieval.beginning(searcher, text, reach, now()), size)
    words = query.parse(text)
    last = [replace(node, prefix=True) for node in words.nodes[-1:] if isinstance(node, query.Word)]
    return looked.results(Marker.of(And((*words.nodes, *last))))


@dataclass(frozen=True)
class Looked:
    """A page of what was found, and its rows."""

    found: Found
    page: int
    hits: Sequence[Hit]
    shown: Shown
    reader: Any

    def results(self, marker: Marker) -> list[Result]:
        """Those whose rows the person may see."""
        rows = self.shown.items
        return [Result(rows[hit.id], hit, marker, self.reader) for hit in self.hits if hit.id in rows]


def look(
    person: Any,
    position: Place,
    seek: Callable[[Reach], Found],
    size: int,
    page: int = 1,
    data: QueryDict | None = None,
) -> Looked:
    """Seeks in the spaces the person sees now, and again where something has gone out of their sight since the index
    was written. Nearly always nothing has, as is told with the rows."""
    reach = Reach(sight.of(person).every_id)
    for _ in range(REFILLS):
        found = seek(reach)
        turned = max(1, min(page, LAST_PAGE, -(-found.total // size)))
        hits = found.hits((turned - 1) * size, size)
        question = Question(person, found, data) if data is not None else None
        shown = fetch(person, [hit.id for hit in hits], position, question)
        gone = _out_of_sight(person, shown.moved) | {hit.id for hit in hits if hit.id not in shown.items}
        if gone <= {*reach.hidden}:
            break
        reach = replace(reach, hidden=sorted(gone.union(reach.hidden)))
    return Looked(found, turned, hits, shown, person)


def _out_of_sight(person: Any, moved: Set[int]) -> set[int]:
    """Of the items that have moved, those the person does not see where they are now."""
    if not moved:
        return set()
    return set(moved) - set(
        Item.objects.visible_to(person, apart=True).filter(pk__in=moved).values_list("pk", flat=True)
    )


def meanings(tree: And, person: Any) -> dict[Operator, list[int]]:
    """What the names in a query stand for, among what the person may see; one question for each kind of name."""
    named: dict[str, list[Operator]] = {}
    for leaf in leaves(tree):
        if isinstance(leaf, Operator):
            named.setdefault(leaf.name, []).append(leaf)
    found: dict[Operator, list[int]] = {}
    for name, understand in (("space", _spaces), ("author", _people), ("tag", _tags), ("links-to", _items)):
        if name in named:
            found |= understand(named[name], person)
    return found


def _is_meagre(found: Found) -> bool:
    return found.asked.has_words and (
        found.total < retrieval.ENOUGH or (found.width.least == 1 and len(found.asked.weighty) > 1)
    )


def _spaces(operators: Iterable[Operator], person: Any) -> dict[Operator, list[int]]:
    seen = sight.of(person).spaces.values()
    return {operator: [s.pk for s in seen if fold(operator.value) in (s.slug, fold(s.name))] for operator in operators}


def _people(operators: Sequence[Operator], viewer: Any) -> dict[Operator, list[int]]:
    values = {operator: operator.value.lstrip("@") for operator in operators}
    called = Q()
    for value in values.values():
        called |= (
            Q(handle=value.lower()) | Q(handle__contains=slugify(value) or value) | Q(name__unaccent__icontains=value)
        )
    people = list(Person.objects.visible_to(viewer).filter(called).order_by("pk")[: MOST_NAMED * len(values)])
    found = {}
    for operator, value in values.items():
        by_handle = [person.pk for person in people if person.handle == value.lower()]
        found[operator] = by_handle or [person.pk for person in people if is_called(person, value)]
    return found


def is_called(person: Person, value: str) -> bool:
    """Whether a handle or a name holds what was said, accents and case aside."""
    handle = slugify(value)
    return bool(handle and handle in person.handle) or fold(value) in fold(person.name)


def _tags(operators: Sequence[Operator], person: Any) -> dict[Operator, list[int]]:
    keys = {operator: key_of(operator.value) for operator in operators}
    tags = Tag.objects.called(set(keys.values()))
    return {operator: [tags[key].pk] if key in tags else [] for operator, key in keys.items()}


def _items(operators: Sequence[Operator], person: Any) -> dict[Operator, list[int]]:
    """By number, by address or by any name the item has or had."""
    numbers = {operator: _number(operator.value) for operator in operators}
    names = {operator: fold(operator.value) for operator in operators if numbers[operator] is None}
    seen = Item.objects.visible_to(person)
    called = list(Name.objects.filter(key__in=names.values(), item__in=seen).values_list("key", "item"))
    there = set(seen.filter(pk__in=[n for n in numbers.values() if n]).values_list("pk", flat=True))
    return {
        operator: [number] if number in there else [pk for key, pk in called if key == names.get(operator)]
        for operator, number in numbers.items()
    }  # fmt: skip


def _number(value: str) -> int | None:
    match = re.fullmatch(r"(?:\S*/)?(\d{1,15})(?:-[^/]*)?/?", value)
    return int(match[1]) if match else None

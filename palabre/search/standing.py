"""Standing orders: which saved searches an item answers that has just changed.

The items of some events are put into an index of their own, in memory, with the schema, parser and analysers of the
real one; so no lag of that one loses anything. A standing order asks for all of its words (a page of results may show
what holds some of them): it is to interrupt somebody. Most items and most searches are set aside before that, by a look
at the words (`orders`), and some searches by what the small index holds.

An item answers once. What already answered before it changed is no news: the text before an edit, what was said before
a comment, the tags before one came stand in the small index too, under other numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from tantivy import Query, Searcher

from palabre.items import kinds
from palabre.items.models import Item, Revision
from palabre.items.names import fold
from palabre.journal.models import Event
from palabre.kit.clock import now
from palabre.people.models import Person
from palabre.search import analysis, asking, query
from palabre.search.bounds import bounds
from palabre.search.clauses import within
from palabre.search.engine import in_memory
from palabre.search.gathering import entries
from palabre.search.models import Answered, SavedSearch
from palabre.search.orders import Order, is_telling, possible, stems
from palabre.search.plan import Asked, Width
from palabre.search.query import And, Operator, Word
from palabre.search.schema import Entry, any_of
from palabre.spaces.models import Space
from palabre.spaces.readership import reading
from palabre.tags.keys import key_of
from palabre.tags.models import Tag

BEFORE = 1 << 40  # added to the number of an item: as it stood before
FIELDS = ("text", "more", "words", "title_words")
Found = dict[int, list[tuple[int, int]]]


def answered(events: Sequence[Event], items: Mapping[int, Item], orders: QuerySet[SavedSearch]) -> Found:
    """By event, the (search, person) whose item newly answers; kept, so that it is told once. In the caller's
    transaction. `items` are those of the events with their spaces; `orders` the searches whose owners want to hear."""
    telling: dict[int, Event] = {}
    for event in events:
        if event.item and event.item in items and event.meaning.changes_text and event.meaning.concerns:
            telling.setdefault(event.item, event)
    asked = _asked(orders)
    if not telling or not asked:
        return {}
    stood = {entry.id: entry for entry in entries(list(telling))}
    able, asked = possible(stood.values(), asked)
    if not able:
        return {}
    stood = {pk: stood[pk] for pk in able}
    before = dict(_before(telling, stood))
    batch = Batch([*stood.values(), *before.values()], asked)
    pairs = {(order.pk, pk): order.person for order in asked for pk in batch.answers(order)}
    news = {
        (search, pk): person
        for (search, pk), person in pairs.items()
        if pk < BEFORE and (search, pk + BEFORE) not in pairs
    }
    return _kept(news, telling, items)


def _kept(news: Mapping[tuple[int, int], int], telling: Mapping[int, Event], items: Mapping[int, Item]) -> Found:
    """Of what is news, that whose owner may read it now, once."""
    people: dict[Any, set[int]] = defaultdict(set)
    for (_search, pk), person in news.items():
        people[items[pk].space].add(person)
    may = reading(people)
    told = [(search, pk) for (search, pk), person in news.items() if (items[pk].space_id, person) in may]
    known = set(
        Answered.objects.filter(search__among=[s for s, _ in told], item__among=[pk for _, pk in told]).values_list(
            "search", "item"
        )
    )
    fresh = sorted(set(told) - known)
    Answered.objects.bulk_create([Answered(search_id=s, item_id=pk) for s, pk in fresh], ignore_conflicts=True)
    found: Found = defaultdict(list)
    for search, pk in fresh:
        found[telling[pk].pk].append((search, news[search, pk]))
    return found


def _asked(orders: QuerySet[SavedSearch]) -> list[Order]:
    rows = list(orders.order_by("pk").values_list("pk", "person", "text", "choice"))
    slugs = {slug for *_row, choice in rows for slug in choice.get("space", ())}
    spaces = dict(Space.objects.filter(slug__in=slugs).values_list("slug", "pk")) if slugs else {}
    return [
        Order(pk, person, _parsed(text), {name: _values(name, chosen, spaces) for name, chosen in choice.items()})
        for pk, person, text, choice in rows
    ]


def _values(name: str, chosen: Sequence[str], spaces: Mapping[str, int]) -> list[Any]:
    """What was ticked, as the index knows it; what there is no more is nothing's value."""
    if name == "space":
        return [spaces.get(slug, 0) for slug in chosen]
    return list(chosen) if name == "kind" else [int(value) for value in chosen]


@lru_cache(maxsize=4096)
def _parsed(text: str) -> And:
    return query.parse(text)


def _before(telling: Mapping[int, Event], stood: Mapping[int, Entry]) -> Iterator[tuple[int, Entry]]:
    """How items stood before what happened to them; nothing for what has just appeared or come into sight."""
    versions = {pk: event.particulars["version"] - 1 for pk, event in telling.items() if "version" in event.particulars}
    revised = Revision.objects.filter(item__among=list(versions), number__among=list(set(versions.values())))
    texts = {
        pk: (title, body)
        for pk, number, title, body in revised.values_list("item", "number", "title", "body")
        if versions[pk] == number
    }
    for pk, entry in stood.items():
        told = telling[pk].particulars
        if pk in texts:
            title, body = texts[pk]
            yield pk, replace(entry, id=pk + BEFORE, title=title, text=body)
        elif told.get("comment"):
            yield pk, replace(entry, id=pk + BEFORE, more=())
        elif told.get("key"):
            came = Tag.objects.called([told["key"]]).get(told["key"])
            yield pk, replace(entry, id=pk + BEFORE, tags=[tag for tag in entry.tags if not came or tag != came.pk])


class Batch:
    """Some items as a small index, and what the names in searches mean among them."""

    def __init__(self, stood: Sequence[Entry], orders: Sequence[Order]) -> None:
        self._searcher: Searcher = in_memory(stood)
        self._holds: dict[str, bool] = {}
        self._kinds = {entry.kind for entry in stood}
        self._number = max(1, len(stood))
        named: dict[str, set[Operator]] = defaultdict(set)
        for order in orders:
            for leaf in query.leaves(order.tree):
                if isinstance(leaf, Operator):
                    named[leaf.name].add(leaf)
        self._meanings = dict(_meant(stood, named))
        self._values: dict[str, set[Any]] = {
            "kind": self._kinds,
            "space": {entry.space for entry in stood},
            "author": {entry.author for entry in stood},
            "tag": {tag for entry in stood for tag in entry.tags},
        }

    def answers(self, order: Order) -> list[int]:
        """The numbers of those that answer."""
        if not self._may_answer(order):
            return []
        asked = Asked(order.tree, meanings=self._meanings | _links(order), now=now())
        width = Width(max(1, len(asked.weighty)), finely=False)
        sought = Query.all_query() if asked.empty else asked.matching(width, self._searcher)
        narrow = [any_of(name, values) for name, values in order.choice.items() if name in self._values and values]
        hits = self._searcher.search(within(sought, bounds(self._searcher, None), (), narrow), self._number).hits
        return [int(pk or 0) for pk in self._searcher.fast_field_values("id", [place for _score, place in hits])]

    def _may_answer(self, order: Order) -> bool:
        """Whether anything here holds each of its words and each of its values; a cheap look that refuses most."""
        for name, values in order.choice.items():
            if values and name in self._values and self._values[name].isdisjoint(values):
                return False
        for node in order.tree.nodes:
            if isinstance(node, Word) and not node.prefix and not all(map(self._held, analysis.pieces(node.text))):
                return False
            if isinstance(node, Operator) and not self._meant_here(node):
                return False
        return True

    def _meant_here(self, node: Operator) -> bool:
        if node.name == "kind":
            return (kinds.called(node.value) or node.value) in self._kinds
        if node.name in ("space", "author", "tag"):
            return bool(self._meanings.get(node))
        return True

    def _held(self, piece: str) -> bool:
        if piece not in self._holds:
            self._holds[piece] = not is_telling(piece) or any(
                self._searcher.doc_freq(name, stem) for stem in stems(piece) for name in FIELDS
            )
        return self._holds[piece]


def _meant(stood: Sequence[Entry], named: Mapping[str, Iterable[Operator]]) -> Iterator[tuple[Operator, list[int]]]:
    """What the names of spaces, people and tags mean among these items: each is asked once for all searches."""
    if spaces := named.get("space"):
        here = Item.objects.filter(pk__among=[entry.id % BEFORE for entry in stood]).order_by()
        known = list(here.values_list("space", "space__slug", "space__name").distinct())
        for operator in spaces:
            yield operator, [pk for pk, slug, name in known if fold(operator.value) in (slug, fold(name))]
    if authors := named.get("author"):
        people = list(Person.objects.filter(pk__among=list({entry.author for entry in stood})))
        for operator in authors:
            value = operator.value.lstrip("@")
            exact = [person.pk for person in people if person.handle == value.lower()]
            yield operator, exact or [person.pk for person in people if asking.is_called(person, value)]
    if tags := named.get("tag"):
        keys = {operator: key_of(operator.value) for operator in tags}
        called = Tag.objects.called(set(keys.values()))
        borne = {tag for entry in stood for tag in entry.tags}
        for operator, key in keys.items():
            yield operator, [called[key].pk] if key in called and called[key].pk in borne else []


def _links(order: Order) -> dict[Operator, list[int]]:
    """What `links-to:` means to the owner of the search, who may see it or not."""
    wanted = [leaf for leaf in query.leaves(order.tree) if isinstance(leaf, Operator) and leaf.name == "links-to"]
    owner = Person.objects.filter(pk=order.person).first() if wanted else None
    return asking.meanings(And(tuple(wanted)), owner) if owner else {}

"""Whatever people write, follow, mute and lose sight of: each hears of all that concerns them, once, for the right
reason, and of nothing else. An oracle written the slow way, person by person, says what that is."""

from collections.abc import Iterator
from random import Random
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.authoring.writing import publish
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.signals import filling, hearing
from palabre.signals.models import Entry, Follow, Level, Signal
from palabre.spaces.models import Role
from palabre.tags.models import Tag
from palabre.talk.models import Comment

PEOPLE, SPACES, TAGS, KINDS = (
    ("awa", "marc", "grace", "tidiane"),
    ("maison", "reseau"),
    ("fibre", "débit"),
    ("page", "post"),
)
HEARD = ("published", "commented")


def story(chance: Random) -> Iterator[tuple]:
    """What happens in one world: follows and texts first, then all that may happen, comments most of all."""

    def some(of, most=2):
        return chance.sample(of, chance.randint(0, most))

    def step(name):
        who, where = chance.choice(PEOPLE), chance.choice(SPACES)
        return {
            "write": (who, where, chance.choice(KINDS), some(TAGS), some(PEOPLE)),
            "say": (who, chance.randint(0, 4), chance.random() < 0.4, some(PEOPLE)),
            "follow": (who, chance.choice(["space", "kind", "tag", "author"]), chance.randint(0, 1)),
            "hear": (who, chance.randint(0, 4), chance.choice(Level.values)),
            "leave": (chance.choice(["awa", "grace"]), where),
            "enter": (chance.choice(["awa", "grace"]), where),
        }[name]

    often = ["say"] * 6 + ["hear"] * 3 + ["write", "follow", "leave", "enter"]
    names = ["follow"] * 5 + ["write"] * 3 + chance.choices(often, k=20)
    yield from ((name, *step(name)) for name in names)


class Told:
    """What is expected, kept beside what is done."""

    def __init__(self, world: SimpleNamespace) -> None:
        self.world, self.items, self.said = world, [], {}
        self.levels: dict[tuple[str, int], str] = {}
        self.followed: set[tuple[str, str, object]] = set()
        self.expected: dict[tuple[str, int], str] = {}
        self.known = set(Event.objects.values_list("pk", flat=True))

    def person(self, key):
        return getattr(self.world, key)

    def sees(self, key, item):
        return Item.objects.visible_to(self.person(key)).filter(pk=item.pk).exists()

    def text(self, tags, named):
        return " ".join(["Texte.", *(f"#{tag}" for tag in tags), *(f"@{self.person(key).handle}" for key in named)])

    def write(self, by, where, kind, tags, named):
        space = self.world.spaces[where]
        item = publish(kind, space, self.person(by), f"Titre {len(self.items)}", self.text(tags, named))
        self.items.append(item)
        event = self.event("published")
        for key in PEOPLE:
            if key == by or not self.sees(key, item):
                continue
            follows = {(what, value) for who, what, value in self.followed if who == key}
            reasons = [
                ("mentioned", key in named),
                ("follow.person", ("author", by) in follows),
                ("follow.tag", any(("tag", tag) in follows for tag in tags)),
                ("follow.kind", ("kind", (where, kind)) in follows),
                ("follow.space", ("space", where) in follows),
            ]
            if reason := next((name for name, holds in reasons if holds), None):
                self.expected[key, event] = reason
                if reason == "mentioned":
                    self.levels.setdefault((key, item.pk), Level.ALL)
        self.levels.setdefault((by, item.pk), Level.ALL)

    def say(self, by, which, answering, named):
        item = self.items[which % len(self.items)] if self.items else None
        if item is None or not self.sees(by, item):
            return
        spoken = self.said.setdefault(item.pk, [])
        parent = spoken[-1] if answering and spoken else None
        comment = Comment.say(item, self.person(by), self.text([], named), parent=parent)
        spoken.append(comment)
        event = self.event("commented")
        answered = {parent.by_id, Comment.objects.get(pk=parent.opening).by_id} if parent else set()
        for key in PEOPLE:
            if key == by or not self.sees(key, item):
                continue
            level = self.levels.get((key, item.pk))
            reasons = [
                ("named", key in named),
                ("answered", self.person(key).pk in answered),
                ("author", item.author_id == self.person(key).pk),
                ("follow.item", level in (Level.ALL, Level.QUIET)),
            ]
            reason = next((name for name, holds in reasons if holds), None)
            if reason is None or level == Level.MUTED:
                continue
            if level == Level.PERSONAL and reason not in ("named", "answered"):
                continue
            self.expected[key, event] = reason
            if reason == "named":
                self.levels.setdefault((key, item.pk), Level.ALL)
        self.levels.setdefault((by, item.pk), Level.ALL)

    def follow(self, who, what, which):
        where, kind, tag = SPACES[which], KINDS[which], TAGS[which]
        author = [key for key in PEOPLE if key != who][which]
        thing, value = {
            "space": ({"space": self.world.spaces[where]}, where),
            "kind": ({"space": self.world.spaces[where], "kind": kind}, (where, kind)),
            "tag": ({"tag": next(iter(Tag.objects.made([tag]).values()))}, tag),
            "author": ({"author": self.person(author)}, author),
        }[what]
        Follow.objects.set(self.person(who), Level.ALL, **thing)
        self.followed.add((who, what, value))

    def hear(self, who, which, level):
        if self.items:
            item = self.items[which % len(self.items)]
            Follow.objects.set(self.person(who), level, item=item)
            self.levels[who, item.pk] = level

    def leave(self, who, where):
        space = self.world.spaces[where]
        space.memberships.filter(person=self.person(who)).exclude(role=Role.STEWARD).delete()

    def enter(self, who, where):
        self.world.spaces[where].memberships.get_or_create(person=self.person(who), defaults={"role": Role.CONTRIBUTOR})

    def event(self, verb):
        fresh = Event.objects.exclude(pk__in=self.known).order_by("pk")
        events = list(fresh)
        filling.tell(events)
        self.known |= {event.pk for event in events}
        return next(event.pk for event in events if event.verb == verb)


@pytest.mark.django_db
@settings(max_examples=25)
@given(seed=st.integers(0, 2**32))
def test_each_hears_all_that_concerns_them_once_and_nothing_else(world, seed):
    with transaction.atomic():
        told = Told(world)
        for step, *arguments in story(Random(seed)):
            getattr(told, step)(*arguments)
        people = {told.person(key).pk: key for key in PEOPLE}
        heard = Signal.objects.filter(verb__in=HEARD, item__in=[item.pk for item in told.items])
        found = [
            (people[who], event, why)
            for who, event, why in heard.values_list("person", "event", "reason")
            if who in people
        ]
        assert len({(who, event) for who, event, _ in found}) == len(found)
        assert {(who, event): why for who, event, why in found} == told.expected
        entries = set(Entry.objects.filter(item__in=[item.pk for item in told.items]).values_list("person", "item"))
        assert {entry for entry in entries if entry[0] in people} == {
            (person, item) for person, item in heard.values_list("person", "item") if person in people
        }
        transaction.set_rollback(True)


class Untold(Told):
    """The same things happen, and nobody is told yet."""

    def event(self, verb):
        return Event.objects.filter(verb=verb).latest("pk").pk


def reached():
    """Every signal and entry there is, without the numbers that the database gives."""
    signals = Signal.objects.values_list("person", "event", "reason", "follow__author", "loud", "addressed")
    entries = Entry.objects.values_list("person", "item", "space", "event", "at", "unread", "loud", "seen")
    return sorted(signals, key=str), sorted(entries, key=str)


@pytest.mark.django_db
@settings(max_examples=15)
@given(seed=st.integers(0, 2**32))
def test_many_events_told_together_or_in_parts_reach_whom_they_reach_one_by_one(world, monkeypatch, seed):
    with transaction.atomic():
        untold = Untold(world)
        for step, *arguments in story(Random(seed)):
            getattr(untold, step)(*arguments)
        events = list(Event.objects.exclude(pk__in=untold.known).order_by("pk"))
        with transaction.atomic():
            for event in events:
                filling.tell([event])
            one_by_one = reached()
            transaction.set_rollback(True)
        with transaction.atomic():
            filling.tell(events)
            assert reached() == one_by_one
            transaction.set_rollback(True)
        with monkeypatch.context() as few:
            few.setattr(hearing, "PEOPLE", 4)
            few.setattr(filling, "SIGNALS", 6)
            filling.tell(events)
        assert reached() == one_by_one
        transaction.set_rollback(True)

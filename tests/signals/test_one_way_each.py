"""Whatever people do, and wherever they are: each signal goes out by one way, once, or need not.

Random worlds run through days: people come and go, devices appear and vanish, a process dies in the middle of a
decision, a service gives a signal back. What each way was given is noted as it is given; afterwards nothing may be
missing, nothing told twice, and whatever was carried by nothing must have been seen, muted or out of sight.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.authoring import lifecycle
from palabre.authoring.writing import publish
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.people.attention import Attention
from palabre.people.models import Session
from palabre.signals import carrying, filling, ways
from palabre.signals.models import Carried, Entry, Follow, Level, Signal
from palabre.spaces.models import Role
from palabre.talk.models import Comment

BEGIN = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
PEOPLE = ("awa", "marc", "grace", "coumba")
SPACES = ("maison", "reseau")


class Crash(Exception):
    pass


class Days:
    """One world and its hours; `given` is what each way was handed, kept only when the decision stood."""

    def __init__(self, world, monkeypatch, chance):
        self.world, self.chance, self.at = world, chance, BEGIN
        self.devices, self.given, self.items, self.dies = set(), [], [], False
        self.excused = set()  # signals that, at some moment since they came, were seen, muted or out of sight
        self.told = set(Event.objects.values_list("pk", flat=True))
        monkeypatch.setattr(carrying, "now", lambda: self.at)
        for name, reach in (("push", lambda people: self.devices), ("mail", set)):
            monkeypatch.setitem(ways._offered, name, ways.Way(name, reach, self.taking(name)))
        Signal.objects.all().delete()
        for key in PEOPLE:
            Session.objects.filter(person=getattr(world, key)).delete()

    def taking(self, name):
        def take(signals):
            if self.dies:
                raise Crash
            assert not any(self.needs_nothing(signal) for signal in signals)
            self.given += [(name, signal.pk) for signal in signals]

        return take

    def someone(self):
        return getattr(self.world, self.chance.choice(PEOPLE))

    def some_item(self):
        return self.chance.choice(self.items) if self.items else None

    def write(self):
        by, others = self.someone(), self.chance.sample(PEOPLE, 2)
        named = " ".join(f"@{getattr(self.world, key).handle}" for key in others if self.chance.random() < 0.4)
        space = self.world.spaces[self.chance.choice(SPACES)]
        self.items.append(publish("page", space, by, f"Titre {len(self.items)}", f"Texte. {named}"))

    def say(self):
        item, by = self.some_item(), self.someone()
        if item and Item.objects.visible_to(by).filter(pk=item.pk).exists():
            named = f"@{self.someone().handle}" if self.chance.random() < 0.5 else ""
            Comment.say(item, by, f"Une remarque. {named}")

    def follow(self):
        Follow.objects.set(self.someone(), Level.ALL, space=self.world.spaces[self.chance.choice(SPACES)])

    def mute(self):
        if item := self.some_item():
            person = self.someone()
            level = self.chance.choice([Level.MUTED, Level.PERSONAL, Level.ALL])
            Follow.objects.set(person, level, item=item)

    def read(self):
        if item := self.some_item():
            Entry.objects.filter(person=self.someone(), item=item).see(10**12)

    def come(self):
        person = self.someone()
        if not Session.objects.filter(person=person).update(seen_at=self.at):
            until = BEGIN + timedelta(days=99)
            Session.objects.create(session_key=f"of-{person.pk}", person=person, expire_date=until, seen_at=self.at)

    def device(self):
        self.devices ^= {self.someone().pk}

    def leave(self):
        space, person = self.world.spaces["reseau"], self.someone()
        space.memberships.filter(person=person).exclude(role=Role.STEWARD).delete()

    def enter(self):
        row = {"role": Role.CONTRIBUTOR}
        self.world.spaces["reseau"].memberships.get_or_create(person=self.someone(), defaults=row)

    def trash(self):
        if (item := self.some_item()) and self.chance.random() < 0.2:
            lifecycle.trash(item, item.author)
            self.items.remove(item)

    def die(self):
        """The process that decides is killed while it hands over; the next one decides again."""
        self.excuse()
        self.dies = True
        try:
            with transaction.atomic():
                carrying.carry()
        except Crash:
            pass
        self.dies = False

    def give_back(self):
        if pushed := [pk for name, pk in self.given if name == "push"][-1:]:
            carrying.give_back(pushed, Carried.PUSH)
            if Signal.objects.filter(pk=pushed[0], carried="").exists():
                self.given.remove(("push", pushed[0]))

    def digest(self, people=1):
        self.excuse()
        for _ in range(people):
            self.taking("digest")(carrying.gather(self.someone()))

    def tell(self, events):
        filling.tell(events)

    def pass_time(self):
        events = list(Event.objects.exclude(pk__in=self.told).order_by("pk"))
        self.tell(events)
        self.told.update(event.pk for event in events)
        fresh = Signal.objects.filter(event__in=[event.pk for event in events])
        fresh.update(at=self.at)
        fresh.filter(due_at__isnull=False).update(due_at=self.at)
        self.at += timedelta(minutes=self.chance.choice([1, 4, 30, 300, 900]))
        self.excuse()
        carrying.carry()

    def excuse(self):
        waiting = Signal.objects.filter(carried="").exclude(pk__in=self.excused)
        waiting = waiting.select_related("person", "item__space", "item__parent")
        self.excused |= {each.pk for each in waiting if self.needs_nothing(each)}

    @staticmethod
    def needs_nothing(signal):
        """Whether its person has limited, lost or seen what it is about, or was here since: asked the slow way."""
        about = {"person": signal.person, "item": signal.item_id}
        levels = Follow.objects.filter(**about).values_list("level", flat=True)
        return (
            Level.MUTED in levels
            or (Level.PERSONAL in levels and not signal.addressed)
            or Entry.objects.filter(seen__gte=signal.event, **about).exists()
            or Session.objects.filter(person=signal.person, seen_at__gt=signal.at + carrying.LATER).exists()
            or not Item.objects.visible_to(signal.person).filter(pk=signal.item_id).exists()
        )

    def end(self):
        """Weeks pass in which nobody does anything but read their digests."""
        self.pass_time()
        self.at += timedelta(days=30)
        self.excuse()
        carrying.carry()
        for person in {signal.person for signal in Signal.objects.select_related("person")}:
            self.taking("digest")(carrying.gather(person))


STEPS = ["write"] * 2 + ["say"] * 5 + ["pass_time"] * 5 + ["come"] * 2 + [
    "follow", "mute", "read", "device", "leave", "enter", "trash", "die", "give_back", "digest",
]  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=20)
@given(seed=st.integers(0, 2**32))
def test_each_signal_goes_out_by_one_way_once_or_need_not(world, monkeypatch, seed):
    with transaction.atomic(), monkeypatch.context() as patched:
        chance = Random(seed)
        days = Days(world, patched, chance)
        Attention.objects.create(person=world.marc, interruptions=chance.choice([0, 1, 3]))
        for step in ["follow", "follow", "write", "write", "device", *chance.choices(STEPS, k=45)]:
            getattr(days, step)()
        days.end()
        by = {signal.pk: signal.carried for signal in Signal.objects.all()}
        assert "" not in by.values()
        assert Counter(pk for _way, pk in days.given).most_common(1)[0][1] == 1 if days.given else True
        assert {(way, pk) for pk, way in by.items() if way in ("push", "mail", "digest")} == set(days.given)
        silent = {pk for pk, way in by.items() if way in (Carried.LIVE, Carried.NONE)}
        assert silent <= days.excused
        transaction.set_rollback(True)

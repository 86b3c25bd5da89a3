"""For every reason that a room knows: each hears of what concerns them once, and it goes out by one way, or need not.

Everything that can be recorded and concerns somebody is recorded about what the demo world holds, in any order, while
people follow, mute, come and go, read, lose sight of things and find them again. What each should hear is said the slow
way, event by event and person by person; and at the end every role and every follow has been somebody's reason.
"""

from collections import Counter, defaultdict
from functools import cache
from random import Random

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.consultations.models import Seat
from palabre.conversations.models import Outcome
from palabre.decisions.models import Decision
from palabre.items import kinds
from palabre.items.models import Item
from palabre.journal import concerning, verbs
from palabre.journal.models import Event
from palabre.journal.recording import event, record
from palabre.people.models import Person, Session
from palabre.rules.models import Challenge
from palabre.search.models import SavedSearch
from palabre.signals import carrying, filling
from palabre.signals.models import Carried, Entry, Follow, Level, Signal, Why
from palabre.spaces.models import Membership, Role, Space
from palabre.tags.models import Tag, Tagging
from palabre.talk.models import Comment
from tests.signals.test_one_way_each import Days

OF = {verb.name: kind.name for kind in kinds.every() for verb in kind.verbs}
NOWHERE = {"administrators": "", "stewards": "space", "person": "space", "webhook_keeper": "space"}
RANK = (Why.ITEM, Why.PERSON, Why.TAG, Why.KIND, Why.SPACE)  # a search has an oracle of its own
OF_A_TAG = {"tagged", "question_put"}  # what these say is said of that tag alone
LEVELS = [Level.ALL] * 3 + [Level.MUTED]


def concerning_somebody():
    return [verb for name in verbs.names() if (verb := verbs.get(name)).concerns]


class Everything(Days):
    """The days of all whom the demo world knows. `met` are the reasons that were somebody's so far; `expected` says
    who is to hear of each event, and why."""

    def __init__(self, world, monkeypatch, chance, met):
        super().__init__(world, monkeypatch, chance)
        self.met, self.expected, self.gone, self.verbs = met, {}, [], concerning_somebody()
        self.event_of = cache(lambda signal: Event.objects.get(pk=signal.event))  # nothing changes in the journal
        self.people = list(Person.objects.with_account().filter(is_bot=False).order_by("pk"))
        self.tags = list(Tag.objects.order_by("pk"))
        self.items = list(Item.objects.filter(state="published").select_related("space", "author").order_by("pk"))
        self.by_kind = defaultdict(list)
        for item in self.items:
            self.by_kind[item.kind].append(item)
        self.devices = {person.pk for person in self.chance.sample(self.people, 12)}  # the others read their digests
        Session.objects.filter(person__in=self.people).delete()
        SavedSearch.objects.all().delete()
        self.take_part()

    def someone(self):
        return self.chance.choice(self.people)

    def take_part(self):
        """The parts that people have in things, of which the stories tell least."""
        for consultation in self.by_kind["consultation"]:
            for person in self.chance.sample(self.people, 4):
                asked = self.chance.random() < 0.5
                given = {"asked": asked, "done": not asked}
                Seat.objects.update_or_create(consultation_id=consultation.pk, person=person, defaults=given)
        for item in self.chance.sample(self.items, 20):
            comment = self.chance.choice(list(Comment.objects.standing().order_by("pk")[:200]))
            Outcome.objects.get_or_create(comment=comment, item=item, defaults={"by": item.author})
        for idea in self.by_kind["idea"]:
            Comment.say(idea, self.someone(), "Une remarque.")
        for question in self.by_kind["question"]:
            for person in self.people[::3]:
                question.question.wait_for(question.author, person=person)
        Decision.objects.filter(stage="open").update(pinned=99)  # changed in substance since whoever voted did
        self.told.update(Event.objects.values_list("pk", flat=True))

    def happen(self):
        """Something is recorded: of some that might be, what brings a reason that nobody had yet."""
        unmet = {*concerning._roles, *(["watchers"] if {*RANK} - {*self.met} else [])} - {*self.met}
        wanted = [verb for verb in self.verbs if unmet & {*verb.concerns}]
        verb = self.chance.choice(wanted if wanted and self.chance.random() < 0.7 else self.verbs)
        told = self.possible(verb)
        for _ in range(100 if verb in wanted else 0):
            if self.reasons(event(verb.name, **told)) - {*self.met}:
                break
            told = self.possible(verb)
        record(verb.name, **told)

    def reasons(self, happening):
        roles = concerning.concerned([happening])[happening.pk].values()
        item = next((each for each in self.items if each.pk == happening.item), None)
        return {role.name for role in roles} | {why for why, _ in (self.following(happening, item) if item else ())}

    def possible(self, verb):
        """With all that a verb, or a role in it, may look for."""
        where = self.chance.choice([NOWHERE[name] for name in verb.concerns if name in NOWHERE] or [None])
        told = {"by": self.someone(), "people": [self.someone().pk], "asker": self.someone().pk}
        if "versed" not in verb.concerns or self.chance.random() < 0.3:
            told["person"] = self.someone()
        if where is None or verb.name in OF:
            item = self.chance.choice(self.by_kind[OF[verb.name]] if verb.name in OF else self.items)
            told |= {"item": item, "space": item.space_id} | self.named(item, verb)
        elif where:
            told["space"] = self.chance.choice(list(Space.objects.named().order_by("pk")))
        return told

    def named(self, item, verb):
        challenges = Challenge.objects.filter(rule=item.pk)
        found = {
            name: self.chance.choice(list(rows.order_by("pk").values_list("pk", flat=True)) or [None])
            for name, rows in (("comment", item.comments), ("answer", item.children), ("challenge", challenges))
        }
        found["mentions"] = [self.someone().handle]
        if "hoping" in verb.concerns:
            found["after"] = [self.some_item().pk]
        if verb.name in OF_A_TAG:
            followed = {*Follow.objects.filter(tag__isnull=False).values_list("tag", flat=True)}
            found["key"] = self.chance.choice([tag for tag in self.tags if tag.pk in followed] or self.tags).key
        return found

    def digest(self):
        super().digest(4)

    def say(self):
        item, by = self.some_item(), self.someone()
        if Item.objects.visible_to(by, apart=True).filter(pk=item.pk).exists():
            Comment.say(item, by, f"Une remarque pour @{self.someone().handle}.")

    def follow(self):
        item = self.some_item()
        things = [
            {"item": item},
            {"space": item.space},
            {"space": item.space, "kind": item.kind},
            {"author": item.author},
            {"tag": self.chance.choice(self.tags)},
        ]
        Follow.objects.set(self.someone(), self.chance.choice(LEVELS), **self.chance.choice(things))

    def leave(self):
        self.gone.append(self.chance.choice(list(Membership.objects.exclude(role=Role.STEWARD).order_by("pk"))))
        Membership.objects.filter(pk=self.gone[-1].pk).delete()

    def enter(self):
        if self.gone:
            row = self.gone.pop()
            Membership.objects.get_or_create(space=row.space, person=row.person, defaults={"role": row.role})

    def tell(self, events):
        for each in events:
            heard = self.hearing(each)
            self.expected |= {(person, each.pk): why for person, why in heard.items()}
            self.met.update(heard.values())
            filling.tell([each])

    def hearing(self, event):
        """Who is to hear of it, and why: asked of each by themselves."""
        if not event.meaning.concerns or event.particulars.keys() & filling.HUSHED:
            return {}
        item = Item.objects.select_related("space", "parent").filter(pk=event.item).first() if event.item else None
        if event.item and (item is None or not item.is_readable):
            return {}
        roles = concerning.concerned([event])[event.pk]
        reasons = {person: role.name for person, role in roles.items()}
        for why, person in sorted(self.following(event, item) if item else (), key=lambda each: RANK.index(each[0])):
            reasons.setdefault(person, why)
        return {
            person.pk: reasons[person.pk]
            for person in self.people
            if person.pk in reasons
            and person.pk != event.by
            and self.may_know(person, event, item, reasons[person.pk])
            and self.wants(person, event, item, person.pk in roles and roles[person.pk].personal)
        }

    def following(self, event, item):
        concerns, told = event.meaning.concerns, event.particulars
        borne = set(Tagging.objects.filter(item=item).values_list("tag__key", flat=True))
        for each in Follow.objects.heard().select_related("tag"):
            if each.item_id:
                if "followers" in concerns and each.item_id in (item.pk, *told.get("after", ())):
                    yield Why.ITEM, each.person_id
            elif "watchers" not in concerns:
                continue
            elif each.tag_id:
                if each.tag.key in ({told["key"]} if "key" in told else borne):
                    yield Why.TAG, each.person_id
            elif "key" in told:
                continue
            elif each.author_id == item.author_id:
                yield Why.PERSON, each.person_id
            elif each.space_id == item.space_id and each.kind == item.kind:
                yield Why.KIND, each.person_id
            elif each.space_id == item.space_id and not each.kind and not item.kind_of.within:
                yield Why.SPACE, each.person_id

    @staticmethod
    def may_know(person, event, item, reason):
        if item:
            return Item.objects.visible_to(person, apart=True).filter(pk=item.pk).exists()
        if not event.space:
            return person.is_admin or reason == "person"
        known = [Space.objects.visible_to(person)]
        known += [Space.objects.askable_by(person)] if event.person == person.pk else []
        return any(spaces.filter(pk=event.space).exists() for spaces in known)

    @staticmethod
    def wants(person, event, item, addressed):
        mine = Follow.objects.filter(person=person)
        if item is None:
            levels = mine.filter(item=None, tag=None, author=None, space=event.space, kind="itself")
            return Level.MUTED not in levels.values_list("level", flat=True)
        whole = item.parent if item.kind_of.within else None
        own, its = (mine.filter(item=each).values_list("level", flat=True).first() for each in (item, whole or 0))
        if Level.MUTED in (own, its):
            return False
        appears = whole and {"watchers", "followers"} <= set(event.meaning.concerns)
        if appears and (addressed or its or person.pk in (whole.author_id, whole.owner_id)):  # the whole tells them
            return False
        return addressed or own != Level.PERSONAL

    def needs_nothing(self, signal):
        """As for things, and for spaces and the house too; what costs most to know is asked last."""
        event, item = self.event_of(signal), signal.item
        if item and not item.is_readable:
            return True
        about = {"item": item} if item else {"item": None, "space": signal.space_id}
        return (
            Entry.objects.filter(person=signal.person, seen__gte=signal.event, **about).exists()
            or Session.objects.filter(person=signal.person, seen_at__gt=signal.at + carrying.LATER).exists()
            or not self.wants(signal.person, event, item, signal.addressed)
            or not self.may_know(signal.person, event, item, signal.reason)
        )


STEPS = ["happen"] * 18 + ["follow"] * 3 + ["say"] * 2 + ["pass_time"] * 6 + [
    "mute", "read", "come", "device", "leave", "enter", "die", "give_back", "digest", "digest",
]  # fmt: skip


def test_each_hears_once_for_every_reason_that_a_room_knows(demo_world, monkeypatch):
    met = Counter()

    @settings(max_examples=3, derandomize=True, database=None)
    @given(seed=st.integers(0, 2**32))
    def holds(seed):
        with transaction.atomic(), monkeypatch.context() as patched:
            chance = Random(seed)
            days = Everything(demo_world, patched, chance, met)
            for step in ["follow"] * 24 + chance.choices(STEPS, k=80):
                getattr(days, step)()
            days.end()
            people = [person.pk for person in days.people]
            heard = Signal.objects.filter(person__in=people).values_list("person", "event", "reason")
            assert sorted({*heard} ^ {(*key, why) for key, why in days.expected.items()}) == []
            ways = dict(Signal.objects.values_list("pk", "carried"))
            assert "" not in ways.values()
            assert len(days.given) == len({pk for _way, pk in days.given})
            assert {(way, pk) for pk, way in ways.items() if way in ("push", "mail", "digest")} == set(days.given)
            assert {pk for pk, way in ways.items() if way in (Carried.LIVE, Carried.NONE)} <= days.excused
            transaction.set_rollback(True)

    holds()
    assert sorted({*concerning._roles, *RANK} - {*met}) == []

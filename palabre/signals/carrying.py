"""Carrying: by which way each signal leaves the house, or that it need not, decided once for each.

Who is here sees it in the inbox. Who is absent is interrupted, on a device or by a letter, if what happened is worth it
and the attention they give allows; the rest waits for their digest, and says why. A burst about one thing goes out as
one. One process decides at a time, so that a day's number is kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Prefetch, QuerySet

from palabre.items.models import Item
from palabre.kit.clock import now
from palabre.people import attention
from palabre.people.attention import Attention, Use
from palabre.people.models import Person
from palabre.people.sessions import last_seen
from palabre.signals import currency, ways
from palabre.signals.models import Carried, Held, Signal, Why

SIGNALS = 1_000  # decided in one transaction, at most
HERE = timedelta(minutes=3)  # after which somebody who asks for no page is absent
PATIENCE = timedelta(seconds=30)  # that a signal waits for what else is about to be said of the same thing
LATER = timedelta(seconds=5)  # by which a page must be younger than a signal to have shown it
BURST = timedelta(hours=1)  # in which a thing interrupts once, unless somebody is addressed
LOCK = 7_312_022  # of PostgreSQL: who decides holds it

# How much a signal has to matter: that share of the day's number may be spent before it interrupts no more.
ADDRESSED, ONES_OWN = 1.0, 0.75
WORTH = {Why.ITEM: 0.6, Why.PERSON: 0.5, Why.TAG: 0.4, Why.SEARCH: 0.4, Why.KIND: 0.4, Why.SPACE: 0.3}


def worth(signal: Signal) -> float:
    """How much of the day's number may be spent before this one interrupts no more, from 0 to 1."""
    if signal.addressed:
        return ADDRESSED
    return WORTH.get(signal.reason, ONES_OWN)  # type: ignore[call-overload]


def carry() -> int:
    """Decides all that is due; returns how many signals that was. Who comes while another decides leaves it to them."""
    decided = 0
    while some := _some():
        decided += some
    return decided


@transaction.atomic
def _some() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
    moment = now()
    waiting = _with_things(Signal.objects.waiting().select_for_update()).prefetch_related("person")
    signals = list(waiting.filter(due_at__lte=moment).order_by("due_at")[:SIGNALS])
    if signals:
        _decide([*signals, *_of_the_burst(signals, waiting.filter(due_at__gt=moment, held=""))], moment)
    return len(signals)


def _of_the_burst(due: Sequence[Signal], young: QuerySet[Signal]) -> list[Signal]:
    """What was said of the same things to the same people while the first of it waited."""
    things = {(signal.person_id, signal.item_id) for signal in due if signal.item_id}
    if not things:
        return []
    people, items = ({thing[place] for thing in things} for place in (0, 1))
    about = young.filter(person__among=[*people], item__among=[*items])
    return [signal for signal in about if (signal.person_id, signal.item_id) in things]


def _with_things(signals: QuerySet[Signal]) -> QuerySet[Signal]:
    """Each thing is read once and not once for each signal: a thousand may be about one."""
    items = Item.objects.select_related("space").defer("body", "html", "outline")
    return signals.prefetch_related(Prefetch("item", items), "space")


def _keep(signals: Sequence[Signal]) -> None:
    """Writes what was decided of these."""
    values = {name: [getattr(signal, name) for signal in signals] for name in ("pk", *DECIDED)}
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, values)


DECIDED = ("carried", "carried_at", "due_at", "held")
# In one statement whose length does not grow with their number.
_KEEP = """
WITH decided AS (
    SELECT * FROM unnest(
        %(pk)s::bigint[], %(carried)s::text[], %(carried_at)s::timestamptz[], %(due_at)s::timestamptz[],
        %(held)s::text[]
    ) AS each (id, carried, carried_at, due_at, held)
)
UPDATE signals_signal AS kept
SET carried = decided.carried, carried_at = decided.carried_at, due_at = decided.due_at, held = decided.held
FROM decided WHERE kept.id = decided.id
"""


@dataclass
class Sending:
    """What is decided of some people's signals at one moment, and what that spends."""

    moment: datetime
    by_way: dict[str, list[Signal]] = field(default_factory=lambda: defaultdict(list))
    spent: list[tuple[int, str]] = field(default_factory=list)

    def carried(self, signals: Iterable[Signal], way: str) -> None:
        for signal in signals:
            signal.carried, signal.carried_at, signal.due_at = way, self.moment, None

    def send(self, signals: Sequence[Signal], way: str) -> None:
        self.carried(signals, way)
        for signal in signals:
            signal.held = ""
        self.by_way[way] += signals
        self.spent.append((signals[0].person_id, f"signal {signals[0].pk}"))

    def hold(self, signals: Iterable[Signal], why: str, until: datetime | None = None) -> None:
        for signal in signals:
            signal.held, signal.due_at = why, until


def _decide(signals: Sequence[Signal], moment: datetime) -> None:
    people = {signal.person_id: signal.person for signal in signals}
    seen, numbers = last_seen(people), Attention.of(people)
    spent = attention.spent(Use.INTERRUPTION, people, moment)
    reach = {name: way.reachable(people) for name in (Carried.PUSH, Carried.MAIL) if (way := ways.offered(name))}
    sending = Sending(moment)
    news = unseen(signals, seen, sending)
    told = currency.told_lately(news, seen, moment - BURST)
    for pk, group in groupby(sorted(news, key=lambda each: each.person_id), key=lambda each: each.person_id):
        mine, last = list(group), seen.get(pk)
        ways_to = [name for name, reached in reach.items() if pk in reached]
        if last and last + HERE > moment:
            sending.hold(mine, "", last + HERE)
        elif ends := numbers[pk].quiet_ends(moment, ZoneInfo(people[pk].time_zone)):
            sending.hold(mine, Held.HOURS, ends)
        else:
            _interrupt(mine, ways_to, numbers[pk].interruptions, spent[pk], told, sending)
    _keep(signals)
    attention.spend(Use.INTERRUPTION, sending.spent, moment)
    for name, some in sending.by_way.items():
        if way := ways.offered(name):
            way.send(some)


def _interrupt(
    signals: Sequence[Signal],
    ways_to: Sequence[str],
    most: int,
    spent: int,
    told: set[tuple[int, int]],
    sending: Sending,
) -> None:
    """Decides about what is new to one absent person, thing by thing, what matters most first."""
    things: dict[tuple[int | None, int | None], list[Signal]] = defaultdict(list)
    for signal in sorted(signals, key=lambda each: each.event):
        things[signal.item_id, None if signal.item_id else signal.space_id].append(signal)
    for some in sorted(things.values(), key=lambda each: -max(map(worth, each))):
        addressed = any(signal.addressed for signal in some)
        if most <= spent or spent / most >= max(map(worth, some)):
            sending.hold(some, Held.ENOUGH)
        elif not addressed and (some[0].person_id, some[0].item_id) in told:
            sending.hold(some, Held.SAID)
        elif Carried.PUSH in ways_to:
            sending.send(some, Carried.PUSH)
            spent += 1
        elif addressed and Carried.MAIL in ways_to:
            sending.send(some, Carried.MAIL)
            spent += 1
        else:
            sending.hold(some, Held.WAY)


def unseen(signals: Sequence[Signal], seen: dict[int, datetime], sending: Sending) -> list[Signal]:
    """Those that are news to their person still; of the others it is decided that nothing need carry them."""
    may, limited, read = currency.readable(signals), currency.limited(signals), currency.read(signals)
    news = []
    for signal in signals:
        last = seen.get(signal.person_id)
        if signal.pk not in may or signal.pk in limited:
            sending.carried([signal], Carried.NONE)
        elif signal.pk in read or (last and last > signal.at + LATER):
            sending.carried([signal], Carried.LIVE)
        else:
            news.append(signal)
    return news


@transaction.atomic
def gather(person: Person) -> list[Signal]:
    """What the digest of a person tells them now, oldest first; it is carried by that, and by nothing else."""
    signals = list(_with_things(Signal.objects.of(person).waiting().select_for_update()).order_by("event"))
    if not signals:
        return []
    sending = Sending(now())
    news = unseen(signals, last_seen([person.pk]), sending)
    sending.carried(news, Carried.DIGEST)
    _keep(signals)
    return news


def still_news(signals: Sequence[Signal]) -> list[Signal]:
    """Those that are still to be told at the last moment, when they go out; of the others it is kept why not."""
    sending = Sending(now())
    news = unseen(signals, last_seen({signal.person_id for signal in signals}), sending)
    kept = {signal.pk for signal in news}
    dropped = [signal for signal in signals if signal.pk not in kept]
    _keep(dropped)
    return news


def give_back(signals: Iterable[int], way: str) -> None:
    """What a way could not carry is decided anew, by primary key; what another carried since stays as it is."""
    Signal.objects.filter(pk__in=signals, carried=way).update(carried="", carried_at=None, due_at=now())


def see_off() -> int:
    """Who has been here since a signal came has had it in their inbox: nothing need carry it any more."""
    here = Person.objects.filter(sessions__isnull=False).order_by().values_list("pk", flat=True).distinct()
    done = 0
    for person, last in sorted(last_seen(list(here)).items()):
        shown = Signal.objects.filter(person=person, carried="", at__lt=last - LATER)
        done += shown.update(carried=Carried.LIVE, carried_at=now(), due_at=None)
    return done

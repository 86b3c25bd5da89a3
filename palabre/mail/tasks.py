"""Background work for mail: letters at once, and digests at the hour of each.

What a letter says is composed when it is sent, by what its person may see then. After a crash it may be handed over
twice, under the same Message-ID, which mail programs show once.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from palabre.kit.clock import now
from palabre.mail import letters
from palabre.mail.letters import Letter
from palabre.mail.models import Bounce, Choice, Rhythm, Stopped
from palabre.people.mail import is_sent, refused_for_good
from palabre.people.models import Person
from palabre.signals import carrying
from palabre.signals.models import Carried, Signal

log = logging.getLogger(__name__)

ATTEMPTS = 10
A_NIGHT = RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=3)
"""Tried again after 3, 9, 27 … seconds: some eight hours in all."""


def write(signals: Sequence[Signal]) -> None:
    """Puts letters on their way, in the caller's transaction: one for each person and thing."""
    things: dict[tuple[int, int | None, int | None], list[int]] = defaultdict(list)
    for signal in signals:
        things[signal.person_id, signal.item_id, None if signal.item_id else signal.space_id].append(signal.pk)
    for (person, _item, _space), keys in things.items():
        letter.defer(person=person, signals=keys)


@app.task(name="mail.letter", retry=A_NIGHT, pass_context=True)
def letter(context: JobContext, person: int, signals: list[int]) -> None:
    """Sends what is news still of some signals about one thing; what the mail server never takes waits for a digest."""
    to = Person.objects.with_account().filter(pk=person).first()
    kept = Signal.objects.filter(pk__in=signals, person=person, carried=Carried.MAIL)
    news = carrying.still_news(list(kept.select_related("item__space", "space").order_by("event")))
    if to is None or not news:
        return
    with letters.in_the_way_of(to):
        _send(letters.of_thing(to, news), context, [signal.pk for signal in news])


@app.task(name="mail.digest", retry=A_NIGHT, pass_context=True)
def digest(context: JobContext, person: int, moment: str) -> None:
    """Sends what was gathered for a person at a moment, as far as it is news still."""
    to = Person.objects.with_account().filter(pk=person).first()
    gathered = Signal.objects.filter(person=person, carried=Carried.DIGEST, carried_at=moment)
    news = carrying.still_news(list(gathered.select_related("item__space", "space").order_by("event")))
    if to is None or not news:
        return
    with letters.in_the_way_of(to):
        made = letters.digest(to, news, datetime.fromisoformat(moment))
        _send(made, context, [signal.pk for signal in news])


def _send(made: Letter | None, context: JobContext, signals: Sequence[int]) -> None:
    if made is None:
        return
    try:
        made.message().send()
    except OSError as error:
        if said := refused_for_good(error):  # nobody lives there: what it would have said stays in the inbox
            log.warning("The mail server refuses %s: %s", made.person.email, said)
            Stopped.stop(Bounce.objects.create(person=made.person, permanent=True, said=said[:300]))
            return
        if context.job and context.job.attempts + 1 >= ATTEMPTS:
            carrying.give_back(signals, Carried.MAIL)
        raise


@app.periodic(cron="*/5 * * * *")
@app.task(name="mail.digests", queueing_lock="mail.digests")
def digests(timestamp: int) -> None:
    """Gathers the digests that are due. Who has not chosen has one each morning."""
    if not is_sent():
        return
    for person in Person.objects.with_account().filter(letters=None, is_bot=False):
        Choice(person=person).plan()
    due = Choice.objects.filter(next_at__lte=now(), person__in=Person.objects.with_account().values("pk"))
    for pk in sorted(due.values_list("pk", flat=True)):
        _gather(pk)


@transaction.atomic
def _gather(person: int) -> None:
    """Puts one digest on its way, if there is something to say, and plans the next one."""
    locked = Choice.objects.select_for_update(of=("self",), skip_locked=True).select_related("person")
    choice = locked.filter(pk=person, next_at__lte=now()).exclude(digest=Rhythm.NEVER).first()
    if choice is None:
        return
    gathered = carrying.gather(choice.person)
    if gathered and (moment := gathered[0].carried_at):
        digest.defer(person=person, moment=moment.isoformat())
    choice.plan()

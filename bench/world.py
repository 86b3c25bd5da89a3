"""The world of the bench: 60 spaces, 10,000 items, and what the clients need to know, as JSON on standard output.

python -m bench.world fill | events NUMBER | settle | crowd | signals | disperse
"""

import json
import os
import random
import sys
import time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

from bench import polls
from bench.prose import Prose
from palabre.project.instance import instance

SPACES, ITEMS, TEXTS, BATCH = 60, 10_000, 200, 500
READ = 60  # different pages that are read
SAVERS = 4
CROWD, READERS = 10_000, 200


def fill() -> dict[str, Any]:
    """Fills an instance that holds the demo world."""
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from palabre.authoring.rendering import render
    from palabre.authoring.writing import Text, publish_all
    from palabre.items.models import Item
    from palabre.people.models import Person
    from palabre.spaces.models import Audience, Membership, Role, Space, Writing

    call_command("migrate", run_syncdb=True, verbosity=0)
    reader = Person.objects.get(handle="awa")
    writers = list(Person.objects.filter(handle__in=["awa", "marc", "coumba", "grace", "lea"]))
    spaces = [
        Space.objects.create(
            name=f"Space {number}",
            slug=f"space-{number}",
            audience=Audience.COMPANY if number % 3 else Audience.TEAM,
            writing=Writing.READERS,
            language="en",
        )
        for number in range(SPACES)
    ]
    Membership.objects.bulk_create(
        Membership(space=space, person=person, role=Role.CONTRIBUTOR) for space in spaces for person in writers
    )
    prose = Prose(1)
    choose = random.Random(2)  # noqa: S311
    titles = [f"{prose.title()} {number}" for number in range(ITEMS)]
    bodies = [prose.page(choose.sample(titles, 4)) for _ in range(TEXTS)]
    documents = [render(f"{body}\n", "en") for body in bodies]
    made: list[Item] = []
    for start in range(0, ITEMS, BATCH):
        texts = []
        for number in range(start, start + BATCH):
            which = number % TEXTS
            texts.append(
                Text(
                    kind="page",
                    space=spaces[number % SPACES],
                    by=writers[number % len(writers)],
                    title=titles[number],
                    body=bodies[which],
                    document=documents[which],
                    tags=prose.words(3),
                )
            )
        made += publish_all(texts, writers[0])
    _fill_floor(documents[0].html)
    polling = polls.begin(spaces, writers)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # else chance decides when, and with it how fast the floor is
    client = Client()
    client.force_login(reader)
    session = client.cookies["sessionid"].value
    read, written = made[-READ:], made[-READ - SAVERS : -READ]
    return {
        "session": session,
        "items": [item.get_absolute_url() for item in read],
        "spaces": [space.get_absolute_url() for space in spaces[:READ]],
        "queries": [" ".join(prose.words(2)) for _ in range(READ)],
        "saves": [
            {
                "pk": item.pk,
                "title": item.title,
                "body": item.body,
                "space": item.space.slug,
                "kind": item.kind,
                "address": item.get_absolute_url(),
            }
            for item in written
        ],
        "open": next(item.pk for item in written if item.space.audience == Audience.COMPANY),
        "rights": _taken_and_given(spaces[0], made[0], reader),
        "html": documents[0].html,
        **polling,
    }


def _taken_and_given(space: Any, item: Any, reader: Any) -> dict[str, Any]:
    """A steward who sees the reader out of a space and in again, and a page that is found there."""
    from django.test import Client

    from palabre.people.models import OPERATOR, Person
    from palabre.spaces.models import Role

    steward = Person.objects.get(handle="marc")
    space.welcome(steward, Role.STEWARD, OPERATOR)
    client = Client()
    client.force_login(steward)
    return {
        "session": client.cookies["sessionid"].value,
        "space": space.slug,
        "person": reader.pk,
        "handle": reader.handle,
        "address": item.get_absolute_url(),
        "query": f'"{item.title}"',
    }


def _fill_floor(html: str) -> None:
    from bench.floor.models import Row, Text

    texts = Text.objects.bulk_create(Text(title="A text", html=html[:6144]) for _ in range(1 + SAVERS))
    Row.objects.bulk_create(Row(text=texts[0], title=f"Row {number} of the list") for number in range(10_000))


def add_events(number: int) -> dict[str, Any]:
    """Edits, as many events as asked for."""
    from django.db import transaction

    from palabre.items.models import Item
    from palabre.journal.recording import event, record_many

    items = list(Item.objects.filter(kind="page").order_by("-pk")[:1000])
    for start in range(0, number, BATCH):
        with transaction.atomic():
            record_many(
                event("edited", item.author_id, item=item, space=item.space_id, version=1, before=item.title)
                for item in (items[each % len(items)] for each in range(start, min(start + BATCH, number)))
            )
    return {"events": number}


def crowd() -> dict[str, Any]:
    """A house of 10,000 people who follow one space, an inbox with as many things to read, and some who read along."""
    from django.db import connection
    from django.test import Client

    from palabre.items.models import Item
    from palabre.kit.clock import now
    from palabre.people.attention import Attention
    from palabre.people.models import Person, Side
    from palabre.signals.models import Entry, Follow
    from palabre.spaces.models import Membership, Space

    people = Person.objects.bulk_create(
        [
            Person(name=f"Follower {n}", handle=f"follower-{n}", email=f"f{n}@bench.example", side=Side.COMPANY)
            for n in range(CROWD)
        ],
        batch_size=1_000,
    )
    Attention.objects.bulk_create([Attention(person=each, interruptions=0) for each in people], batch_size=1_000)
    followed, other = Space.objects.get(slug="space-1"), Space.objects.get(slug="space-2")
    Follow.objects.bulk_create([Follow(person=each, space=followed) for each in people], batch_size=1_000)
    reader, empty = people[0], people[1]
    teams = Space.objects.filter(audience="team", nameless=False)
    Membership.objects.bulk_create([Membership(space=each, person=reader, role="reader") for each in teams])
    items = list(Item.objects.visible_to(reader).published().order_by("pk")[:CROWD])
    Entry.objects.filter(person__in=[reader, empty]).delete()
    Entry.objects.bulk_create(
        [
            Entry(person=reader, item=item, space_id=item.space_id, event=number, at=now(), loud=True)
            for number, item in enumerate(items, 1)
        ],
        batch_size=1_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE signals_entry")  # as PostgreSQL does by itself within a minute of so many new rows
    sessions = []
    for person in people[2 : 2 + READERS]:
        client = Client()
        client.force_login(person)
        sessions.append(client.cookies["sessionid"].value)
    keys = {}
    for name, person in (("full", reader), ("empty", empty)):
        client = Client()
        client.force_login(person)
        keys[name] = client.cookies["sessionid"].value
    return {"followed": followed.slug, "other": other.slug, "sessions": sessions, **keys, "entries": len(items)}


def signals() -> dict[str, Any]:
    """How many signals there are, and the second in which they were counted."""
    from palabre.signals.models import Signal

    number = Signal.objects.count()
    return {"signals": number, "at": time.monotonic()}


def disperse() -> dict[str, Any]:
    """The crowd follows nothing any more."""
    from palabre.signals.models import Follow, Level

    crowd = Follow.objects.filter(person__handle__startswith="follower-", space__slug="space-1")
    return {"gone": crowd.update(level=Level.MUTED)}


def settle() -> dict[str, Any]:
    """Waits until what runs in the background has done all there is to do; says for how many seconds."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from palabre.journal import following
    from palabre.signals.models import Place

    begun = time.monotonic()
    while True:
        here, place = following.settled(), Place.objects.first()
        told = place is not None and (place.xid, place.event) >= (here.xid, here.id)
        if told and not ProcrastinateJob.objects.filter(status__in=["todo", "doing"], scheduled_at=None).exists():
            return {"seconds": time.monotonic() - begun}
        time.sleep(0.5)


if __name__ == "__main__":
    with instance():
        match sys.argv[1]:
            case "fill":
                answer = fill()
            case "settle":
                answer = settle()
            case "crowd":
                answer = crowd()
            case "signals":
                answer = signals()
            case "disperse":
                answer = disperse()
            case _:
                answer = add_events(int(sys.argv[2]))
    json.dump(answer, sys.stdout)

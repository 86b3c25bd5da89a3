"""Feeds in tests: every list of the demo world, and a small server that subscribes."""

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from palabre.feeds import watching
from palabre.feeds.sources import FORMATS, Source
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.search import follower, house
from palabre.talk.models import Comment
from tests.kit.outside import outside_server


@pytest.fixture(scope="module")
def index(stories_told, tmp_path_factory, django_db_blocker):
    """The folder of an index of all that the demo world says."""
    folder = tmp_path_factory.mktemp("feeds")
    with django_db_blocker.unblock():
        follower.rebuild(house.Shelf(folder / "index"))
    return folder


@pytest.fixture
def sources(demo_world):
    """A source of each sort, all of which Marc may read."""
    talked = Comment.objects.visible_to(demo_world.marc).values_list("item", flat=True)
    item = Item.objects.visible_to(demo_world.marc).filter(pk__in=talked).order_by("pk").first()
    return [
        Source.of("new"),
        Source.of("space", slug="reseau"),
        Source.of("kind_in_space", slug="reseau", kind="pages"),
        Source.of("kind", kind="posts"),
        Source.of("tag", keys="fibre"),
        Source.of("person", pk=demo_world.coumba.pk),
        Source.of("comments", pk=item.pk),
        Source.of("search", [("q", "fibre"), ("kind", "page")]),
    ]


@pytest.fixture
def addresses(sources):
    return [(source.address(form), form) for source in sources for form in FORMATS]


@pytest.fixture
def jobs(db):
    """`jobs("feeds.deliver")` does what is asked for of that task, as the worker does it, and says how much that was;
    however late it is meant to be done."""

    def jobs(name):
        waiting = list(ProcrastinateJob.objects.filter(task_name=name, status="todo").order_by("pk"))
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = ANY(%s)", [[job.pk for job in waiting]])
        for job in waiting:
            app.tasks[name].func(**job.args)
        return len(waiting)

    return jobs


@pytest.fixture
def outside(settings):
    with outside_server() as server:
        settings.PALABRE_OUTBOUND_ALLOW = [server.host]
        yield server


@pytest.fixture
def happen(world):
    """`happen()` reads all that has happened since it was called last, as the worker does."""
    told = set(Event.objects.values_list("pk", flat=True))

    def happen():
        events = list(Event.objects.exclude(pk__in=told).order_by("pk"))
        watching.tell(events)
        told.update(event.pk for event in events)

    return happen

"""What all tests share: a throw-away PostgreSQL, the demo world's cast, signed-in clients, foreign corpora."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import hypothesis
import pytest
from asgiref.sync import async_to_sync, sync_to_async

OURS = "http://127.0.0.1:8000"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

# What else the processor does is no fault of an example; and examples share the world of their test.
NO_FAULTS = [hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture]
hypothesis.settings.register_profile("palabre", deadline=None, suppress_health_check=NO_FAULTS)
hypothesis.settings.load_profile("palabre")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The cast is built once. A test runs in a transaction that is rolled back; after one that must commit, whatever
    it left in any table is taken away, and what it began with put back.
    """
    from django.test import TransactionTestCase

    from palabre.demo import cast
    from tests import kept

    with django_db_blocker.unblock():
        cast.build()
        kept.keep("cast")
        kept.begin_with("cast")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: kept.put_back())
        yield


@pytest.fixture
def world(db: None) -> SimpleNamespace:
    """The cast by key (`world.awa`), `world.spaces`, `world.organisations`."""
    from palabre.demo import cast

    found = cast.find()
    return SimpleNamespace(**found.people, spaces=found.spaces, organisations=found.organisations)


@pytest.fixture(scope="session")
def stories(django_db_setup: None, django_db_blocker: Any) -> None:
    """All that the demo world says, told once and kept."""
    from palabre import demo
    from tests import kept

    with django_db_blocker.unblock():
        demo.build()
        kept.keep("stories")
        kept.begin_with("cast")


@pytest.fixture(scope="module")
def stories_told(stories: None, django_db_blocker: Any) -> Iterator[None]:
    """All that the demo world says, for a module of tests. No transaction is held open: some of them may commit."""
    from tests import kept

    with django_db_blocker.unblock():
        kept.begin_with("stories")
    yield
    with django_db_blocker.unblock():
        kept.begin_with("cast")


@pytest.fixture(autouse=True)
def taken_back(request: pytest.FixtureRequest) -> None:
    """Whoever reads the stories may also write in them: what a test does there is taken back like everything else."""
    if "stories_told" in request.fixturenames:
        request.getfixturevalue("db")


@pytest.fixture
def demo_world(stories_told: None, world: SimpleNamespace) -> SimpleNamespace:
    """The cast and everything they wrote: `demo_world.item("reseau/accueil")` is the item of a story."""
    from palabre.items.models import Item

    def item(story: str) -> Item:
        return Item.objects.select_related("space", "author").get(extras__story=story)

    return SimpleNamespace(**vars(world), item=item)


@pytest.fixture
def storage(settings: Any, tmp_path: Path) -> Path:
    """A place for files that is one test's own: in the other lie those of the stories, which are told once."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "palabre.authoring.files.storage.Durable",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        }
    }
    return tmp_path / "files"


@pytest.fixture
def sign_in(client: Any) -> Any:
    """`sign_in(person)` is a client on which that person is signed in; None is a stranger."""
    from django.test import Client

    def signed_in(person: Any) -> Client:
        fresh = Client()
        if person is not None:
            fresh.force_login(person)
        return fresh

    return signed_in


@pytest.fixture(scope="session")
def corpus() -> Any:
    """`corpus("search-cranfield-en")` is the folder of a foreign corpus, or the test is left out."""

    def folder(name: str) -> Path:
        path = SHARED / name
        if not path.is_dir():
            pytest.skip(f"the corpus {name} is not beside this repository")
        return path

    return folder


@pytest.fixture
def ask(monkeypatch: Any, sign_in: Any, settings: Any) -> Any:
    """`ask(person, method, path, **httpx options)` of the live process."""
    import httpx

    from palabre.kit import live
    from palabre.project import live as process

    settings.ADDRESS = OURS

    async def directly(function, *arguments):
        # The thread of the test is in the test's transaction; another would see none of it.
        return await sync_to_async(function, thread_sensitive=True)(*arguments)

    monkeypatch.setattr(live, "ask", directly)

    def request(person, method, path, headers=None, **options):
        cookies = {name: morsel.value for name, morsel in sign_in(person).cookies.items()} if person else {}

        async def asking():
            transport = httpx.ASGITransport(process.application)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://127.0.0.1:8001", cookies=cookies
            ) as client:
                return await client.request(method, path, headers={"origin": OURS} | (headers or {}), **options)

        return async_to_sync(asking)()

    return request


@pytest.fixture
def hear(world: Any) -> Any:
    """`hear()` tells everybody of all that has happened since it was called last, as the journal's follower does."""
    from palabre.journal.models import Event
    from palabre.signals import filling

    told = set(Event.objects.values_list("pk", flat=True))

    def hear() -> None:
        events = list(Event.objects.exclude(pk__in=told).order_by("pk"))
        filling.tell(events)
        told.update(event.pk for event in events)

    return hear

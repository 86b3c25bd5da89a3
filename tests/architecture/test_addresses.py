"""The permission matrix: every address as each of the cast, against the table of `rows.py`."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from palabre.authoring.writing import publish
from palabre.people.models import Person
from tests.architecture import rights
from tests.architecture.matrix import Subject
from tests.architecture.rows import ROWS
from tests.architecture.subjects import subject_values
from tests.architecture.test_rights import AUTHOR

SPACES = ("reseau", "installateurs", "entraide", "le-fil")
ASKING = ("tom", "marc", "coumba", "awa", "grace", "tidiane", "diego", "ines", "bineta", None)
OURS_NOT = ("-/health", "static/", "media/")
SIGN_IN = "account/"  # where django-allauth's addresses stand, which have no namespace, beside those of our people


def addresses(patterns, before="", namespace=""):
    """Every named address of our own rooms, as (name, route)."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if not route.startswith(OURS_NOT) and (namespace or not route.startswith(SIGN_IN)):
                yield (f"{namespace}:" if namespace else "") + (pattern.name or route), route
        else:
            yield from addresses(pattern.url_patterns, route, pattern.namespace or namespace)


KNOWN = dict(addresses(get_resolver().url_patterns))


def test_every_address_has_its_row_and_every_row_its_address():
    assert {name for name in KNOWN if name not in ROWS} == set()
    assert {name for name in ROWS if name not in KNOWN} == set()


@pytest.fixture
def clients(world):
    """A signed-in client for one of each part; a plain one for strangers and for who has left."""
    made = {}
    for key in ASKING:
        made[key] = Client(raise_request_exception=False)
        if key:
            made[key].force_login(getattr(world, key))
    return made


@pytest.fixture
def subjects(world):
    """In each space, something its author wrote, with everything that can hang on it."""
    found = []
    for slug in SPACES:
        author = getattr(world, AUTHOR[slug])
        item = publish("page", world.spaces[slug], author, f"Ce qui se dit dans {slug}", f"Un texte, #matrice-{slug}.")
        found.append(Subject(slug, AUTHOR[slug], subject_values(world, item, author)))
    return found


def outcome(response) -> str:
    if response.status_code in (301, 302, 303) and response["Location"].startswith("/account/login/"):
        return "sign in"
    return {403: "forbidden", 404: "absent", 405: "no such method"}.get(
        response.status_code, "let in" if response.status_code < 500 else "failed"
    )


def expected(row, subject, key) -> set[str]:
    if key in row.let_in(subject):
        return {"let in"}
    knows = (row.knows(subject) if row.knows else set(rights.READERS[subject.space])) or set()
    outside = {"sign in"} if key in rights.STRANGERS else set()
    return outside | {"forbidden" if key in knows else "absent"}


ROOMS = sorted({name.partition(":")[0] for name in ROWS})


@pytest.mark.parametrize("room", ROOMS)
def test_each_of_the_cast_gets_what_the_table_says(room, clients, subjects):
    wrong = [
        (name, subject.space, key, found, should)
        for name, row in ROWS.items()
        if name.partition(":")[0] == room
        for subject in (subjects if row.about != "nothing" else subjects[:1])
        for key, found, should in misjudged(name, row, subject, clients)
    ]
    assert not wrong, "\n".join(map(str, wrong))


def misjudged(name, row, subject, clients):
    """Each of the cast for whom this address answers otherwise than the table says."""
    arguments = {ours: subject.values[value] for ours, value in (row.arguments or {}).items()}
    address = reverse(name, kwargs=arguments) + row.query.format(**subject.values)
    data = {key: subject.values.get(value, value) for key, value in (row.data or {}).items()}
    for key, client in clients.items():
        with transaction.atomic():
            response = client.get(address) if row.method == "GET" else client.post(address, data)
            transaction.set_rollback(True)
        should = expected(row, subject, key)
        if outcome(response) not in should:
            yield key, f"{response.status_code} {outcome(response)}", should


def test_what_a_stranger_gets_of_private_things_says_nothing_of_them(clients, subjects):
    for subject in subjects:
        if None in rights.READERS[subject.space]:
            continue
        item = subject.values["item"]
        answer = clients[None].get(f"/pages/{item.pk}-whatever/")
        assert answer.status_code == 404
        assert item.title not in answer.content.decode()


def test_who_has_left_is_a_stranger(world):
    assert Person.objects.get(handle="bineta").left_at
    client = Client()
    client.force_login(world.bineta)
    assert not client.get("/").wsgi_request.user.is_authenticated

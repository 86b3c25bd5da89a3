"""Consultations of Marc's in the public space, and people of all sorts who answer them."""

from datetime import timedelta

import pytest
from django.test import Client

from palabre.authoring.writing import publish
from palabre.consultations.methods import METHODS
from palabre.consultations.models import Consultation, Statement
from palabre.kit.clock import now

NAME = {"fr": "La box fibre", "en": "The fibre box"}
TOLD = {"name": NAME, "lines": [], "prices": [], "unit": "F CFA"}


@pytest.fixture
def space(world):
    return world.spaces["le-fil"]


@pytest.fixture
def made(world, space, hear):
    """`made("price", lines=[…])`: one by a method, in preparation; `made("", questions=…)`: of one's own."""

    def made(method, by=None, where=None, questions=(), **told) -> Consultation:
        asked = METHODS[method].make(TOLD | told) if method else {"questions": list(questions)}
        statements = asked.pop("statements", [])
        item = publish(
            "consultation", where or space, by or world.marc, "La box fibre", "À vous.", method=method, **asked
        )
        consultation = item.consultation
        consultation.item = item
        Statement.objects.bulk_create(
            Statement(consultation=consultation, text=line["fr"], language="fr") for line in statements
        )
        return consultation

    return made


@pytest.fixture
def opened(world, made):
    """The same, open for three days."""

    def opened(method, **told) -> Consultation:
        who = told.pop("who", "readers")
        consultation = made(method, **told)
        consultation.prepare(world.marc, who=who)
        consultation.open(world.marc, now() + timedelta(days=3))
        return consultation

    return opened


@pytest.fixture
def answered(sign_in):
    """`answered(consultation, person, {…}, {…})` goes through the screens as a browser without script does."""

    def answered(consultation, person, *screens, client=None):
        client = client or (sign_in(person) if person else Client())
        place = f"/consultations/{consultation.pk}/answer/"
        response = client.post(place, {"begin": "1"})
        for screen in screens:
            page = client.get(response["Location"]) if response.status_code == 302 else response
            at = page.content.decode().partition('name="at" value="')[2].partition('"')[0]
            response = client.post(place, {"at": at, **screen})
        return response

    return answered


PRICES = {"too_cheap": "5000", "cheap": "10 000", "expensive": "20000", "too_expensive": "30000"}
WOULD = {"would_cheap": "5", "would_expensive": "3"}


@pytest.fixture
def priced(answered):
    """Somebody goes through the price consultation."""

    def priced(consultation, person=None, more=0, why="", client=None, **other):
        prices = {key: str(int(each.replace(" ", "")) + more) for key, each in PRICES.items()} | other
        return answered(consultation, person, prices, WOULD, {"why": why}, client=client)

    return priced

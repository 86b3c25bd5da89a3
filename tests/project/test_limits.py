"""No page waits for ever for the database: it says so in its reader's language, and nothing is changed."""

import psutil
import psycopg
import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from palabre.journal import following
from palabre.project import parts
from palabre.project.database import be_patient, limits
from palabre.project.urls import handler500  # noqa: F401
from palabre.spaces.models import Space

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]


@transaction.atomic
def rename_slowly(request):
    Space.objects.filter(slug="reseau").update(name="Trop tard")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(20)")
    return HttpResponse("never")


urlpatterns = [path("", rename_slowly)]


@pytest.fixture
def opened_with():
    """`opened_with(options)`: the connection is opened anew, with them."""
    before = connection.settings_dict["OPTIONS"]

    def open_with(options):
        connection.close()
        connection.settings_dict["OPTIONS"] = before | {"options": options}

    yield open_with
    connection.close()
    connection.settings_dict["OPTIONS"] = before


@pytest.mark.parametrize(("language", "said"), [("fr", "a pris trop de temps"), ("en", "took too long")])
def test_a_page_that_takes_too_long_says_so_and_changes_nothing(world, opened_with, language, said):
    opened_with(limits(0.2))
    client = Client(raise_request_exception=False, headers={"Accept-Language": language})
    page = client.get("/")
    assert (page.status_code, said in page.text, f'<html lang="{language}"' in page.text) == (503, True, True)
    assert Space.objects.get(slug="reseau").name == world.spaces["reseau"].name
    client.force_login(world.awa)
    assert client.get("/").status_code == 503  # the connection goes on serving


@pytest.fixture
def parent(monkeypatch):
    """Parts are set up here as below a supervisor, whose connections are those of this test."""
    monkeypatch.setattr(parts, "end_with_supervisor", lambda: True)
    options = connection.settings_dict["OPTIONS"]
    before = dict(options)
    yield options
    connection.close()
    options.clear()
    options.update(before)


@pytest.mark.parametrize(("awaited", "limit"), [(True, "7s"), (False, "0")])
def test_only_parts_that_people_wait_for_are_limited(parent, settings, awaited, limit):
    settings.PALABRE_STATEMENT_TIMEOUT = 7
    with parts.part(awaited=awaited), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        assert cursor.fetchone() == (limit,)


def test_what_the_operator_says_of_the_database_holds(parent):
    parent["options"] = "-c statement_timeout=3000"
    with parts.part(awaited=True), connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('statement_timeout'), current_setting('idle_in_transaction_session_timeout')"
        )
        assert cursor.fetchone() == ("3s", "1min")


def test_what_a_patient_part_asks_is_done_as_patiently():
    with psycopg.connect(**following.parameters()) as asking:
        be_patient(asking, 11)
        assert psutil.Process(asking.info.backend_pid).nice() == 11

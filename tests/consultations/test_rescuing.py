"""What a stranger wrote is never lost: too many begin at once, it closes meanwhile, nobody knows them any more."""

import re
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction
from django.test import Client

from palabre.consultations.models import KNOCKS, Consultation, Knock, Response, Statement
from palabre.consultations.models.consultation import fingerprint
from palabre.kit.clock import now
from tests.consultations.test_answering import place

TYPED = {"at": "recommend", "recommend": "9", "why": "Parce que la box\nclignote <la nuit>."}
OWN = [
    {"key": "q1", "kind": "choice", "title": {"fr": "Vous êtes ?"},
     "options": [{"key": "1", "title": {"fr": "Cliente"}}, {"key": "2", "title": {"fr": "Voisin"}}]},
    {"key": "q2", "kind": "matrix", "title": {"fr": "Content de"}, "rows": [{"key": "a", "title": {"fr": "Le prix"}}],
     "options": [{"key": "1", "title": {"fr": "Oui"}}, {"key": "2", "title": {"fr": "Non"}}]},
    {"key": "q3", "kind": "essay", "title": {"fr": "Et ?"}},
]  # fmt: skip


def over(consultation, way):
    """Its hour has passed and nobody has closed it yet, or somebody just has."""
    if way == "hour":
        Consultation.objects.filter(pk=consultation.pk).update(closes_at=now() - timedelta(minutes=1))
    else:
        consultation.close()


def knocked():
    Knock.objects.bulk_create(Knock(address=fingerprint(0, "127.0.0.1")) for _n in range(KNOCKS))


def test_when_too_many_begin_at_once_what_was_typed_stays_on_the_page_and_can_be_sent_later(opened):
    consultation, stranger = opened("recommend"), Client()
    knocked()
    refused = stranger.post(place(consultation), TYPED)
    html = refused.content.decode()
    assert refused.status_code == 429 and 'role="alert"' in html and "kept as you go" not in html
    again = (Knock.objects.earliest("at").at + timedelta(hours=1)).isoformat()
    for page in (html, stranger.post(place(consultation), {"begin": "1"}).content.decode()):
        assert re.search(r'role="alert".*?<time datetime="([^"]*)', page, re.S)[1] == again
    assert "clignote &lt;la nuit&gt;.</textarea>" in html and 'value="9" checked' in html and 'id="missing"' not in html
    assert not Response.objects.exists()
    Knock.objects.update(at=now() - timedelta(hours=2))
    assert stranger.post(place(consultation), TYPED).status_code == 302
    assert Response.objects.get().state == "sent"


@pytest.mark.parametrize("way", ["hour", "closed"])
def test_what_is_sent_too_late_comes_back_in_words(way, opened):
    consultation, stranger = opened("recommend"), Client()
    stranger.get(place(consultation))
    over(consultation, way)
    late = stranger.post(place(consultation), TYPED)
    html = late.content.decode().partition('class="rescued"')[2]
    assert late.status_code == 409 and "clignote &lt;la nuit&gt;." in html and "<dd>9</dd>" in html
    assert not Response.objects.exists()
    assert "rescued" not in stranger.get(place(consultation)).content.decode()


@pytest.mark.parametrize("way", ["hour", "closed"])
def test_of_several_screens_all_comes_back_that_is_known_of(way, opened, answered):
    consultation, stranger = opened("", questions=OWN), Client()
    answered(consultation, None, {"q1": "2"}, {"q2-a": "1"}, client=stranger)
    over(consultation, way)
    late = stranger.post(place(consultation), {"at": "q3", "q3": "Rien de plus."})
    html = late.content.decode().partition('class="rescued"')[2]
    assert late.status_code == 409 and "Rien de plus." in html
    kept = way == "hour"  # at closing, what was begun and not sent is thrown away
    assert ("Voisin" in html, "Le prix · Oui" in html) == (kept, kept)


@pytest.mark.django_db(transaction=True)
def test_whoever_presses_in_the_moment_in_which_it_closes_has_their_words_back(opened):
    consultation, came = opened("recommend"), []

    def press():
        came.append(Client().post(place(consultation), TYPED))
        connection.close()

    pressing = Thread(target=press)
    with transaction.atomic():
        consultation.close()
        pressing.start()
        while pressing.is_alive() and not waiting():
            pass
    pressing.join(20)
    assert came[0].status_code == 409 and "clignote" in came[0].content.decode()


def waiting():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0]


def test_a_statement_that_comes_too_late_comes_back(opened):
    consultation, stranger = (
        opened("opinions", lines=[{"fr": "Le prix est juste."}, {"fr": "La box est belle."}]),
        Client(),
    )
    stranger.post(place(consultation), {"begin": "1"})
    consultation.close()
    late = stranger.post(f"/consultations/{consultation.pk}/statements/", {"text": "Il manque un bouton rouge."})
    assert late.status_code == 409 and "Il manque un bouton rouge." in late.content.decode()
    assert not Statement.objects.filter(text__startswith="Il manque").exists()


def test_who_is_signed_out_meanwhile_has_what_they_wrote_back(world, opened):
    consultation = opened("recommend", who="invited")
    consultation.ask(world.marc, [world.ines.pk])
    refused = Client().post(place(consultation), TYPED)
    assert "clignote &lt;la nuit&gt;." in refused.content.decode().partition('class="rescued"')[2]
    assert not Response.objects.exists()


def test_before_it_opens_it_is_said_that_it_has_not_and_not_that_it_is_over(world, made):
    page = Client().get(place(made("recommend"))).content.decode()
    assert "It has not opened yet." in page and "no longer" not in page

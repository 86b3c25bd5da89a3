"""The planner: what was asked about each offer stands in its square, a hole stands out and is one press from a form."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from palabre.authoring.writing import publish
from palabre.consultations.methods import FITTING, METHODS
from palabre.consultations.models import Consultation, Mix
from palabre.decisions.models import Decision
from palabre.kit.clock import now
from palabre.links.models import Link, Type
from palabre.planner import squares

NAME = {"fr": "La box", "en": "The box"}


@pytest.fixture
def offer(world):
    return publish("offer", world.spaces["le-fil"], world.lea, "Fibre 500", "Montée comprise.", standing="offered")


@pytest.fixture
def asked(world, offer):
    """`asked("price", stage="closed", days=3)`: a consultation about the offer."""

    def asked(method, stage="closed", days=3, space="le-fil", about=None, **more):
        made = METHODS[method].make({"name": NAME, "lines": [{"fr": "Un"}], "prices": [], "unit": "€"})
        made.pop("statements", None)
        facet = {"method": method, "mix": METHODS[method].about, **made, **more}
        title = f"Consulter par {method}, {days}"
        item = publish("consultation", world.spaces[space], world.marc, title, "Dites.", **facet)
        Link.tie(item, Type.ABOUT, about or offer, world.marc)
        if stage != "draft":
            at = now() - timedelta(days=days)
            Consultation.objects.filter(pk=item.pk).update(stage=stage, opened_at=at, closes_at=at, sent=12)
        return item

    return asked


def decided(world, title, days=0, space="le-fil"):
    item = publish("decision", world.spaces[space], world.awa, title, "Oui.")
    Decision.objects.filter(pk=item.pk).update(stage="closed", closes_at=now() - timedelta(days=days))
    return item


def row(offer, person):
    return squares.rows([offer], person)[0]


def test_a_square_tells_when_how_how_many_and_what_was_decided_since(world, offer, asked, sign_in):
    asked("price", days=90)
    latest = asked("price", days=30)
    taken, beside = decided(world, "Baisser le prix"), decided(world, "Bien avant", days=200)
    Link.tie(latest, Type.LED_TO, taken, world.marc)
    for each in (taken, beside):
        Link.tie(each, Type.ABOUT, offer, world.marc)
    found = row(offer, world.marc)
    price = found.squares[[*Mix].index(Mix.PRICE)]
    assert (price.asked.pk, price.asked.times, price.asked.sent, price.state) == (latest.pk, 2, 12, "heard")
    assert [outcome.pk for outcome in price.outcomes] == [taken.pk]
    assert [outcome.pk for outcome in found.since] == [taken.pk]  # the other was decided before anybody was asked
    assert found.known == 1
    html = sign_in(world.marc).get("/planner/").content.decode().replace("\u00a0", " ")
    assert latest.get_absolute_url() in html and "Baisser le prix" in html and "12 réponses" in html


def test_what_was_never_asked_stands_out_and_one_press_begins_the_fitting_method(world, offer, asked, sign_in):
    asked("price")
    client = sign_in(world.marc)
    html = client.get("/planner/").content.decode()
    holes = re.findall(r'class="p-hole" href="([^"]+)"', html)
    assert len(holes) == 6
    for hole in holes:
        form = client.get(hole.replace("&amp;", "&")).content.decode()
        mix = hole.rpartition("mix=")[2]
        assert f"/consultations/new/{FITTING[Mix(mix)]}/" in hole
        assert f'name="about" value="{offer.pk}"' in form and 'value="Fibre 500"' in form
        assert re.search(rf'<option value="{mix}" selected', form) and 'value="le-fil" checked' in form
    sent = {"space": "le-fil", "name": "Fibre 500", "mix": "process", "about": offer.pk}
    assert client.post(f"/consultations/new/effort/?about={offer.pk}", sent).status_code == 302
    made = Consultation.objects.get(method="effort")
    assert made.mix == "process" and Link.objects.filter(source=made.pk, type="about", target=offer).exists()
    assert row(offer, world.marc).squares[[*Mix].index(Mix.PROCESS)].state == "draft"


def test_of_a_part_of_the_offers_it_is_not_said_that_nobody_was_ever_asked(world, offer, asked, sign_in):
    """One of the offers that stand on another page may have been asked about."""
    asked("price")
    client, never = sign_in(world.marc), "On n’a jamais interrogé personne sur"
    assert never in client.get("/planner/").content.decode()
    for number in range(30):
        publish("offer", world.spaces["le-fil"], world.lea, f"Offre {number}", "Comprise.", standing="offered")
    assert never not in client.get("/planner/").content.decode()


def test_one_chooses_where_it_is_asked_and_sees_who_reads_it(world, offer, sign_in):
    def chosen(person, address):
        html = sign_in(person).get(address).content.decode()
        places = html.partition('id="id_space"')[2].partition("</fieldset>")[0]
        return [tag for tag in re.findall(r'<input type="radio" [^>]+>', places) if "checked" in tag], places

    address = f"/consultations/new/effort/?about={offer.pk}&mix=process"
    [here], places = chosen(world.marc, address)
    assert 'value="le-fil"' in here
    assert 'data-aud="public"' in places and 'data-aud="company"' in places and 'class="fence"' in places
    none, places = chosen(world.awa, address)  # who does not write where the offer stands: nothing wider is chosen
    assert not none and 'value="maison"' in places and 'value="le-fil"' not in places
    awa = sign_in(world.awa)
    refused = awa.post(address, {"name": "Fibre 500", "mix": "process", "about": offer.pk})
    assert refused.status_code == 422 and 'value="Fibre 500"' in refused.content.decode()
    sent = {"space": "maison", "name": "Fibre 500", "mix": "process", "about": offer.pk}
    assert awa.post(address, sent).status_code == 302
    [only], _places = chosen(world.ines, address)
    assert 'value="entraide"' in only


def test_one_asks_again_where_it_was_asked_before(world, offer, asked, sign_in):
    asked("effort", space="entraide")
    client = sign_in(world.marc)
    [again] = re.findall(r'class="p-again" href="([^"]+)"', client.get("/planner/").content.decode())
    form = client.get(again.replace("&amp;", "&")).content.decode()
    assert 'value="entraide" checked' in form and 'value="le-fil" checked' not in form


def test_a_consultation_is_about_nothing_that_its_asker_does_not_see(world, sign_in):
    hidden = publish("offer", world.spaces["direction"], world.nadia, "Rachat", "Rien n’est signé.")
    page = publish("page", world.spaces["maison"], world.awa, "Une page", "Sans offre.")
    client = sign_in(world.awa)
    for key in (hidden.pk, page.pk, 10**9):
        form = client.get(f"/consultations/new/price/?about={key}").content.decode()
        assert "Rachat" not in form and 'name="about"' not in form
        client.post("/consultations/new/effort/", {"space": "maison", "name": "X", "about": key})
    assert not Link.objects.filter(type="about").exists()


def test_guests_see_only_what_they_may(world, offer, asked, sign_in):
    asked("price", space="maison")
    asked("kano", space="le-fil")
    inside = decided(world, "Décidé entre nous", space="maison")
    Link.tie(inside, Type.ABOUT, offer, world.awa)
    hidden = publish("offer", world.spaces["maison"], world.awa, "Pas encore", "Interne.")
    for client, person in ((sign_in(world.ines), world.ines), (Client(), None)):
        html = client.get("/planner/").content.decode()
        assert hidden.title not in html and "Décidé entre nous" not in html and "Consulter par price" not in html
        if person:
            states = {square.mix: square.state for square in row(offer, person).squares}
            assert (states["price"], states["product"]) == ("never", "heard")
    assert row(offer, world.awa).squares[1].state == "heard"


def test_what_is_long_ago_and_what_is_open_look_different(offer, asked, world):
    asked("kano", days=800)
    asked("price", stage="open", days=1)
    states = [square.state for square in row(offer, world.marc).squares]
    assert states == ["old", "open", "never", "never", "never", "never", "never"]


def test_the_number_of_queries_does_not_grow_with_what_was_asked(world, offer, asked, sign_in):
    client = sign_in(world.marc)

    def number():
        client.get("/planner/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/planner/").status_code == 200
        return len(queries)

    asked("price")
    before = number()
    for days in range(2, 8):
        latest = asked("kano", days=days)
        other = publish("offer", world.spaces["le-fil"], world.lea, f"Offre {days}", "…", standing="offered")
        asked("effort", days=days, about=other)
        Link.tie(latest, Type.LED_TO, decided(world, f"Décidé {days}"), world.marc)
    assert number() == before <= 8


def test_which_p_it_is_about_can_be_said_later_by_who_asked(world, asked, sign_in):
    item = asked("price", mix="")
    place = f"/consultations/{item.pk}/mix/"
    assert sign_in(world.ines).post(place, {"mix": "price"}).status_code == 403
    marc = sign_in(world.marc)
    assert marc.post(place, {"mix": "nothing"}).status_code == 404
    assert marc.post(place, {"mix": "place"}).status_code == 302
    assert Consultation.objects.get(pk=item.pk).mix == "place"


def test_the_ways_to_it_stand_where_one_looks_for_it(world, offer, sign_in):
    client = sign_in(world.marc)
    for page in ("/offers/", "/consultations/", offer.get_absolute_url()):
        assert 'href="/planner/' in client.get(page).content.decode()

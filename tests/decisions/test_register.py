"""The register of a space, and decisions that come back to be looked at again."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.utils.timezone import get_default_timezone, localdate, make_aware

from palabre.authoring.writing import publish
from palabre.counting.approval import MostApproved
from palabre.counting.ballots import Approval, Choice
from palabre.counting.majority import Majority
from palabre.counting.terms import Quorum
from palabre.decisions.brevity import in_few_words
from palabre.items.appointments import keep_due
from palabre.kit.clock import now
from palabre.links.models import Link, Type
from palabre.signals.models import Signal


@pytest.fixture
def decided(world, opened):
    decision = opened(Majority(), ["Oui", "Non"])
    decision.cast(world.marc, Choice("1"))
    decision.close()
    return decision


def test_the_register_shows_what_is_open_and_what_was_decided(world, space, decided, sign_in):
    other = publish("decision", space, world.lea, "Le samedi ?", "Ouvrir.")
    client = sign_in(world.coumba)
    for address in ("/decisions/", f"/spaces/{space.slug}/decisions/"):
        shown = {
            show: [item.title for item in client.get(f"{address}?show={show}").context["page"].rows]
            for show in ("all", "open", "decided", "review", "waiting")
        }
        assert shown == {
            "all": [other.title, decided.item.title], "open": [], "decided": [decided.item.title], "review": [],
            "waiting": [],
        }  # fmt: skip
    assert client.get("/decisions/").context["page"].rows[1].chosen == "Oui"
    assert sign_in(world.ramata).get("/decisions/").context["page"].rows == []


def test_the_register_says_of_equals_that_they_are(world, opened, sign_in):
    decision = opened(MostApproved(), ["Thiès", "Gorée", "Dakar"])
    decision.cast(world.marc, Approval(frozenset("12")))
    decision.close(world.awa, "Tout est dit.")
    client = sign_in(world.coumba)
    listed = client.get("/decisions/").content.decode()
    assert "à égalité\u00a0: Thiès, Gorée" in listed and "Close</span>" in listed and "Décidée</span>" not in listed
    assert in_few_words([decision.pk]) == {decision.pk: "Closed"}
    page = decision.item.get_absolute_url()
    assert "Close</a>" in client.get(page).content.decode()
    decision.state(world.awa, "Thiès, puisqu’il faut trancher.")
    assert "Décidée</span>" in client.get("/decisions/").content.decode()
    assert "Décidée</a>" in client.get(page).content.decode()
    assert in_few_words([decision.pk]) == {decision.pk: "Decided"}


def state(html):
    """How it stands, above the text or in a list."""
    return "".join(re.findall(r'class="state voice".*?>(?:<svg.*?</svg>)?(.*?</)', html, re.DOTALL))


def test_what_came_to_nothing_is_neither_decided_nor_in_force(world, opened, sign_in):
    decision, client = opened(Majority(), ["Oui", "Non"], quorum=Quorum(number=4)), sign_in(world.coumba)
    decision.cast(world.marc, Choice("1"))
    decision.close(world.awa, "Tout est dit.")

    def shown(way):
        return [item.title for item in client.get(f"/decisions/?show={way}").context["page"].rows]

    assert (shown("all"), shown("decided"), shown("force")) == ([decision.item.title], [], [])
    decision.state(world.awa, "Faute de voix, on garde l’horaire.")
    assert shown("decided") == shown("force") == [decision.item.title]


def test_the_day_that_is_kept_stands_in_its_field(world, decided, sign_in):
    """So that whoever presses the button again keeps it."""
    client, day = sign_in(world.awa), (localdate() + timedelta(days=40)).isoformat()
    client.post(f"/decisions/{decided.pk}/review/", {"on": day})
    assert f'id="on" name="on" value="{day}"' in client.get(decided.item.get_absolute_url()).content.decode()


def test_a_decision_comes_back_on_its_day_to_who_proposed_it(world, decided, sign_in, hear):
    client, day = sign_in(world.awa), localdate() + timedelta(days=40)
    address = f"/decisions/{decided.pk}/review/"
    decided.state(world.awa, "C’est dit.")
    assert client.post(address, {"on": "2020-01-01"}).status_code == 422
    assert client.post(address, {"on": "demain"}).status_code == 422
    assert client.post(address, {"on": day.isoformat()}).status_code == 302
    assert keep_due(now()) == 0
    assert keep_due(make_aware(datetime.combine(day, time(9)), get_default_timezone())) == 1
    hear()
    assert Signal.objects.filter(verb="decision_review_due", person=world.awa).exists()

    def awaits(client):
        return client.get("/").content.decode().partition('id="asks"')[2].partition("</section>")[0]

    assert decided.item.title in awaits(client)
    assert decided.item.title not in awaits(sign_in(world.coumba))
    for listing in (decided.item.get_absolute_url(), "/decisions/?show=review"):  # said where it is read first, too
        assert "À revoir</" in state(client.get(listing).content.decode())
    assert client.post(address, {"on": ""}).status_code == 302
    assert decided.item.title not in awaits(client)
    decided.refresh_from_db()
    assert (decided.review_on, decided.review_due) == (None, False)


def test_a_decision_is_found_by_its_options_and_by_what_was_decided(decided, world):
    from palabre.decisions.kind import DECISION

    decided.state(world.awa, "On ouvre.")
    decided.item.decision = decided
    assert DECISION.search_text(decided.item) == "Oui\nNon\nOn ouvre."


def test_a_day_that_was_declared_before_opening_comes_back_as_well(world, opened):
    decision = opened(Majority(), ["Oui", "Non"], review_on=localdate() + timedelta(days=40))
    decision.close()
    assert decision.item.appointments.get(verb="decision_review", kept_at=None).by == world.awa


def test_a_decision_that_another_takes_the_place_of_is_no_longer_in_force(world, space, decided, sign_in):
    client = sign_in(world.coumba)

    def force(client):
        return [item.title for item in client.get(f"/spaces/{space.slug}/decisions/?show=force").context["page"].rows]

    assert force(client) == [decided.item.title]
    later = publish("decision", space, world.lea, "Le dimanche ?", "Plutôt.")
    Link.tie(later, Type.SUPERSEDES, decided.item, world.lea)
    assert force(client) == []
    html = client.get(f"/spaces/{space.slug}/decisions/?show=decided").content.decode()
    assert later.get_absolute_url() in html

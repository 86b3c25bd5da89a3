"""Private addresses: they read what their person may read at that moment, nothing more, until they are revoked."""

import json

import pytest
from django.test import Client
from django.utils.html import escape

from palabre.authoring.writing import publish
from palabre.feeds.models import Subscription, Token, digest
from palabre.feeds.sources import Source
from palabre.journal.models import Event
from palabre.kit.clock import now
from tests.architecture import rights
from tests.architecture.test_rights import AUTHOR

SPACES = ("reseau", "installateurs", "entraide", "le-fil")


def address(person, source, form="json"):
    return f"/feeds/private/{Token.give(person, source, 'Un flux')}.{form}"


@pytest.fixture
def written(world):
    """In each space, something that is said there."""
    return {
        slug: publish("page", world.spaces[slug], getattr(world, AUTHOR[slug]), f"Dit dans {slug}", "Un mot, #matrice.")
        for slug in SPACES
    }


def ids(response):
    return {item["id"] for item in json.loads(response.content)["items"]}


@pytest.mark.parametrize("slug", SPACES)
def test_a_private_address_opens_to_each_of_the_cast_what_they_may_read(slug, world, written, client):
    item = written[slug]
    sources = [
        Source.of("space", slug=slug),
        Source.of("kind_in_space", slug=slug, kind="pages"),
        Source.of("comments", pk=item.pk),
        Source.of("new"),
        Source.of("kind", kind="pages"),
        Source.of("tag", keys="matrice"),
    ]
    wrong = []
    for key in sorted(rights.SIGNED_IN):
        for source in sources:
            response = client.get(address(getattr(world, key), source))
            reads = key in rights.READERS[slug]
            if source.what in ("space", "kind_in_space", "comments"):
                if (response.status_code == 200) != reads:
                    wrong.append((key, source.path, response.status_code))
            elif response.status_code == 200:
                if (f"http://127.0.0.1:8000/items/{item.pk}/" in ids(response)) != reads:
                    wrong.append((key, source.path))
            elif reads:
                wrong.append((key, source.path, response.status_code))
    assert not wrong


def test_a_partner_sees_nothing_of_the_spaces_of_others(world, written, client):
    found = ids(client.get(address(world.tidiane, Source.of("new"))))
    allowed = {f"http://127.0.0.1:8000/items/{written[slug].pk}/" for slug in ("installateurs", "le-fil")}
    forbidden = {f"http://127.0.0.1:8000/items/{written[slug].pk}/" for slug in ("reseau", "entraide")}
    assert found >= allowed
    assert not found & forbidden


def test_rights_are_asked_at_each_reading(world, written, client):
    here = address(world.awa, Source.of("space", slug="reseau"))
    assert client.get(here).status_code == 200
    world.spaces["reseau"].memberships.filter(person=world.awa).delete()
    assert client.get(here).status_code == 404


def test_who_has_left_reads_nothing_and_nor_does_a_revoked_address(world, written, client, sign_in):
    source = Source.of("space", slug="le-fil")
    of_awa, of_marc = address(world.awa, source), address(world.marc, source)
    world.awa.leave(world.tom)
    assert client.get(of_awa).status_code == 404
    token = Token.objects.get(person=world.marc)
    assert sign_in(world.coumba).post(f"/feeds/{token.pk}/revocation/").status_code == 404
    assert client.get(of_marc).status_code == 200
    assert sign_in(world.marc).post(f"/feeds/{token.pk}/revocation/").status_code == 302
    refused = client.get(of_marc)
    assert (refused.status_code, refused["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert "/feeds/\n" in refused.content.decode()


def test_making_and_revoking_an_address_is_in_the_journal_of_its_space_without_the_token(world, sign_in):
    made = Token.give(world.awa, Source.of("space", slug="reseau"), "Réseau & fibre")
    Token.give(world.awa, Source.of("search", [("q", "augmentation")]), "augmentation")
    of_space = Token.objects.get(digest=digest(made))
    sign_in(world.awa).post(f"/feeds/{of_space.pk}/revocation/")
    told = Event.objects.filter(verb__startswith="feed_").order_by("pk")
    assert [(each.verb, each.by, each.space, each.particulars) for each in told] == [
        ("feed_address_made", world.awa.pk, world.spaces["reseau"].pk, {"address": of_space.pk, "of": "space"}),
        ("feed_address_made", world.awa.pk, None, {"address": of_space.pk + 1, "of": "search"}),
        ("feed_address_revoked", world.awa.pk, world.spaces["reseau"].pk, {"address": of_space.pk, "of": "space"}),
    ]
    journal = sign_in(world.marc).get("/spaces/reseau/rights/").content.decode()
    assert "Awa Kanté-Diop a créé une adresse privée d’un flux" in journal
    assert made not in journal


def test_a_private_address_opens_one_list_by_get_and_nothing_else(world, written):
    here = address(world.awa, Source.of("space", slug="reseau"))
    client = Client()
    assert client.post(here).status_code == 405
    assert client.get("/spaces/reseau/").status_code == 404
    assert client.get("/feeds/spaces/reseau.json").status_code == 404
    assert client.get(f"{here}?q=x&of=/feeds/new").status_code == 200
    assert "sessionid" not in client.cookies


def test_it_speaks_for_its_person_whoever_is_signed_in_beside(world, written, sign_in):
    here = address(world.awa, Source.of("new"))
    assert ids(sign_in(world.tidiane).get(here)) == ids(Client().get(here))


def test_it_says_itself_and_its_hub_and_is_kept_by_nobody(world, written, client):
    here = address(world.awa, Source.of("space", slug="reseau"))
    response = client.get(here)
    assert json.loads(response.content)["feed_url"] == f"http://127.0.0.1:8000{here}"
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert client.get(here, headers={"if-none-match": response["ETag"]}).status_code == 304


def test_the_token_is_kept_as_a_digest_and_one_sees_when_it_was_last_used(world, written, client):
    token = Token.give(world.awa, Source.of("new"), "Nouveautés")
    kept = Token.objects.get()
    assert token not in (kept.digest, kept.source, kept.name)
    assert kept.digest == digest(token)
    assert kept.used_at is None
    client.get(f"/feeds/private/{token}.atom")
    assert (now() - Token.objects.get().used_at).total_seconds() < 60


def test_a_private_address_is_made_on_the_page_of_the_list_and_seen_among_ones_own(world, written, sign_in):
    client = sign_in(world.awa)
    page = client.get("/feeds/elsewhere/?of=/feeds/spaces/reseau")
    assert page.status_code == 200
    made = client.post("/feeds/elsewhere/?of=/feeds/spaces/reseau").content.decode()
    token = Token.objects.get(person=world.awa)
    here = next(part for part in made.split('"') if part.startswith("http://127.0.0.1:8000/feeds/private/"))
    assert Client().get(here.removeprefix("http://127.0.0.1:8000")).status_code == 200
    listed = client.get("/feeds/").content.decode()
    assert escape(token.name) in listed
    assert here.split("/")[-1].split(".")[0] not in listed
    assert f"/feeds/{token.pk}/revocation/" in listed
    assert f"/feeds/{token.pk}/revocation/" not in sign_in(world.marc).get("/feeds/").content.decode()


def test_of_an_open_list_the_open_addresses_are_offered_too(world, written, sign_in, client):
    assert "/feeds/spaces/le-fil.atom" in client.get("/feeds/elsewhere/?of=/feeds/spaces/le-fil").content.decode()
    inside = sign_in(world.awa).get("/feeds/elsewhere/?of=/feeds/spaces/reseau").content.decode()
    assert "http://127.0.0.1:8000/feeds/spaces/reseau.atom" not in inside
    assert client.get("/feeds/elsewhere/?of=/feeds/spaces/reseau").status_code == 404
    assert client.post("/feeds/elsewhere/?of=/feeds/spaces/le-fil").status_code == 404
    assert client.get("/feeds/elsewhere/?of=https://ailleurs.example/").status_code == 404


def test_a_search_is_kept_with_all_that_it_asks(world, written, client):
    source = Source.of("search", [("q", "kind:page gaine"), ("kind", "page"), ("sort", "newest"), ("page", "3")])
    Token.give(world.awa, source, "Recherche")
    assert Token.objects.get().list == source
    assert source.query == (("q", "kind:page gaine"), ("kind", "page"))
    assert not Subscription.objects.exists()


def test_what_is_said_among_a_few_has_no_feed_and_offers_none(world, sign_in, client):
    from palabre.conversations.models import Conversation

    talk = Conversation.objects.start(world.awa, [world.marc])
    talk.say(world.awa, "Entre nous.")
    page = sign_in(world.awa).get(talk.item.get_absolute_url())
    assert page.status_code == 200
    assert "/feeds/" not in page.content.decode().partition("<main")[2].partition("</main>")[0]
    assert sign_in(world.awa).get(f"/feeds/items/{talk.item.pk}/comments.atom").status_code == 404
    assert client.get(address(world.awa, Source.of("comments", pk=talk.item.pk))).status_code == 404

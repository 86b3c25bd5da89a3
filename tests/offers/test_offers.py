"""Offers: how one stands, what is about it, who says so, and what nobody learns by it."""

import pytest

from palabre.authoring import drafting
from palabre.authoring.writing import publish
from palabre.items import kinds
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.links.models import Link, Type
from palabre.offers.models import Offer
from palabre.signals.models import Signal


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def name(client, item, *offers, shown=None):
    keys = [each.pk for each in offers]
    sent = {"about": keys, "shown": [each.pk for each in shown] if shown is not None else keys}
    return client.post(f"/items/{item.pk}/offers/", sent)


def about(item):
    return set(Link.objects.filter(source=item, type=Type.ABOUT).values_list("target", flat=True))


def test_an_offer_is_written_at_the_desk_and_begins_by_being_prepared(world, space, sign_in):
    client = sign_in(world.lea)
    assert 'value="offer" checked' in read(client, f"/write/?kind=offer&space={space.slug}")
    sent = {"kind": "offer", "space": space.slug, "title": "Fibre 1000", "body": "Mille.", "action": "publish"}
    assert client.post("/write/", sent).status_code == 302
    item = Item.objects.get(title="Fibre 1000")
    assert item.offer.standing == "preparing"
    assert "En préparation" in read(client, item.get_absolute_url())


def test_who_answers_for_it_says_how_it_stands_and_who_follows_it_is_told(world, offer, sign_in, hear):
    address = f"/offers/{offer.pk}/standing/"
    assert sign_in(world.grace).post(address, {"to": "withdrawn"}).status_code == 403
    Item.objects.filter(pk=offer.pk).update(owner=world.grace)
    hear()
    client = sign_in(world.grace)
    for sent, stands in (("withdrawn", "withdrawn"), ("withdrawn", "withdrawn"), ("sold", "withdrawn")):
        assert client.post(address, {"to": sent}).status_code == 302
        assert Offer.objects.get(pk=offer.pk).standing == stands
    assert Event.objects.filter(item=offer.pk, verb="offer_withdrawn").count() == 1
    hear()
    assert Signal.objects.filter(person=world.lea, verb="offer_withdrawn").exists()
    html = read(client, offer.item.get_absolute_url())
    assert world.grace.name in html and "Withdrawn" in html


def test_an_item_is_about_several_offers_and_both_ends_show_it(world, offer, idea, sign_in):
    other = publish("offer", offer.item.space, world.lea, "Baobab Pro", "Pour qui travaille.")
    client = sign_in(world.awa)
    assert name(client, idea, offer, other).status_code == 302
    assert about(idea) == {offer.pk, other.pk}
    html = read(client, idea.get_absolute_url())
    aside = html[html.index('id="about-offers"') :]
    assert aside.index("Baobab Pro") < aside.index("Fibre 500") < aside.index(f"/items/{idea.pk}/offers/")
    assert html.count("Baobab Pro</a>") == 1  # in a place of its own, and not among the ties too
    page = read(client, offer.item.get_absolute_url())
    assert page.count(f"{idea.title}</a>") == 1
    assert name(client, idea, other, shown=[offer, other]).status_code == 302
    assert about(idea) == {other.pk}


def test_only_what_was_shown_is_said_or_taken_back(world, offer, secret, idea, sign_in):
    Link.tie(idea, Type.ABOUT, secret.item, world.nadia)
    assert name(sign_in(world.awa), idea, offer, secret, shown=[offer]).status_code == 302
    assert about(idea) == {offer.pk, secret.pk}
    name(sign_in(world.awa), idea, shown=[offer])
    assert about(idea) == {secret.pk}
    other = publish("page", world.spaces["maison"], world.awa, "Une page", "Un texte.")
    name(sign_in(world.awa), other, secret)
    assert about(other) == set()


def test_nobody_learns_of_what_they_do_not_see(world, offer, secret, idea, sign_in):
    hidden = publish("idea", world.spaces["direction"], world.nadia, "Vendre la Fibre 500", "À qui ?")
    Link.tie(hidden, Type.ABOUT, offer.item, world.nadia)
    Link.tie(idea, Type.ABOUT, secret.item, world.nadia)
    awa, nadia = sign_in(world.awa), sign_in(world.nadia)
    for address in (f"/offers/{offer.pk}/", f"/offers/{offer.pk}/about/", f"/offers/{offer.pk}/about/ideas/"):
        html = awa.get(address, follow=True).content.decode()
        assert hidden.title not in html
        assert hidden.title in nadia.get(address, follow=True).content.decode()
    assert '<span class="count">' not in read(awa, f"/offers/{offer.pk}/about/")
    assert secret.item.title not in read(awa, idea.get_absolute_url())
    assert secret.item.title not in read(awa, f"/items/{idea.pk}/offers/?q=rachet")
    assert awa.get(f"/offers/{secret.pk}/about/").status_code == 404


@pytest.mark.parametrize("who, status", [("ramata", 404), ("tidiane", 404), ("awa", 200)])
def test_who_writes_it_says_what_it_is_about(who, status, world, offer, idea, sign_in):
    assert sign_in(getattr(world, who)).get(f"/items/{idea.pk}/offers/").status_code == status
    assert sign_in(world.lea).get(f"/items/{offer.pk}/offers/").status_code == 403


def test_offers_are_completed_while_one_types(world, offer, idea, sign_in):
    publish("offer", offer.item.space, world.lea, "Baobab Pro", "Pour qui travaille.")
    client = sign_in(world.awa)
    found = client.get(f"/items/{idea.pk}/offers/?q=fib", headers={"hx-request": "true"}).content.decode()
    assert "Fibre 500" in found and "Baobab" not in found and "<html" not in found
    assert "Aucune offre que vous pouvez lire ne s’appelle ainsi." in read(client, f"/items/{idea.pk}/offers/?q=xyz")


def test_what_is_begun_from_an_offer_is_about_it(world, offer, sign_in):
    client = sign_in(world.awa)
    response = client.post(f"/offers/{offer.pk}/beginning/", {"kind": "question"})
    draft = drafting.Draft.objects.get(person=world.awa)
    assert response["Location"] == draft.get_absolute_url()
    html = read(client, response["Location"])
    assert f'name="about" value="{offer.pk}"' in html and 'value="question" checked' in html
    sent = {"kind": "question", "space": "maison", "title": "Combien de murs ?", "body": "…", "draft": draft.pk}
    assert (
        client.post("/write/", {**sent, "action": "publish", "about": offer.pk, "stamp": draft.stamp}).status_code
        == 302
    )
    assert about(Item.objects.get(title="Combien de murs ?")) == {offer.pk}


def test_the_page_lists_by_kind_with_how_many_and_how_far(world, offer, sign_in):
    for number in range(7):
        each = publish("idea", world.spaces["maison"], world.awa, f"Idée {number}", "Un texte.")
        Link.tie(each, Type.ABOUT, offer.item, world.awa)
    question = publish("question", world.spaces["maison"], world.awa, "Pourquoi ?", "Un texte.")
    Link.tie(question, Type.ABOUT, offer.item, world.awa)
    client = sign_in(world.awa)
    html = read(client, offer.item.get_absolute_url())
    assert "Idée 6" in html and "Idée 2" in html and "Idée 1<" not in html and ">7</span>" in html
    assert f"/offers/{offer.pk}/about/ideas/" in html and "Pourquoi ?" in html
    far = read(client, f"/offers/{offer.pk}/about/")
    assert "En discussion, 0 voix" in far
    whole = read(client, f"/offers/{offer.pk}/about/ideas/")
    assert all(f"Idée {number}" in whole for number in range(7)) and "Pourquoi ?" not in whole
    assert client.get(f"/offers/{offer.pk}/about/nothing/").status_code == 404


def test_the_register_is_by_title_of_the_house_and_of_a_space(world, offer, secret, sign_in):
    publish("offer", offer.item.space, world.lea, "Baobab Pro", "Pour qui travaille.")
    html = read(sign_in(world.awa), "/offers/")
    assert html.index("Baobab Pro") < html.index("Fibre 500") and secret.item.title not in html
    assert secret.item.title in read(sign_in(world.nadia), "/offers/")
    only = read(sign_in(world.awa), "/spaces/produit/offers/?show=offered")
    assert "Fibre 500" in only and "Baobab Pro" not in only
    assert kinds.get("offer").beside([offer.pk]) == {offer.pk: "Offered"}

"""No page of links, tags or talk asks the database more than twelve questions, however much there is to show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from palabre.authoring.writing import publish
from palabre.links.models import Link, Type
from palabre.talk.models import Comment

ADDRESSES = (
    "/tags/",
    "/tags/fibre/",
    "/tags/fibre+ont/",
    "/tags/fibre/garden/",
    "/tag-garden/merges/",
    "/tag-garden/suggest/?q=fi",
    "/items/{pk}/tags/",
    "/items/{pk}/links/?q=page",
    "/items/{pk}/links/candidates/?q=page",
    "/items/{pk}/map/",
    "/items/{pk}/comments/",
    "/comments/{comment}/thread/",
    "/links/wanted/",
    "/links/orphans/",
    "/links/astray/",
    "/links/outside/",
    "/spaces/maison/links/wanted/",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_of_the_powers_keeps_to_the_budget(world, sign_in, address):
    space = world.spaces["maison"]
    pages = [
        publish(
            "page", space, world.coumba, f"Page {n}", f"[[Page {n - 1}]] [[Rien {n}]]", tags=["fibre", "ont", f"t{n}"]
        )
        for n in range(8)
    ]
    for other in pages[1:]:
        Link.tie(pages[0], Type.RELATED, other, world.marc)
    openings = [Comment.say(pages[0], world.awa, f"Voir [[Page {n}]] @{world.grace.handle}") for n in range(8)]
    for opening in openings:
        Comment.say(pages[0], world.marc, "Oui.", parent=opening)
    client = sign_in(world.marc)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address.format(pk=pages[0].pk, comment=openings[0].pk))
    assert answer.status_code == 200
    assert len(asked) <= 12, [query["sql"][:120] for query in asked]


def test_an_item_page_spends_three_queries_on_the_powers(world, sign_in):
    page = publish("page", world.spaces["maison"], world.coumba, "Centre", "Un texte.", tags=["fibre"])
    publish("page", world.spaces["maison"], world.coumba, "Autour", "[[Centre]]")
    Comment.say(page, world.awa, "Un mot.")
    client = sign_in(world.marc)
    with CaptureQueriesContext(connection) as asked:
        client.get(page.get_absolute_url())
    # Some came with the reader's sight, and with the item.
    sqls = [query["sql"] for query in asked]
    others = [sql for sql in sqls if "questions_waiting" not in sql and not sql.startswith('SELECT "items_item"')]
    assert len([sql for sql in others if any(f"{room}_" in sql for room in ("links", "tags", "talk"))]) == 3
    assert len(asked) <= 8

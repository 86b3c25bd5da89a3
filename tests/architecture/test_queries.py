"""The number of queries of a page: at most 8 for an item's, at most 12 for any other, on the demo world."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.usefixtures("stories_told")

PAGES = {
    "/": 12,
    "/?all=1": 12,
    "/spaces/": 12,
    "/spaces/reseau/": 12,
    "/spaces/reseau/pages/": 12,
    "/spaces/le-fil/posts/": 12,
    "/spaces/reseau/members/": 12,
    "/people/": 12,
    "/people/{marc}/": 12,
    "/tags/": 12,
    "/tags/fibre/": 12,
    "/write/?kind=page": 12,
    "/items/{item}/edit/": 12,
    "/items/{item}/history/": 12,
    "/items/{item}/audience/": 12,
    "/items/{item}/links/": 12,
    "/items/{item}/map/": 12,
    "/guide/": 12,
}


def queries(client, address: str) -> list[str]:
    client.get(address, follow=True)  # warm caches of templates and content types
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    if response.status_code in (301, 302):
        return queries(client, response["Location"])
    assert response.status_code == 200, (address, response.status_code)
    return [query["sql"] for query in asked]


def test_the_page_of_an_item_asks_at_most_eight_queries(demo_world, sign_in):
    from palabre.items.models import Item

    client = sign_in(demo_world.marc)
    asked = {}
    for item in Item.objects.visible_to(demo_world.marc):
        asked[item.get_absolute_url()] = len(queries(client, item.get_absolute_url()))
    assert {address: number for address, number in asked.items() if number > 8} == {}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_no_more_queries_than_it_may(page, demo_world, sign_in):
    from palabre.items.models import Item

    item = Item.objects.visible_to(demo_world.marc).filter(kind="page").order_by("pk").first()
    address = page.format(item=item.pk, marc=demo_world.marc.pk)
    asked = queries(sign_in(demo_world.marc), address)
    assert len(asked) <= PAGES[page], "\n".join(asked)

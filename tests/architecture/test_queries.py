"""The number of queries of a page: at most 8 for an item's, at most 12 for any other, on the demo world.

And of a save, of whose statements each must earn its place: what stands of the text is compared, not written again.
"""

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


SAVE = (
    "people_session", "spaces_space", "items_item", "authoring_draft",  # who asks, what they see, the row, their draft
    "items_revision",  # what is kept: the row and the version, in one statement
    "links_link", "tags_tagging",  # what stands of the text, compared with what it says now
    "journal_event",  # what others hear
)  # fmt: skip


def test_a_save_that_says_nothing_new_of_other_things_writes_the_text_and_the_event(demo_world, sign_in):
    from palabre.items.models import Item

    client = sign_in(demo_world.marc)
    texts = Item.objects.visible_to(demo_world.marc).filter(kind="page", links_out__type="text", taggings__in_text=True)
    item = texts.order_by("pk").first()

    def save(number: int) -> list[str]:
        sent = {"title": item.title, "body": f"{item.body}\nVersion {number}.\n", "based_on": 10**9}
        with CaptureQueriesContext(connection) as asked:
            assert client.post(f"/items/{item.pk}/edit/", sent).status_code == 302
        return [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]

    save(1)
    asked = save(2)
    assert all(table in sql for table, sql in zip(SAVE, asked, strict=True)), "\n".join(asked)

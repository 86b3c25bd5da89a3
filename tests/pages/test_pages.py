"""Pages: what their readers see, at what cost, and the tree they stand in."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from palabre.authoring.writing import publish, revise
from palabre.items.models import Item
from palabre.pages.tree import BELOW, BESIDE, order_alone, put_in_order, top
from tests.at_once import meanwhile

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(world):
    """A root with two children in the open space of the house."""
    space = world.spaces["maison"]
    root = publish("page", space, world.awa, "Racine", "## Un\n\nVoir [[Feuille]], @coumba.\n\n## Deux\n\nFin.")
    leaves = [publish("page", space, world.awa, title, "Texte.", parent=root) for title in ("Feuille", "Rameau")]
    return root, leaves


def test_a_page_costs_at_most_eight_queries(tree, sign_in, world, django_assert_max_num_queries):
    client = sign_in(world.awa)
    client.get(tree[0].get_absolute_url())
    with django_assert_max_num_queries(8):
        assert client.get(tree[0].get_absolute_url()).status_code == 200


def test_former_words_in_the_address_lead_to_the_present_ones(tree, sign_in, world):
    root = tree[0]
    old = root.get_absolute_url()
    revise(root, world.awa, "Souche", root.body, based_on=1)
    root.refresh_from_db()
    for address in (old, f"/pages/{root.pk}/", f"/pages/{root.pk}-n-importe-quoi/", f"/items/{root.pk}/"):
        assert sign_in(world.awa).get(address).url == root.get_absolute_url()


def test_a_page_shows_what_stands_around_it(tree, sign_in, world):
    root, (leaf, twig) = tree
    html = sign_in(world.awa).get(leaf.get_absolute_url()).content.decode()
    assert f'href="{root.get_absolute_url()}"' in html and f'href="{twig.get_absolute_url()}"' in html
    below = sign_in(world.awa).get(root.get_absolute_url()).content.decode()
    assert below.count(f'href="{leaf.get_absolute_url()}"') == 2  # in the text and below it


def test_children_in_the_trash_are_not_shown(tree, sign_in, world):
    root, (leaf, _twig) = tree
    Item.objects.filter(pk=leaf.pk).update(state="trashed")
    html = sign_in(world.awa).get(root.get_absolute_url()).content.decode()
    assert leaf.get_absolute_url() not in html
    assert 'class="missing"' in html


def test_a_page_whose_parent_is_hidden_stands_at_the_root(tree, sign_in, world):
    root, (leaf, _twig) = tree
    Item.objects.filter(pk=root.pk).update(state="trashed")
    assert leaf.get_absolute_url() in sign_in(world.coumba).get("/spaces/maison/pages/").content.decode()


def test_the_order_of_pages_is_kept_and_new_ones_come_last(tree, sign_in, world):
    root, (_leaf, twig) = tree
    client = sign_in(world.awa)
    client.post(f"/pages/{root.pk}/order/", {"page": twig.pk, "to": "up"})
    publish("page", root.space, world.awa, "À la fin", "x", parent=root)
    html = client.get(root.get_absolute_url()).content.decode()
    below = html[html.index('class="below"') :]
    assert below.index("Rameau") < below.index("Feuille") < below.index("À la fin")
    assert sign_in(world.ramata).post(f"/pages/{root.pk}/order/", {}).status_code == 404


@pytest.mark.parametrize(
    ("page", "said", "order"),
    [
        (0, {"to": "down"}, "BAC"),
        (0, {"to": "up"}, "ABC"),
        (2, {"to": "down"}, "ABC"),
        (2, {"to": "before", "before": 0}, "CAB"),
        (0, {"to": "before", "before": 2}, "BAC"),
        (0, {"to": "before", "before": ""}, "BCA"),
        (1, {"to": "before", "before": 1}, "ABC"),
        (1, {"to": "before", "before": 2}, "ABC"),
        (0, {"to": "before", "before": "x"}, "BCA"),
        (0, {}, "ABC"),
    ],
)
def test_one_post_puts_a_page_up_down_or_before_another(world, sign_in, page, said, order):
    root = publish("page", world.spaces["maison"], world.awa, "Racine", "x")
    children = [publish("page", root.space, world.awa, title, "x", parent=root) for title in "ABC"]
    if isinstance(said.get("before"), int):
        said = said | {"before": children[said["before"]].pk}
    assert sign_in(world.awa).post(f"/pages/{root.pk}/order/", said | {"page": children[page].pk}).status_code == 302
    below = Item.objects.filter(parent=root).order_by("position", "title").values_list("title", flat=True)
    assert "".join(below) == order


@pytest.mark.django_db(transaction=True)
def test_two_who_put_pages_in_order_at_once_each_move_what_they_meant(world, sign_in):
    root = publish("page", world.spaces["maison"], world.awa, "Racine", "x")
    pages = [publish("page", root.space, world.awa, title, "x", parent=root) for title in "ABCD"]
    client, last_goes_first = sign_in(world.awa), {"page": pages[3].pk, "to": "first"}
    with meanwhile(lambda: client.post(f"/pages/{root.pk}/order/", last_goes_first).status_code) as told:
        order_alone(root.space)
        put_in_order([pages[1], pages[2], pages[0], pages[3]])
    below = Item.objects.filter(parent=root).order_by("position", "title").values_list("title", flat=True)
    assert told == [302] and "".join(below) == "DBCA"


def test_a_stranger_reads_public_pages_and_finds_nothing_else(tree, sign_in, world):
    public = publish("page", world.spaces["le-fil"], world.lea, "Pour tous", "Bonjour **à tous**.")
    response = sign_in(None).get(public.get_absolute_url())
    html = response.content.decode()
    assert response.status_code == 200 and '<meta property="og:title" content="Pour tous">' in html
    assert "noindex" not in html
    assert sign_in(None).get(tree[0].get_absolute_url()).status_code == 404
    assert "og:" not in sign_in(world.awa).get(tree[0].get_absolute_url()).content.decode()


def test_what_one_may_not_do_is_not_offered(tree, sign_in, world):
    html = sign_in(world.ramata).get(f"/items/{tree[0].pk}/").status_code
    assert html == 404
    page = publish("page", world.spaces["reseau"], world.coumba, "Réseau", "x")
    html = sign_in(world.awa).get(page.get_absolute_url()).content.decode()
    assert f"/items/{page.pk}/edit/" not in html and f"/items/{page.pk}/trash/" not in html


def many(world, count, parent=None, space="maison"):
    """Pages side by side, as an import of a flat folder leaves them."""
    place = world.spaces[space]
    rows = [
        Item(kind="page", space=place, author=world.awa, parent=parent, title=f"Fiche {n:04}") for n in range(count)
    ]
    return Item.objects.bulk_create(rows)


def titles(html):
    return re.findall(r"Fiche \d{4}(?=</a>)", html)


def walk(client, address, **headers):
    """The titles of a list followed to its end, and the number of its parts."""
    found, parts = [], 0
    while address:
        html = client.get(address, **headers).content.decode()
        found += titles(html)
        parts += 1
        following = re.search(r'rel="next" href="([^"]+)"', html)
        address = following and unescape(following[1])
    return found, parts


@pytest.mark.parametrize("headers", [{}, {"HTTP_HX_REQUEST": "true"}])
def test_three_thousand_pages_side_by_side_are_all_reached_in_parts(sign_in, world, headers):
    made = many(world, 3_000)
    client = sign_in(world.awa)
    assert len(client.get("/spaces/maison/pages/").content) < 100_000
    found, parts = walk(client, "/spaces/maison/pages/", **headers)
    assert found == [page.title for page in made] and parts >= 30


@pytest.mark.parametrize("headers", [{}, {"HTTP_HX_REQUEST": "true"}])
def test_a_broad_branch_is_opened_and_goes_on_in_parts(tree, sign_in, world, headers):
    root = tree[0]
    made = many(world, 350, parent=root)
    client = sign_in(world.awa)
    first = client.get("/spaces/maison/pages/").content.decode()
    assert not titles(first) and f'href="/pages/{root.pk}/below/"' in first
    found, parts = walk(client, f"/pages/{root.pk}/below/", **headers)
    assert found == [page.title for page in made] and parts == 4
    assert sign_in(world.ramata).get(f"/pages/{root.pk}/below/").status_code == 404


def test_a_large_space_shows_two_levels_and_opens_the_third(tree, sign_in, world):
    root, (leaf, twig) = tree
    many(world, 400, parent=leaf)
    client = sign_in(world.awa)
    html = client.get("/spaces/maison/pages/").content.decode()
    assert leaf.get_absolute_url() in html and f"/pages/{leaf.pk}/below/" in html
    assert not titles(html) and f"/pages/{twig.pk}/below/" not in html and f"/pages/{root.pk}/below/" not in html


def test_a_large_tree_shows_nobody_what_they_may_not_see(tree, sign_in, world):
    root, (leaf, _twig) = tree
    Item.objects.filter(pk=root.pk).update(position=-1)
    Item.objects.filter(pk=leaf.pk).update(state="trashed")
    many(world, 400, parent=leaf)
    client = sign_in(world.coumba)
    html = client.get("/spaces/maison/pages/").content.decode()
    assert root.get_absolute_url() in html and leaf.get_absolute_url() not in html
    assert client.get(f"/pages/{leaf.pk}/below/").status_code == 404
    assert len(walk(client, "/spaces/maison/pages/")[0]) == 400  # their parent is hidden: they stand at the root
    below = client.get(f"/pages/{root.pk}/below/").content.decode()
    assert "Rameau" in below and leaf.get_absolute_url() not in below


def test_a_large_tree_costs_two_queries_more(sign_in, world, django_assert_num_queries):
    client = sign_in(world.awa)
    client.get("/spaces/maison/pages/")
    with CaptureQueriesContext(connection) as small:
        client.get("/spaces/maison/pages/")
    many(world, 400)
    with django_assert_num_queries(len(small) + 2):
        client.get("/spaces/maison/pages/")


def test_who_stewards_a_space_puts_its_first_pages_in_order(sign_in, world):
    space = world.spaces["maison"]
    Item.objects.filter(space=space, kind="page").update(state="trashed")
    pages = many(world, 3)
    client, address = sign_in(world.marc), f"/spaces/{space.slug}/pages/order/"
    assert address in client.get(f"/spaces/{space.slug}/pages/").content.decode()
    assert client.post(address, {"page": pages[2].pk, "to": "up"}).status_code == 302
    assert titles(client.get(f"/spaces/{space.slug}/pages/").content.decode()) == [
        "Fiche 0000",
        "Fiche 0002",
        "Fiche 0001",
    ]
    assert sign_in(world.awa).post(address, {"page": pages[0].pk, "to": "down"}).status_code == 403
    assert address not in sign_in(world.awa).get(f"/spaces/{space.slug}/pages/").content.decode()


def test_a_long_list_is_put_in_order_in_parts(sign_in, world):
    space = world.spaces["maison"]
    Item.objects.filter(space=space, kind="page").update(state="trashed")
    pages = many(world, 150)
    client, address = sign_in(world.marc), f"/spaces/{space.slug}/pages/order/?start=100"
    html = client.get(address).content.decode()
    assert len(titles(html)) >= 50 and "<drag-order" not in html
    assert client.post(address, {"page": pages[100].pk, "to": "up"}).url == address
    client.post(address, {"page": pages[149].pk, "to": "first"})
    said = [page.title for page in top(space, world.marc)]
    assert said[0] == "Fiche 0149" and said[100:102] == ["Fiche 0100", "Fiche 0099"]


def test_a_page_shows_the_first_of_what_stands_below_it_and_leads_to_all(tree, sign_in, world):
    root = tree[0]
    made = many(world, 350, parent=root)
    Item.objects.filter(pk=made[0].pk).update(state="draft")
    Item.objects.filter(pk=made[1].pk).update(state="archived")
    client = sign_in(world.awa)
    html = client.get(root.get_absolute_url()).content.decode()
    below = html[html.index('class="below"') :]
    assert titles(below) == [page.title for page in made[2 : BELOW + 1]]  # and "Feuille"
    assert f'href="/pages/{root.pk}/below/">Les 350 pages</a>' in below  # 348 of these, and the two of the world
    assert titles(walk_start := client.get(f"/pages/{root.pk}/below/").content.decode())[0] == "Fiche 0002"
    assert "Fiche 0001" not in walk_start


def test_beside_a_page_stand_its_nearest_neighbours(tree, sign_in, world):
    made = many(world, 350, parent=tree[0])
    html = sign_in(world.awa).get(made[200].get_absolute_url()).content.decode()
    beside = html[html.index("À côté de cette page") :]
    assert titles(beside) == [page.title for page in [*made[200 - BESIDE : 200], *made[201 : 201 + BESIDE]]]
    assert f'href="/pages/{tree[0].pk}/below/">Les 351 pages à côté</a>' in beside


def test_few_neighbours_are_shown_whole(tree, sign_in, world):
    html = sign_in(world.awa).get(tree[0].get_absolute_url()).content.decode()
    assert 'class="below"' in html and "/below/" not in html

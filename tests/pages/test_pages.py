"""Pages: what their readers see, at what cost, and the tree they stand in."""

import pytest

from palabre.authoring.writing import publish, revise
from palabre.items.models import Item

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


def test_a_tree_that_ends_before_the_last_page_says_so(sign_in, world, monkeypatch):
    for title in ("Un", "Deux"):
        publish("page", world.spaces["maison"], world.awa, title, "x")
    client = sign_in(world.awa)
    sentence = "plus de pages qu’une liste"
    assert sentence not in client.get("/spaces/maison/pages/").content.decode()
    monkeypatch.setattr("palabre.pages.tree.LARGEST", 1)
    assert sentence in client.get("/spaces/maison/pages/").content.decode()

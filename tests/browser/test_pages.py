"""Pages put in order by hand: dragged, or moved by their buttons."""

import pytest

from palabre.authoring.writing import publish
from palabre.items.models import Item


@pytest.fixture
def root(world):
    root = publish("page", world.spaces["maison"], world.awa, "Racine", "x")
    for title in ("Une", "Deux", "Trois"):
        publish("page", root.space, world.awa, title, "x", parent=root)
    tree = {page.title: page for page in Item.objects.filter(parent=root)}
    for position, title in enumerate(("Une", "Deux", "Trois")):
        Item.objects.filter(pk=tree[title].pk).update(position=position - 3)
    return root


def shown(page):
    return page.locator("drag-order li a").all_inner_texts()


def kept(root):
    return list(Item.objects.filter(parent=root).order_by("position", "title").values_list("title", flat=True))


def take(page, title):
    grip = page.locator("li", has_text=title).locator(".grip").bounding_box()
    page.mouse.move(grip["x"] + 5, grip["y"] + grip["height"] / 2)
    page.mouse.down()


def carry(page, title):
    """Over the lower half of a row and beyond, in steps as a hand does."""
    row = page.locator("li", has_text=title).bounding_box()
    page.mouse.move(row["x"] + 5, row["y"] + row["height"] + 2, steps=8)


@pytest.mark.parametrize("width", [1440, 390])
def test_a_page_is_dragged_to_its_place_and_sent_once(visit, world, root, violations, width):
    page = visit(f"/pages/{root.pk}/order/", world.awa, width=width)
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.locator(".grip").first.wait_for()
    assert violations(page) == []
    take(page, "Une")
    carry(page, "Trois")
    assert shown(page) == ["Deux", "Trois", "Une"] and sent == []
    with page.expect_navigation():
        page.mouse.up()
    page.get_by_role("status").get_by_text("Déplacée").wait_for()
    assert shown(page) == kept(root) == ["Deux", "Trois", "Une"]
    assert len(sent) == 1


def test_escape_leaves_the_order_as_it_was(visit, world, root):
    page = visit(f"/pages/{root.pk}/order/", world.awa)
    page.locator(".grip").first.wait_for()
    take(page, "Une")
    carry(page, "Trois")
    page.keyboard.press("Escape")
    page.mouse.up()
    assert shown(page) == kept(root) == ["Une", "Deux", "Trois"]


def test_the_buttons_do_the_same_by_keyboard_and_without_a_script(visit, world, root):
    page = visit(f"/pages/{root.pk}/order/", world.awa, script=False)
    assert page.locator(".grip").first.is_hidden()
    page.get_by_role("button", name="Une : descendre").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert shown(page) == kept(root) == ["Deux", "Une", "Trois"]

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


class Finger:
    """A finger on the glass, as the hardware tells the browser of it."""

    def __init__(self, page):
        self.glass = page.context.new_cdp_session(page)

    def _tell(self, what, *points):
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self.glass.send("Input.dispatchTouchEvent", {"type": what, "touchPoints": touches})

    def press(self, *points):
        self._tell("touchStart", *points)
        self.points = points

    def slide(self, x, y):
        """The first of the fingers, in steps."""
        (from_x, from_y), *others = self.points
        for step in range(1, 11):
            self._tell("touchMove", (from_x + (x - from_x) * step / 10, from_y + (y - from_y) * step / 10), *others)
        self.points = ((x, y), *others)

    def lift(self):
        self._tell("touchEnd")


def grip_of(page, title):
    grip = page.locator("li", has_text=title).locator(".grip").bounding_box()
    return grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2


def beyond(page, title):
    row = page.locator("li", has_text=title).bounding_box()
    return row["x"] + 20, row["y"] + row["height"] + 2


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


def test_a_finger_on_the_grip_moves_a_page_and_not_the_screen(visit, world, root):
    page = visit(f"/pages/{root.pk}/order/", world.awa, width=390, has_touch=True, is_mobile=True)
    page.locator(".grip").first.wait_for()
    assert all(side >= 44 for side in list(page.locator(".grip").first.bounding_box().values())[2:])
    before, finger = page.evaluate("scrollY"), Finger(page)
    finger.press(grip_of(page, "Une"))
    finger.slide(*beyond(page, "Trois"))
    assert shown(page) == ["Deux", "Trois", "Une"] and page.evaluate("scrollY") == before
    with page.expect_navigation():
        finger.lift()
    page.get_by_role("status").get_by_text("Déplacée").wait_for()
    assert shown(page) == kept(root) == ["Deux", "Trois", "Une"]


def test_a_second_finger_takes_no_other_page(visit, world, root):
    page = visit(f"/pages/{root.pk}/order/", world.awa, width=390, has_touch=True, is_mobile=True)
    page.locator(".grip").first.wait_for()
    finger = Finger(page)
    finger.press(grip_of(page, "Une"))
    finger.press(grip_of(page, "Une"), grip_of(page, "Trois"))
    assert page.locator(".taken").count() == 1
    finger.slide(*beyond(page, "Deux"))
    with page.expect_navigation():
        finger.lift()
    assert shown(page) == kept(root) == ["Deux", "Une", "Trois"]


def test_a_finger_beside_the_grip_scrolls_as_ever(visit, world, root):
    for number in range(20):
        publish("page", root.space, world.awa, f"Suite {number:02}", "x", parent=root)
    page = visit(f"/pages/{root.pk}/order/", world.awa, width=390, has_touch=True, is_mobile=True)
    page.locator(".grip").first.wait_for()
    order, row = shown(page), page.locator("li", has_text="Suite 05").locator("a").bounding_box()
    finger = Finger(page)
    finger.press((row["x"] + 60, row["y"] + 5))
    finger.slide(row["x"] + 60, row["y"] - 300)
    finger.lift()
    page.wait_for_function("scrollY > 100")
    assert shown(page) == order and page.locator(".taken").count() == 0

"""Ideas in a browser: axe finds nothing on pages of campaigns, reviews, teams and halves, and none scrolls sideways."""

from datetime import timedelta

import pytest

from palabre.authoring.writing import publish
from palabre.ideas.agenda import today
from palabre.ideas.models import Half, Idea, Review, Teammate
from tests.browser.conftest import too_wide, unfold

LONG = "anticonstitutionnellement" * 3


@pytest.fixture
def addresses(world, site) -> list[str]:
    """What Marc meets, who stewards the space and was asked for a review; long words everywhere."""
    space, marc = world.spaces["installateurs"], world.marc
    campaign = publish("campaign", space, marc, f"Des gaines {LONG}", "Lesquelles ?").campaign
    campaign.plan(today(), today() + timedelta(days=9), "everybody", [f"Prix {LONG[:50]}", "Pose"], marc, marc)
    ended = publish("campaign", space, marc, f"Avant {LONG}", "Lesquelles ?").campaign
    ended.plan(today(), today(), "inside", [], marc, marc)
    for said in (f"Rien {LONG}.", f"Presque rien {LONG}."):
        ended.conclude(said, marc)
    quiet = publish("campaign", space, marc, f"Sans suite {LONG}", "Lesquelles ?").campaign
    left = publish("campaign", space, marc, f"Laissée {LONG}", "Lesquelles ?").campaign
    for each in (quiet, left):
        each.plan(today() - timedelta(days=9), today() - timedelta(days=1), "inside", [], marc, marc)
    left.leave(f"Personne ne dit {LONG}.", marc)
    idea = publish("idea", space, world.awa, f"Une gaine {LONG}", "Pour tous.", campaign=campaign.item).idea
    owed = publish("idea", space, world.awa, "Une gaine due", "Pour tous.", campaign=campaign.item).idea
    for one, people in ((idea, (world.awa, world.idrissa, marc)), (owed, (world.coumba,))):
        for number, person in enumerate(people):
            Review.ask(one, [person.pk], marc)
            review = Review.objects.select_related("idea__item").get(idea=one, person=person)
            review.give({campaign.criteria[0]: 1 + 2 * number, "Pose": 4}, f"Vu {LONG}.")
    Review.ask(owed, [marc.pk], marc)
    Teammate.join(idea.item, world.tidiane)
    idea.respond(f"Oui {LONG}.", marc)
    idea.respond("Oui, dès mai.", marc)
    whole = publish("idea", space, world.awa, f"Deux choses {LONG}", "Ceci et cela.").idea
    [half, _other] = whole.split_into(Half(f"Ceci {LONG}", ""), Half(f"Cela {LONG}", ""), f"Deux {LONG}.", marc)
    half.idea.item = half  # type: ignore[attr-defined]
    for where in (campaign.item, None):
        half.idea.place(where, f"Pour voir {LONG}.", marc)  # type: ignore[attr-defined]
    again = publish("idea", space, world.awa, f"La même gaine {LONG}", "Pour tous.").idea
    again.merge_into(idea, marc)
    facets = Idea.objects.select_related("item").in_bulk([idea.pk, owed.pk, whole.pk])
    return [
        "/campaigns/", "/campaigns/?show=ended", "/spaces/installateurs/ideas/campaigns/",
        *(each.item.get_absolute_url() for each in (campaign, ended, quiet, left)),
        *(f"/campaigns/{campaign.pk}/{page}/" for page in ("ideas", "ranking", "plan", "conclusion")),
        *(facet.item.get_absolute_url() for facet in facets.values()), half.get_absolute_url(),
        f"{again.item.get_absolute_url()}?alone=1", f"/ideas/{idea.pk}/same/",
        *(f"/ideas/{idea.pk}/{page}/" for page in ("reviewers", "review", "split", "team/space", "campaign")),
        f"/ideas/{half.pk}/campaign/",
        "/spaces/installateurs/ideas/ranking/",
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)])
def test_axe_finds_nothing_on_their_pages(visit, world, addresses, faults, width, dark):
    page = visit("/guide/", world.marc, width=width, dark=dark)
    assert faults(page, addresses, unfold) == {}


def test_none_of_their_pages_scrolls_sideways_at_320(visit, world, addresses):
    page = visit("/guide/", world.marc, width=320)
    assert too_wide(page, addresses) == []


def test_an_idea_is_proposed_from_its_campaign_without_leaving_the_desk(visit, world, site):
    space = world.spaces["installateurs"]
    item = publish("campaign", space, world.marc, "Des gaines", "Lesquelles ?")
    item.campaign.plan(today(), today() + timedelta(days=9), "everybody", [], world.marc, world.marc)
    page = visit(item.get_absolute_url(), world.coumba, width=390)
    page.locator("form[action$='/proposal/'] button").click()
    page.locator("#title").fill("Une gaine jaune")
    page.locator("#body").fill("On la voit.")
    page.locator(".head button[value='publish:installateurs']").click()
    page.locator("h1", has_text="Une gaine jaune").wait_for()
    page.locator("a", has_text="Des gaines").first.click()
    page.locator("#ideas a", has_text="Une gaine jaune").wait_for()


def test_an_idea_is_moved_on_the_board_by_keyboard_and_by_a_finger_on_a_phone(visit, world, site):
    idea = publish("idea", world.spaces["maison"], world.awa, "Un banc à l’ombre", "Devant chaque agence.")
    page = visit("/spaces/maison/ideas/board/", world.marc, width=390, has_touch=True)
    grip = page.locator(f"[data-idea='{idea.pk}'] .grip")
    grip.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("[data-told]") == "Vers À l’essai"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/ideas/{idea.pk}/stage/?next=board&to=trial")
    page.fill("textarea", "On essaie devant Thiès.")
    page.click("main form .primary")
    page.wait_for_url("**/ideas/board/")
    assert page.locator(f"[data-stage=trial] [data-idea='{idea.pk}']").count() == 1
    # Held at the side, the board goes on under the card, to a stage that was out of sight.
    last = page.locator(".column").last
    assert last.bounding_box()["x"] > 390
    grip.hover(trial=True)  # in sight, and still
    box, touch = grip.bounding_box(), page.context.new_cdp_session(page)
    x, y = box["x"] + 10, box["y"] + 10
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    page.wait_for_selector(".card.taken")
    for far in (x + (380 - x) / 2, 380):
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": far, "y": y}]})
    page.wait_for_selector(".column:last-child.over")
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_url(f"**/ideas/{idea.pk}/stage/?next=board&to=declined")


def test_a_window_shows_that_the_board_goes_on_and_names_the_stages_whole(visit, world, site):
    publish("idea", world.spaces["maison"], world.awa, "Un banc à l’ombre", "Devant chaque agence.")
    page = visit("/spaces/maison/ideas/board/", world.marc)
    board = page.locator(".board").bounding_box()
    end = board["x"] + board["width"]
    columns = [column.bounding_box() for column in page.locator(".column").all()]
    cut = [box for box in columns if box["x"] + box["width"] > end + 1]
    assert cut and end - cut[0]["x"] > 40  # a part of the first that is cut is seen
    title = page.locator(".card h4")
    assert title.evaluate("one => getComputedStyle(one).fontFamily").startswith("Newsreader")
    # What is chosen fits in its box; 24 px are the arrow's.
    assert page.locator(".card select").evaluate(
        """one => {
          const canvas = document.createElement("canvas").getContext("2d");
          canvas.font = getComputedStyle(one).font;
          const wide = Math.max(...[...one.options].map((each) => canvas.measureText(each.text).width));
          return wide + 24 <= one.clientWidth;
        }"""
    )

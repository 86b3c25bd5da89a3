"""Ideas and decisions in a browser: axe finds nothing, nothing scrolls sideways, and a long word widens no page."""

from datetime import timedelta

import pytest

from palabre.authoring.writing import publish
from palabre.counting.ballots import Ranking
from palabre.counting.document import declared
from palabre.counting.schulze import Schulze
from palabre.counting.terms import Terms
from palabre.decisions import electorate
from palabre.ideas.models import Support
from palabre.kit.clock import now
from tests.browser.conftest import too_wide

LONG = "anticonstitutionnellement" * 3


@pytest.fixture
def addresses(world, site) -> list[str]:
    """What Marc, who stewards the space, meets of an idea with voices and of decisions at each stage."""
    space, marc = world.spaces["installateurs"], world.marc
    item = publish("idea", space, world.awa, f"Des gaines {LONG}", "Pour **tous**. #gaine")
    item.idea.item = item
    Support.give(item, world.coumba)
    Support.bring(item, world.moussa, marc, "visit", f"Moi aussi, {LONG}.")
    item.idea.move("trial", f"On essaie {LONG}.", marc)
    item.idea.respond("Oui, pour un an.", marc)
    found = [
        "/ideas/",
        "/spaces/installateurs/ideas/",
        "/spaces/installateurs/ideas/board/",
        "/spaces/installateurs/ideas/done/",
        "/spaces/installateurs/ideas/stages/",
        item.get_absolute_url(),
        *(f"/ideas/{item.pk}/{page}/" for page in ("stage", "outcome", "voices", "same")),
        "/write/?kind=idea",
        "/decisions/",
        "/spaces/installateurs/decisions/",
    ]
    for stage in ("draft", "open", "closed"):
        decision = publish("decision", space, marc, f"Quelle gaine {LONG} ({stage}) ?", "Une proposition.").decision
        options = [{"key": str(number), "title": f"La gaine {LONG} {number}"} for number in range(1, 4)]
        ends = now() + timedelta(days=3)
        decision.prepare(marc, [], options=options, who="readers", closes_at=ends, **declared(Terms(Schulze())))
        if stage != "draft":
            decision.open(marc, electorate.those)
            decision.cast(world.coumba, Ranking.of("1", "2"))
        if stage == "closed":
            decision.close()
            decision.state(marc, f"Ce sera la première, {LONG}.")
            found.append(f"/decisions/{decision.pk}/ballots/")
        pages = {"draft": "preparation", "open": "electorate"}
        found += [decision.item.get_absolute_url()]
        found += [f"/decisions/{decision.pk}/{pages[stage]}/"] if stage in pages else []
    return found


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)])
def test_axe_finds_nothing_on_the_pages_of_ideas_and_decisions(visit, world, addresses, faults, width, dark):
    page = visit("/guide/", world.marc, width=width, dark=dark)
    assert faults(page, addresses) == {}


def test_no_page_of_ideas_and_decisions_scrolls_sideways_at_320(visit, world, addresses):
    page = visit("/guide/", world.marc, width=320)
    assert too_wide(page, addresses) == []

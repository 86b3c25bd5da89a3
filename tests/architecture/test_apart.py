"""What stands apart, a conversation, is no text: of the addresses about an item it has those that are named here."""

import pytest
from django.db import transaction
from django.urls import reverse

from palabre.authoring.writing import publish
from palabre.conversations.models import Conversation
from palabre.items import kinds
from palabre.items.models import State
from palabre.kit import policy
from palabre.links.forms import choices
from palabre.links.models import Link
from tests.architecture.rows import ITEM, ROWS

# Its number leads to it, one hears of it, sees who reads it and what files it has; what is said has a room of its own.
HAS = {"authoring:item", "items:audience", "files:of_item", "signals:seen", "signals:following"}
ABOUT_ITEMS = {name: row for name, row in ROWS.items() if (row.arguments or {}).items() >= ITEM.items()}
MAY = {"item.comment"}


@pytest.fixture
def talk(world):
    """Of Awa and Marc, who is a steward elsewhere; and what it would be tied to."""
    return Conversation.objects.start(world.awa, [world.marc])


def test_it_has_no_address_of_a_text(world, talk, sign_in):
    marc, told = sign_in(world.marc), {}
    for name, row in ABOUT_ITEMS.items():
        known = {"pk": talk.pk, "number": 1, "thing": "item", "form": "atom"}
        address = reverse(name, kwargs={ours: known[ours] for ours in row.arguments}) + row.query
        for method in ("get", "post"):
            with transaction.atomic():
                told[name, method] = getattr(marc, method)(address, row.data or {}).status_code
                transaction.set_rollback(True)
    there = {name for (name, _method), code in told.items() if code not in (404, 405)}
    assert there == HAS
    assert {name for name, method in told if method == "post" and told[name, method] < 400} <= {
        "signals:seen",
        "signals:following",
    }


def test_no_rule_of_items_lets_one_do_anything_to_it_but_speak(world, talk):
    item = talk.item
    named = ["link.lead", "file.add", *(action for action in policy.actions() if action.startswith("item."))]
    for state in State:
        item.state = state
        allowed = {action for action in named if policy.may(world.awa, action, item)}
        assert allowed <= MAY, (state, allowed)


def test_from_elsewhere_too_nothing_is_tied_to_it_or_followed_by_its_kind(world, talk, sign_in):
    page, marc = publish("page", world.spaces["maison"], world.marc, "Une page", "Texte."), sign_in(world.marc)
    for words, _label in choices():
        assert marc.post(f"/items/{page.pk}/links/", {"other": talk.pk, "words": words}).status_code == 404, words
    assert not Link.objects.filter(target=talk.item).exists()
    assert not Link.objects.filter(source=talk.item).exists()
    [kind] = [kind.name for kind in kinds.every() if kind.apart]
    answer = marc.post(f"/following/space/{page.space_id}/", {"level": "all", "kind": kind})
    assert answer.status_code == 404


def test_a_message_is_not_settled_like_a_remark(world, talk, sign_in):
    said = talk.say(world.awa, "Une question ?")
    assert not policy.may(world.awa, "comment.resolve", said)
    assert sign_in(world.awa).post(f"/comments/{said.pk}/resolution/").status_code == 403

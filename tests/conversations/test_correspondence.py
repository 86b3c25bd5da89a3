"""Who may write to whom, as the house decides; refused with a sentence, in the form, in completion and on adding."""

import pytest

from palabre.conversations.correspondence import apart, correspondents
from palabre.conversations.models import Conversation, Correspondence

pytestmark = pytest.mark.django_db


def reached(person):
    return set(correspondents(person).values_list("name", flat=True))


def test_the_house_writes_to_itself_and_outside_to_those_they_share_a_space_with(world):
    assert world.binta.name in reached(world.awa)
    assert world.tidiane.name in reached(world.awa)
    assert world.tidiane.name not in reached(world.binta)
    assert world.diego.name not in reached(world.awa)
    assert reached(world.tidiane) >= {p.name for p in (world.koffi, world.coumba, world.marc, world.awa, world.idrissa)}
    assert not reached(world.tidiane) & {p.name for p in (world.nadia, world.ramata, world.tom)}
    assert reached(world.diego) == set()


def test_those_without_account_robots_and_those_who_left_are_not_written_to(world):
    assert not {world.moussa.name, world.bineta.name, world.relais.name, world.awa.name} & reached(world.awa)


def test_a_conversation_makes_nobody_share_a_space(world):
    Conversation.objects.start(world.marc, [world.tidiane, world.ramata])
    assert world.ramata.name not in reached(world.tidiane)
    assert apart([world.tidiane], [world.ramata])


@pytest.mark.parametrize(("rule", "seen"), [("all", True), ("shared", False), ("nobody", False)])
def test_administrators_decide_of_partners(world, rule, seen):
    Correspondence.objects.create(partners=rule)
    assert (world.diego.name in reached(world.awa)) is seen
    assert (world.tidiane.name in reached(world.awa)) is (rule != "nobody")


def test_nobody_from_outside_writes_to_another_organisation_when_the_house_says_so(world):
    Correspondence.objects.create(outsiders="nobody")
    assert world.koffi.name not in reached(world.tidiane)


def test_a_refusal_is_a_sentence_and_nothing_is_sent(world, sign_in):
    marc = sign_in(world.marc)
    to = [world.tidiane.pk, world.ramata.pk]
    refused = marc.post("/conversations/new/", {"to": to, "body": "Bonjour"})
    assert refused.status_code == 422
    assert world.ramata.name in refused.content.decode()
    assert "Bonjour" in refused.content.decode()
    assert not Conversation.objects.exists()


def test_whom_one_may_not_write_to_is_not_offered_nor_taken(world, sign_in):
    tidiane = sign_in(world.tidiane)
    assert world.nadia.name not in tidiane.get("/conversations/new/").content.decode()
    assert tidiane.post("/conversations/new/", {"to": [world.nadia.pk], "body": "x"}).status_code == 422


def test_who_can_write_to_nobody_is_told_what_would_change_it(world, sign_in):
    diego = sign_in(world.diego)
    page = diego.get("/conversations/new/", headers={"Accept-Language": "en"}).text
    assert "with whom you share a space" in page and "has not allowed it" not in page
    Correspondence.objects.create(partners="nobody", outsiders="nobody")
    page = diego.get("/conversations/new/", headers={"Accept-Language": "en"}).text
    assert "has not allowed it" in page and "with whom you share a space" not in page


def test_on_adding_each_of_those_who_are_there_is_asked_for(world, sign_in):
    group = Conversation.objects.start(world.marc, [world.tidiane, world.awa])
    marc = sign_in(world.marc)
    refused = marc.post(f"/conversations/{group.pk}/people/", {"to": [world.ramata.pk]})
    assert refused.status_code == 422
    added = marc.post(f"/conversations/{group.pk}/people/", {"to": [world.koffi.pk]})
    assert added.status_code == 302
    assert group.item.space.memberships.filter(person=world.koffi).exists()


def test_the_rule_is_kept_by_administrators(world, sign_in):
    assert sign_in(world.awa).get("/conversations/rules/").status_code == 403
    tom = sign_in(world.tom)
    saved = tom.post("/conversations/rules/", {"partners": "all", "customers": "nobody", "outsiders": "shared"})
    assert saved.status_code == 302
    assert Correspondence.objects.get().customers == "nobody"
    assert tom.get("/conversations/rules/").status_code == 200

"""A proposal is written at the desk, what decides is declared beside it, and the vote opens with a list that stays."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.utils.html import conditional_escape
from django.utils.translation import override

from palabre.counting.budget.shares import EqualShares
from palabre.counting.explained import RULES
from palabre.counting.majority import Majority
from palabre.counting.terms import Quorum
from palabre.decisions import electorate
from palabre.decisions.methods import METHODS, titles
from palabre.decisions.models import Decision, Elector, Settled, Stage
from palabre.items.appointments import keep_due
from palabre.items.models import Item
from palabre.kit.clock import now
from palabre.signals.models import Signal
from palabre.spaces.models import Membership
from tests.decisions.conftest import hour


def told(**more):
    common = {"options": "Oui\nNon", "who": "members", "shown": "closed", "closes_at": hour(days=3)}
    return common | {"share": "2/3", "base": "cast"} | more


def prepare(client, decision, method="majority", **more):
    return client.post(f"/decisions/{decision.pk}/preparation/?method={method}", told(**more))


def test_a_proposal_is_written_at_the_desk_like_any_text(world, space, sign_in):
    sent = {"kind": "decision", "space": space.slug, "title": "Le samedi", "body": "Ouvrir ?", "action": "publish"}
    assert sign_in(world.awa).post("/write/", sent).status_code == 302
    assert Item.objects.get(title="Le samedi").decision.stage == Stage.DRAFT


def test_each_rule_of_the_house_can_be_chosen_and_is_explained(world, decision, sign_in):
    html = sign_in(world.awa).get(f"/decisions/{decision.pk}/preparation/").content.decode()
    assert set(METHODS) == set(RULES)
    for name in METHODS:
        assert f"?method={name}" in html


def test_a_majority_is_declared_with_base_threshold_quorum_and_ties(world, decision, sign_in):
    assert prepare(sign_in(world.awa), decision, quorum="50 %", ties="status-quo").status_code == 302
    decision.refresh_from_db()
    terms = decision.terms
    assert terms.rule == Majority("cast", Fraction(2, 3), strict=False)
    assert (terms.quorum, terms.ties.option) == (Quorum(share=Fraction(1, 2)), "2")
    assert [option["title"] for option in decision.options] == ["Oui", "Non"]


def test_yes_and_no_that_nobody_wrote_are_said_in_the_reader_s_language(world, decision, opened, sign_in):
    """Decision 69: they are the house's words; what somebody wrote stands as they wrote it."""
    written = [{"key": "1", "title": "Oui"}, {"key": "2", "title": "Non"}, {"key": "3", "title": "Plus tard"}]
    for language, said in (("fr", ["Oui", "Non"]), ("en", ["Yes", "No"])):
        with override(language):
            assert [*titles("majority", written[:2]).values()] == said
            assert titles("majority", written)["1"] == titles("approval", written[:2])["1"] == "Oui"
    opened(Majority(), ["Oui", "Non"])
    world.marc.language = "en"
    world.marc.save(update_fields=["language"])
    html = sign_in(world.marc).get(decision.item.get_absolute_url()).content.decode().partition('id="ballot"')[2]
    assert "<span>Yes</span>" in html and "<span>No</span>" in html and "Oui" not in html.partition("</form>")[0]


def test_what_was_declared_comes_back_into_the_form(world, decision, sign_in):
    client = sign_in(world.awa)
    prepare(client, decision, quorum="50 %", who="named", named="@coumba")
    html = client.get(f"/decisions/{decision.pk}/preparation/").content.decode()
    assert 'value="50 %"' in html and "@coumba" in html and '<option value="2/3" selected>' in html


def test_a_budget_needs_the_cost_of_each_project_and_says_which_has_none(world, decision, sign_in):
    client = sign_in(world.awa)
    response = prepare(client, decision, "equal-shares", options="Cuisine: 60\nBancs", budget="100", ties="lot")
    assert response.status_code == 422 and "Bancs" in response.content.decode()
    assert "Cuisine: 60" in response.content.decode()  # nothing typed is lost
    assert (
        prepare(
            client, decision, "equal-shares", options="Cuisine: 60\nBancs : 1 200", budget="100", ties="lot"
        ).status_code
        == 302
    )
    decision.refresh_from_db()
    assert decision.terms.rule == EqualShares(100, {"1": 60, "2": 1200})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("options", "Seule"), ("options", "Oui\noui"), ("closes_at", "2020-01-01T10:00"), ("quorum", "120 %"),
        ("quorum", "peu"), ("review_on", "2020-01-01"), ("named", "@personne"), ("share", "9/8"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_kept(field, value, world, decision, sign_in):
    more = {field: value} | ({"who": "named"} if field == "named" else {})
    response = prepare(sign_in(world.awa), decision, **more)
    assert response.status_code == 422 and f'id="id_{field}_error"' in response.content.decode()
    decision.refresh_from_db()
    assert not decision.is_ready


def test_nobody_is_named_who_cannot_read_it(world, decision, sign_in):
    assert prepare(sign_in(world.awa), decision, who="named", named="@ramata").status_code == 422


def test_opening_freezes_the_list_tells_it_and_shows_it(world, space, decision, sign_in, hear):
    client = sign_in(world.awa)
    prepare(client, decision)
    assert client.post(f"/decisions/{decision.pk}/opening/").status_code == 302
    decision.refresh_from_db()
    members = {"marc", "nadia", "awa", "coumba", "grace", "tom"}
    voters = set(Elector.objects.filter(decision=decision).values_list("person__handle", flat=True))
    assert decision.stage == Stage.OPEN and voters == {getattr(world, key).handle for key in members}
    Membership.objects.create(space=space, person=world.lea, role="contributor")
    assert Elector.objects.filter(decision=decision).count() == 6
    hear()
    assert {each.person for each in Signal.objects.filter(verb="decision_opened", reason="elector")} == {
        world.marc, world.nadia, world.coumba, world.grace, world.tom,
    }  # fmt: skip
    html = sign_in(world.lea).get(f"/decisions/{decision.pk}/electorate/").content.decode()
    listed = html.partition('<ul class="list">')[2].partition("</ul>")[0]
    assert world.grace.name in listed and world.lea.name not in listed


def test_what_is_not_declared_does_not_open(world, decision, sign_in):
    response = sign_in(world.awa).post(f"/decisions/{decision.pk}/opening/")
    assert response.status_code == 422
    decision.refresh_from_db()
    assert decision.stage == Stage.DRAFT
    with pytest.raises(Settled):
        decision.open(world.awa, lambda _decision: [world.awa.pk])


def test_a_quorum_that_could_never_be_reached_does_not_open(world, decision, sign_in):
    client, opening = sign_in(world.awa), f"/decisions/{decision.pk}/opening/"
    prepare(client, decision, quorum="2", who="named", named="@coumba")
    html = client.post(opening).content.decode()
    decision.refresh_from_db()
    assert decision.stage == Stage.DRAFT and "est de 2, et le nombre de ceux qui peuvent voter de 1" in html
    prepare(client, decision, quorum="1", who="named", named="@coumba")
    assert client.post(opening).status_code == 302


def test_it_opens_by_itself_once_at_its_hour(world, decision, sign_in):
    prepare(sign_in(world.awa), decision, opens_at=hour(hours=1))
    assert keep_due() == 0
    assert keep_due(now() + timedelta(hours=2)) == 1
    decision.refresh_from_db()
    assert decision.stage == Stage.OPEN and decision.turns.count() == 1
    keep_due(now() + timedelta(hours=2))
    assert decision.turns.count() == 1


def test_it_does_not_open_by_itself_for_who_may_no_longer(world, space, decision, sign_in):
    prepare(sign_in(world.awa), decision, opens_at=hour(hours=1))
    type(world.awa).objects.filter(pk=world.awa.pk).update(left_at=now())
    keep_due(now() + timedelta(hours=2))
    decision.refresh_from_db()
    assert decision.stage == Stage.DRAFT


def test_readers_and_named_people_may_be_the_electorate(world, decision):
    decision.who = "readers"
    assert world.lea.pk in electorate.those(decision) and world.ramata.pk not in electorate.those(decision)
    Elector.objects.create(decision=decision, person=world.coumba)
    decision.who = "named"
    assert electorate.those(decision) == [world.coumba.pk]


def test_a_list_of_names_is_never_cut(world, decision, sign_in):
    response = prepare(sign_in(world.awa), decision, who="named", named="@awa\n" * 1000 + "@coumba")
    assert response.status_code == 422 and "1000" in response.content.decode().partition("id_named_error")[2]
    assert not decision.electors.exists()


def test_who_may_vote_is_who_was_declared_last_whatever_was_read_before(world, decision, sign_in):
    client = sign_in(world.awa)
    prepare(client, decision, who="readers")
    read_before = Decision.objects.select_related("item__space").get(pk=decision.pk)
    prepare(client, decision, who="named", named="@coumba")
    read_before.open(world.awa, electorate.those)
    assert [each.person for each in decision.electors.all()] == [world.coumba]


def test_the_rule_is_explained_on_the_page_with_its_example(opened, sign_in, world):
    html = sign_in(world.lea).get(opened(Majority()).item.get_absolute_url()).content.decode()
    with override(world.lea.language):
        for words in (RULES["majority"].sentences, RULES["majority"].example):
            assert conditional_escape(str(words)) in html


def test_what_meets_equals_on_its_way_needs_what_always_decides(world, decision, sign_in):
    client, options = sign_in(world.awa), "Un\nDeux\nTrois"
    for ties in ("", "status-quo"):
        assert prepare(client, decision, "scottish-stv", options=options, seats="2", ties=ties).status_code == 422
    for ties in ("lot", "chair"):
        assert prepare(client, decision, "scottish-stv", options=options, seats="2", ties=ties).status_code == 302

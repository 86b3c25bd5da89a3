"""A vote closes by itself, once; early, later or not at all with a reason; and can be counted again."""

import json
import subprocess
import sys
from datetime import timedelta
from fractions import Fraction
from hashlib import sha256

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from palabre.counting.advice import Advice
from palabre.counting.approval import MostApproved
from palabre.counting.ballots import Approval, Choice, Ranking, Scores
from palabre.counting.budget.shares import EqualShares
from palabre.counting.document import declared
from palabre.counting.majority import Majority
from palabre.counting.score import Score
from palabre.counting.stv.scottish import ScottishSTV
from palabre.counting.terms import Quorum, Terms
from palabre.counting.ties import Chair, StatusQuo
from palabre.decisions.models import Ballot, Decision, Delegation, Elector, Stage, Standing
from palabre.items.appointments import keep_due
from palabre.items.models import Appointment
from palabre.kit.clock import now
from palabre.signals.models import Signal
from tests.decisions.conftest import hour, work

YES_NO = ["Oui", "Non"]
TOWNS = (("marc", "1", "2", "3"), ("nadia", "1", "2", "3"), ("awa", "2", "3", "1"), ("coumba", "3", "2", "1"),
         ("grace", "2", "3", "1"))  # fmt: skip


def rank(world, decision, ballots=TOWNS):
    for key, *order in ballots:
        decision.cast(getattr(world, key), Ranking.of(*order))


def steer(client, decision, do, reason="Parce que.", **more):
    return client.post(f"/decisions/{decision.pk}/steering/", {"do": do, "reason": reason, **more})


def test_it_closes_by_itself_at_its_hour_and_only_once(world, opened, hear):
    decision = opened()
    rank(world, decision)
    assert keep_due(now() + timedelta(days=2, hours=1)) == 1  # the reminder alone
    late = now() + timedelta(days=4)
    assert keep_due(late) == 1
    Appointment.objects.filter(item=decision.pk, verb="decision_close").update(kept_at=None)
    keep_due(late)
    decision.refresh_from_db()
    assert decision.stage == Stage.CLOSED
    assert decision.turns.filter(what="closed").count() == 1
    assert decision.outcome["document"]["result"]["sure"] == ["2"]
    hear()
    assert Signal.objects.filter(verb="decision_closed", reason="elector").count() == 6


def test_who_has_not_voted_is_reminded_a_day_before(world, opened, hear):
    decision = opened()
    rank(world, decision)
    keep_due(now() + timedelta(days=2, hours=1))
    hear()
    assert [each.person for each in Signal.objects.filter(verb="decision_ends_soon")] == [world.tom]


def test_a_ballot_after_the_hour_is_not_taken_even_if_nothing_has_closed_it_yet(world, decision, sign_in):
    options = [{"key": "1", "title": "Oui"}, {"key": "2", "title": "Non"}]
    said = {
        "stage": "open",
        "options": options,
        "closes_at": now() - timedelta(minutes=1),
        **declared(Terms(Majority())),
    }
    Elector.objects.create(decision=decision, person=world.grace)
    Decision.objects.filter(pk=decision.pk).update(**said)
    client, awa = sign_in(world.grace), sign_in(world.awa)
    read = client.get(decision.item.get_absolute_url()).content.decode()
    assert "no more ballots are taken" in read and 'id="ballot"' not in read and "Open until" not in read
    response = client.post(f"/decisions/{decision.pk}/ballot/", {"option": "2"})
    assert response.status_code == 422 and "It said: <b>No</b>" in response.content.decode()
    assert not Ballot.objects.exists()
    refused = steer(awa, decision, "extend", closes_at=hour(days=2))
    assert refused.status_code == 422 and "est venue" in refused.content.decode()
    decision.refresh_from_db()
    assert decision.closes_at < now()


def test_who_has_not_voted_has_nothing_to_confirm_and_is_not_told_that_they_are_late(world, opened, sign_in):
    decision, client = opened(Majority(), YES_NO), sign_in(world.grace)
    told = client.post(f"/decisions/{decision.pk}/confirmation/")
    assert told.status_code == 422
    assert "no ballot of yours to confirm yet" in told.text and "was not taken" not in told.text


@pytest.mark.parametrize("end", ["close", "cancel"])
def test_a_ballot_that_comes_when_it_is_over_is_told_so_and_not_lost(world, opened, sign_in, end):
    decision = opened(Advice(), ["Plutôt pour", "Plutôt contre"])
    getattr(decision, end)(world.awa, "Parce que.")
    sent = {"option": "1", "words": "Le bus part à six heures."}
    late = sign_in(world.grace).post(f"/decisions/{decision.pk}/ballot/", sent)
    html = late.content.decode()
    assert late.status_code == 422 and "Your ballot was not taken" in html and sent["words"] in html
    assert ("was cancelled before it came" if end == "cancel" else "was closed before it came") in html
    assert sign_in(world.grace).post(f"/decisions/{decision.pk}/confirmation/").status_code == 422
    assert sign_in(world.lea).post(f"/decisions/{decision.pk}/ballot/", sent).status_code == 403
    assert not Ballot.objects.exists()


def test_it_is_closed_early_prolonged_or_cancelled_with_a_reason_that_is_told(world, opened, sign_in, hear):
    decision, client = opened(), sign_in(world.awa)
    before = decision.closes_at
    assert steer(client, decision, "extend", closes_at=hour(days=9)).status_code == 302
    decision.refresh_from_db()
    assert decision.closes_at > before
    assert Appointment.objects.get(item=decision.pk, verb="decision_close", kept_at=None).due == decision.closes_at
    assert steer(client, decision, "extend", closes_at=hour(days=1)).status_code == 422  # that would be earlier
    assert steer(client, decision, "extend").status_code == 422
    response = steer(client, decision, "cancel", reason="")
    assert response.status_code == 422
    assert steer(client, decision, "cancel", reason="Le texte était faux.").status_code == 302
    hear()
    told = Signal.objects.filter(person=world.grace, reason="elector").values_list("verb", flat=True)
    assert {"decision_extended", "decision_cancelled"} <= set(told)
    inbox = sign_in(world.grace).get("/inbox/").text
    assert "Parce que." in inbox and "Le texte était faux." in inbox
    html = sign_in(world.lea).get(decision.item.get_absolute_url()).content.decode()
    assert "Le texte était faux." in html
    assert not Appointment.objects.filter(item=decision.pk, kept_at=None).exists()


def test_an_early_end_counts(world, opened, sign_in):
    decision = opened()
    rank(world, decision)
    assert steer(sign_in(world.marc), decision, "close").status_code == 302
    decision.refresh_from_db()
    assert decision.stage == Stage.OPEN  # no request counts
    work()
    decision.refresh_from_db()
    assert decision.stage == Stage.CLOSED and decision.turns.latest("pk").reason == "Parce que."


def test_only_who_proposed_it_and_stewards_steer(world, opened, sign_in):
    assert steer(sign_in(world.coumba), opened(), "close").status_code == 403


def test_below_the_quorum_nothing_is_decided_and_the_count_is_shown(world, opened, sign_in):
    decision = opened(Majority(), YES_NO, quorum=Quorum(share=Fraction(1, 2)))
    decision.cast(world.marc, Choice("1"))
    decision.cast(world.awa, Choice())
    decision.close()
    result = decision.outcome["document"]["result"]
    assert (result["winners"], result["turnout"]["needed"]) == ([], 3)
    assert 'class="table tally"' in sign_in(world.lea).get(decision.item.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("ties", "sure"), [(StatusQuo("2"), ["2"]), (None, [])])
def test_a_tie_is_decided_as_declared_or_stays_open(ties, sure, world, opened):
    decision = opened(Majority("cast", Fraction(1, 2), strict=False), YES_NO, ties=ties)
    decision.cast(world.marc, Choice("1"))
    decision.cast(world.awa, Choice("2"))
    decision.close()
    assert decision.outcome["document"]["result"]["sure"] == sure


def test_the_seed_of_a_lot_is_hidden_while_open_and_is_the_one_whose_sum_was_published(world, opened, sign_in):
    decision = opened(Majority("cast", Fraction(1, 2), strict=False), YES_NO, ties="lot")
    total, seed = decision.ties["sum"], decision.lot.seed
    html = sign_in(world.awa).get(decision.item.get_absolute_url()).content.decode()
    assert total in html and seed not in html
    decision.cast(world.marc, Choice("1"))
    decision.cast(world.awa, Choice("2"))
    decision.close()
    assert sha256(decision.outcome["document"]["ties"]["seed"].encode()).hexdigest() == total
    assert len(decision.outcome["document"]["result"]["sure"]) == 1
    assert seed in sign_in(world.awa).get(decision.item.get_absolute_url()).content.decode()


def test_several_rules_stand_beside_each_other_on_the_same_ballots(world, opened, sign_in):
    decision = opened()
    rank(world, decision, (("marc", "1", "2", "3"), ("nadia", "1", "2", "3"), ("awa", "3", "2", "1"),
                           ("coumba", "3", "2", "1"), ("grace", "2", "1", "3")))  # fmt: skip
    decision.close()
    result, beside = decision.outcome["document"]["result"], decision.outcome["beside"]
    assert result["sure"] == ["2"]  # everybody's second choice beats each of the others
    assert [(each["rule"], each["sure"]) for each in beside] == [("scottish-stv", ["1"])]
    context = sign_in(world.lea).get(decision.item.get_absolute_url()).context
    assert (context["result"].chosen, context["others"][0].chosen, context["agree"]) == (
        ["Nashville"],
        ["Memphis"],
        False,
    )


def test_the_file_is_counted_again_by_the_command_and_agrees(world, opened, sign_in, tmp_path):
    decision = opened(ScottishSTV(2))
    rank(world, decision)
    client = sign_in(world.lea)
    forms = ("json", "blt", "abif")
    for form in forms:
        assert client.get(f"/decisions/{decision.pk}/recount.{form}").status_code == 404  # while it is open
    decision.close()
    links = client.get(decision.item.get_absolute_url()).content.decode()
    for form in forms:
        assert f'href="/decisions/{decision.pk}/recount.{form}"' in links
        answer = client.get(f"/decisions/{decision.pk}/recount.{form}")
        assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
        (tmp_path / f"vote.{form}").write_bytes(answer.content)
        command = [sys.executable, "-m", "palabre.project.cli", "recount", str(tmp_path / f"vote.{form}"), "--json"]
        command += ["--rule", "scottish-stv", "--seats", "2"] if form == "abif" else []  # which it does not state
        again = subprocess.run(command, capture_output=True, text=True, check=True)
        names = json.loads(again.stdout)["winners"]
        assert names == (["o1", "o2"] if form == "abif" else ["1", "2"])
    text = (tmp_path / "vote.json").read_text()
    assert world.marc.name not in text and world.marc.handle not in text
    assert client.get(f"/decisions/{decision.pk}/recount.exe").status_code == 404


@pytest.mark.parametrize(("rule", "ballot", "forms"), [
    (Score(5), Scores.of({"1": 5, "2": 0, "3": 1}), ["abif"]),
    (MostApproved(1), Approval(frozenset("1")), ["abif"]),
    (EqualShares(100, {"1": 50, "2": 60, "3": 70}), Approval(frozenset("1")), []),
])  # fmt: skip
def test_ballots_are_offered_in_the_forms_that_have_a_place_for_them(rule, ballot, forms, world, opened, sign_in):
    decision = opened(rule, ties=Chair(("1", "2", "3")))
    decision.cast(world.marc, ballot)
    decision.close()
    client = sign_in(world.lea)
    page = client.get(decision.item.get_absolute_url()).content.decode()
    assert [form for form in ("blt", "abif") if f"recount.{form}" in page] == forms
    for form in ("blt", "abif"):
        found = client.get(f"/decisions/{decision.pk}/recount.{form}").status_code
        assert found == (200 if form in forms else 404)


def test_an_approval_says_each_number_once(world, opened, sign_in):
    decision = opened(MostApproved(1))
    decision.cast(world.marc, Approval(frozenset("12")))
    decision.close()
    table = sign_in(world.lea).get(decision.item.get_absolute_url()).context["result"].table
    assert [row.cells for row in table.rows] == [[1], [1], [0]]


def test_a_budget_says_what_was_not_bought(world, opened, sign_in):
    decision = opened(EqualShares(100, {"1": 50, "2": 60, "3": 70}), ties=Chair(("1", "2", "3")))
    decision.cast(world.marc, Approval(frozenset("1")))
    decision.close()
    page = sign_in(world.lea).get(decision.item.get_absolute_url()).content.decode()
    assert "N’ont pas été achetés\u00a0: Nashville et Knoxville." in page


def test_equal_shares_say_what_each_had_in_hand_and_what_the_rest_bought(world, opened, sign_in):
    costs = {"1": 600, "2": 500, "3": 250, "4": 200}
    titles = ["Memphis", "Nashville", "Knoxville", "Chattanooga"]
    decision = opened(EqualShares(1000, costs), titles, ties=Chair(tuple("1234")))
    people = (world.marc, world.tom, world.awa, world.nadia, world.grace, world.coumba)
    for voter, wants in zip(people, ("1", "12", "1", "23", "43", "4"), strict=True):
        decision.cast(voter, Approval(frozenset(wants)))
    decision.close()
    client = sign_in(world.lea)
    context = client.get(decision.item.get_absolute_url()).context
    table, beside = context["result"].table, context["others"][0].table
    assert [(row.title, row.cells[-1]) for row in table.rows][2] == ("Nashville", "–")
    assert "Avec le reste, le plus demandé d’abord\u00a0: Nashville." in table.words
    assert any(words.startswith("Chaque personne est comptée avec ") for words in table.words)
    assert [len(row.cells) for row in beside.rows] == [2] * len(beside.rows) and len(beside.heads) == 2
    assert not any("en main" in words or "Avec le reste" in words for words in beside.words)


def test_what_was_decided_is_said_and_told(world, opened, sign_in, hear):
    decision = opened()
    decision.close()
    client = sign_in(world.awa)
    assert client.post(f"/decisions/{decision.pk}/statement/", {"statement": " "}).status_code == 422
    long = "Nous irons à Nashville. " * 300
    refused = client.post(f"/decisions/{decision.pk}/statement/", {"statement": long})
    assert refused.status_code == 422 and long.strip() in refused.content.decode()
    assert client.post(f"/decisions/{decision.pk}/statement/", {"statement": "On va à Nashville."}).status_code == 302
    hear()
    assert Signal.objects.filter(verb="decision_stated", person=world.grace).exists()
    assert "On va à Nashville." in sign_in(world.grace).get("/inbox/").text
    assert "On va à Nashville." in sign_in(world.lea).get(decision.item.get_absolute_url()).content.decode()
    assert sign_in(world.coumba).post(f"/decisions/{decision.pk}/statement/", {"statement": "Non."}).status_code == 403


def test_a_rule_beside_that_meets_too_many_ties_holds_up_nothing(world, opened, sign_in):
    """Nine options, all equal: the transferable vote could fall in thousands of ways; Schulze says that it is open."""
    decision = opened(titles=[f"Option {number}" for number in range(9)], shown="voted")
    keys = [str(number) for number in range(1, 10)]
    for at, key in enumerate(("marc", "nadia", "awa", "coumba", "grace", "tom")):
        decision.cast(getattr(world, key), Ranking.of(*keys[at:], *keys[:at]))
    assert Standing.objects.keep(decision)
    assert sign_in(world.marc).get(decision.item.get_absolute_url()).status_code == 200
    decision.close()
    assert sign_in(world.lea).get(decision.item.get_absolute_url()).status_code == 200


def test_an_open_vote_is_counted_by_the_worker_once_for_many_ballots_and_not_again_for_none(world, opened, sign_in):
    decision = opened(Majority(), YES_NO, shown="voted", delegated=True)
    Delegation.objects.lend(world.grace, world.marc, decision.item.space)
    for person, option in ((world.marc, "1"), (world.tom, "2")):
        sign_in(person).post(f"/decisions/{decision.pk}/ballot/", {"option": option})
    assert ProcrastinateJob.objects.filter(task_name="decisions.count", status="todo").count() == 1
    page = sign_in(world.marc).get(decision.item.get_absolute_url())
    assert "result" not in page.context and "hourglass" in page.content.decode()
    work()
    page = sign_in(world.marc).get(decision.item.get_absolute_url())
    assert [row.cells[0] for row in page.context["result"].table.rows] == [2, 1, 0] and page.context["counted_at"]
    assert not Standing.objects.keep(decision)
    sign_in(world.grace).post(f"/decisions/lent/{Delegation.objects.get().pk}/return/")
    work()
    page = sign_in(world.marc).get(decision.item.get_absolute_url())
    assert [row.cells[0] for row in page.context["result"].table.rows] == [1, 1, 0]
    decision.close()
    assert not Standing.objects.exists()


def test_who_may_no_longer_steer_does_not_close_it_when_the_worker_comes_to_it(world, opened, sign_in):
    decision = opened(Majority(), YES_NO)
    steer(sign_in(world.awa), decision, "close")
    type(world.awa).objects.filter(pk=world.awa.pk).update(left_at=now())
    work()
    decision.refresh_from_db()
    assert decision.stage == Stage.OPEN

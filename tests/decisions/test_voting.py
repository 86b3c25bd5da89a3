"""Each kind of ballot is taken from a plain form; what is missing is said, and what was typed stays."""

import re
from datetime import timedelta
from fractions import Fraction

import pytest
from django.utils.translation import override

from palabre.authoring import writing
from palabre.authoring.writing import publish
from palabre.counting.approval import MostApproved
from palabre.counting.budget.greedy import Greedy
from palabre.counting.budget.shares import EqualShares
from palabre.counting.consent import Consent
from palabre.counting.document import declared
from palabre.counting.dots import MostDots
from palabre.counting.judgement import MajorityJudgement
from palabre.counting.majority import Majority
from palabre.counting.quadratic import Quadratic
from palabre.counting.schulze import Schulze
from palabre.counting.score import Score
from palabre.counting.stv.meek import MeekSTV
from palabre.counting.stv.scottish import ScottishSTV
from palabre.counting.terms import Terms
from palabre.decisions import electorate
from palabre.decisions.models import Ballot
from palabre.items.awaiting import FIRST
from palabre.kit import times
from palabre.kit.asks import waiting
from palabre.kit.clock import now

COSTS = {"1": 60, "2": 40, "3": 30}
# rule, what is sent, how it is kept
WHOLE = [
    (Majority(), {"option": "2"}, "2"),
    (Majority(), {"option": "none"}, None),
    (MostApproved(), {"option": ["1", "3"]}, ["1", "3"]),
    (MostApproved(), {"nothing": "1"}, []),
    (EqualShares(100, COSTS), {"option": ["1"]}, ["1"]),
    (Greedy(100, COSTS), {"option": ["2", "3"]}, ["2", "3"]),
    (Schulze(), {"option-1": "2", "option-2": "1", "option-3": "2"}, [["2"], ["1", "3"]]),
    (ScottishSTV(2), {"option-1": "1", "option-3": "3"}, [["1"], ["3"]]),
    (MeekSTV(2), {"option-3": "1"}, [["3"]]),
    (Score(5), {"option-1": "5", "option-2": "0", "option-3": "3"}, {"1": 5, "2": 0, "3": 3}),
    (MajorityJudgement(), {"option-1": "5", "option-2": "0", "option-3": "3"}, {"1": 5, "2": 0, "3": 3}),
    (MostDots(5), {"option-1": "3", "option-2": "2"}, {"1": 3, "2": 2}),
    (Quadratic(100), {"option-1": "8", "option-2": "6"}, {"1": 8, "2": 6}),
    (Quadratic(100, against=True), {"option-1": "-8", "option-2": "−3"}, {"1": -8, "2": -3}),
]
# rule, what is sent, which option is named in what is wrong, what has to stand in the form again
PARTIAL = [
    (Majority(), {}, "", ""),
    (MostApproved(), {}, "", ""),
    (MostApproved(), {"option": ["1"], "nothing": "1"}, "", 'value="1" checked'),
    (Schulze(), {}, "", ""),
    (Schulze(), {"option-1": "1", "option-2": "9"}, "Nashville", '<option value="1" selected>'),
    (Score(5), {"option-1": "5", "option-2": "2"}, "Knoxville", 'name="option-1" value="5"'),
    (Score(5), {"option-1": "6", "option-2": "2", "option-3": "1"}, "Memphis", 'name="option-1" value="6"'),
    (Score(5), {"option-1": "beaucoup", "option-2": "2", "option-3": "1"}, "Memphis", 'value="beaucoup"'),
    (Majority(), {"option": ["1", "2"]}, "n’en gardez qu’une", 'value="2" checked'),
    (Majority(), {"option": ["1", "none"]}, "n’en gardez qu’une", 'value="1" checked'),
    (MajorityJudgement(), {"option-1": "5", "option-3": "2"}, "Nashville", 'value="5" checked'),
    (MostDots(5), {"option-1": "4", "option-2": "3"}, "", 'name="option-1" value="4"'),
    (MostDots(5, each=2), {"option-1": "4"}, "Memphis", 'name="option-1" value="4"'),
    (MostDots(5), {"option-1": "-1", "option-2": "3"}, "Memphis", 'value="-1"'),
    (Quadratic(100), {"option-1": "9", "option-2": "9"}, "", 'name="option-2" value="9"'),
    (Quadratic(100), {"option-1": "-3"}, "Memphis", 'value="-3"'),
]


def in_full(at):
    with override("fr"):
        return times.in_full(at)


def vote(client, decision, **sent):
    return client.post(f"/decisions/{decision.pk}/ballot/", {key.replace("_", "-"): each for key, each in sent.items()})


@pytest.mark.parametrize(("rule", "sent", "kept"), WHOLE)
def test_a_ballot_is_kept_as_counting_writes_it_and_stands_in_the_form_again(rule, sent, kept, world, opened, sign_in):
    decision, client = opened(rule), sign_in(world.marc)
    assert client.post(f"/decisions/{decision.pk}/ballot/", sent).status_code == 302
    ballot = Ballot.objects.get()
    assert (ballot.voter, ballot.said) == (world.marc, kept)
    decision.close()
    assert decision.outcome["document"]["ballots"] == [{"votes": 1, "ballot": kept}]
    said = sign_in(world.lea).get(f"/decisions/{decision.pk}/ballots/").content.decode()
    assert world.marc.name in said


@pytest.mark.parametrize(("rule", "sent", "named", "stays"), PARTIAL)
def test_what_is_missing_is_said_in_words_and_nothing_typed_is_lost(rule, sent, named, stays, world, opened, sign_in):
    decision = opened(rule)
    response = sign_in(world.marc).post(f"/decisions/{decision.pk}/ballot/", sent)
    assert response.status_code == 422 and not Ballot.objects.exists()
    html = response.content.decode()
    wrong = re.search(r'id="missing">.*?</div>', html, re.S)
    assert wrong and named in wrong[0]
    assert stays in html.partition('id="ballot"')[2]


def test_a_ballot_is_changed_until_closing_and_counts_once(world, opened, sign_in):
    decision, client = opened(Majority(), ["Oui", "Non"]), sign_in(world.marc)
    vote(client, decision, option="1")
    vote(client, decision, option="2")
    assert Ballot.objects.get().said == "2"
    html = client.get(decision.item.get_absolute_url()).content.decode()
    assert re.search(r'value="2" checked', html)


def test_what_carries_is_said_in_one_breath(world, opened, sign_in):
    decision = opened(Majority("eligible", Fraction(2, 3), strict=False), ["Oui", "Non"])
    read = [
        sign_in(person).get(decision.item.get_absolute_url()).content.decode() for person in (world.grace, world.marc)
    ]
    assert "<dd>Two thirds at least of all who may vote</dd>" in read[0]
    assert "<dd>Les deux tiers au moins de tous ceux qui peuvent voter</dd>" in read[1]


def test_only_who_was_on_the_list_votes_stewards_and_authors_included(world, space, opened, sign_in):
    decision = opened(Majority(), ["Oui", "Non"], named=[world.marc])
    assert vote(sign_in(world.lea), decision, option="1").status_code == 403
    assert vote(sign_in(world.awa), decision, option="1").status_code == 403
    assert vote(sign_in(world.ramata), decision, option="1").status_code == 404


def test_who_lost_sight_of_it_no_longer_votes(world, opened, sign_in):
    decision = opened(Majority(), ["Oui", "Non"])
    client = sign_in(world.coumba)
    type(world.coumba).objects.filter(pk=world.coumba.pk).update(left_at="2026-01-01T00:00Z")
    assert vote(client, decision, option="1").status_code == 404
    assert not Ballot.objects.exists()


def test_a_vote_waits_on_the_front_page_until_one_has_voted(world, opened, sign_in):
    decision = opened(Majority(), ["Oui", "Non"])

    def awaits(client):
        return client.get("/").content.decode().partition('id="asks"')[2].partition("</section>")[0]

    client = sign_in(world.marc)
    assert decision.item.title in awaits(client)
    assert decision.item.title not in awaits(sign_in(world.lea))
    vote(client, decision, option="none")
    assert decision.item.title not in awaits(client)


def test_of_many_votes_those_that_close_first_are_told_on_the_front_page(world, space, opened, sign_in):
    pressing = opened(Majority(), ["Oui", "Non"], closes_at=now() + timedelta(hours=5))
    for number in range(FIRST):
        later = publish("decision", space, world.awa, f"La proposition {number}", "…").decision
        options = [{"key": "1", "title": "Oui"}, {"key": "2", "title": "Non"}]
        later.prepare(
            world.awa, [], options=options, closes_at=now() + timedelta(days=3), **declared(Terms(Majority()))
        )
        later.open(world.awa, electorate.those)
    found = waiting(sign_in(world.marc).get("/").wsgi_request)
    assert found[0].title == pressing.item.title


def test_it_is_said_that_the_text_was_changed_since_one_voted(world, opened, sign_in):
    decision, client = opened(Majority(), ["Oui", "Non"]), sign_in(world.marc)
    vote(client, decision, option="1")
    address = decision.item.get_absolute_url()
    assert f"/items/{decision.pk}/history/" not in client.get(address).content.decode().partition('id="vote"')[2]
    writing.revise(decision.item, world.awa, decision.item.title, "Autre chose.", based_on=1)
    assert f"/items/{decision.pk}/history/" in client.get(address).content.decode().partition('id="vote"')[2]


def test_forms_are_plain_and_labelled(world, opened, sign_in):
    html = sign_in(world.marc).get(opened(Score(5)).item.get_absolute_url()).content.decode()
    form = html.partition('id="ballot"')[2].partition("</form>")[0]
    for number in "123":
        assert f'<label for="option-{number}"' in form and f'id="option-{number}"' in form
    assert "hx-" not in form


def test_what_is_drawn_once_for_all_who_poll_shows_each_what_is_theirs(world, opened, sign_in):
    decision = opened(Schulze())
    address, (marc, tom) = decision.item.get_absolute_url(), map(sign_in, (world.marc, world.tom))

    def read(client):
        return client.get(address).content.decode().partition('id="vote"')[2].partition("<aside")[0]

    def token(html):
        return html.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]

    assert " selected>" not in read(marc) + read(tom) and token(read(marc)) != token(read(tom))
    assert vote(marc, decision, option_1="1").status_code == 302
    assert '<option value="1" selected>' in read(marc) and " selected>" not in read(tom)
    assert 'id="missing"' in vote(tom, decision).content.decode() and 'id="missing"' not in read(tom)
    later = decision.closes_at + timedelta(days=2)
    decision.extend(world.awa, later, "Plus de temps.")
    assert in_full(later) in read(tom)
    assert f"/decisions/{decision.pk}/steering/" in read(marc)
    assert f"/decisions/{decision.pk}/steering/" not in read(sign_in(world.coumba))


@pytest.mark.parametrize(
    ("sent", "blamed"), [({}, "fieldset"), ({"option": "2"}, "div"), ({"words": "Trop loin."}, "fieldset")]
)
def test_what_is_missing_beside_a_reason_is_marked_where_it_is_missing(world, opened, sign_in, sent, blamed):
    decision = opened(Consent(), ["La proposition", "Une objection"])
    html = sign_in(world.marc).post(f"/decisions/{decision.pk}/ballot/", sent).content.decode()
    assert re.findall(r'<(fieldset|div) class="field bad"', html) == [blamed]
    assert ('aria-invalid="true"' in html.partition('id="words"')[2].partition(">")[0]) == (blamed == "div")

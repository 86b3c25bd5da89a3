"""Voices that are lent: by topic or by space, from hand to hand, taken back, and never before a vote of one's own."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from palabre.counting.ballots import Choice
from palabre.counting.majority import Majority
from palabre.counting.terms import Quorum
from palabre.decisions import lapsing, passing, tally, tasks
from palabre.decisions.models import Ballot, Delegation, Elector, Standing
from palabre.journal.models import Event
from palabre.kit.clock import now
from palabre.kit.times import day_and_month
from palabre.people.models import Organisation
from palabre.signals import currency
from palabre.signals.models import Signal
from palabre.tags.models import Tag
from tests.decisions.conftest import last_day_is_over, work
from tests.decisions.test_preparing import prepare

YES_NO = ["Oui", "Non"]
PEOPLE = st.integers(1, 8)


@pytest.fixture
def lend(space):
    """`lend(giver, to)`, in the house; `lend(giver, to, "fibre")`, about a topic."""
    return lambda giver, to, topic="": Delegation.objects.lend(giver, to, None if topic else space, topic)


@pytest.fixture
def lent(opened):
    """A vote in which lent voices are heard."""
    return lambda *args, **more: opened(Majority(), YES_NO, *args, delegated=True, **more)


def votes(decision):
    decision.close()
    return {pile["ballot"]: pile["votes"] for pile in decision.outcome["document"]["ballots"]}


def lost(decision):
    return [(way["through"], way["end"]) for way in decision.outcome.get("lost", [])]


@given(st.dictionaries(PEOPLE, PEOPLE), st.sets(PEOPLE), st.sets(PEOPLE))
def test_each_voice_ends_somewhere_and_none_is_heard_twice(hands, voted, listed):
    hands = {giver: to for giver, to in hands.items() if giver != to}
    found = passing.ways(hands, voted, listed)
    assert found.keys() == (hands.keys() & listed) - voted
    for giver, way in found.items():
        assert way.through[0] == giver
        assert all(hands[one] == then for one, then in zip(way.through, way.through[1:], strict=False))
        last, before = way.through[-1], way.through[:-1]
        assert not voted & set(before[1:]) and set(before) <= listed and len(set(before)) == len(before)
        assert way.end == (
            passing.CIRCLE if last in before else passing.OUTSIDE if last not in listed
            else passing.HEARD if last in voted else passing.SILENT
        )  # fmt: skip
        if way.end == passing.SILENT:
            assert last not in hands
    heard = sum(way.end == passing.HEARD for way in found.values())
    assert heard + len(voted & listed) <= len(listed)


def test_a_voice_goes_from_hand_to_hand_to_the_first_who_votes(world, lent, lend):
    lend(world.tom, world.grace)
    lend(world.grace, world.marc)
    decision = lent()
    decision.cast(world.marc, Choice("1"))
    decision.cast(world.nadia, Choice("2"))
    assert votes(decision) == {"1": 3, "2": 1}
    assert Ballot.objects.get(voter=world.marc).carried == sorted([[world.grace.pk], [world.tom.pk, world.grace.pk]])
    assert decision.outcome["document"]["present"] == 4 and not lost(decision)


def test_a_vote_of_one_s_own_goes_first_and_a_voice_taken_back_is_one_s_own(world, lent, lend):
    lend(world.tom, world.marc)
    given = lend(world.grace, world.marc)
    decision = lent()
    decision.cast(world.marc, Choice("1"))
    decision.cast(world.tom, Choice("2"))
    given.take_back()
    assert votes(decision) == {"1": 1, "2": 1}


def test_a_topic_goes_before_the_space_and_the_last_topic_before_the_first(world, decision, lent, lend):
    tags = Tag.objects.made(["fibre", "budget"])
    for tag in tags.values():
        tag.put_on(decision.item, world.awa)
    lend(world.tom, world.marc, "fibre")
    lend(world.tom, world.coumba, "budget")
    lend(world.tom, world.nadia)
    lend(world.grace, world.coumba, "antennes")
    tags["budget"].rename("finances", world.awa)  # a topic goes on being understood
    vote = lent()
    Tag.objects.made(["antennes"])["antennes"].put_on(
        decision.item, world.awa
    )  # too late to change who speaks for whom
    for key, option in (("marc", "1"), ("nadia", "1"), ("coumba", "2")):
        vote.cast(getattr(world, key), Choice(option))
    assert votes(vote) == {"1": 2, "2": 2}
    assert Ballot.objects.get(voter=world.coumba).carried == [[world.tom.pk]]


def test_circles_and_dead_ends_are_not_heard_and_are_said(world, lent, lend, sign_in):
    lend(world.tom, world.grace)
    lend(world.grace, world.tom)
    lend(world.coumba, world.lea)  # who has no vote here
    lend(world.nadia, world.awa)  # who does not vote
    decision = lent(quorum=Quorum(number=2))
    decision.cast(world.marc, Choice("1"))
    html = sign_in(world.tom).get(f"/decisions/{decision.pk}/voices/").content.decode()
    assert html.count("triangle-alert") >= 3
    assert votes(decision) == {"1": 1}
    assert sorted(lost(decision)) == sorted([
        ([world.tom.pk, world.grace.pk, world.tom.pk], "circle"),
        ([world.grace.pk, world.tom.pk, world.grace.pk], "circle"),
        ([world.coumba.pk, world.lea.pk], "outside"),
        ([world.nadia.pk, world.awa.pk], "silent"),
    ])  # fmt: skip
    assert decision.outcome["document"]["result"]["turnout"]["reached"] is False


def test_lent_voices_count_for_the_quorum_and_the_weight_is_shown(world, lent, lend, sign_in):
    lend(world.tom, world.grace)
    lend(world.grace, world.marc)
    decision = lent(quorum=Quorum(number=3))
    decision.cast(world.marc, Choice("1"))
    client = sign_in(world.lea)
    open_page = client.get(f"/decisions/{decision.pk}/voices/")
    assert [[each.name for each in people] for _end, people in open_page.context["told"]] == [
        [world.tom.name, world.grace.name, world.marc.name], [world.grace.name, world.marc.name],
    ]  # fmt: skip
    decision.close()
    assert decision.outcome["document"]["result"]["sure"] == ["1"]
    assert client.get(f"/decisions/{decision.pk}/ballots/").context["ballots"][0][0].carried
    assert [end for end, _people in client.get(f"/decisions/{decision.pk}/voices/").context["told"]] == ["heard"] * 2
    read = client.get(decision.item.get_absolute_url())  # one has voted, whatever came with their ballot
    assert (read.context["voted"], read.context["lent"], read.context["eligible"]) == (1, 2, 6)


def test_beside_the_ballot_stands_who_carries_one_s_voice_and_how_many_come(world, lent, lend, space, sign_in):
    until = localdate() + timedelta(days=40)
    Delegation.objects.lend(world.tom, world.grace, space, until=until)
    lend(world.grace, world.marc)
    decision = lent()
    address = decision.item.get_absolute_url()

    def page(person):
        client = sign_in(person)
        client.get(address)  # what is kept for the session is asked once
        with CaptureQueriesContext(connection) as queries:
            html = client.get(address).content.decode().partition('id="vote"')[2]
        assert len(queries) <= 8
        return html.partition("</section>")[0].replace("\u00a0", " ")

    html = page(world.tom)
    assert f"<b>{world.grace.name}</b>" in html and said(until) in html and space.name in html
    assert f'href="/decisions/{decision.pk}/voices/"' in html and 'id="come"' not in html
    html = page(world.marc)
    assert "<b>2 voix</b>" in html and 'id="hand"' not in html, html
    assert "<b>1 voice</b>" in page(world.grace)
    decision.cast(world.tom, Choice("1"))  # of which nobody learns here
    assert "<b>2 voix</b>" in page(world.marc) and f"<b>{world.grace.name}</b>" in page(world.tom)
    assert not {'id="hand"', 'id="come"'} & set(page(world.lea).split())  # she is not on the list
    decision.close()
    assert 'id="come"' not in page(world.marc)


def test_what_stands_beside_the_ballot_is_what_would_be_heard(world, decision, space, lent, sign_in):
    tags = Tag.objects.made(["fibre", "budget", "antennes"])
    tags["fibre"].put_on(decision.item, world.awa)
    tags["budget"].put_on(decision.item, world.awa)
    tags["budget"].rename("finances", world.awa)
    vote, draw = lent(mandates={world.nadia: Organisation.objects.first()}), Random(12)
    people = [world.tom, world.grace, world.marc, world.nadia, world.coumba, world.awa]
    listed = set(Elector.objects.values_list("person_id", flat=True))
    for _round in range(6):
        Delegation.objects.all().delete()
        for _lent in range(9):
            giver, to = draw.sample([*people, world.lea], 2)
            topic = draw.choice(["", "fibre", "budget", "finances", "antennes"])
            Delegation.objects.lend(giver, to, None if topic else space, topic)
        two = draw.sample([*Delegation.objects.values_list("pk", flat=True)], 2)
        last_day_is_over(Delegation.objects.filter(pk__in=two))
        hands = vote.electors.hands(vote.about)
        ways = passing.ways(hands, (), listed)
        for person in people:
            context = sign_in(person).get(decision.item.get_absolute_url()).context
            come = sum(person.pk in way.through[1:] for giver, way in ways.items() if giver != person.pk)
            to = next((each.name for each in [*people, world.lea] if each.pk == hands.get(person.pk)), None)
            assert (context["come"], context["lent_to"] and context["lent_to"].to) == (come, to), person.name


def test_without_being_declared_no_voice_is_lent(world, opened, lend, sign_in):
    lend(world.tom, world.marc)
    decision = opened(Majority(), YES_NO)
    decision.cast(world.marc, Choice("1"))
    assert sign_in(world.tom).get(f"/decisions/{decision.pk}/voices/").status_code == 404
    assert votes(decision) == {"1": 1}


def test_a_secret_ballot_takes_no_delegation(world, decision, sign_in):
    response = prepare(sign_in(world.awa), decision, secret="yes", delegated="on")
    assert response.status_code == 422 and 'id="id_delegated_error"' in response.content.decode()
    assert prepare(sign_in(world.awa), decision, secret="yes", shown="voted").status_code == 422
    assert prepare(sign_in(world.awa), decision, secret="yes").status_code == 302
    decision.refresh_from_db()
    assert decision.secret and not decision.delegated


def test_one_lends_and_takes_back_on_a_page_of_one_s_own(world, space, sign_in):
    tom, page = sign_in(world.tom), "/decisions/lent/"
    for wrong in (
        {"to": "@marc"}, {"to": "@marc", "space": space.pk, "topic": "fibre"}, {"to": "@tom", "topic": "fibre"},
        {"to": "personne", "topic": "fibre"}, {"to": "@ramata", "space": world.spaces["entraide"].pk + 10**6},
    ):  # fmt: skip
        assert tom.post(page, wrong).status_code == 422
    assert not Delegation.objects.exists()
    assert tom.post(page, {"to": f"@{world.marc.handle}", "topic": "#Fibre"}).status_code == 302
    assert tom.post(page, {"to": f"@{world.grace.handle}", "topic": "fibre"}).status_code == 302
    lent = Delegation.objects.get()
    assert (lent.giver, lent.to, lent.topic) == (world.tom, world.grace, "fibre")
    assert world.tom.name in sign_in(world.grace).get(page).content.decode()
    assert sign_in(world.grace).post(f"{page}{lent.pk}/return/").status_code == 404
    assert tom.post(f"{page}{lent.pk}/return/").status_code == 302
    assert not Delegation.objects.exists()
    assert list(Event.objects.filter(verb__startswith="voice").values_list("verb", flat=True).order_by("pk")) == [
        "voice_lent", "voice_returned", "voice_lent", "voice_returned",
    ]  # fmt: skip


def said(day):
    with override("fr"):
        return day_and_month(day)


def told(person):
    return list(Signal.objects.filter(person=person).order_by("event").values_list("verb", "reason", "loud"))


def test_who_carries_a_voice_is_told_when_it_is_lent_and_when_it_goes(world, space, lend, hear, sign_in):
    until = localdate() + timedelta(days=40)
    lent = lend(world.tom, world.marc)
    lend(world.tom, world.grace)  # in place of the one before
    topic = Delegation.objects.lend(world.tom, world.coumba, None, "fibre", until)
    hear()
    assert told(world.marc) == [("voice_lent", "person", True), ("voice_returned", "person", True)]
    assert told(world.grace) == told(world.coumba) == [("voice_lent", "person", True)]
    assert not told(world.tom) and not told(world.awa)
    inbox = sign_in(world.coumba).get("/inbox/").content.decode()  # about a topic: it stands in no space
    assert "#fibre" in inbox and world.tom.name in inbox and 'href="/decisions/lent/"' in inbox
    assert said(until) in inbox
    assert ">1<" in inbox, "the number beside the inbox counts it"
    assert space.name in sign_in(world.grace).get("/inbox/").content.decode()
    topic.take_back()
    hear()
    assert told(world.coumba)[-1] == ("voice_returned", "person", True)
    assert currency.readable(list(Signal.objects.filter(person=world.coumba))) and lent.pk
    assert "#fibre" not in sign_in(world.awa).get("/inbox/").content.decode()


def test_who_does_not_read_a_space_carries_no_voice_there_and_is_told_of_none(world, lend, sign_in):
    hidden = world.spaces["direction"]
    response = sign_in(world.nadia).post("/decisions/lent/", {"to": f"@{world.grace.handle}", "space": hidden.pk})
    assert response.status_code == 422 and 'id="id_to_error"' in response.content.decode()
    Delegation.objects.lend(world.nadia, world.grace, hidden)  # who read it then, and does no longer
    assert hidden.name not in sign_in(world.grace).get("/decisions/lent/").content.decode()


def test_a_voice_that_was_lent_until_a_day_is_heard_no_longer(world, lent, space, sign_in):
    today, page = localdate(), "/decisions/lent/"
    tom, until = sign_in(world.tom), today + timedelta(days=2)
    sent = {"to": f"@{world.marc.handle}", "space": space.pk, "until": (today - timedelta(days=1)).isoformat()}
    assert tom.post(page, sent).status_code == 422 and not Delegation.objects.exists()
    assert tom.post(page, sent | {"until": until.isoformat()}).status_code == 302
    Delegation.objects.lend(world.grace, world.marc, space, until=today)
    Delegation.objects.lend(world.coumba, world.marc, space, until=today)
    last_day_is_over(Delegation.objects.filter(giver=world.coumba))
    for key in ("tom", "marc"):
        assert said(until) in sign_in(getattr(world, key)).get(page).content.decode()
    decision = lent()
    shown = sign_in(world.lea).get(f"/decisions/{decision.pk}/voices/").context["told"]
    assert {people[0] for _end, people in shown} == {world.tom, world.grace}
    decision.cast(world.marc, Choice("1"))
    assert votes(decision) == {"1": 3}  # his own, until that day, and on the last day; not the one that is over
    over = Delegation.objects.get(giver=world.coumba)
    assert 'class="late"' in sign_in(world.coumba).get(page).content.decode()
    over.take_back()
    assert not Event.objects.filter(verb="voice_returned").exists()  # it had gone by itself


def test_both_are_told_once_when_the_last_day_of_a_lent_voice_is_over(world, lent, space, hear, sign_in):
    today = localdate()
    decision = lent(shown="voted")
    decision.cast(world.marc, Choice("1"))
    Delegation.objects.lend(world.tom, world.marc, space, until=today)
    Delegation.objects.lend(world.grace, world.marc, None, "fibre", today + timedelta(days=1))
    hear()
    tasks.count(decision.pk)
    assert lapsing.bring_back() == 0  # it is heard to the end of that day
    assert Standing.objects.get().mark.endswith(f"[({world.marc.pk}, 1)]")
    last_day_is_over(Delegation.objects.filter(giver=world.tom))
    tasks.bring_back(0)
    tasks.bring_back(0)
    hear()
    assert told(world.marc)[-1] == ("voice_lapsed", "person", True)
    assert told(world.tom)[-1] == ("voice_came_back", "person", True)
    back = Signal.objects.filter(verb__in=["voice_lapsed", "voice_came_back"])
    assert sorted(back.values_list("person", flat=True)) == sorted([world.tom.pk, world.marc.pk])
    for person, other in ((world.marc, world.tom), (world.tom, world.marc)):
        inbox = sign_in(person).get("/inbox/").content.decode()
        assert other.name in inbox and space.name in inbox and 'href="/decisions/lent/"' in inbox
    work()
    assert Standing.objects.get().mark.endswith("[]")  # and what is shown of the vote hears it no more
    Delegation.objects.get(giver=world.tom).take_back()
    assert Event.objects.filter(verb="voice_lapsed").count() == 1


def test_what_ended_before_the_worker_came_by_is_told_by_what_comes_next(world, space, lend):
    for giver in (world.tom, world.grace):
        lend(giver, world.marc)
    last_day_is_over(Delegation.objects)
    Delegation.objects.get(giver=world.tom).take_back()
    lend(world.grace, world.coumba)
    said = list(Event.objects.filter(person=world.marc.pk, verb="voice_lapsed").values_list("by", flat=True))
    assert said == [world.tom.pk, world.grace.pk] and not lapsing.bring_back()
    last_day_is_over(Delegation.objects)
    assert lapsing.bring_back() == 1  # lent anew, it ends anew


def test_the_last_day_of_a_lent_voice_is_that_of_its_giver_everywhere(world, lent, space):
    today = localdate()
    world.tom.time_zone, world.grace.time_zone = (
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
    )  # fourteen before, eleven after
    for giver in (world.tom, world.grace):
        giver.save(update_fields=["time_zone"])
        Delegation.objects.lend(giver, world.marc, space, until=today)
    ends = dict(Delegation.objects.values_list("giver", "ends_at"))
    midnight = datetime.combine(today, datetime.min.time(), UTC) + timedelta(days=1)
    assert ends == {world.tom.pk: midnight - timedelta(hours=14), world.grace.pk: midnight + timedelta(hours=11)}
    decision = lent()
    for moment, heard in (
        (midnight - timedelta(hours=15), {world.tom.pk, world.grace.pk}),
        (midnight - timedelta(hours=13), {world.grace.pk}),
        (midnight + timedelta(hours=12), set()),
    ):
        assert decision.electors.hands(decision.about, moment).keys() == heard


def test_a_worker_that_comes_late_hears_the_voices_that_were_lent_at_the_hour_of_the_end(world, lent, space):
    decision = lent()
    decision.cast(world.marc, Choice("1"))
    given = Delegation.objects.lend(world.tom, world.marc, space, until=localdate())
    Delegation.objects.filter(pk=given.pk).update(ends_at=now() - timedelta(minutes=1))
    assert [way.end for way in tally.ways(decision)] == []
    decision.closes_at = now() - timedelta(minutes=2)
    assert [way.end for way in tally.ways(decision)] == [passing.HEARD]


def test_a_day_from_an_earlier_export_ends_where_it_ended_there(world, space):
    lent = Delegation(giver=world.tom, to=world.marc, space=space, until=date(2026, 7, 31))
    Delegation.objects.bulk_create([lent])
    assert Delegation.objects.get().ends_at == datetime(2026, 8, 1, tzinfo=UTC)


def test_an_organisation_votes_by_who_holds_its_mandate(world, decision, sign_in, lend):
    sahel, teranga = (Organisation.objects.get(name=name) for name in ("Sahel Énergie", "Teranga Telecom"))
    client = sign_in(world.awa)
    named = f"Sahel Énergie: @{world.marc.handle}\n@{world.tom.handle}"
    for wrong in (
        f"Sahara: @{world.marc.handle}", f"Sahel Énergie: @{world.ramata.handle}",
        f"{named}\nTeranga Telecom: {world.marc.name}", f"{named}\nsahel énergie: @{world.awa.handle}",
    ):  # fmt: skip
        assert prepare(client, decision, who="named", named=wrong).status_code == 422
    assert prepare(client, decision, who="named", named=named, delegated="on").status_code == 302
    assert named in client.get(f"/decisions/{decision.pk}/preparation/").content.decode()
    lend(world.marc, world.tom)  # his own voice, not that of Sahel Énergie
    client.post(f"/decisions/{decision.pk}/opening/")
    decision.refresh_from_db()
    assert dict(Elector.objects.values_list("person", "organisation")) == {world.marc.pk: sahel.pk, world.tom.pk: None}
    assert sahel.name in sign_in(world.lea).get(f"/decisions/{decision.pk}/electorate/").content.decode()
    assert sahel.name in sign_in(world.marc).get(decision.item.get_absolute_url()).content.decode()
    decision.cast(world.tom, Choice("2"))
    decision.cast(world.marc, Choice("1"))
    assert votes(decision) == {"1": 1, "2": 1}
    said = sign_in(world.lea).get(f"/decisions/{decision.pk}/ballots/").content.decode()
    assert sahel.name in said and teranga.name not in said.partition("<main")[2].partition(world.tom.name)[2][:200]

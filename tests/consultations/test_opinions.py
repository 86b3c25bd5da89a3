"""The map of opinions: votes one by one, statements of those who take part, groups told once it is over."""

import csv
import random
import re
from io import StringIO

import pytest
from django.test import Client

from palabre.consultations import opinions, taking
from palabre.consultations.models import Consultation, Response, Seat, Settled, State
from palabre.kit.styles import PACKAGE
from tests.at_once import meanwhile

LINES = [{"fr": f"Affirmation numéro {n}"} for n in range(1, 9)]


@pytest.fixture
def camps(opened, world):
    """Thirty customers for the first four and against the others, ten of the house the other way round, one
    vote in seven drawn at random; closed. With `late`, eight of the first and one of the others have seen a ninth."""

    def camps(few=10, late=""):
        consultation = opened("opinions", lines=LINES)
        rng = random.Random(4)
        keys = [str(pk) for pk in consultation.statements.order_by("pk").values_list("pk", flat=True)]
        seen_late = {*range(8), 30} if late else ()
        ninth = late and str(consultation.statements.create(text=late, language="fr", added=True).pk)
        for number in range(30 + few):
            sign = 1 if number < 30 else -1
            said = {key: (sign if place < 4 else -sign) for place, key in enumerate(keys)}
            said = {key: rng.choice([1, 0, -1]) if rng.random() < 1 / 7 else vote for key, vote in said.items()}
            said[keys[7]] = 1
            said |= {ninth: 1} if number in seen_late else {}
            Response.objects.create(
                consultation=consultation, side="customer" if sign > 0 else "company", language="fr", said=said
            )
        consultation.close(world.marc)
        return consultation

    return camps


def test_one_votes_statement_by_statement_without_script_and_may_come_back(world, opened, sign_in):
    consultation, client = opened("opinions", lines=LINES), Client()
    place = f"/consultations/{consultation.pk}/votes/"
    assert client.get(place)["Location"].endswith("/answer/")
    client.post(f"/consultations/{consultation.pk}/answer/", {"begin": "1"})
    seen = set()
    for _each in LINES:
        key = re.search(r'name="statement" value="(\d+)"', client.get(place).content.decode())[1]
        assert client.post(place, {"statement": key, "says": "agree"}).status_code == 302
        seen.add(key)
    assert len(seen) == 8
    assert 'role="status"' in client.get(place).content.decode()
    first = min(seen, key=int)
    assert f'?statement={first}"' in client.get(place).content.decode()  # the way to think again
    assert f'name="statement" value="{first}"' in client.get(f"{place}?statement={first}").content.decode()
    client.post(place, {"statement": first, "says": "disagree"})
    assert Response.objects.get().said[first] == -1
    counted = consultation.statements.get(pk=first)
    assert (counted.agree, counted.disagree, counted.seen) == (0, 1, 1)
    assert client.post(place, {"statement": "999999", "says": "agree"}).status_code == 404


def test_no_answer_stands_out_and_only_what_is_kept_is_asked_for(opened, world, sign_in):
    """A statement is worded once, so no field asks for other words; and agreeing looks no better than not."""
    form = sign_in(world.marc).get("/consultations/new/opinions/").content.decode()
    assert 'name="lines"' in form and "_other" not in form
    consultation, client = opened("opinions", lines=LINES), Client()
    client.post(f"/consultations/{consultation.pk}/answer/", {"begin": "1"})
    page = client.get(f"/consultations/{consultation.pk}/votes/").content.decode()
    assert set(re.findall(r'<button class="([^"]+)" name="says" value="(?:agree|disagree)"', page)) == {"btn"}


def test_who_takes_part_adds_a_statement_without_a_name_and_a_steward_may_hide_it(world, opened, answered, sign_in):
    consultation = opened("opinions", lines=LINES)
    client = sign_in(world.ines)
    client.post(f"/consultations/{consultation.pk}/answer/", {"begin": "1"})
    place = f"/consultations/{consultation.pk}/statements/"
    assert client.post(place, {"text": "Court"}).status_code == 422
    assert client.post(place, {"text": "Il faudrait ouvrir le samedi."}).status_code == 302
    added = consultation.statements.get(added=True)
    assert added.agree == 1
    assert not [f for f in added._meta.get_fields() if f.is_relation and f.name != "consultation"]
    assert client.post(place, {"hide": added.pk}).status_code == 404
    marc = sign_in(world.marc)
    assert marc.post(place, {"hide": added.pk}).status_code == 302
    assert added.text not in {each.text for each in consultation.statements.standing()}
    page = marc.get(f"/consultations/{consultation.pk}/results/").content.decode()
    assert f'name="show" value="{added.pk}"' in page  # it may have been a mistake
    assert client.post(place, {"show": added.pk}).status_code == 404
    assert marc.post(place, {"show": added.pk}).status_code == 302
    assert added.text in {each.text for each in consultation.statements.standing()}


def test_votes_are_carried_away_a_line_a_person_under_the_statements(camps, world, sign_in):
    consultation = camps()
    text = sign_in(world.marc).get(f"/consultations/{consultation.pk}/results.csv").content.decode("utf-8-sig")
    head, *lines = csv.reader(StringIO(text), delimiter=";" if ";" in text else ",")
    assert head == [each.text for each in consultation.statements.standing()]
    assert len(lines) == consultation.sent and {vote for line in lines for vote in line} <= {"1", "-1", "0", ""}


def test_groups_are_told_with_what_unites_and_divides_and_where_inside_and_outside_differ(camps, world, sign_in):
    consultation = camps()
    told = opinions.drawn(consultation)
    assert [group.number for group in told.groups] == [30, 10]
    assert [row.title for row in told.uniting.rows] == ["Affirmation numéro 8"]
    assert len(told.dividing.rows) == 5
    assert told.sides and told.sides.rows[0].strong
    html = sign_in(world.marc).get(f"/consultations/{consultation.pk}/results/").content.decode()
    assert "Affirmation numéro 8" in html and html.count('class="dot ') == len(told.plane.dots) < 40
    assert sum(round(dot.size**2) for dot in told.plane.dots) == 40  # who votes the same is seen as so many


def test_the_signs_of_groups_stay_on_paper_and_where_colours_are_forced():
    """A browser leaves a ground out there unless it is told not to, and the chart would have no key."""
    sheet = (PACKAGE / "consultations/static/consultations/css/consultations.css").read_text()
    sign = sheet.partition("\n    .sign {\n")[2].partition("\n    }\n")[0]
    assert "background:" in sign
    assert "print-color-adjust: exact;" in sign and "forced-color-adjust: none;" in sign


def test_a_map_of_which_one_statement_is_left_is_drawn_on_a_line(camps, world, sign_in):
    consultation = camps()
    kept = consultation.statements.order_by("pk").first()
    consultation.statements.exclude(pk=kept.pk).update(hidden=True)
    told = opinions.drawn(consultation)
    assert [group.number for group in told.groups] and {dot.y for dot in told.plane.dots} == {told.plane.dots[0].y}
    assert sign_in(world.marc).get(f"/consultations/{consultation.pk}/results/").status_code == 200


def test_what_too_few_of_a_group_have_seen_is_told_of_none(camps):
    late = "Venue après tout le monde"
    told = opinions.drawn(camps(late=late))
    assert [group.number for group in told.groups] == [30, 10]
    typical = [each.text for group in told.groups for each in group.typical]
    rows = [row.title for table in (told.uniting, told.dividing, told.sides) for row in table.rows]
    assert rows and late not in {*typical, *rows}


def test_a_group_too_small_to_be_told_is_not(camps):
    told = opinions.drawn(camps(few=3))
    assert told.groups == [] and told.plane is None and told.sides is None


def test_nothing_is_drawn_before_the_end_and_then_no_vote_leads_to_anybody(opened, world, sign_in):
    consultation = opened("opinions", lines=LINES)
    client = sign_in(world.ines)
    client.post(f"/consultations/{consultation.pk}/answer/", {"begin": "1"})
    key = consultation.statements.first().pk
    client.post(f"/consultations/{consultation.pk}/votes/", {"statement": key, "says": "agree"})
    assert not opinions.drawn(consultation).is_over
    consultation.close(world.marc)
    assert Response.objects.get().state == State.SENT
    assert Seat.objects.get().response is None and Seat.objects.get().done


@pytest.mark.django_db(transaction=True)
def test_a_first_vote_on_its_way_while_it_closes_is_heard(opened, world):
    consultation = opened("opinions", lines=LINES)
    response = Response.objects.create(consultation=consultation, side="public", language="fr")
    statement = consultation.statements.first()
    with meanwhile(lambda: Consultation.objects.get(pk=consultation.pk).close(world.marc)):
        taking.vote(consultation, response, statement, 1)
    response.refresh_from_db()
    assert (response.state, response.said) == (State.SENT, {str(statement.pk): 1})
    assert Consultation.objects.get(pk=consultation.pk).sent == 1


def test_a_first_vote_that_comes_a_moment_after_the_end_is_told_so(opened, world):
    consultation = opened("opinions", lines=LINES)
    response = Response.objects.create(consultation=consultation, side="public", language="fr")
    Consultation.objects.get(pk=consultation.pk).close(world.marc)
    statement = consultation.statements.first()
    with pytest.raises(Settled):
        taking.vote(consultation, response, statement, 1)
    statement.refresh_from_db()
    assert (statement.agree, statement.seen) == (0, 0)

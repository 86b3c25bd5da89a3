"""Results: a reading in plain words with its interval, of no fewer than five, and so that nothing can be subtracted."""

import csv
import json
import re
from io import StringIO

import pytest
from django.test import Client
from django.utils.translation import override

from palabre.authoring.models import Draft
from palabre.consultations import results
from palabre.consultations.models import Response, State
from palabre.consultations.questions import read as read_questions
from palabre.items.models import Item
from palabre.links.models import Link
from tests.consultations.test_answering import OWN

SAID = {
    "price": lambda n: {"too_cheap": 4 + n, "cheap": 10 + n, "expensive": 20 + n, "too_expensive": 30 + n,
                        "would_cheap": "5", "would_expensive": "3"},
    "ladder": lambda n: {"ladder": {"5": "yes", "8": "yes" if n % 3 else "no", "12": "no"}},
    "kano": lambda n: {"there-1": "like", "missing-1": "dislike", "there-2": "like", "missing-2": "neutral"},
    "bestworst": lambda n: {"set-1": {"best": "1", "worst": "2"}},
    "concept": lambda n: {"rated-a": "5"} if n % 2 else {"rated-b": "2"},
    "message": lambda n: {"rated-a": "4"} if n % 2 else {"rated-b": "4" if n % 8 else "3"},
    "recommend": lambda n: {"recommend": 10 if n % 4 else 3},
    "satisfaction": lambda n: {"satisfied": 5 if n % 4 else 2},
    "effort": lambda n: {"effort": 6 if n % 4 else 2},
}  # fmt: skip
TOLD = {
    "ladder": {"prices": [5, 8, 12]},
    "kano": {"lines": [{"fr": "Un bouton"}, {"fr": "Une lumière"}]},
    "bestworst": {"lines": [{"fr": f"Chose {n}"} for n in range(1, 6)]},
    "concept": {"lines": [{"fr": "La rapide"}, {"fr": "La sobre"}]},
    "message": {"lines": [{"fr": "Plus vite"}, {"fr": "Moins cher"}]},
}
READS = {  # what the page of results has to say, in French
    "price": "On accepte des prix entre",
    "ladder": "rapporte le plus",
    "kano": "plus il y en a, plus on est content",
    "bestworst": "Ce qui compte le plus est",
    "concept": "l’emporte, et c’est sûr",
    "message": "c’est peut-être le hasard",
    "recommend": "Le score est de +50",
    "satisfaction": "75 % sont contents",
    "effort": "la facilité reçoit 5",
}


@pytest.fixture
def heard():
    """`heard(consultation, {…}, …)`: answers as they stand once they are sent, from people of all sides."""

    def heard(consultation, *told, sides=("customer", "company")):
        for number, said in enumerate(told):
            cell = "a" if "rated-a" in said else "b" if "rated-b" in said else ""
            Response.objects.create(
                consultation=consultation, state=State.SENT, side=sides[number % len(sides)], language="fr", cell=cell,
                said=said, batch=(consultation.sent + number) // 5,
            )  # fmt: skip
        consultation.sent += len(told)
        consultation.save(update_fields=["sent"])

    return heard


def read(client, consultation, side=""):
    return client.get(f"/consultations/{consultation.pk}/results/{side}", headers={"Accept-Language": "fr"})


@pytest.mark.parametrize("method", SAID)
def test_each_method_reads_its_answers_in_plain_words_with_their_number(method, world, opened, heard, sign_in):
    consultation = opened(method, **TOLD.get(method, {}))
    heard(consultation, *(SAID[method](n) for n in range(24)))
    consultation.close(world.marc)
    html = read(sign_in(world.marc), consultation).content.decode()
    assert READS[method] in html.replace("\u00a0", " ").replace("&#x27;", "’")
    assert 'class="table told' in html and "95" in html
    assert re.search(r"24\s+réponses", html.replace("\u00a0", " "))


def test_of_two_that_do_alike_none_is_said_to_be_ahead(world, opened, heard, sign_in):
    consultation = opened("message", **TOLD["message"])
    heard(consultation, *({"rated-a": "4"} if n % 2 else {"rated-b": "4"} for n in range(24)))
    consultation.close(world.marc)
    html = read(sign_in(world.marc), consultation).content.decode()
    assert "ne départagent pas" in html and "devance" not in html


def test_figures_are_drawn_by_the_server_with_the_table_beside_them(world, opened, heard, sign_in):
    consultation = opened("price")
    heard(consultation, *(SAID["price"](n) for n in range(12)))
    consultation.close(world.marc)
    html = read(sign_in(world.marc), consultation).content.decode()
    chart = html.partition('class="chart"')[2].partition("</figure>")[0]
    assert chart.count("<polyline") == 4 and 'class="band"' in chart
    numbers = [float(n) for each in re.findall(r'points="([^"]+)"', chart) for n in re.split(r"[ ,]", each)]
    assert all(0 <= number <= 360 for number in numbers)
    assert "van Westendorp" in html and "étroite" in html  # both conventions, by name


def test_who_contradicts_themselves_is_counted_and_left_out(world, opened, heard, sign_in):
    consultation = opened("price")
    wrong = {"too_cheap": 9, "cheap": 8, "expensive": 7, "too_expensive": 6}
    heard(consultation, *(SAID["price"](n) for n in range(8)), wrong, wrong)
    consultation.close(world.marc)
    html = read(sign_in(world.marc), consultation).content.decode().replace("\u00a0", " ")
    assert "2 réponses se contredisent" in html


FAR = {"too_cheap": 9, "cheap": 8, "expensive": 7, "too_expensive": 6}
NEVER = {"too_cheap": 3, "cheap": 5, "expensive": 8, "too_expensive": 12, "would_cheap": "1", "would_expensive": "1"}
FAR_APART = NEVER | {"would_cheap": "5", "would_expensive": "3"}
EXTREME = [  # what all of them say, and what the page says of it, in French
    ("price", FAR, "6 réponses se contredisent"),
    ("price", NEVER, "Personne ne l’achèterait"),
    ("price", FAR_APART, "Tous disent la même chose"),
    ("ladder", {"ladder": {"5": "no", "8": "no", "12": "no"}}, "Personne ne l’achèterait à l’un de ces prix"),
    ("ladder", {"ladder": {"5": "no", "8": "no", "12": "yes"}}, "6 réponses achèteraient à un prix"),
    ("kano", {"there-1": "dislike", "missing-1": "like"}, "Non voulu"),
    ("bestworst", {"set-1": {"best": "1", "worst": "2"}}, "Ce qui compte le plus est"),
    ("recommend", {"recommend": 10}, "Le score est de +100"),
    ("recommend", {"recommend": 0}, "Le score est de −100"),
    ("recommend", {"why": "Rien."}, "Trop peu"),
    ("satisfaction", {"satisfied": 1}, "0 % sont contents"),
    ("effort", {"effort": 7}, "Les 6 réponses sont toutes 7"),
    ("concept", {"rated-a": "1"}, "0 % diraient"),
]


@pytest.mark.parametrize("of_each", [6, 1, 0])
@pytest.mark.parametrize(("method", "said", "told"), EXTREME)
def test_answers_that_are_all_alike_or_none_stop_no_reading(method, said, told, of_each, world, opened, heard, sign_in):
    consultation = opened(method, **TOLD.get(method, {}))
    heard(consultation, *[said] * of_each)
    consultation.close(world.marc)
    page = read(sign_in(world.marc), consultation)
    html = page.content.decode().replace("\u00a0", " ")
    assert page.status_code == 200
    assert (told if of_each > 5 else "Trop peu") in html


def test_questions_of_ones_own_are_summed_up_each_in_its_way(world, opened, heard):
    consultation = opened("", questions=OWN)
    said = {"q1": "1", "q2": "2019", "q3": ["5", "4", "3", "2", "1"], "q4": {"a": "1", "b": "2"}, "q5": ["2"],
            "q6": "2026-02-28", "q7": 4}  # fmt: skip
    heard(consultation, *(said | {"q1": "12"[n % 2], "q7": 3 + n % 2} for n in range(10)))
    consultation.close(world.marc)
    choice, text, ranking, matrix, several, date, rating = results.of(consultation).sections
    assert [row.cells[:2] for row in choice.table.rows] == [[5, "50%"], [5, "50%"]]
    assert [(theme.number, theme.texts) for theme in text.texts] == [(10, [("2019", 10)])]
    assert [row.title for row in ranking.table.rows] == ["Chose 5", "Chose 4", "Chose 3", "Chose 2", "Chose 1"]
    assert [row.cells for row in matrix.table.rows] == [["100%", "0%"], ["0%", "100%"]]
    assert [row.cells[0] for row in several.table.rows] == [0, 10]
    assert [row.title for row in date.table.rows] == ["28 February 2026"]
    assert [row.cells[0] for row in rating.table.rows] == [0, 5, 5, 0, 0]


def test_what_so_many_answers_do_not_decide_is_said_of_both_ends_of_an_order(world, opened, heard):
    consultation = opened("bestworst", lines=[{"en": f"Thing {n}"} for n in range(1, 6)])
    sets = [each for each in read_questions(consultation.questions) if each.part == "set"]

    def chosen(number):
        named = {each.key: [option.key for option in each.options] for each in sets}
        return {key: {"best": keys[0], "worst": keys[-1 - number % 2]} for key, keys in named.items()}

    heard(consultation, *map(chosen, range(8)))
    consultation.close(world.marc)
    section = results.of(consultation).sections[0]
    *_others, before, last = [str(row.title) for row in section.table.rows]
    assert f"Between the last two, “{before}” and “{last}”, so many answers do not decide." in section.reading
    decimals = [cell.partition(".")[2] for row in section.table.rows for cell in row.cells[3:5]]
    assert {len(each) for each in decimals} == {2}


def test_days_and_ends_of_a_scale_are_told_as_the_reader_writes_them(world, opened, heard):
    ends = [{"fr": "Pas du tout", "en": "Not at all"}, {"fr": "Beaucoup"}]
    scale = {"key": "m", "kind": "rating", "title": {"fr": "Une note"}, "low": 0, "high": 3, "ends": ends}
    asked = [{"key": "d", "kind": "date", "title": {"fr": "Quand ?"}}, scale]
    consultation = opened("", questions=asked)
    heard(consultation, *({"d": f"2025-10-{1 + n % 2:02}", "m": n % 4} for n in range(8)))
    consultation.close(world.marc)
    for language, days, marks in (
        ("fr", ["1er octobre 2025", "2 octobre 2025"], ["3 · Beaucoup", "2", "1", "0 · Pas du tout"]),
        ("en", ["1 October 2025", "2 October 2025"], ["3 · Beaucoup", "2", "1", "0 · Not at all"]),
    ):
        with override(language):
            told = [[row.title for row in section.table.rows] for section in results.of(consultation).sections]
        assert told == [days, marks]


def test_many_numbers_and_days_stand_in_classes_and_none_is_left_out(world, opened, heard):
    asked = [{"key": "n", "kind": "number", "title": {"fr": "Combien ?"}},
             {"key": "d", "kind": "date", "title": {"fr": "Quand ?"}}]  # fmt: skip
    consultation = opened("", questions=asked)
    days = [f"2026-{month:02}-{day:02}" for month in (1, 2) for day in range(1, 22)]
    heard(consultation, *({"n": 3 * n if n < 41 else 90_000, "d": day} for n, day in enumerate(days)))
    consultation.close(world.marc)
    numbers, dates = results.of(consultation).sections
    counts = [row.cells[0] for row in numbers.table.rows]
    assert sum(counts) == 42 and max(counts) < 15  # the one that lies far out squeezes no other together
    assert [row.title for row in numbers.table.rows][:: len(counts) - 1] == ["less than 20", "100 or more"]
    assert "Half of the answers are 61.5 or less." in numbers.reading
    assert [(row.title, row.cells[0]) for row in dates.table.rows] == [("January 2026", 21), ("February 2026", 21)]


def test_a_line_of_a_matrix_that_some_left_open_says_so(world, opened, heard):
    consultation = opened("", questions=[{**OWN[3], "key": "m", "required": False}])
    heard(consultation, *({"m": {"a": "1", "b": "2"} if n % 4 else {"a": "1"}} for n in range(12)))
    consultation.close(world.marc)
    (matrix,) = results.of(consultation).sections
    assert matrix.table.heads[-1] == "Left open"
    assert [row.cells for row in matrix.table.rows] == [["100%", "0%", "0%"], ["0%", "75%", "25%"]]


def test_what_is_worded_in_one_language_says_which_where_it_is_read_in_the_other(world, opened, heard, sign_in):
    consultation = opened("", questions=[{**OWN[0], "key": "q"}])
    heard(consultation, *({"q": "1"} for _n in range(6)))
    consultation.close(world.marc)
    world.marc.language = "en"
    world.marc.save(update_fields=["language"])
    english = read(sign_in(world.marc), consultation).content.decode()
    assert '<h2 lang="fr">' in english and '<th scope="row" lang="fr">' in english


def test_nothing_is_told_of_fewer_than_five(world, opened, heard, sign_in):
    consultation = opened("recommend")
    heard(consultation, *({"recommend": 10, "why": "Parfait"} for _n in range(4)))
    consultation.close(world.marc)
    html = read(sign_in(world.marc), consultation).content.decode()
    assert "Parfait" not in html and 'class="table told"' not in html
    client = sign_in(world.marc)
    for form in ("csv", "json"):
        assert "Parfait" not in client.get(f"/consultations/{consultation.pk}/results.{form}").content.decode()


def test_while_it_is_open_results_grow_by_no_fewer_than_five_and_the_last_five_wait(world, opened, priced):
    consultation = opened("price")
    numbers = []
    for _each in range(16):
        priced(consultation, client=Client(REMOTE_ADDR=f"203.0.113.{_each}"))
        consultation.refresh_from_db()
        numbers.append(results.of(consultation).number)
    assert numbers == [0] * 9 + [5] * 5 + [10, 10]
    consultation.close(world.marc)
    assert results.of(consultation).number == 16  # six more: not one of them can be told by subtracting


def test_inside_and_outside_are_told_apart_only_at_the_end_and_when_both_are_enough(world, opened, heard):
    consultation = opened("recommend")
    heard(consultation, *({"recommend": 10} for _n in range(10)), sides=("customer", "company"))
    assert results.of(consultation, "inside").side == "all"
    consultation.close(world.marc)
    assert results.of(consultation, "inside").sections[0].number == 5
    few = opened("recommend")
    heard(few, *({"recommend": 10} for _n in range(13)), sides=("customer",) * 9 + ("company",))
    few.close(world.marc)
    assert results.of(few).sides == () and results.of(few, "inside").side == "all"


def test_what_few_of_one_side_answered_is_told_of_neither(world, opened, heard):
    """Five of the house said why, and one customer: what the house said, taken from what all did, would be hers."""
    consultation = opened("recommend")
    heard(consultation, *({"recommend": 9, "why": f"Pour {n} raisons"} for n in range(5)), sides=("company",))
    heard(consultation, {"recommend": 2, "why": "Le prix"}, *({"recommend": 2} for _n in range(5)), sides=("customer",))
    consultation.close(world.marc)
    for side, withheld in (("all", [False, False]), ("inside", [False, True]), ("outside", [False, True])):
        sections = results.of(consultation, side).sections
        assert [each.too_few for each in sections] == withheld
        assert [bool(each.texts or each.table) for each in sections] == [not each for each in withheld]
    heard(consultation, *({"recommend": 2, "why": "Le prix"} for _n in range(4)), sides=("customer",))
    assert not any(each.too_few for each in results.of(consultation, "inside").sections)


def test_a_question_that_few_answered_is_withheld_alone(world, opened, heard):
    consultation = opened("recommend")
    heard(consultation, *({"recommend": 9} for _n in range(6)), {"recommend": 9, "why": "Seul à le dire"})
    consultation.close(world.marc)
    score, why = results.of(consultation).sections
    assert (score.too_few, why.too_few, why.texts) == (False, True, [])


def test_the_cells_of_a_concept_are_told_from_five(world, opened, heard, sign_in):
    consultation = opened("concept", **TOLD["concept"])
    heard(consultation, *({"rated-a": "5"} for _n in range(9)), {"rated-b": "1"})
    consultation.close(world.marc)
    section = results.of(consultation).sections[0]
    assert [row.title for row in section.table.rows] == ["La rapide"]
    assert any("La sobre" in note for note in section.notes)


@pytest.fixture
def carried(world, sign_in):
    """The lines of the sheet, and what a program is given, as somebody who asked carries them away."""

    def carried(consultation, language="en"):
        world.marc.language = language
        world.marc.save(update_fields=["language"])
        client, place = sign_in(world.marc), f"/consultations/{consultation.pk}/results"
        text = client.get(f"{place}.csv").content.decode("utf-8-sig")
        lines = list(csv.DictReader(StringIO(text), delimiter=";" if language == "fr" else ","))
        return lines, json.loads(client.get(f"{place}.json").content)

    return carried


def test_answers_are_carried_away_without_names_nor_sides_as_csv_and_json(world, opened, heard, carried, sign_in):
    consultation = opened("recommend")
    heard(consultation, *({"recommend": 9, "why": "=1+1"} for _n in range(12)), sides=("customer", "company"))
    consultation.close(world.marc)
    lines, kept = carried(consultation)
    score, why = lines[0]
    assert len(lines) == 12 and score.startswith("1. Would you recommend it") and why.startswith("2. Why?")
    assert {line[why] for line in lines} == {"'=1+1"}  # what a spreadsheet would run, it shows
    assert len(kept["answers"]) == 12 and kept["method"] == "recommend"
    assert not any("side" in each for each in kept["answers"])
    assert {side: told[0]["number"] for side, told in kept["results"].items()} == {"all": 12, "inside": 6, "outside": 6}
    assert sign_in(world.marc).get(f"/consultations/{consultation.pk}/results.xml").status_code == 404


def test_a_sheet_is_read_by_people_and_numbers_are_written_as_they_write_them(world, opened, heard, carried):
    number = {"key": "n", "kind": "number", "title": {"fr": "Combien ?", "en": "How many?"}}
    consultation = opened("", questions=[*OWN, number])
    said = {"q1": "1", "q2": "=2019", "q3": ["5", "4", "3", "2", "1"], "q4": {"a": "1", "b": "2"}, "q5": ["2"],
            "q6": "2026-02-28", "q7": 4, "n": 2.5}  # fmt: skip
    heard(consultation, *[said] * 6)
    consultation.close(world.marc)
    for language, written in (("fr", "2,5"), ("en", "2.5")):
        line = carried(consultation, language)[0][0]
        values = list(line.values())
        assert values[-1] == written and "'=2019" in values and "2026-02-28" in values
        assert values[2:7] == ["5", "4", "3", "2", "1"]  # the place of each, from the first thing to the last
        assert not any(each.startswith(("[", "{")) for each in values)


def test_an_export_tells_nothing_that_results_do_not(world, opened, heard, carried):
    """One said why, of twelve: results do not tell it, and neither does what is carried away."""
    consultation = opened("recommend")
    heard(consultation, *({"recommend": 9, "why": None} for _n in range(11)), {"recommend": 9, "why": "Seule"})
    consultation.close(world.marc)
    lines, kept = carried(consultation)
    assert "Seule" not in str(lines) + str(kept)


def test_results_are_for_who_asked_until_they_are_returned(world, opened, heard, sign_in):
    consultation = opened("recommend")
    heard(consultation, *({"recommend": 9} for _n in range(6)))
    consultation.close(world.marc)
    place = f"/consultations/{consultation.pk}"
    assert read(sign_in(world.ines), consultation).status_code == 403
    marc = sign_in(world.marc)
    assert marc.post(f"{place}/return/", {"statement": " "}).status_code == 422
    assert marc.post(f"{place}/return/", {"statement": "Nous baissons le prix."}).status_code == 302
    assert read(Client(), consultation).status_code == 200
    assert "Nous baissons le prix." in Client().get(consultation.item.get_absolute_url()).content.decode()
    assert sign_in(world.ines).get(f"{place}/results.csv").status_code == 403


def test_those_who_answered_hear_what_will_be_done(world, opened, answered, hear):
    from palabre.signals.models import Entry

    consultation = opened("recommend")
    answered(consultation, world.ines, {"recommend": "9"}, {"why": ""})
    consultation.close(world.marc)
    hear()
    consultation.give_back(world.marc, "Nous baissons le prix.")
    hear()
    assert Entry.objects.filter(person=world.ines, item=consultation.pk).exists()
    assert not Entry.objects.filter(person=world.ramata, item=consultation.pk).exists()


def test_one_answer_becomes_an_idea_in_one_gesture_and_those_who_answered_see_it(world, opened, answered, sign_in):
    consultation = opened("", questions=[{"key": "q1", "kind": "text", "title": {"fr": "Que manque-t-il ?"}}])
    people = (world.ines, world.ramata, world.awa, world.coumba, world.lea)
    for person, said in zip(people, ["Un banc [à l’ombre]", *"abcd"], strict=True):
        answered(consultation, person, {"q1": said})
    consultation.close(world.marc)
    client, place = sign_in(world.marc), f"/consultations/{consultation.pk}/outcome/"
    page = read(client, consultation).content.decode()
    assert f'action="{place}"' in page and 'name="text" value="Un banc [à l’ombre]"' in page
    assert sign_in(world.ines).post(place, {"text": "Un banc"}).status_code == 403  # until they are returned
    assert client.post(place, {"text": " "}).status_code == 404
    desk = client.post(place, {"text": "Un banc [à l’ombre]"})["Location"]
    draft = Draft.objects.get(person=world.marc)
    assert draft.get_absolute_url() == desk and (draft.kind, draft.space) == ("idea", consultation.item.space)
    assert draft.body.startswith("> Un banc [à l’ombre]\n") and world.ines.name not in draft.body
    sent = {"kind": "idea", "space": "le-fil", "title": draft.title, "body": draft.body, "draft": draft.pk}
    client.post("/write/", {**sent, "stamp": draft.stamp, "action": "publish"})
    idea = Item.objects.get(kind="idea", title="Un banc [à l’ombre]")
    assert Link.objects.filter(source=consultation.pk, type="led_to", target=idea).exists()
    page = sign_in(world.ines).get(idea.get_absolute_url()).content.decode()
    assert f"Une réponse à « {consultation.item.title} »" in page and consultation.item.get_absolute_url() in page
    assert idea.get_absolute_url() in sign_in(world.ines).get("/words/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"), [(1, "1 réponse se contredit ;"), (2, "2 réponses se contredisent ;"), (0, "")]
)
def test_of_a_feature_it_is_said_how_many_contradict_themselves(wrong, says, world, opened, heard, sign_in):
    consultation = opened("kano", **TOLD["kano"])
    heard(consultation, *[{"there-1": "like", "missing-1": "like"}] * wrong, *[SAID["kano"](n) for n in range(9)])
    consultation.close(world.marc)
    html = read(sign_in(world.marc), consultation).content.decode().replace("\u00a0", " ")
    assert (says in html) if says else "contredi" not in html


def test_the_four_parts_of_kano_s_chart_are_named_as_its_categories(world, opened, heard, sign_in):
    consultation = opened("kano", **TOLD["kano"])
    heard(consultation, *[SAID["kano"](n) for n in range(9)])
    consultation.close(world.marc)
    html = read(sign_in(world.marc), consultation).content.decode()
    named = re.findall(r'<text class="mid" x="([\d.]+)" y="([\d.]+)">([^<]+)</text>', html)
    (left, top), (right, low) = (map(float, named[at][:2]) for at in (0, 3))
    assert left < right and top < low  # what delights pleases if it is there, what is expected upsets if it is missing
    assert [name for _x, _y, name in named] == ["Enchante", "Plus il y en a, mieux c’est", "Laisse froid", "Attendu"]


def test_while_it_is_open_it_is_said_how_many_have_come_and_from_how_many_on_results_are_told(
    world, opened, heard, sign_in
):
    consultation = opened("recommend")
    heard(consultation, *(SAID["recommend"](n) for n in range(8)))
    html = read(sign_in(world.marc), consultation).content.decode().replace("\u00a0", " ")
    assert (
        "<span>8 réponses</span>" in html
        and "8 réponses sont arrivées ; les résultats se disent à partir de 10." in html
    )

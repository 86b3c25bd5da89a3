"""Starting: a method writes its questions from a few words; one's own are put one by one; nobody is asked too often."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from palabre.authoring.files.keeping import attach
from palabre.authoring.files.models import File
from palabre.consultations import agenda
from palabre.consultations.methods import METHODS
from palabre.consultations.models import Consultation, Seat
from palabre.items.models import Appointment
from palabre.kit.clock import now
from palabre.kit.days import typed
from palabre.people.attention import Attention, Use, left, spend
from tests.at_once import meanwhile
from tests.consultations.test_results import TOLD

FORM = {"name": "la box fibre", "name_other": "the fibre box", "unit": "F CFA", "prices": "5000 8000 12000"}


def sent(method):
    lines = "\n".join(
        each["fr"] for each in TOLD.get(method, {}).get("lines", [{"fr": "Un"}, {"fr": "Deux"}, {"fr": "Trois"}])
    )
    return {"space": "le-fil", "lines": lines, **FORM}


@pytest.mark.parametrize("method", METHODS)
def test_each_method_starts_from_one_form_opens_and_is_answered(method, world, sign_in):
    client = sign_in(world.marc)
    assert client.get(f"/consultations/new/{method}/?space=le-fil").status_code == 200
    response = client.post(f"/consultations/new/{method}/", sent(method))
    assert response.status_code == 302, response.content.decode()
    consultation = Consultation.objects.get()
    page = client.get(consultation.item.get_absolute_url()).content.decode()
    closes = re.search(r'name="closes_at" value="([^"]+)"', page)[1]
    assert (
        client.post(f"/consultations/{consultation.pk}/opening/", {"closes_at": closes, "who": "readers"}).status_code
        == 302
    )
    stranger = Client()
    began = stranger.post(f"/consultations/{consultation.pk}/answer/", {"begin": "1"})
    assert stranger.get(began["Location"]).status_code == 200
    assert len(Consultation.objects.get().questions) == (0 if method == "opinions" else len(consultation.questions))


@pytest.mark.parametrize(
    ("method", "wrong"),
    [("kano", {"lines": ""}), ("bestworst", {"lines": "Un\nDeux"}), ("ladder", {"prices": "12"}),
     ("price", {"name": ""}),
     ("concept", {"lines": "x" * 300})],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(method, wrong, world, sign_in):
    response = sign_in(world.marc).post(f"/consultations/new/{method}/", sent(method) | wrong)
    assert response.status_code == 422 and not Consultation.objects.exists()
    html = response.content.decode()
    assert f'id="id_{next(iter(wrong))}_error"' in html or "errorlist" in html or 'class="err"' in html
    assert ('value="la box fibre"' in html) or method == "price"


def test_who_may_not_write_in_a_space_starts_nothing_there(world, sign_in):
    assert sign_in(world.ines).post("/consultations/new/price/", sent("price")).status_code == 422
    assert not Consultation.objects.exists()


def test_questions_of_ones_own_are_put_moved_and_dropped(world, sign_in):
    client = sign_in(world.marc)
    client.post("/consultations/new/own/", sent("own"))
    consultation = Consultation.objects.get()
    place = f"/consultations/{consultation.pk}/questions/"
    first = {"kind": "choice", "title": "Êtes-vous client ?", "options": "Oui\nNon", "required": "on", "most": "100"}
    assert client.post(f"{place}new/", first | {"options": "Oui"}).status_code == 422
    assert client.post(f"{place}new/", first).status_code == 302
    second = {"kind": "essay", "title": "Pourquoi ?", "title_other": "Why?", "only_if": "q1:1"}
    assert client.post(f"{place}new/", second).status_code == 302
    consultation.refresh_from_db()
    assert [each["key"] for each in consultation.questions] == ["q1", "q2"]
    assert consultation.questions[1]["only_if"] == {"question": "q1", "options": ["1"]}
    assert consultation.quotas == [{"question": "q1", "most": 100}]
    assert "Êtes-vous client ?" in client.get(f"{place}q1/").content.decode()
    client.post(f"{place}q1/", first | {"kind": "ranking"})  # its form goes along, though nobody sees the quota now
    consultation.refresh_from_db()
    assert (consultation.questions[0]["kind"], consultation.quotas) == ("ranking", [])
    client.post(f"{place}q1/", first)
    client.post(place, {"up": "q2"})
    consultation.refresh_from_db()
    assert [each["key"] for each in consultation.questions] == ["q2", "q1"]
    assert "only_if" not in consultation.questions[0]  # what it depended on now comes later
    client.post(place, {"drop": "q2"})
    consultation.refresh_from_db()
    assert [each["key"] for each in consultation.questions] == ["q1"]


def test_a_scale_begins_at_0_or_1_and_both_its_ends_have_words_in_both_languages(world, sign_in, made):
    consultation, client = made(""), sign_in(world.marc)
    place = f"/consultations/{consultation.pk}/questions/"
    said = {"kind": "rating", "title": "Une note ?", "low": "0", "high": "10", "end_low": "Pas du tout",
             "end_low_other": "Not at all", "end_high": "Tout à fait", "end_high_other": "Quite"}  # fmt: skip
    assert client.post(f"{place}new/", said).status_code == 302
    again = client.get(f"{place}q1/").content.decode()
    assert all(f'value="{said[name]}"' in again for name in ("end_low", "end_low_other", "end_high", "end_high_other"))
    assert re.search('<option value="0" selected', again)
    client.post(f"{place}q1/", said)
    consultation.refresh_from_db()
    (kept,) = consultation.questions
    assert (kept["low"], kept["high"]) == (0, 10)
    assert kept["ends"] == [{"fr": "Pas du tout", "en": "Not at all"}, {"fr": "Tout à fait", "en": "Quite"}]
    consultation.open(world.marc, now() + timedelta(days=1))
    asked = Client(HTTP_ACCEPT_LANGUAGE="en").get(f"/consultations/{consultation.pk}/answer/").content.decode()
    assert "0: Not at all. 10: Quite." in " ".join(asked.split()) and asked.count('name="q1"') == 11
    assert "q1-ends" in re.search('aria-describedby="([^"]*)"', asked)[1]


def test_one_looks_at_it_before_it_opens_as_others_will_in_both_languages(world, made, sign_in):
    lines = [{"fr": "La sobre", "en": "The plain one"}, {"fr": "La dorée", "en": "The golden one"}]
    consultation, client = made("concept", lines=lines), sign_in(world.marc)
    place = f"/consultations/{consultation.pk}/trial/"
    first, second = (client.get(f"{place}?language=en&cell={cell}").content.decode() for cell in "ab")
    assert "“The plain one”. Would you take it?" in first and "“The golden one”. Would" not in first
    assert "“The golden one”. Would you take it?" in second and 'name="why"' in second
    assert "La sobre" in client.get(f"{place}?language=fr").content.decode()
    assert not Seat.objects.exists()
    assert sign_in(world.awa).get(place).status_code == 403
    consultation.open(world.marc, now() + timedelta(days=1))
    assert client.get(place).status_code == 403


def test_a_question_that_hangs_on_an_answer_is_looked_at_too(world, made, sign_in):
    options = [{"key": key, "title": {"fr": title}} for key, title in (("1", "Oui"), ("2", "Non"))]
    asked = [{"key": "q1", "kind": "choice", "title": {"fr": "Client ?"}, "options": options},
             {"key": "q2", "kind": "text", "title": {"fr": "Depuis quand ?"}, "together": True,
              "only_if": {"question": "q1", "options": ["1"]}}]  # fmt: skip
    consultation = made("", questions=asked)
    page = sign_in(world.marc).get(f"/consultations/{consultation.pk}/trial/").content.decode()
    assert page.index("Écran 1 sur 2") < page.index("Client ?") < page.index("Écran 2 sur 2") < page.index('name="q2"')


def test_the_statements_of_a_map_are_read_and_changed_before_it_opens(world, made, sign_in):
    consultation = made("opinions", lines=[{"fr": f"Affirmation {n}"} for n in range(3)])
    client, place = sign_in(world.marc), f"/consultations/{consultation.pk}/statements/first/"
    assert "Affirmation 1" in client.get(consultation.item.get_absolute_url()).content.decode()
    assert "Affirmation 2" in client.get(f"/consultations/{consultation.pk}/trial/").content.decode()
    few = client.post(place, {"lines": "Une seule"})
    assert few.status_code == 422 and "Une seule" in few.content.decode() and consultation.statements.count() == 3
    assert client.post(place, {"lines": "Affirmation 2\nUne autre\nEt une autre"}).status_code == 302
    assert [each.text for each in consultation.statements.standing()] == ["Affirmation 2", "Une autre", "Et une autre"]
    assert sign_in(world.awa).get(place).status_code == 403
    consultation.open(world.marc, now() + timedelta(days=1))
    assert client.post(place, {"lines": "A\nB\nC"}).status_code == 403
    assert consultation.statements.count() == 3


def test_more_time_is_given_while_it_is_open_and_never_less(world, opened, sign_in):
    consultation, client = opened("recommend"), sign_in(world.marc)
    place, before = f"/consultations/{consultation.pk}/extension/", consultation.closes_at
    sooner = client.post(place, {"until": typed(before - timedelta(days=1))})
    assert sooner.status_code == 422 and typed(before - timedelta(days=1)) in sooner.content.decode()
    assert client.post(place, {"until": typed(before + timedelta(days=7))}).status_code == 302
    consultation.refresh_from_db()
    assert consultation.closes_at > before + timedelta(days=6)
    due = Appointment.objects.get(item=consultation.pk, verb=agenda.CLOSE)
    assert due.due == consultation.closes_at
    assert sign_in(world.awa).post(place, {"until": typed(before + timedelta(days=9))}).status_code == 403
    consultation.close(world.marc)
    assert client.post(place, {"until": typed(before + timedelta(days=9))}).status_code == 403


def test_a_choice_keeps_its_key_when_lines_are_moved_reworded_and_added(world, sign_in):
    client = sign_in(world.marc)
    client.post("/consultations/new/own/", sent("own"))
    consultation = Consultation.objects.get()
    place = f"/consultations/{consultation.pk}/questions/"
    first = {"kind": "choice", "title": "Êtes-vous client ?", "options": "Oui\nNon\nBientôt"}
    client.post(f"{place}new/", first)
    client.post(f"{place}new/", {"kind": "text", "title": "Pourquoi pas ?", "only_if": "q1:2"})

    def again(options):
        page = client.post(f"{place}q1/", first | {"options": options}, follow=True).content.decode()
        consultation.refresh_from_db()
        asked, why = consultation.questions
        return {each["title"]["fr"]: each["key"] for each in asked["options"]}, why.get("only_if"), page

    stays = {"question": "q1", "options": ["2"]}
    assert again("Bientôt\nNon\nOui")[:2] == ({"Bientôt": "3", "Non": "2", "Oui": "1"}, stays)
    assert again("Bientôt\nPas encore\nOui")[:2] == ({"Bientôt": "3", "Pas encore": "2", "Oui": "1"}, stays)
    keys, hangs, page = again("Jamais\nOui\nBientôt")
    assert (keys, hangs) == ({"Jamais": "4", "Oui": "1", "Bientôt": "3"}, None)
    assert "Pourquoi pas ?\u00a0» est désormais posée à tout le monde" in page


def test_words_in_the_other_language_are_all_there_or_none(world, sign_in):
    """A line that is left out would give each after it the words of another."""
    client = sign_in(world.marc)
    client.post("/consultations/new/own/", sent("own"))
    place = f"/consultations/{Consultation.objects.get().pk}/questions/"
    asked = {"kind": "matrix", "title": "Et cela ?", "hint": "Selon vous.", "hint_other": "As you see it.",
             "options": "Oui\nNon", "options_other": "Yes\nNo", "rows": "La box\nLe prix"}  # fmt: skip
    short = client.post(f"{place}new/", asked | {"rows_other": "The box"})
    assert short.status_code == 422 and "The box" in short.content.decode()
    assert client.post(f"{place}new/", asked | {"rows_other": "The box\n\nThe price"}).status_code == 302
    (kept,) = Consultation.objects.get().questions
    assert [each["title"]["en"] for each in kept["rows"]] == ["The box", "The price"]
    assert kept["hint"] == {"fr": "Selon vous.", "en": "As you see it."}
    assert "As you see it." in client.get(f"{place}q1/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_put_a_question_at_once_both_put_it(world, sign_in):
    client = sign_in(world.marc)
    client.post("/consultations/new/own/", sent("own"))
    consultation = Consultation.objects.get()
    theirs = {"kind": "essay", "title": "Pourquoi ?"}
    place = f"/consultations/{consultation.pk}/questions/new/"
    with meanwhile(lambda: client.post(place, theirs).status_code) as told:
        consultation.prepare(world.grace, questions=[{"key": "q1", "kind": "essay", "title": {"fr": "Quand ?"}}])
    consultation.refresh_from_db()
    assert told == [302] and [each["title"]["fr"] for each in consultation.questions] == ["Quand ?", "Pourquoi ?"]


@pytest.mark.parametrize("method", [name for name in METHODS if name != "opinions"])
def test_questions_that_a_method_reads_are_reworded_and_stay(method, world, sign_in):
    client = sign_in(world.marc)
    client.post(f"/consultations/new/{method}/", sent(method))
    consultation = Consultation.objects.get()
    place, before = f"/consultations/{consultation.pk}/questions/", consultation.questions
    read = [each for each in before if each.get("part")]
    assert read
    client.post(place, {"drop": read[0]["key"]})
    client.post(f"{place}{read[-1]['key']}/", {"title": "Autrement ?", "title_other": "", "hint": "", "kind": "text"})
    consultation.refresh_from_db()
    assert [each["key"] for each in consultation.questions] == [each["key"] for each in before]
    asked = next(each for each in consultation.questions if each["key"] == read[-1]["key"])
    assert {**asked, "hint": 0} == {**read[-1], "title": {"fr": "Autrement ?"}, "hint": 0}
    assert f'name="drop" value="{read[0]["key"]}"' not in client.get(place).content.decode()


def test_people_are_put_into_parts_at_random_and_each_is_asked_its_own_question(world, sign_in):
    client = sign_in(world.marc)
    client.post("/consultations/new/own/", sent("own"))
    consultation = Consultation.objects.get()
    place = f"/consultations/{consultation.pk}/questions/"
    for cell in "ab":
        asked = {"kind": "text", "title": f"Pour {cell} ?", "cell": cell, "required": "on"}
        assert client.post(f"{place}new/", asked).status_code == 302
    consultation.refresh_from_db()
    assert [each["key"] for each in consultation.variants] == ["a", "b"]
    assert consultation.variants[0]["title"] == {"fr": "Partie A, tirée au sort", "en": "Part A, drawn at random"}
    assert '<option value="b" selected>' in client.get(f"{place}q2/").content.decode()
    consultation.open(world.marc, now() + timedelta(days=1))
    shown = []
    for stranger in (Client(), Client()):
        stranger.post(f"/consultations/{consultation.pk}/answer/", {"begin": "1"})
        html = stranger.get(f"/consultations/{consultation.pk}/answer/").content.decode()
        shown.append(["Pour a ?" in html, "Pour b ?" in html])
    assert sorted(shown) == [[False, True], [True, False]]


def drawn(colour="teal"):
    picture = BytesIO()
    Image.new("RGB", (40, 30), colour).save(picture, "PNG")
    return picture.getvalue()


def test_pictures_are_added_with_their_words_chosen_and_told(world, sign_in):
    client = sign_in(world.marc)
    client.post("/consultations/new/own/", sent("own"))
    consultation = Consultation.objects.get()
    place, asked = f"/consultations/{consultation.pk}/questions/new/", {"kind": "picture", "title": "Laquelle ?"}
    blue = attach(consultation.item, world.marc, "bleue.png", [drawn("blue")])
    text = SimpleUploadedFile("note.txt", b"Rien.")
    green = SimpleUploadedFile("verte.png", drawn("green"))
    added = client.post(place, asked | {"add": "1", "file": [green, text], f"words-{blue.pk}": "La bleue"})
    html = added.content.decode()
    assert added.status_code == 422 and "note.txt" in html and 'value="Laquelle ?"' in html and "La bleue" in html
    fresh = File.objects.get(name="verte.png")
    assert f'value="{fresh.pk}" checked' in html and f'value="{blue.pk}" checked' not in html
    one = asked | {"picture": [fresh.pk], f"words-{fresh.pk}": "La verte / l’autre ?"}
    assert client.post(place, one).status_code == 422
    both = one | {"picture": [blue.pk, fresh.pk]}
    assert client.post(place, both).status_code == 422, "one has no words"
    both |= {f"words-{blue.pk}": "La bleue", f"other-{blue.pk}": "The blue one"}
    assert client.post(place, both).status_code == 302
    consultation.refresh_from_db()
    assert consultation.questions[0]["options"] == [
        {"key": "1", "picture": blue.pk, "title": {"fr": "La bleue", "en": "The blue one"}},
        {"key": "2", "picture": fresh.pk, "title": {"fr": "La verte / l’autre ?"}},
    ]
    assert 'value="The blue one"' in client.get(f"/consultations/{consultation.pk}/questions/q1/").content.decode()
    consultation.open(world.marc, now() + timedelta(days=1))
    answering = f"/consultations/{consultation.pk}/answer/"
    for stranger in (Client() for _each in range(6)):
        stranger.post(answering, {"begin": "1"})
        html = stranger.get(answering).content.decode()
        stranger.post(answering, {"at": "q1", "q1": "2"})
        stranger.post(answering, {"at": "end", "send": "1"})
    shown = re.findall(r'<img src="([^"]+)"', html)
    assert len(shown) == 2 and "La verte / l’autre ?" in html
    assert all(stranger.get(each, follow=True).status_code == 200 for each in shown)
    consultation.refresh_from_db()
    consultation.close(world.marc)
    html = client.get(f"/consultations/{consultation.pk}/results/").content.decode()
    assert [int(key) for key in re.findall(r'<img class="thumb" src="/files/(\d+)/', html)] == [blue.pk, fresh.pk]


def test_nothing_opens_without_a_question(world, sign_in):
    client = sign_in(world.marc)
    client.post("/consultations/new/own/", sent("own"))
    pk = Consultation.objects.get().pk
    assert (
        client.post(f"/consultations/{pk}/opening/", {"closes_at": "2999-01-01T10:00", "who": "readers"}).status_code
        == 422
    )
    assert Consultation.objects.get().stage == "draft"


def test_who_opens_says_of_how_many_answers_results_are_told_never_of_fewer_than_five(world, made, sign_in):
    consultation = made("recommend")
    client, place = sign_in(world.marc), f"/consultations/{consultation.pk}/opening/"
    sent = {"closes_at": "2999-01-01T10:00", "who": "readers"}
    refused = client.post(place, sent | {"floor": "4"})
    assert refused.status_code == 422 and 'value="4"' in refused.content.decode()
    assert client.post(place, sent | {"floor": "8"}).status_code == 302
    consultation.refresh_from_db()
    assert (consultation.stage, consultation.floor) == ("open", 8)
    answering = " ".join(Client().get(f"/consultations/{consultation.pk}/answer/").content.decode().split())
    assert "results are told of 8 answers or more" in answering and "once 8 have come" in answering


def test_nobody_is_asked_more_often_than_their_budget_allows(world, opened, sign_in):
    Attention.objects.create(person=world.lea, requests=2)
    spend(Use.REQUEST, [(world.lea.pk, "decision:1"), (world.lea.pk, "pulse:2")])
    consultation = opened("recommend")
    client = sign_in(world.marc)
    assert client.post(f"/consultations/{consultation.pk}/asking/", {"whom": "members"}).status_code == 302
    asked = set(Seat.objects.filter(asked=True).values_list("person__handle", flat=True))
    assert asked == {world.grace.handle, world.nadia.handle}
    assert left(Use.REQUEST, world.grace) == 7
    client.post(f"/consultations/{consultation.pk}/asking/", {"whom": "members"})
    assert left(Use.REQUEST, world.grace) == 7  # asked once
    assert left(Use.REQUEST, world.lea) == 0


def test_who_is_asked_finds_it_among_what_awaits_them_until_they_have_answered(world, opened, answered, sign_in):
    consultation = opened("recommend")

    def awaits(client):
        return client.get("/").content.decode().partition('id="asks"')[2].partition("</section>")[0]

    client = sign_in(world.grace)
    assert consultation.item.title not in awaits(client)
    consultation.ask(world.marc, [world.grace.pk])
    assert consultation.item.title in awaits(client)
    answered(consultation, None, {"recommend": "9"}, {"why": ""}, client=client)
    assert consultation.item.title not in awaits(client)

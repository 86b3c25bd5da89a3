"""Answering: by whoever reads it, once each, screen by screen; what was acknowledged is kept, and keeps no name."""

import json
import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from palabre.authoring import lifecycle
from palabre.consultations import taking
from palabre.consultations.models import KNOCKS, Response, Seat, Settled, State
from palabre.consultations.questions import read, screens
from palabre.kit.clock import now
from tests.consultations.conftest import PRICES, WOULD


def place(consultation):
    return f"/consultations/{consultation.pk}/answer/"


def test_a_stranger_answers_in_a_public_space_without_script_and_once_a_device(opened, priced):
    consultation, client = opened("price"), Client()
    response = priced(consultation, client=client)
    assert response.status_code == 302
    thanks = client.get(response["Location"]).content.decode()
    assert 'role="status"' in thanks and 'name="at"' not in thanks
    sent = Response.objects.get()
    assert (sent.state, sent.side, sent.said["cheap"], sent.said["would_expensive"]) == ("sent", "public", 10000, "3")
    client.post(place(consultation), {"begin": "1"})
    assert Response.objects.count() == 1
    priced(consultation, client=Client())
    assert Response.objects.count() == 2


def test_what_is_kept_of_a_device_brings_two_consultations_of_it_no_nearer(opened, priced):
    client = Client()
    for consultation in (opened("price"), opened("price")):
        priced(consultation, client=client)
    assert len(set(Seat.objects.values_list("device", flat=True))) == Seat.objects.filter(done=True).count() == 2


def test_people_with_an_account_answer_once_wherever_they_are(world, opened, priced, sign_in):
    consultation = opened("price")
    priced(consultation, world.ines)
    again = sign_in(world.ines).post(place(consultation), {"begin": "1"}).content.decode()
    assert 'role="status"' in again
    assert Response.objects.get().side == "customer"


def test_what_was_said_is_kept_screen_by_screen_and_found_again(world, opened, answered, sign_in):
    consultation = opened("price")
    answered(consultation, world.ines, PRICES)
    assert Response.objects.get().said["too_expensive"] == 30000
    back = sign_in(world.ines).get(place(consultation)).content.decode()
    assert 'name="would_cheap"' in back  # where she left off
    first = sign_in(world.ines).get(f"{place(consultation)}?at=too_cheap").content.decode()
    assert 'name="cheap" value="10000"' in first


def test_what_is_typed_is_kept_quietly_as_one_goes(world, opened, answered, sign_in):
    consultation = opened("price")
    answered(consultation, world.ines)
    kept = sign_in(world.ines).post(
        place(consultation), {"at": "too_cheap", "keep": "1", "cheap": "9000", "expensive": "x"}
    )
    assert kept.status_code == 204
    assert Response.objects.get().said == {"cheap": 9000}


def test_what_is_missing_is_said_beside_it_and_nothing_typed_is_lost(world, opened, answered):
    consultation = opened("price")
    response = answered(consultation, world.ines, {"too_cheap": "12", "cheap": "beaucoup", "expensive": "-3"})
    html = response.content.decode()
    assert response.status_code == 422
    assert 'id="missing"' in html
    assert 'value="12"' in html and 'value="beaucoup"' in html and 'value="-3"' in html
    for wrong in ("cheap", "expensive", "too_expensive"):
        assert f'id="{wrong}-error"' in html
    assert 'id="too_cheap-error"' not in html


def test_a_response_that_was_sent_leads_to_nobody_and_does_not_change(world, opened, priced):
    consultation = opened("price")
    priced(consultation, world.ines)
    seat, response = Seat.objects.get(), Response.objects.get()
    assert (seat.person, seat.done, seat.response) == (world.ines, True, None)
    names = {field.name for field in Response._meta.get_fields() if field.is_relation}
    assert names <= {"consultation", "+", "seat", "enclosures"}
    assert response.sent_on and not hasattr(response, "sent_at")
    with pytest.raises(DatabaseError), transaction.atomic():
        Response.objects.update(said={})
    with pytest.raises(DatabaseError), transaction.atomic():
        Seat.objects.update(response=response)


def test_what_is_asked_is_settled_once_it_is_open_and_the_floor_never_lowered(world, opened, made):
    consultation = opened("price")
    for name, value in (("questions", []), ("floor", 6), ("who", "invited"), ("stage", "draft"), ("method", "kano")):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(consultation).objects.filter(pk=consultation.pk).update(**{name: value})
    with pytest.raises(Settled):
        consultation.prepare(world.marc, questions=[])
    with pytest.raises(DatabaseError), transaction.atomic():
        type(consultation).objects.filter(pk=made("price").pk).update(floor=4)


def test_what_crosses_on_the_way_loses_nothing_and_is_sent_once(world, opened, answered):
    consultation = opened("recommend")
    answered(consultation, world.ines)
    seat, other = (Seat.objects.select_related("response").get() for _twice in range(2))
    response = seat.response
    taking.keep(response, {"recommend": 9})
    assert taking.keep(other.response, {"why": "Voilà"}) == {"recommend": 9, "why": "Voilà"}
    taking.take(consultation, seat, "sent")
    with pytest.raises(Settled):
        taking.take(consultation, other, "sent")
    with pytest.raises(Settled):
        taking.keep(response, {"recommend": 1})
    consultation.refresh_from_db()
    assert consultation.sent == Response.objects.filter(state="sent").count() == 1


def test_a_link_of_invitation_is_good_for_one_answer(world, opened, sign_in):
    consultation = opened("recommend", who="invited")
    assert 'name="begin"' not in Client().get(place(consultation)).content.decode()
    too_many = sign_in(world.marc).post(f"/consultations/{consultation.pk}/invitations/", {"number": "5000"})
    assert too_many.status_code == 422
    assert 'value="5000"' in too_many.text
    links = sign_in(world.marc).post(f"/consultations/{consultation.pk}/invitations/", {"number": "2"}).content.decode()
    tokens = re.findall(r"by=([\w-]+)</code>", links)
    assert len(tokens) == 2
    for client in (Client(), Client()):
        client.post(place(consultation), {"begin": "1", "by": tokens[0]})
        client.post(place(consultation), {"at": "recommend", "recommend": "9", "by": tokens[0]})
        client.post(place(consultation), {"at": "why", "why": "", "by": tokens[0]})
    assert Response.objects.filter(state="sent").count() == 1
    page = client.get(place(consultation), {"by": tokens[0]}).content.decode()
    assert "An answer has come by this link" in page and "your answer has arrived" not in page
    assert tokens[0] not in "".join(Seat.objects.values_list("device", flat=True))
    Client().post(place(consultation), {"begin": "1", "by": "inventé"})
    assert Response.objects.count() == 1


def test_only_who_was_asked_is_shown_the_way_to_answer_where_nobody_else_may(world, opened, sign_in):
    consultation = opened("recommend", who="invited")
    consultation.ask(world.marc, [world.ines.pk])
    address = consultation.item.get_absolute_url()
    pages = {person: sign_in(person).get(address).content.decode() for person in (world.ines, world.lea, world.marc)}
    pages[None] = Client().get(address).content.decode()
    assert [person for person, page in pages.items() if f'href="{place(consultation)}"' in page] == [world.ines]


def test_whoever_opened_it_has_one_link_to_pass_on_where_all_may_answer(world, opened, sign_in, settings, answered):
    everybody, invited = opened("recommend"), opened("recommend", who="invited")
    marc, link = sign_in(world.marc), f'value="{settings.ADDRESS}{place(everybody)}"'
    page = marc.get(everybody.item.get_absolute_url()).content.decode()
    assert link in page and '<details class="inside noprint" open>' in page
    assert 'id="shared-' not in marc.get(invited.item.get_absolute_url()).content.decode()
    assert link not in sign_in(world.ines).get(everybody.item.get_absolute_url()).content.decode()
    answered(everybody, None, {"recommend": "9"})
    assert Client().get(link[7:-1].removeprefix(settings.ADDRESS)).status_code == 200
    assert '<details class="inside noprint" open>' not in marc.get(everybody.item.get_absolute_url()).content.decode()


def test_strangers_who_begin_too_often_from_one_address_are_asked_to_wait(opened):
    consultation = opened("recommend")
    for _each in range(KNOCKS):
        assert Client().post(place(consultation), {"begin": "1"}).status_code == 302
    assert Client().post(place(consultation), {"begin": "1"}).status_code == 429
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert other.post(place(consultation), {"begin": "1"}).status_code == 302


def test_nobody_answers_before_it_opens_nor_after_it_closes(world, made, opened, priced):
    draft = made("price")
    assert 'name="begin"' not in Client().get(place(draft)).content.decode()
    consultation = opened("price")
    client = Client()
    client.post(place(consultation), {"begin": "1"})
    lifecycle.archive(consultation.item, world.marc)
    client.post(place(consultation), {"at": "too_cheap", **PRICES})
    assert Response.objects.get().said == {}
    consultation.close(world.marc)
    client.post(place(consultation), {"at": "too_cheap", **PRICES})
    assert not Response.objects.exists()
    with pytest.raises(Settled):
        taking.begin(consultation, None, person=world.awa, device="", side="company", language="fr")


def test_it_closes_at_its_hour(world, opened):
    from palabre.items.appointments import keep_due

    consultation = opened("price")
    assert keep_due(consultation.closes_at + timedelta(minutes=1)) == 1
    consultation.refresh_from_db()
    assert consultation.stage == "closed"


def test_variants_are_drawn_evenly_and_each_sees_its_own(opened, answered):
    consultation = opened("message", lines=[{"fr": "Plus vite"}, {"fr": "Moins cher"}])
    seen = []
    for _each in range(10):
        client = Client()
        client.post(place(consultation), {"begin": "1"})
        html = client.get(place(consultation)).content.decode()
        seen.append(("Plus vite" in html, "Moins cher" in html))
    for one, other in zip(seen[::2], seen[1::2], strict=True):  # of each two, one sees the one
        assert sorted((one, other)) == [(False, True), (True, False)]


OWN = [
    {"key": "q1", "kind": "choice", "title": {"fr": "Êtes-vous client ?"}, "options": [
        {"key": "1", "title": {"fr": "Oui"}}, {"key": "2", "title": {"fr": "Non"}}]},
    {"key": "q2", "kind": "text", "title": {"fr": "Depuis quand ?"}, "only_if": {"question": "q1", "options": ["1"]}},
    {"key": "q3", "kind": "ranking", "title": {"fr": "Classez"}, "shuffle": True, "options": [
        {"key": str(n), "title": {"fr": f"Chose {n}"}} for n in range(1, 6)]},
    {"key": "q4", "kind": "matrix", "title": {"fr": "Et cela ?"}, "together": True,
     "rows": [{"key": "a", "title": {"fr": "Prix"}}, {"key": "b", "title": {"fr": "Débit"}}],
     "options": [{"key": "1", "title": {"fr": "Bien"}}, {"key": "2", "title": {"fr": "Mal"}}]},
    {"key": "q5", "kind": "several", "title": {"fr": "Lesquels ?"}, "required": False, "options": [
        {"key": "1", "title": {"fr": "Un"}}, {"key": "2", "title": {"fr": "Deux"}}]},
    {"key": "q6", "kind": "date", "title": {"fr": "Quand ?"}, "together": True},
    {"key": "q7", "kind": "rating", "title": {"fr": "Une note"}, "low": 1, "high": 5, "together": True},
]  # fmt: skip
RANKED = {f"q3-{n}": str(6 - n) for n in range(1, 6)} | {"q4-a": "1", "q4-b": "2"}
REST = {"q5": ["2"], "q6": "2026-02-28", "q7": "4"}


def test_each_kind_of_question_is_taken_and_conditions_hold(world, opened, answered):
    consultation = opened("", questions=OWN)
    answered(consultation, world.ines, {"q1": "1"}, {"q2": "2019"}, RANKED, REST)
    answered(consultation, world.awa, {"q1": "2"}, RANKED, REST)
    asked, not_asked = sorted(Response.objects.values_list("said", flat=True), key=lambda said: said["q1"])
    assert asked == {"q1": "1", "q2": "2019", "q3": ["5", "4", "3", "2", "1"], "q4": {"a": "1", "b": "2"},
                     "q5": ["2"], "q6": "2026-02-28", "q7": 4}  # fmt: skip
    assert "q2" not in not_asked


def test_an_answer_to_a_question_that_is_no_longer_asked_is_not_sent(world, opened, answered, sign_in):
    consultation = opened("", questions=OWN)
    client = sign_in(world.ines)
    answered(consultation, None, {"q1": "1"}, {"q2": "2019"}, client=client)
    client.post(place(consultation), {"at": "q1", "q1": "2"})
    client.post(place(consultation), {"at": "q3", **RANKED})
    client.post(place(consultation), {"at": "q5", **REST})
    assert "q2" not in Response.objects.get(state="sent").said


def test_what_is_no_longer_asked_opens_no_other_question():
    yes_no = [{"key": "1", "title": {"fr": "Oui"}}, {"key": "2", "title": {"fr": "Non"}}]
    first, second, third = (
        {"key": key, "kind": "choice", "title": {"fr": f"{key} ?"}, "options": yes_no} for key in "abc"
    )
    second["only_if"], third["only_if"] = ({"question": key, "options": ["1"]} for key in "ab")
    asked = read([first, second, third])
    said = {"a": "1", "b": "1"}
    assert [[each.key for each in screen] for screen in screens(asked, said, "")] == [["a"], ["b"], ["c"]]
    assert [[each.key for each in screen] for screen in screens(asked, said | {"a": "2"}, "")] == [["a"]]


def test_a_question_that_hangs_on_another_of_its_screen_is_asked_after_it(world, opened):
    """Sent in one press from the first page, it would never have been seen."""
    yes_no = [{"key": "1", "title": {"fr": "Oui"}}, {"key": "2", "title": {"fr": "Non"}}]
    first = {"key": "a", "kind": "choice", "title": {"fr": "Client ?"}, "options": yes_no}
    second = {"key": "b", "kind": "text", "title": {"fr": "Depuis quand ?"}, "together": True,
              "only_if": {"question": "a", "options": ["1"]}}  # fmt: skip
    consultation = opened("", questions=[first, second])
    place, client = f"/consultations/{consultation.pk}/answer/", Client()
    page = client.get(client.post(place, {"at": "a", "a": "1"})["Location"]).content.decode()
    assert "Depuis quand" in page
    assert not consultation.responses.filter(state=State.SENT).exists()
    client.post(place, {"at": "b", "b": "2019"})
    assert consultation.responses.get(state=State.SENT).said == {"a": "1", "b": "2019"}


def test_options_stand_in_a_random_order_that_stays(world, opened, answered, sign_in):
    consultation, orders = opened("", questions=OWN), set()
    for person in (world.ines, world.awa, world.marc, world.lea, world.coumba):
        answered(consultation, person, {"q1": "2"})
        pages = [sign_in(person).get(f"{place(consultation)}?at=q3").content.decode() for _twice in range(2)]
        first, second = (tuple(re.findall(r'name="q3-(\d)"', page)) for page in pages)
        assert first == second and sorted(first) == list("12345")
        orders.add(first)
    assert len(orders) > 1


@pytest.mark.parametrize(
    ("screen", "wrong"),
    [
        (RANKED | {"q3-1": "1"}, "q3"),
        (RANKED | {"q4-b": "9"}, "q4"),
        ({}, "q3"),
    ],
)
def test_what_cannot_be_meant_is_said(world, opened, answered, screen, wrong):
    response = answered(opened("", questions=OWN), world.ines, {"q1": "2"}, screen)
    assert response.status_code == 422
    assert f'id="{wrong}-error"' in response.content.decode()


def test_who_is_one_too_many_for_a_quota_is_told_so_and_does_not_count(world, made, answered, sign_in):
    consultation = made("", questions=OWN[:1] + OWN[4:])
    consultation.prepare(world.marc, quotas=[{"question": "q1", "most": 1}])
    consultation.open(world.marc, now() + timedelta(days=1))
    told = {}
    first, other = {"q1": "1"}, {"q1": "2"}
    for person, said in ((world.ines, [first, REST]), (world.awa, [first]), (world.lea, [other, REST])):
        client = sign_in(person)
        led = answered(consultation, person, *said, client=client)["Location"]
        pages = [client.get(address).content.decode() for address in (led, place(consultation))]
        told[person.handle] = [any(words in page for words in ("not counted", "pas comptée")) for page in pages]
        assert any(words in pages[0] for words in ("answer has arrived", "réponse est arrivée")) is (
            person != world.awa
        )
    once, never = [True, False], [False, False]  # no place keeps it: it would tell what was chosen
    assert told == {world.ines.handle: never, world.awa.handle: once, world.lea.handle: never}
    assert sorted(Response.objects.values_list("state", flat=True)) == ["over", "sent", "sent"]
    consultation.refresh_from_db()
    assert consultation.sent == 2


def test_questions_are_read_in_the_readers_language(world, opened):
    consultation = opened("price")
    pages = {}
    for language in ("fr", "en"):
        client = Client(headers={"Accept-Language": language})
        client.post(place(consultation), {"begin": "1"})
        pages[language] = client.get(place(consultation)).content.decode()
    assert "La box fibre" in pages["fr"] and "Trop cher" in pages["fr"]
    assert "The fibre box" in pages["en"] and "Too expensive" in pages["en"]


def test_best_and_worst_are_two(world, opened, answered):
    lines = [{"fr": f"Chose {n}"} for n in range(1, 6)]
    consultation = opened("bestworst", lines=lines)
    items = [each["key"] for each in consultation.questions[0]["options"]]
    same = answered(consultation, world.ines, {"set-1-best": items[0], "set-1-worst": items[0]})
    assert same.status_code == 422 and 'id="set-1-error"' in same.content.decode()
    answered(consultation, world.awa, {"set-1-best": items[0], "set-1-worst": items[1]})
    assert Response.objects.filter(said__contains={"set-1": {"best": items[0], "worst": items[1]}}).exists()


def test_the_page_of_an_answer_is_kept_by_no_cache_and_indexed_by_nobody(opened):
    response = Client().get(place(opened("price")))
    assert "no-store" in response["Cache-Control"] or "no-cache" in response["Cache-Control"]
    assert 'content="noindex"' in response.content.decode()


def test_would_you_buy_asks_only_what_was_asked(opened):
    ladder = opened("ladder", prices=[5000, 8000, 12000])
    assert json.dumps(ladder.questions)
    assert [row["key"] for row in ladder.questions[0]["rows"]] == ["5000", "8000", "12000"]
    assert WOULD

"""Many answers: taken whole in one movement, never more than a quota, and read by the worker as pages would."""

import json
import re
from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from procrastinate.contrib.django.models import ProcrastinateJob

from palabre.consultations import keeping, looking, opinions, results, taking
from palabre.consultations.models import Kept, Knock, Response, Seat, Settled
from palabre.kit.clock import now
from tests.consultations.test_answering import place
from tests.consultations.test_results import SAID, TOLD, heard, read  # noqa: F401

CHOICE = {
    "key": "q1", "kind": "choice", "title": {"fr": "Vous êtes ?"},
    "options": [{"key": "1", "title": {"fr": "Client"}}, {"key": "2", "title": {"fr": "Voisin"}}],
}  # fmt: skip
AFTER = {"key": "q2", "kind": "text", "title": {"fr": "Et ?"}, "required": False}


@pytest.fixture
def many(monkeypatch):
    """Twenty answers are many."""
    monkeypatch.setattr(keeping, "MANY", 20)
    monkeypatch.setattr(looking, "MANY", 20)


def test_who_looks_sees_the_first_questions_and_one_press_sends_a_whole_answer(opened):
    consultation, stranger = opened("recommend"), Client()
    page = stranger.get(place(consultation)).content.decode()
    assert 'name="recommend"' in page and 'name="why"' in page
    assert not Seat.objects.exists() and "consulted" not in stranger.cookies
    sent = stranger.post(place(consultation), {"at": "recommend", "recommend": "9", "why": "Oui"})
    assert sent.status_code == 302
    assert 'role="status"' in stranger.get(sent["Location"]).content.decode()
    response, seat = Response.objects.get(), Seat.objects.get()
    assert (response.state, response.batch, response.said) == ("sent", 0, {"recommend": 9, "why": "Oui"})
    assert (seat.done, seat.response) == (True, None)
    stranger.post(place(consultation), {"at": "recommend", "recommend": "1"})
    assert Response.objects.count() == 1


def test_the_place_is_held_before_the_consultation_whichever_way_one_comes(opened):
    """Two requests of one person that held one each would wait for each other for ever."""
    consultation = opened("recommend")
    one, other = ({"person": None, "device": name * 64, "side": "public", "language": "fr"} for name in "de")

    def held(act):
        with CaptureQueriesContext(connection) as queries:
            act()
        locks = re.compile(
            r'(?:INSERT INTO|UPDATE) "consultations_(\w+)"|FROM "consultations_(\w+)" .* FOR NO KEY UPDATE'
        )
        tables = [each[1] or each[2] for query in queries if (each := locks.search(query["sql"]))]
        return [each for each in tables if each in ("seat", "consultation")]

    begun = held(lambda: taking.begin(consultation, None, **one))
    sent = held(lambda: taking.take(consultation, Seat.objects.get(), "sent"))
    whole = held(lambda: taking.take_whole(consultation, None, **other, said={"recommend": 9}))
    for tables in (begun, sent, whole):
        assert tables[0] == "seat" and "consultation" in tables


def test_what_is_missing_in_a_first_press_is_kept_with_what_is_there(opened):
    consultation, stranger = opened("recommend"), Client()
    refused = stranger.post(place(consultation), {"at": "recommend", "why": "Presque"})
    assert refused.status_code == 422 and "Presque" in refused.content.decode()
    assert Response.objects.get().said == {"why": "Presque"}
    stranger.post(place(consultation), {"at": "recommend", "recommend": "7", "why": "Presque"})
    assert Response.objects.get().state == "sent"


def test_a_press_that_comes_twice_is_one_answer(opened):
    consultation = opened("recommend")
    once = {"person": None, "device": "d" * 64, "side": "public", "language": "fr", "said": {"recommend": 9}}
    assert taking.take_whole(consultation, None, **once) == "sent"
    with pytest.raises(Settled):
        taking.take_whole(consultation, None, **once)
    consultation.refresh_from_db()
    assert (consultation.sent, Response.objects.count()) == (1, 1)


def test_a_whole_answer_asks_few_queries_however_many_came_before(opened, heard):  # noqa: F811
    consultation = opened("recommend")

    def asked(device):
        with CaptureQueriesContext(connection) as queries:
            client = Client(REMOTE_ADDR=f"203.0.113.{device}")
            assert client.post(place(consultation), {"at": "recommend", "recommend": "9"}).status_code == 302
        return [query["sql"] for query in queries]

    asked(1)
    first = asked(2)
    heard(consultation, *({"recommend": 9} for _n in range(90)))
    assert len(asked(3)) == len(first) <= 11, "\n".join(first)


def test_two_who_chose_the_last_place_at_once_are_not_both_counted(world, made):
    consultation = made("", questions=[CHOICE, AFTER])
    consultation.prepare(world.marc, quotas=[{"question": "q1", "most": 1}])
    consultation.open(world.marc, now() + timedelta(days=1))
    first, second = Client(REMOTE_ADDR="203.0.113.1"), Client(REMOTE_ADDR="203.0.113.2")
    for client in (first, second):  # both see that there is room
        assert client.post(place(consultation), {"at": "q1", "q1": "1"}).status_code == 302
    for client in (first, second):
        client.post(place(consultation), {"at": "q2", "q2": "Voilà"})
    assert sorted(Response.objects.values_list("state", flat=True)) == ["over", "sent"]
    consultation.refresh_from_db()
    assert (consultation.sent, consultation.filled) == (1, {"q1": {"1": 1}})
    third = Client(REMOTE_ADDR="203.0.113.3")
    third.post(place(consultation), {"at": "q1", "q1": "1"})  # told at once that it is full
    assert Response.objects.filter(state="over").count() == 2
    Client(REMOTE_ADDR="203.0.113.4").post(place(consultation), {"at": "q1", "q1": "2"})
    assert Response.objects.filter(state="begun").count() == 1


def test_of_several_that_one_chooses_each_counts_for_its_quota(world, made):
    consultation = made("", questions=[CHOICE | {"kind": "several"}])
    consultation.prepare(world.marc, quotas=[{"question": "q1", "most": 1}])
    consultation.open(world.marc, now() + timedelta(days=1))
    for device, chosen in enumerate((["1"], ["1", "2"], ["2"], ["1"])):
        Client(REMOTE_ADDR=f"203.0.113.{device}").post(place(consultation), {"at": "q1", "q1": chosen})
    assert sorted(Response.objects.values_list("state", flat=True)) == ["over", "over", "sent", "sent"]
    consultation.refresh_from_db()
    assert consultation.filled == {"q1": {"1": 1, "2": 1}}


def test_addresses_are_forgotten_after_an_hour(opened, monkeypatch):
    assert Knock.again("203.0.113.9")
    Knock.objects.update(at=now() - timedelta(minutes=61))
    Knock.forget()
    assert not Knock.objects.exists()


@pytest.mark.parametrize("method", SAID)
def test_what_was_kept_reads_as_what_is_read_now(method, world, opened, heard, many, sign_in):  # noqa: F811
    consultation = opened(method, **TOLD.get(method, {}))
    heard(consultation, *(SAID[method](n) for n in range(24)))
    consultation.close(world.marc)
    keeping.read(consultation)
    assert set(Kept.objects.values_list("language", flat=True)) == {"fr", "en"}
    marc = sign_in(world.marc)
    for side in ("all", "inside", "outside"):
        kept = read(marc, consultation, f"?side={side}").content.decode()
        with override("fr"):
            fresh = results.of(consultation, side)
            assert _plain(looking.of(consultation, side).sections) == _plain(fresh.sections)
        assert looking.of(consultation, side).number == 24
        assert all(words in kept.replace("&#x27;", "'") for section in fresh.sections for words in section.reading)
        for section in fresh.sections:
            cells = [str(cell) for row in (section.table.rows if section.table else ()) for cell in row.cells]
            assert all(cell in kept for cell in cells if not cell.replace(".", "").isdigit())


def test_a_large_result_is_read_by_the_worker_and_never_in_the_page(world, opened, heard, many, sign_in, monkeypatch):  # noqa: F811
    consultation, marc = opened("recommend"), sign_in(world.marc)
    heard(consultation, *({"recommend": 9} for _n in range(40)))
    with monkeypatch.context() as patch:
        patch.setattr(results, "shown", None)  # whoever would look at the answers fails
        waits = read(marc, consultation).content.decode()
        assert "hx-trigger" in waits.partition('role="status"')[2][:400]
        job = ProcrastinateJob.objects.get(task_name="consultations.read")
        assert job.args == {"consultation": consultation.pk}
    keeping.read(consultation)
    with monkeypatch.context() as patch:
        patch.setattr(results, "shown", None)
        assert "35\u00a0réponses" in read(marc, consultation).content.decode().replace(" réponses", "\u00a0réponses")


def test_what_was_kept_tells_of_whole_batches_however_old_it_is(world, opened, heard, many):  # noqa: F811
    consultation = opened("recommend")
    heard(consultation, *({"recommend": 9} for _n in range(33)))
    keeping.read(consultation)
    for more in range(1, 12):
        heard(consultation, {"recommend": 1})
        shown = looking.of(consultation)
        assert shown.number == 25 and consultation.sent - shown.number >= 5, more
        assert shown.sections[0].table.rows[2].cells[0] == 0  # none of the new ones is in it
    consultation.close(world.marc)
    assert looking.of(consultation).number == 25  # until the worker has read the end
    assert looking.of(consultation, "inside").side == "all"  # sides are told apart of the end alone
    keeping.read(consultation)
    assert looking.of(consultation).number == 44


def test_a_large_map_is_kept_as_it_is_drawn(world, opened, many):
    consultation = opened("opinions", lines=[{"fr": f"Affirmation numéro {n}"} for n in range(4)])
    keys = [str(key) for key in consultation.statements.order_by("pk").values_list("pk", flat=True)]
    for number in range(30):
        sign = 1 if number % 2 else -1
        said = {key: sign if place < 3 else 1 for place, key in enumerate(keys)}
        Response.objects.create(consultation=consultation, side="company" if number % 3 else "public", said=said)
    consultation.close(world.marc)
    assert looking.map_of(consultation).pending
    keeping.read(consultation)
    with override("fr"):
        kept, fresh = looking.map_of(consultation), opinions.drawn(consultation)
        assert _plain(kept) == _plain(replace(fresh, standing=[]))
    assert (kept.number, sum(round(dot.size**2) for dot in kept.plane.dots)) == (30, 30)


def _plain(found):
    """What of it could be kept."""
    found = found if isinstance(found, list) else [found]
    return json.loads(json.dumps([asdict(each) for each in found], cls=DjangoJSONEncoder))

"""Secret ballots: whoever holds the database once a vote is closed cannot tell who said what; and secrecy stays.

The adversary has all rows of all tables with the transaction that wrote each and the place where it lies, sequences,
jobs, journal, files and logs, and the key of the house; not the keys of the voters. They try every order of the roll
beside every order of the ballots. Before closing, the same adversary finds each of them: they are not blind.
"""

import logging
import random
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from palabre.authoring.writing import publish
from palabre.counting.ballots import Choice, Ranking
from palabre.counting.document import declared
from palabre.counting.majority import Majority
from palabre.counting.terms import Terms
from palabre.decisions import box, electorate
from palabre.decisions.kind import DECISION
from palabre.decisions.models import Ballot, Decision, Elector, Keyless, Mark, Settled, Unsigned
from palabre.journal.models import Event
from palabre.kit.asks import waiting
from palabre.people.models import Person
from palabre.portability.carried import tables
from palabre.portability.exporting import export
from palabre.portability.markdown.importing import import_markdown
from palabre.portability.restoring import Unusable, restore
from palabre.portability.tables import Scope
from tests.decisions.conftest import soon
from tests.decisions.test_preparing import prepare
from tests.portability.test_round_trip import empty_the_instance

FIVE = ("marc", "nadia", "coumba", "grace", "tom")
YES_NO = ["Oui", "Non"]
ROUNDS = 40


@pytest.fixture
def secret(opened):
    """A secret vote of the house, on three towns: `secret()`."""
    return lambda *args, **more: opened(*args, secret=True, **more)


def secretly(client, decision, **sent):
    """Votes as a browser does: takes the paper with its key and sends it back. Gives the key and the code."""
    address = f"/decisions/{decision.pk}/booth/"
    response = client.post(address, {"key": client.get(address).context["key"], **sent})
    assert response.status_code == 200
    return response.context["key"], response.context["code"]


def asked(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def place(ctid):
    return [int(number) for number in re.findall(r"\d+", ctid)]


def orders(rows, **ways):
    """The first of each row, in each of the orders that the columns named in `ways` give."""
    found = {how: [row[0] for row in sorted(rows, key=lambda row, at=at: row[at])] for how, at in ways.items()}
    return found | {"as read": [row[0] for row in rows]}


def guesses(decision):
    """What the adversary says of who said what, once for each pair of orders: `{how: {person: said}}`."""
    roll = asked(
        "SELECT e.person_id, m.xmin::text::bigint, m.ctid::text, m.id, e.ctid::text, e.id FROM decisions_mark m"
        " JOIN decisions_elector e ON e.id = m.elector_id WHERE e.decision_id = %s", decision.pk,
    )  # fmt: skip
    roll = [(person, wrote, place(lies), mark, place(listed), pk) for person, wrote, lies, mark, listed, pk in roll]
    ballots = asked(
        "SELECT said #>> '{}', xmin::text::bigint, ctid::text, id, code FROM decisions_unsigned WHERE decision_id = %s",
        decision.pk,
    )
    ballots = [(said, wrote, place(lies), pk, code) for said, wrote, lies, pk, code in ballots]
    # One transaction wrote them all: it is no order, and says nothing of who came when.
    assert len({wrote for _said, wrote, *_more in ballots}) == 1
    people = orders(roll, transaction=1, place=2, mark=3, listed=4, elector=5)
    said = orders(ballots, transaction=1, place=2, key=3, code=4)
    for how, first in people.items():
        for other, second in said.items():
            yield f"{how} / {other}", dict(zip(first, second, strict=True))
            yield f"{how} / {other} reversed", dict(zip(first, reversed(second), strict=True))


def joined(decision):
    """While a vote is open: what the same adversary finds with the key of the house, by transactions alone."""
    rows = asked(
        "SELECT e.person_id, b.sealed FROM decisions_mark m JOIN decisions_elector e ON e.id = m.elector_id"
        f" JOIN decisions_box_{decision.pk} b ON b.xmin = m.xmin WHERE e.decision_id = {decision.pk}"
    )
    return {person: box._opened(decision, sealed).said for person, sealed in rows}


@pytest.mark.django_db(transaction=True)
def test_who_holds_the_database_after_closing_does_not_tell_who_said_what_better_than_chance(world):
    dice, space = random.Random(5), world.spaces["maison"]
    right, voters = {}, [getattr(world, key) for key in FIVE]
    for number in range(ROUNDS):
        item = publish("decision", space, world.awa, f"Le lieu, {number}", "Lequel ?")
        decision = item.decision
        options = [{"key": each, "title": f"Lieu {each}"} for each in "12345"]
        decision.prepare(world.awa, [], options=options, closes_at=soon(), secret=True, **declared(Terms(Majority())))
        decision.open(world.awa, electorate.those)
        dice.shuffle(voters)
        truth = dict(zip([voter.pk for voter in voters], dice.sample("12345", 5), strict=True))
        for voter in voters:
            decision.cast_secretly(voter, Choice(truth[voter.pk]), box.new_key())
        assert joined(decision) == truth
        decision.close()
        for how, guess in guesses(decision):
            right[how] = right.get(how, 0) + sum(guess[person] == said for person, said in truth.items())
    # One of five is found by chance: the number found has the mean ROUNDS, and as its variance.
    assert len(right) == 60 and max(right.values()) < ROUNDS + 5 * ROUNDS**0.5, right


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_of_a_box_and_nothing_else_ever_knew_what_was_said(world, secret, sign_in, hear, caplog):
    caplog.set_level(logging.DEBUG)
    decision = secret()
    rank = {f"option-{number}": str(number) for number in (1, 2, 3)}
    told = {key: secretly(sign_in(getattr(world, key)), decision, **rank) for key in FIVE}
    (path,) = asked("SELECT pg_relation_filepath(%s)", f"decisions_box_{decision.pk}")[0]
    folder = Path(asked("SHOW data_directory")[0][0])
    assert (folder / path).exists()
    sequences = {name for (name,) in asked("SELECT sequencename FROM pg_sequences") if name.startswith("decisions_")}
    kept = ("ballot", "delegation", "elector", "lot", "standing", "turn")
    assert sequences == {f"decisions_{name}_id_seq" for name in kept}
    decision.close()
    hear()
    asked("CHECKPOINT")
    assert not (folder / path).exists()
    assert not asked("SELECT 1 FROM pg_class WHERE relname LIKE %s", f"decisions_box_{decision.pk}%")
    assert not Event.objects.filter(verb="ballot_cast").exists()
    columns = {name for (name,) in asked(
        "SELECT column_name FROM information_schema.columns WHERE table_name ~ '^decisions_(mark|unsigned)$'"
    )}  # fmt: skip
    assert columns == {"id", "elector_id", "version", "decision_id", "code", "said"}
    names = [name for (name,) in asked("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    for key, code in told.values():
        keeps = [name for name in names if asked(f'SELECT 1 FROM "{name}" t WHERE t::text LIKE %s', f"%{code}%")]
        assert keeps == ["decisions_unsigned"]
        assert not any(asked(f'SELECT 1 FROM "{name}" t WHERE t::text LIKE %s', f"%{key}%") for name in names)
        assert key not in caplog.text and code not in caplog.text
    signs = [sign.encode() for pair in told.values() for sign in pair]
    logs = [path for root in (settings.DATA, folder.parent) for path in root.rglob("*.log")]
    files = [path for path in settings.DATA.rglob("*") if path.is_file() and "base" not in path.parts] + logs
    for file in files:
        if "pg_wal" not in file.parts:  # the limit that voters are told
            held = file.read_bytes()
            assert not [sign for sign in signs if sign in held], file
    decision.item.decision = decision
    assert not [code for _key, code in told.values() if code in DECISION.search_text(decision.item)]


def test_each_finds_their_ballot_by_key_or_code_and_changes_it_only_while_open(world, secret, sign_in):
    decision, client = secret(Majority(), YES_NO), sign_in(world.marc)
    key, code = secretly(client, decision, option="1")
    booth, check = f"/decisions/{decision.pk}/booth/", f"/decisions/{decision.pk}/check/"
    assert client.get(check).status_code == 404
    assert client.get(booth).context["key"] == "" and key not in client.get(booth).content.decode()
    typed = key.lower().replace("-", " ")
    assert 'value="1" checked' in client.post(booth, {"open": "1", "key": typed}).content.decode()
    again = client.post(booth, {"key": key, "option": "2"})
    assert (again.status_code, again.context["code"], Mark.objects.count()) == (200, code, 1)
    secretly(sign_in(world.tom), decision, option="none")
    decision.close()
    assert sorted(decision.outcome["document"]["ballots"], key=str) == [
        {"votes": 1, "ballot": "2"}, {"votes": 1, "ballot": None},
    ]  # fmt: skip
    reader = sign_in(world.lea)
    for given in (key, code, code.lower()):
        found = reader.post(check, {"key": given})
        assert found.context["words"] == "Non" and key not in found.content.decode()
    for given in (box.new_key(), "0000-0000-0000", "n’importe quoi", ""):
        assert reader.post(check, {"key": given}).status_code == 422
    listed = reader.get(f"/decisions/{decision.pk}/ballots/").content.decode()
    assert code in listed and world.marc.name not in listed.partition("<main")[2].partition("</main>")[0]
    late = client.post(booth, {"key": key, "option": "1"})
    assert late.status_code == 422 and "n’a pas été pris" in late.text and key not in late.text
    assert client.get(booth).status_code == 403


def test_a_paper_sent_twice_is_one_ballot_and_somebody_else_s_paper_is_not_taken(world, secret, sign_in):
    decision, marc, tom = secret(Majority(), YES_NO), sign_in(world.marc), sign_in(world.tom)
    booth = f"/decisions/{decision.pk}/booth/"
    key = marc.get(booth).context["key"]
    for _sent in range(2):
        assert marc.post(booth, {"key": key, "option": "1"}).context["code"] == box.code_of(decision, key)
    other = tom.post(booth, {"key": key, "option": "2"})  # left in the browser that they share
    assert other.status_code == 422 and other.context["key"] not in ("", key)
    wrong = marc.post(booth, {"key": box.new_key(), "option": "2"})
    assert wrong.status_code == 422 and box.look(decision, key).said == "1"
    partial = tom.post(booth, {"key": other.context["key"]})
    assert partial.status_code == 422 and partial.context["key"] == other.context["key"]
    assert asked(f"SELECT count(*) FROM decisions_box_{decision.pk}") == [(1,)] and Mark.objects.count() == 1
    assert sign_in(world.lea).get(booth).status_code == 403 and sign_in(world.ramata).get(booth).status_code == 404


def test_what_a_ballot_says_stands_in_no_message_and_its_length_says_nothing(world, secret, sign_in):
    decision = secret()
    secretly(sign_in(world.marc), decision, **{"option-1": "1"})
    secretly(sign_in(world.tom), decision, **{f"option-{number}": str(number) for number in (1, 2, 3)})
    rows = asked(f"SELECT sealed FROM decisions_box_{decision.pk}")
    assert len({len(sealed) for (sealed,) in rows}) == 1 and "Nashville" not in str(rows)
    assert "messages" not in sign_in(world.marc).session
    html = sign_in(world.marc).get(decision.item.get_absolute_url()).content.decode()
    assert "option-1" not in html and "/booth/" in html


def test_who_voted_no_longer_waits_and_is_not_reminded(world, secret, sign_in):
    decision = secret(Majority(), YES_NO)
    secretly(sign_in(world.marc), decision, option="1")
    waiting = Elector.objects.filter(decision=decision).waiting().values_list("person", flat=True)
    assert world.marc.pk not in waiting and world.tom.pk in waiting
    page = sign_in(world.lea).get(decision.item.get_absolute_url())
    assert (page.context["voted"], page.context["eligible"]) == (1, 6)


def test_a_cancelled_vote_destroys_its_ballots_unread(world, secret):
    decision = secret(Majority(), YES_NO)
    decision.cast_secretly(world.marc, Choice("1"), box.new_key())
    decision.cancel(world.awa, "Le texte était faux.")
    assert not asked("SELECT 1 FROM pg_class WHERE relname = %s", f"decisions_box_{decision.pk}")
    assert not Unsigned.objects.exists() and decision.outcome is None


LOOSENED = "from palabre.decisions.models import Decision; Decision.objects.filter(pk=%d).update(secret=False)"
LOOSER = ({"secret": False}, {"shown": "voted"}, {"secret": False, "shown": "voted"}, {"delegated": True})


@pytest.mark.parametrize("looser", LOOSER)
def test_secrecy_and_hiding_are_loosened_through_no_door(looser, world, secret, sign_in):
    decision = secret(Majority(), YES_NO)
    decision.cast_secretly(world.marc, Choice("1"), box.new_key())
    # By hand in the database, and through the model.
    for update in (
        lambda: Decision.objects.filter(pk=decision.pk).update(**looser),
        lambda: asked("UPDATE decisions_decision SET " + ", ".join(f"{key} = {now!r}" for key, now in looser.items())),
        lambda: Decision(**Decision.objects.values().get(pk=decision.pk) | looser).save(),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            update()
    with pytest.raises(Settled):
        decision.prepare(world.awa, [], **looser)
    # On the page.
    client = sign_in(world.awa)
    sent = {"secret": "", "shown": "closed"} | {name: value or "" for name, value in looser.items()}
    assert prepare(client, decision, **sent).status_code == 422
    assert client.get(f"/decisions/{decision.pk}/ballots/").status_code == 404
    assert client.post(f"/decisions/{decision.pk}/ballot/", {"option": "1"}).status_code == 302
    assert not Ballot.objects.exists()
    decision.refresh_from_db()
    assert (decision.secret, decision.shown, decision.delegated) == (True, "closed", False)


def test_the_command_line_loosens_nothing_either(world, secret, tmp_path):
    """An export that was made looser by hand is taken only where nothing is; a folder of texts knows no votes."""
    decision = secret(Majority(), YES_NO)
    export(tmp_path / "whole")
    table = tmp_path / "whole" / "tables" / "decision.jsonl"
    table.write_text(table.read_text().replace('"secret": true', '"secret": false'))
    with pytest.raises(Unusable):
        restore(tmp_path / "whole")
    (tmp_path / "texts").mkdir()
    head = f"id: {decision.pk}\ntitle: {decision.item.title}\nkind: decision\nsecret: false"
    words = f"---\n{head}\n---\nAutre chose.\n"
    (tmp_path / "texts" / "lieu.md").write_text(words)
    import_markdown(tmp_path / "texts", decision.item.space, world.awa)
    decision.refresh_from_db()
    assert decision.secret and decision.item.kind == "decision"
    with pytest.raises(IntegrityError), transaction.atomic():
        call_command("shell", "-c", LOOSENED % decision.pk)


def test_nobody_signs_a_secret_ballot_unmarks_who_voted_or_changes_what_was_counted(world, secret, opened):
    decision = secret(Majority(), YES_NO)
    with pytest.raises(Settled):
        decision.cast(world.marc, Choice("1"))
    decision.cast_secretly(world.marc, Choice("1"), box.new_key())
    with pytest.raises(Keyless):
        decision.cast_secretly(world.marc, Choice("1"), box.new_key())
    for wrong in (
        lambda: Ballot.objects.create(decision=decision, voter=world.marc, said="1", version=1),
        lambda: Mark.objects.all().delete(),
        lambda: asked("DELETE FROM decisions_mark"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
    decision.close()
    with pytest.raises(IntegrityError), transaction.atomic():
        Unsigned.objects.update(said="2")


def test_an_export_holds_neither_open_secret_ballots_nor_who_voted(world, secret, tmp_path):
    decision = secret()
    key = box.new_key()
    decision.cast_secretly(world.marc, Ranking.of("2", "1", "3"), key)
    export(tmp_path / "open")
    every = "".join(path.read_text(errors="replace") for path in (tmp_path / "open").rglob("*") if path.is_file())
    sealed = asked(f"SELECT sealed FROM decisions_box_{decision.pk}")[0][0]
    for kept in (sealed, key, box.code_of(decision, key), '[["2"]'):
        assert kept not in every
    assert not (tmp_path / "open" / "tables" / "decision-mark.jsonl").exists()
    assert Mark not in {table.model for table in tables()}
    decision.close()
    table = next(each for each in tables() if each.model is Unsigned)
    assert [set(row) for row in table.rows(Scope.of(world.lea))] == [{"id", "decision_id", "code", "said"}]


def test_taken_back_from_an_export_an_open_secret_vote_begins_again_and_says_so(world, secret, sign_in, tmp_path):
    decision = secret(Majority(), YES_NO)
    key = box.new_key()
    decision.cast_secretly(world.marc, Choice("1"), key)
    assert decision.again_at is None
    export(tmp_path / "export")
    empty_the_instance()
    restore(tmp_path / "export")
    back = Decision.objects.select_related("item__space").get(pk=decision.pk)
    assert (back.stage, back.secret, back.closes_at) == ("open", True, decision.closes_at) and back.again_at
    assert not Mark.objects.exists() and asked(f"SELECT count(*) FROM decisions_box_{back.pk}") == [(0,)]
    Person.objects.update(is_active=True)
    marc = sign_in(Person.objects.get(pk=world.marc.pk))
    booth = f"/decisions/{back.pk}/booth/"
    for page in (back.item.get_absolute_url(), booth):
        assert "Ce vote a recommencé" in marc.get(page).content.decode()
    assert [ask.title for ask in waiting(marc.get("/").wsgi_request)] == [back.item.title]
    assert marc.post(booth, {"key": key, "open": "1"}).status_code == 422  # what lay under it stayed behind
    assert secretly(marc, back, option="2")[1]
    back.close()
    assert Unsigned.objects.get().said == "2"

"""An idea goes through the stages of its space; everybody concerned hears of it in the words that were written."""

import pytest
from django.db import IntegrityError, transaction

from palabre.authoring import lifecycle
from palabre.authoring.writing import publish
from palabre.ideas.models import Answer, Idea, Step, Support
from palabre.ideas.shaping import Misshapen, Wanted, shape
from palabre.ideas.stages import USUAL, Funnel, Stage
from palabre.journal.models import Event
from palabre.signals import lines
from palabre.signals.models import Entry, Signal
from palabre.talk.models import Comment

WHY = "On en pose un à Thiès jusqu’en juin."


def move(client, idea, to="trial", words=WHY, **more):
    return client.post(f"/ideas/{idea.pk}/stage/", {"to": to, "words": words, **more})


def shaped(client, space, rows):
    sent = {}
    for number, (key, name, meaning, place) in enumerate(rows):
        sent |= {
            f"key-{number}": key, f"name-{number}": name, f"meaning-{number}": meaning, f"place-{number}": str(place)
        }  # fmt: skip
    return client.post(f"/spaces/{space.slug}/ideas/stages/", sent)


def test_everybody_concerned_hears_of_a_step_in_the_words_that_were_written(world, idea, hear, sign_in):
    Support.give(idea.item, world.coumba)
    Support.bring(idea.item, world.moussa, world.grace, "visit")
    Comment.say(idea.item, world.lea, "Avec un dossier.")
    idea.hand_to(world.idrissa, world.marc)
    hear()
    assert move(sign_in(world.marc), idea).status_code == 302
    hear()
    told = {each.person: each.reason for each in Signal.objects.filter(item=idea.pk, verb="idea_moved")}
    assert told == {
        world.coumba: "supporter",
        world.grace: "proxy",
        world.lea: "commenter",
        world.idrissa: "carrier",
        world.awa: "author",
    }
    shown = lines.drawn(world.coumba, list(Entry.objects.filter(person=world.coumba, item=idea.pk)))
    [said] = [told for line in shown for told in line.told if told.quote]
    assert WHY in said.quote.text and said.quote.text.startswith(str(Stage(key="trial")))
    assert said.quote.address.endswith("#stages")


def test_who_was_spoken_for_and_has_an_account_hears_of_a_step_too(world, hear):
    item = publish("idea", world.spaces["entraide"], world.ines, "Des créneaux le soir", "Après 18 h.")
    item.idea.item = item
    Support.bring(item, world.ramata, world.awa, "call")
    hear()
    item.idea.move("trial", WHY, world.marc)
    hear()
    assert Signal.objects.get(person=world.ramata, verb="idea_moved").reason == "supporter"


def test_the_page_tells_its_way(world, idea, sign_in):
    idea.move("trial", WHY, world.marc)
    idea.move("done", "Il y en a neuf.", world.nadia)
    html = sign_in(world.coumba).get(idea.item.get_absolute_url()).content.decode()
    way = html.partition('id="stages"')[2]
    assert way.index("Il y en a neuf.") < way.index(WHY)
    assert (Step.objects.count(), Idea.objects.get(pk=idea.pk).meaning) == (2, "done")


@pytest.mark.parametrize("wrong", [{"words": " "}, {"to": "open"}, {"to": "nowhere"}])
def test_nothing_moves_without_words_nor_to_where_it_stands(wrong, world, idea, sign_in):
    assert move(sign_in(world.marc), idea, **wrong).status_code == 422
    assert not Step.objects.exists()


def test_the_next_stage_is_offered_first_and_none_of_what_is_over(world, idea, sign_in):
    client = sign_in(world.marc)
    assert 'value="shaping" selected' in client.get(f"/ideas/{idea.pk}/stage/").content.decode()
    assert 'value="declined" selected' in client.get(f"/ideas/{idea.pk}/stage/?to=declined").content.decode()
    idea.move("adopted", WHY, world.marc)
    assert 'value="done" selected' in client.get(f"/ideas/{idea.pk}/stage/").content.decode()
    idea.move("done", WHY, world.marc)
    assert " selected" not in client.get(f"/ideas/{idea.pk}/stage/").content.decode().partition('name="to"')[2]


def test_stewards_move_and_nobody_else(world, idea, sign_in):
    assert move(sign_in(world.awa), idea).status_code == 403
    assert move(sign_in(world.ramata), idea).status_code == 404
    assert move(sign_in(world.nadia), idea, next="board")["Location"].endswith("/ideas/board/")
    lifecycle.archive(idea.item, world.marc)
    assert move(sign_in(world.nadia), idea, "done").status_code == 403


def test_the_board_shows_each_idea_in_its_stage_with_a_plain_form_for_stewards(world, space, idea, other, sign_in):
    idea.move("trial", WHY, world.marc)
    address = f"/spaces/{space.slug}/ideas/board/"
    steward = sign_in(world.marc).get(address)
    columns = {stage.key: [item.pk for item in items] for stage, items, _more in steward.context["columns"]}
    assert columns == {key: [] for key in USUAL} | {"open": [other.pk], "trial": [idea.pk]}
    html = steward.content.decode()
    assert f'action="/ideas/{idea.pk}/stage/"' in html and "<idea-board" in html
    asked = sign_in(world.marc).get(f"/ideas/{idea.pk}/stage/?to=done&next=board").content.decode()
    assert '<option value="done" selected' in asked and 'name="next" value="board"' in asked
    html = sign_in(world.coumba).get(address).content.decode()
    assert "<idea-board" not in html and "/stage/" not in html


def test_an_answer_is_signed_dated_and_told(world, idea, hear, sign_in):
    Support.give(idea.item, world.coumba)
    sent = {"answer": "Oui, dès mai.", "carrier": "@idrissa", "expected": "Moins d’attente.", "observed": ""}
    assert sign_in(world.awa).post(f"/ideas/{idea.pk}/outcome/", sent).status_code == 403
    assert sign_in(world.marc).post(f"/ideas/{idea.pk}/outcome/", sent).status_code == 302
    hear()
    fresh = Idea.objects.get(pk=idea.pk)
    assert (fresh.answer, fresh.answered_by, fresh.carrier) == ("Oui, dès mai.", world.marc, world.idrissa)
    assert fresh.answered_at is not None
    assert Signal.objects.filter(person=world.coumba, verb="idea_answered").exists()
    assert Signal.objects.get(person=world.idrissa, verb="idea_handed").reason == "carrying"
    html = sign_in(world.coumba).get(idea.item.get_absolute_url()).content.decode()
    assert "Oui, dès mai." in html and world.idrissa.name in html and "Moins d’attente." in html
    sign_in(world.marc).post(f"/ideas/{idea.pk}/outcome/", sent)
    assert Event.objects.filter(item=idea.pk, verb="idea_answered").count() == 1


def test_what_was_answered_before_is_kept_and_stays_as_it_was_said(world, idea, sign_in):
    client, address = sign_in(world.marc), f"/ideas/{idea.pk}/outcome/"
    for answer in ("Oui, dès mai.", "Oui, dès juin.", ""):
        assert client.post(address, {"answer": answer}).status_code == 302
    sign_in(world.nadia).post(address, {"answer": "Oui, en juillet."})
    said = [(each.text, each.by) for each in Answer.objects.order_by("pk")]
    assert said == [
        ("Oui, dès mai.", world.marc), ("Oui, dès juin.", world.marc), ("", world.marc),
        ("Oui, en juillet.", world.nadia),
    ]  # fmt: skip
    response = sign_in(world.coumba).get(idea.item.get_absolute_url())
    assert [each.text for each in response.context["earlier"]] == ["", "Oui, dès juin.", "Oui, dès mai."]
    html = response.content.decode().partition('class="earlier"')[2]
    assert html.index("Oui, dès juin.") < html.index("Oui, dès mai.") and world.marc.name in html
    for rows, words in ((Answer.objects, "text"), (Step.objects, "words")):
        idea.move("trial", WHY, world.marc)
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**{words: "Jamais dit."})
        rows.update(by=world.nadia)


def test_nobody_carries_an_idea_that_they_cannot_read(world, idea, sign_in):
    response = sign_in(world.marc).post(f"/ideas/{idea.pk}/outcome/", {"carrier": "@ramata"})
    assert response.status_code == 422 and Idea.objects.get(pk=idea.pk).carrier is None


def test_you_said_we_did_tells_what_was_done_and_what_was_not_and_why(world, space, idea, other, sign_in):
    idea.move("done", "Il y en a neuf.", world.marc)
    idea.weigh("", "Personne n’attend plus debout.", world.marc)
    other.move("declined", "Le trottoir est à la ville.", world.marc)
    client, address = sign_in(world.coumba), f"/spaces/{space.slug}/ideas/done/"
    done, declined = (client.get(f"{address}?show={show}").content.decode() for show in ("done", "declined"))
    assert idea.item.title in done and "Il y en a neuf." in done and "Personne n’attend plus debout." in done
    assert other.item.title not in done
    assert other.item.title in declined and "Le trottoir est à la ville." in declined


def test_a_steward_names_orders_adds_and_takes_away_stages(world, space, idea, sign_in):
    client = sign_in(world.marc)
    rows = [
        ("open", "Reçue", "open", 1), ("trial", "Essayée", "going", 3), ("done", "Posée", "done", 4),
        ("declined", "", "declined", 5), ("", "Chiffrée", "open", 2),
    ]  # fmt: skip
    assert shaped(client, space, rows).status_code == 302
    assert [(s.key, str(s), s.meaning) for s in Funnel.of(space)] == [
        ("open", "Reçue", "open"), ("chiffree", "Chiffrée", "open"), ("trial", "Essayée", "going"),
        ("done", "Posée", "done"),
    ]  # fmt: skip
    assert idea.move("chiffree", "Deux cent mille.", world.marc) is not None
    assert "Chiffrée" in sign_in(world.coumba).get(idea.item.get_absolute_url()).content.decode()
    assert shaped(sign_in(world.coumba), space, rows).status_code == 403
    assert Event.objects.filter(space=space.pk, verb="stages_shaped").count() == 1


@pytest.mark.parametrize(
    ("why", "wanted"),
    [
        ("first", [Wanted("done", "Fait", "done")]),
        ("begin", [Wanted("open", "Ouverte", "done")]),
        ("twice", [Wanted("open", "Ouverte", "open"), Wanted("", "ouverte", "done")]),
        ("meaning", [Wanted("open", "Ouverte", "open"), Wanted("", "Autre", "nothing")]),
        ("unknown", [Wanted("open", "Ouverte", "open"), Wanted("gone", "Autre", "open")]),
        ("many", [Wanted("open", "Ouverte", "open"), *(Wanted("", f"Étape {n}", "open") for n in range(12))]),
        ("occupied", [Wanted("open", "Ouverte", "open")]),
    ],
)
def test_stages_that_cannot_be_are_refused(why, wanted, world, space, idea, sign_in):
    idea.move("trial", WHY, world.marc)
    with pytest.raises(Misshapen) as error:
        shape(space, wanted, world.marc)
    assert error.value.why == why and not Stage.objects.exists()


def test_what_is_archived_keeps_no_stage_from_being_taken_away(world, space, idea):
    idea.move("trial", WHY, world.marc)
    item = lifecycle.archive(idea.item, world.marc)
    assert shape(space, [Wanted(s.key, str(s), s.meaning) for s in Funnel.of(space) if s.key != "trial"], world.marc)
    item = lifecycle.unarchive(item, world.marc)
    idea = Idea.objects.get(pk=item.pk)
    assert Funnel.of(space).at(idea.stage, idea.meaning).key == "adopted"


def test_what_is_wrong_with_stages_is_said_and_what_was_typed_stays(world, space, sign_in):
    response = shaped(sign_in(world.marc), space, [("open", "Reçue", "open", 1), ("", "reçue", "open", 2)])
    assert response.status_code == 422
    html = response.content.decode()
    assert 'role="alert"' in html and 'value="Reçue"' in html


def test_a_stage_that_means_something_else_changes_what_its_ideas_are(world, space, idea):
    idea.move("adopted", WHY, world.marc)
    wanted = [Wanted("open", "Open", "open"), Wanted("adopted", "Faite", "done")]
    assert shape(space, wanted, world.marc) and not shape(space, wanted, world.marc)
    assert Idea.objects.get(pk=idea.pk).meaning == "done"
    assert Stage.objects.get(key="open").name == ""  # as it is usually called, in each reader's language


def test_an_idea_that_moves_to_another_space_stands_where_it_means_the_same(world, space, idea, sign_in):
    shape(space, [Wanted("open", "Open", "open"), Wanted("", "Posé", "done")], world.marc)
    idea.move("pose", "C’est fait.", world.marc)
    lifecycle.move(idea.item, world.marc, world.spaces["reseau"])
    html = sign_in(world.coumba).get(idea.item.get_absolute_url(), follow=True)
    assert html.context["stage"].key == "done"

"""The discussion under an item, as people take part in it."""

import pytest

from palabre.authoring.writing import publish
from palabre.items.models import Item
from palabre.people.models import Person
from palabre.spaces import sight
from palabre.talk import discussion
from palabre.talk.models import Comment, Gesture, Reaction

HTMX = {"HX-Request": "true"}


@pytest.fixture
def item(world):
    return publish("page", world.spaces["installateurs"], world.coumba, "Pose", "On pose la *fibre* au premier.")


def test_whoever_may_read_may_answer_and_sees_it_at_once(world, item, sign_in):
    answer = sign_in(world.tidiane).post(f"/items/{item.pk}/comments/", {"body": "Et le **dimanche** ?"}, headers=HTMX)
    assert answer.status_code == 200
    assert "<strong>dimanche</strong>" in answer.text
    assert 'class="say big out"' in answer.text
    assert Comment.objects.get().by == world.tidiane


@pytest.mark.parametrize(("who", "status"), [("diego", 404), ("ines", 404), (None, 404)])
def test_who_does_not_see_the_item_learns_nothing_of_its_discussion(world, item, sign_in, who, status):
    comment = Comment.say(item, world.awa, "Secret")
    client = sign_in(getattr(world, who) if who else None)
    for address in (f"/items/{item.pk}/comments/", f"/comments/{comment.pk}/", f"/comments/{comment.pk}/thread/"):
        assert client.get(address).status_code == status
    assert client.post(f"/comments/{comment.pk}/answer/", {"body": "x"}).status_code == status


def test_without_script_one_lands_on_the_comment(world, item, sign_in):
    client = sign_in(world.awa)
    answer = client.post(f"/items/{item.pk}/comments/", {"body": "Oui."})
    comment = Comment.objects.get()
    assert answer.headers["Location"] == f"/comments/{comment.pk}/"
    place = client.get(answer.headers["Location"]).headers["Location"]
    assert place == f"{item.get_absolute_url()}#comment-{comment.pk}"


def test_what_was_typed_comes_back_when_it_cannot_be_taken(world, item, sign_in):
    posted = {"body": "Mes mots", "quote": "le cuivre"}
    answer = sign_in(world.awa).post(f"/items/{item.pk}/comments/", posted, headers=HTMX)
    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#comment-form"
    assert "Mes mots" in answer.text
    assert "le cuivre" in answer.text
    assert sign_in(world.awa).post(f"/items/{item.pk}/comments/", posted).status_code == 422


def test_a_passage_is_found_again_or_said_to_have_changed(world, item, sign_in):
    client = sign_in(world.awa)
    client.post(f"/items/{item.pk}/comments/", {"body": "Laquelle ?", "quote": "pose la fibre"})
    assert 'data-passage="pose la fibre"' in client.get(f"/items/{item.pk}/comments/").text
    Item.objects.filter(pk=item.pk).update(html="<p>On tire la fibre.</p>")
    page = client.get(f"/items/{item.pk}/comments/").text
    assert "data-passage=" not in page.partition("<section")[2].partition("passage-talk")[0]
    assert "pose la fibre" in page


def test_a_passage_with_a_mention_is_commented_on_as_one_reads_it(world, sign_in):
    text = f"Vu avec @{world.idrissa.handle} au premier."
    item = publish("page", world.spaces["installateurs"], world.coumba, "Pose", text)
    page = sign_in(world.awa).get(item.get_absolute_url()).text
    assert f"@{world.idrissa.name}" in page
    copied = {"body": "Quand ?", "quote": f"avec @{world.idrissa.name} au"}
    assert sign_in(world.awa).post(f"/items/{item.pk}/comments/", copied, headers=HTMX).status_code == 200
    assert Comment.objects.get().quote == f"avec @{world.idrissa.handle} au"


def test_the_second_of_two_equal_passages_is_pointed_at(world, sign_in):
    item = publish("page", world.spaces["installateurs"], world.coumba, "Pose", "Brancher ici.\n\nMesurer ici.")
    copied = {"body": "Où ?", "quote": "ici", "before": "Mesurer "}
    page = sign_in(world.awa).post(f"/items/{item.pk}/comments/", copied, headers=HTMX).text
    assert 'data-passage="ici" data-place="1"' in page
    assert "#:~:text=Mesurer-,ici,-." in page


def test_one_finds_the_way_to_a_comment_on_a_passage_without_script(world, item, sign_in):
    client = sign_in(world.awa)
    assert f'href="/items/{item.pk}/comments/new/"' in client.get(item.get_absolute_url()).text
    assert 'name="quote"' in client.get(f"/items/{item.pk}/comments/new/").text


def test_answers_edits_deletions_and_resolutions(world, item, sign_in):
    opening = Comment.say(item, world.tidiane, "Et la nuit ?")
    coumba, tidiane = sign_in(world.coumba), sign_in(world.tidiane)
    coumba.post(f"/comments/{opening.pk}/answer/", {"body": "Non."}, headers=HTMX)
    reply = Comment.objects.get(parent=opening)
    assert coumba.post(f"/comments/{opening.pk}/edit/", {"body": "x"}).status_code == 403
    tidiane.post(f"/comments/{opening.pk}/edit/", {"body": "Et les fériés ?"})
    assert "Et la nuit" in tidiane.get(f"/comments/{opening.pk}/earlier/").text
    folded = coumba.post(f"/comments/{opening.pk}/resolution/", headers=HTMX).text
    assert "<details" in folded
    assert "<details" not in coumba.post(f"/comments/{opening.pk}/resolution/", {"undo": 1}, headers=HTMX).text
    gone = tidiane.post(f"/comments/{opening.pk}/deletion/", headers=HTMX).text
    assert "fériés" not in gone
    assert "Non." in gone
    assert "fériés" not in coumba.get(f"/comments/{opening.pk}/earlier/").text
    assert coumba.post(f"/comments/{opening.pk}/deletion/", {"undo": 1}).status_code == 403
    assert "fériés" in tidiane.post(f"/comments/{opening.pk}/deletion/", {"undo": 1}, headers=HTMX).text
    assert tidiane.post(f"/comments/{reply.pk}/deletion/").status_code == 403


def test_gestures_are_counted_and_taken_back(world, item, sign_in):
    comment = Comment.say(item, world.tidiane, "Bien.")
    awa = sign_in(world.awa)
    pressed = awa.post(f"/comments/{comment.pk}/reactions/", {"gesture": "thanks"}, headers=HTMX).text
    assert 'aria-pressed="true"' in pressed
    awa.post(f"/items/{item.pk}/reactions/", {"gesture": "seen"})
    assert awa.post(f"/items/{item.pk}/reactions/", {"gesture": "dance"}).status_code == 400
    assert Reaction.objects.count() == 2
    awa.post(f"/items/{item.pk}/reactions/", {"gesture": "seen"})
    assert Reaction.objects.count() == 1


def test_a_discussion_costs_one_query_however_long(world, item, django_assert_num_queries):
    for number in range(6):
        opening = Comment.say(item, world.tidiane, f"Fil {number}")
        for answer in range(12):
            Comment.say(item, world.awa, f"Réponse {answer}", parent=opening)
    person = sight.keeping(world.awa)
    sight.of(person)
    Reaction.toggle(item, None, Gesture.SEEN, person)
    Reaction.toggle(item, opening, Gesture.THANKS, world.tidiane)
    with django_assert_num_queries(1):
        talk = discussion.load(person, item)
    assert [len(thread.answers) for thread in talk.threads] == [discussion.ANSWERS] * 6
    assert [thread.further for thread in talk.threads] == [12 - discussion.ANSWERS] * 6
    assert talk.count == 78
    assert [(made.gesture, made.count, made.mine) for made in talk.gestures] == [(Gesture.SEEN, 1, True)]
    told = {made.gesture: (made.count, made.mine) for made in talk.threads[-1].opening.gestures}
    assert told[Gesture.THANKS] == (1, False)


def test_long_discussions_are_paged_and_permanent_addresses_find_their_page(world, item, sign_in):
    said = [Comment.say(item, world.awa, f"Fil {n}") for n in range(discussion.THREADS + 3)]
    answers = [Comment.say(item, world.awa, f"R {n}", parent=said[0]) for n in range(discussion.ANSWERS + 1)]
    client = sign_in(world.awa)
    first = client.get(f"/items/{item.pk}/comments/").text
    assert f'id="comment-{said[discussion.THREADS - 1].pk}"' in first
    assert f'id="comment-{said[discussion.THREADS].pk}"' not in first
    for comment in (said[-1], answers[-1]):
        place = client.get(f"/comments/{comment.pk}/").headers["Location"].partition("#")[0]
        assert f'id="comment-{comment.pk}"' in client.get(place).text


def test_marks_in_comments_show_each_reader_their_own(world, item, sign_in):
    publish("page", world.spaces["direction"], world.nadia, "Plan secret", "")
    Comment.say(item, world.marc, "Voir [[Plan secret]] et [[Nulle part]].")
    assert "/pages/" in sign_in(world.nadia).get(f"/items/{item.pk}/comments/").text.partition('id="threads"')[2]
    page = sign_in(world.awa).get(f"/items/{item.pk}/comments/").text.partition('id="threads"')[2]
    assert page.count('class="missing"') == 2


def test_a_long_discussion_says_how_long_it_is_and_leads_back(world, item, sign_in):
    openings = [Comment.say(item, world.awa, f"Fil {number}") for number in range(2 * discussion.THREADS + 5)]
    Comment.say(item, world.tidiane, "Une réponse", parent=openings[0])
    openings[1].delete_by(world.awa)
    client = sign_in(world.awa)
    address = f"/items/{item.pk}/comments/"
    assert "45 messages" in client.get(address).text
    last = client.get(f"{address}?thread={openings[discussion.THREADS + 5].pk}").text
    assert "45 messages, dont 1 du dehors" in " ".join(last.split())
    assert f'href="{address}?thread={openings[5].pk}#discussion"' in last
    assert f"thread={openings[0].pk}#" in client.get(f"{address}?thread={openings[5].pk}").text
    assert "#discussion" not in client.get(address).text.partition('id="threads"')[0].partition('id="discussion"')[2]


def test_stewards_act_on_remarks_of_an_archived_item_without_script(world, item, sign_in):
    Comment.say(item, world.tidiane, "Périmé.")
    Item.objects.filter(pk=item.pk).update(state="archived")
    page = sign_in(world.coumba).get(item.get_absolute_url()).text
    assert 'form="talk-acts"' in page
    assert '<form id="talk-acts"' in page


def test_what_a_comment_said_before_stands_under_the_band_of_its_audience(world, item, sign_in):
    comment = Comment.say(item, world.awa, "Un mot")
    assert 'class="band"' in sign_in(world.awa).get(f"/comments/{comment.pk}/earlier/").text


def test_the_form_says_who_reads_an_answer_as_it_is_now(world, item, sign_in):
    def asked():
        return sign_in(world.marc).get(item.get_absolute_url()).content.decode().partition('id="comment-form"')[2]

    before = asked()
    item.space.open_to("customers", [], world.marc)
    after = asked()
    assert "Répondre aux partenaires" in before and "Répondre aux clients" in after


def test_who_made_a_gesture_is_named_to_those_who_meet_them_and_counted_for_others(world, item, sign_in):
    comment = Comment.say(item, world.coumba, "Bien.")
    met = set(Person.objects.visible_to(world.tidiane))
    stranger = next(each for each in (world.marc, world.tom, world.nadia, world.awa, world.idrissa) if each not in met)
    known = next(each for each in (world.coumba, world.awa, world.idrissa) if each in met)
    for towards in (None, comment):
        for person in (stranger, known, world.tidiane):
            Reaction.toggle(item, towards, Gesture.THANKS, person)
    address = f"/items/{item.pk}/comments/"
    assert f"Vous, {stranger.name} et {world.tidiane.name}" in sign_in(known).get(address).text
    outside = sign_in(world.tidiane).get(address).text
    assert f"Vous, {known.name} et 1 autre" in outside
    assert stranger.name not in outside


def test_a_gesture_that_is_made_says_who_else_made_it(world, item, sign_in):
    Reaction.toggle(item, None, Gesture.SEEN, world.coumba)
    made = sign_in(world.awa).post(f"/items/{item.pk}/reactions/", {"gesture": "seen"}, headers=HTMX).text
    assert f"Vous et {world.coumba.name}" in made

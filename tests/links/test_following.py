"""What follows from something is begun from it, and whoever said the words of which it was made hears of it."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from palabre.authoring.models import Draft
from palabre.authoring.writing import publish
from palabre.commitments.models import made
from palabre.conversations.models import Conversation
from palabre.ideas.models import Idea
from palabre.items.models import Item
from palabre.links import following
from palabre.links.models import Link, Type
from palabre.signals.models import Signal
from palabre.talk.models import Comment


@pytest.fixture
def idea(world):
    return publish("idea", world.spaces["entraide"], world.ramata, "Un passage le soir", "Après 17 h.")


def led_to(source):
    return set(Link.objects.filter(source=source, type=Type.LED_TO).values_list("target__title", flat=True))


def desk(client, draft, title, space="entraide"):
    """Publishes a draft as the desk does, which knows what it follows from."""
    page = client.get(draft).content.decode()
    after = re.search(r'name="after" value="(\d+)"', page)
    sent = {
        "kind": Draft.objects.get().kind, "space": space, "title": title, "body": Draft.objects.get().body,
        "action": "publish", "draft": Draft.objects.get().pk, "after": after[1] if after else "",
    }  # fmt: skip
    response = client.post(draft, sent)
    assert response.status_code == 302, response.content
    return Item.objects.get(title=title)


def test_a_decision_is_begun_from_an_idea_which_led_to_it(world, idea, sign_in):
    client, address = sign_in(world.marc), f"/items/{idea.pk}/sequel/"
    assert address in client.get(idea.get_absolute_url()).content.decode()
    html = client.get(address).content.decode()
    assert html.count('value="decision"') == 1 and f'href="/items/{idea.pk}/commitment/"' in html
    assert html.count("/consultations/new/") == 1 and "after=" in html
    draft = client.post(address, {"kind": "decision"}).headers["Location"]
    assert idea.title in client.get(draft).content.decode()
    decision = desk(client, draft, "Deux soirs ?")
    assert decision.kind == "decision" and led_to(idea) == {"Deux soirs ?"}
    assert client.post(address, {"kind": "consultation"}).status_code == 404
    assert sign_in(world.tidiane).get(address).status_code == 404


def test_an_answer_becomes_an_idea_that_quotes_it_with_who_gave_it(world, sign_in):
    question = publish("question", world.spaces["entraide"], world.ines, "Le soir ?", "…")
    question.question.item = question
    answer = question.question.answer(world.awa, "Oui, le mardi.\n\nEt le jeudi.")
    client, address = sign_in(world.marc), f"/items/{answer.pk}/sequel/"
    assert f'href="{address}"' in client.get(question.get_absolute_url()).content.decode()
    draft = client.post(address, {"kind": "idea"}).headers["Location"]
    kept = Draft.objects.get()
    assert kept.title == "Oui, le mardi." and kept.body == (
        f"> Oui, le mardi.\n>\n> Et le jeudi.\n\n— [{world.awa.name}](/items/{answer.pk}/)\n"
    )
    made = desk(client, draft, "Le mardi et le jeudi")
    assert led_to(answer) == {made.title}
    assert world.awa.name in client.get(made.get_absolute_url()).content.decode()


def test_a_consultation_is_begun_from_an_idea_which_led_to_it(world, idea, sign_in):
    client = sign_in(world.marc)
    html = client.get(f"/consultations/new/?after={idea.pk}").content.decode()
    address = f"/consultations/new/price/?after={idea.pk}"
    assert f'href="{address}"' in html
    made = client.post(address, {"space": "le-fil", "name": "Le soir", "unit": "F CFA"})
    assert made.status_code == 302, made.content
    assert led_to(idea) == {Item.objects.get(kind="consultation").title}


def test_nothing_follows_from_what_one_does_not_see(world, idea, sign_in):
    hidden = publish("page", world.spaces["direction"], world.nadia, "Le budget", "…")
    following.lead(str(hidden.pk), idea, world.ramata)
    following.lead(str(idea.pk), hidden, world.ramata)  # who may not write there
    following.lead("n’importe quoi", idea, world.marc)
    following.lead(str(idea.pk), idea, world.marc)
    assert led_to(hidden) == led_to(idea) == set()
    assert sign_in(world.ramata).get(f"/items/{hidden.pk}/sequel/").status_code == 404


def test_a_guest_who_only_reads_it_says_that_the_two_are_related_by_whatever_door(world, sign_in):
    page = publish("page", world.spaces["le-fil"], world.marc, "Comment nous câblons", "Pas à pas.")
    inside = publish("idea", world.spaces["maison"], world.awa, "Câbler autrement", "…")
    ramata, mine = sign_in(world.ramata), publish("idea", world.spaces["entraide"], world.ramata, "Par le toit", "…")
    following.lead(str(page.pk), inside, world.awa)  # of the house, and no writer there
    assert led_to(page) == {"Câbler autrement"}
    assert "comme liés" in ramata.get(f"/items/{page.pk}/sequel/").content.decode()
    draft = ramata.post(f"/items/{page.pk}/sequel/", {"kind": "idea"}).headers["Location"]
    made = desk(ramata, draft, "Câbler le soir")
    refused = ramata.post(f"/items/{mine.pk}/links/", {"words": "led_to<", "other": page.pk})
    assert refused.status_code == 422 and 'class="err"' in refused.content.decode()
    Comment.say(page, world.ramata, "Et par le toit ?")
    client = ramata.post(f"/comments/{Comment.objects.get().pk}/outcome/", {"kind": "idea"})
    said = desk(ramata, client.headers["Location"], "Par le toit, donc")
    assert led_to(page) == {"Câbler autrement"}
    related = Link.objects.filter(source=page, type=Type.RELATED).values_list("target", flat=True)
    assert set(related) == {made.pk, said.pk}
    assert ramata.post(f"/items/{mine.pk}/links/", {"words": "led_to", "other": page.pk}).status_code == 302
    assert led_to(mine) == {page.title}  # of her own she may say it


def test_a_commitment_and_a_page_made_of_an_answer_ask_the_same_rule(world, sign_in):
    page = publish("page", world.spaces["le-fil"], world.marc, "Comment nous câblons", "Pas à pas.")
    question = publish("question", world.spaces["le-fil"], world.marc, "Qui câble ?", "Et quand ?")
    question.question.item = question
    answer = question.question.answer(world.marc, "L’équipe du soir.")
    html = sign_in(world.awa).get(f"/items/{page.pk}/commitment/").content.decode()
    assert "qui y a pris part apprend si c’est tenu" in html  # of the house, and no writer there
    due = (localdate() + timedelta(days=9)).isoformat()
    sent = {"space": "maison", "title": "Câbler le soir", "body": "…", "carrier": f"@{world.awa.handle}", "due": due}
    assert sign_in(world.awa).post(f"/items/{page.pk}/commitment/", sent).status_code == 302
    assert led_to(page) == {"Câbler le soir"}
    assert sign_in(world.ramata).get(f"/items/{page.pk}/commitment/").status_code == 403
    assert sign_in(world.ramata).post(f"/answers/{answer.pk}/page/").status_code == 403
    promise = publish("commitment", world.spaces["entraide"], world.ramata, "Venir tôt", "…", carrier=world.ramata)
    assert made(promise, world.ramata, page).sources() == []  # whatever else would let a guest commit somebody
    assert led_to(page) == {"Câbler le soir"}


def told(person, item):
    return set(Signal.objects.filter(person=person, item=item).values_list("verb", "reason"))


def test_whoever_said_it_hears_of_what_it_became_and_finds_it_among_their_words(world, idea, sign_in, hear):
    Comment.say(idea, world.ines, "Et le samedi matin ?")
    client = sign_in(world.marc)
    draft = client.post(f"/comments/{Comment.objects.get().pk}/outcome/", {"kind": "idea"}).headers["Location"]
    made = desk(client, draft, "Le samedi matin")
    assert led_to(idea) == {"Le samedi matin"} and world.ines.name in made.body
    hear()
    assert told(world.ines, made) == {("published", "said")}
    assert not told(world.fanta, made)
    Idea.objects.get(pk=made.pk).move("shaping", "Nous comptons.", world.marc)
    hear()
    assert ("idea_moved", "said") in told(world.ines, made)
    rows = {
        item.title: list(map(str, parts)) for item, parts, *_more in sign_in(world.ines).get("/words/").context["rows"]
    }
    assert rows["Le samedi matin"] == ["It was made of what you said"]


def test_of_a_message_the_item_tells_its_author_alone(world, sign_in, hear):
    talk = Conversation.objects.start(world.marc, [world.ines])
    message = talk.say(world.ines, "Personne ne répond le samedi.")
    client = sign_in(world.marc)
    draft = client.post(f"/comments/{message.pk}/outcome/", {"kind": "idea"}).headers["Location"]
    made = desk(client, draft, "Répondre le samedi")
    hear()
    assert told(world.ines, made) == {("published", "said")}
    assert not Link.objects.filter(target=made, type=Type.LED_TO).exists()
    assert "Répondre le samedi" in sign_in(world.ines).get("/words/").content.decode()
    for other in (world.ramata, world.awa):
        assert world.ines.name not in sign_in(other).get(made.get_absolute_url()).content.decode().partition("<main")[2]

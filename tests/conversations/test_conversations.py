"""Who takes part sees it all; who comes later what comes later; nobody else anything, anywhere."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from palabre.authoring import lifecycle
from palabre.authoring.models import Draft
from palabre.authoring.writing import publish
from palabre.conversations import log
from palabre.conversations.models import Conversation, Outcome, Reading
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.kit import live
from palabre.mail.lists import List
from palabre.signals.filling import tell
from palabre.signals.lines import told_of
from palabre.signals.models import Entry, Follow, Signal
from palabre.spaces import sight
from palabre.spaces.models import Space
from palabre.talk.models import Comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def direct(world):
    """Awa and Marc, alone."""
    return Conversation.objects.start(world.awa, [world.marc])


@pytest.fixture
def group(world):
    """Awa, Marc and Lea."""
    return Conversation.objects.start(world.awa, [world.marc, world.lea])


def page(client, conversation):
    return client.get(conversation.item.get_absolute_url(), follow=True)


def test_two_people_have_one_conversation_whoever_begins(world):
    one = Conversation.objects.start(world.awa, [world.marc])
    assert Conversation.objects.start(world.marc, [world.awa]) == one
    assert Conversation.objects.start(world.marc, [world.awa], name="Chantier") != one


def test_participants_alone_read_it_and_not_an_administrator(world, direct, sign_in):
    direct.say(world.awa, "Le secret de la falaise.")
    for reader in (world.awa, world.marc):
        assert "falaise" in page(sign_in(reader), direct).content.decode()
    for other in (world.tom, world.nadia, world.ramata, None):
        assert page(sign_in(other), direct).status_code == 404
        assert sign_in(other).get(f"/items/{direct.item_id}/comments/").status_code == 404


def test_its_space_stands_in_no_list(world, direct, sign_in):
    direct.say(world.awa, "Rien à voir.")
    space = direct.item.space
    assert space not in Space.objects.visible_to(world.awa)
    assert space.pk not in sight.of(world.awa).spaces
    assert direct.item not in Item.objects.visible_to(world.awa)
    assert direct.item in Item.objects.visible_to(world.awa, apart=True)
    awa = sign_in(world.awa)
    for address in (
        "/",
        "/?show=all",
        "/spaces/",
        "/write/",
        "/bookmarks/new/",
        "/search/?q=matin",
        f"/people/{world.awa.pk}-{world.awa.handle}/",
    ):
        answer = awa.get(address)
        assert answer.status_code == 200
        assert space.slug not in answer.content.decode(), address
        assert direct.item.get_absolute_url() not in answer.content.decode(), address
    assert awa.get(f"/spaces/{space.slug}/").status_code == 404
    assert awa.get(f"/spaces/{space.slug}/members/").status_code == 404


def test_an_item_cannot_be_moved_or_written_into_it(world, direct):
    from palabre.kit.policy import may

    for action in ("space.write", "space.steward", "space.admit"):
        assert not may(world.awa, action, direct.item.space)
    for action in ("item.edit", "item.shape", "item.tag"):
        assert not may(world.awa, action, direct.item)
    assert may(world.awa, "item.comment", direct.item)


def test_a_message_is_sent_without_any_script(world, direct, sign_in):
    awa = sign_in(world.awa)
    sent = awa.post(direct.item.get_absolute_url(), {"body": "Bonjour **Marc**"}, follow=True)
    assert sent.status_code == 200
    assert "Bonjour <strong>Marc</strong>" in sent.content.decode()
    empty = awa.post(direct.item.get_absolute_url(), {"body": "  "})
    assert empty.status_code == 422
    assert Event.objects.filter(item=direct.item_id, verb="messaged").count() == 1


def test_a_file_is_sent_with_its_message_and_seen_by_participants_alone(world, direct, sign_in):
    note = SimpleUploadedFile("plan.txt", b"Le plan du quartier.")
    sent = sign_in(world.awa).post(direct.item.get_absolute_url(), {"body": "Voici", "files": [note]}, follow=True)
    assert "plan.txt" in sent.content.decode()
    file = direct.item.files.get()
    assert sign_in(world.marc).get(file.get_absolute_url()).status_code == 200
    assert sign_in(world.tom).get(file.get_absolute_url()).status_code == 404


def test_what_is_typed_survives_and_a_file_that_is_refused_loses_no_words(world, direct, sign_in):
    awa = sign_in(world.awa)
    awa.post(f"/conversations/{direct.pk}/typing/", {"body": "Je voulais dire"})
    assert "Je voulais dire" in page(awa, direct).content.decode()
    some = [SimpleUploadedFile("plein.txt", b"x"), SimpleUploadedFile("vide.txt", b"")]
    refused = awa.post(direct.item.get_absolute_url(), {"body": "Avec ceci", "files": some})
    assert refused.status_code == 422
    assert "Avec ceci" in refused.content.decode()
    assert "vide.txt\N{NO-BREAK SPACE}: " in refused.content.decode(), "which of them it is"
    assert not direct.item.files.exists()
    many = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(11)]
    refused = awa.post(direct.item.get_absolute_url(), {"body": "Avec tout ceci", "files": many})
    assert refused.status_code == 422, "none of them is left behind in silence"
    assert "Avec tout ceci" in refused.content.decode()
    assert not direct.item.comments.exists()
    awa.post(direct.item.get_absolute_url(), {"body": "Dit."})
    assert Reading.objects.get(conversation=direct, person=world.awa).typed == ""


def test_a_newcomer_sees_nothing_older_by_page_thread_file_or_number(world, group, sign_in):
    old = group.say(world.awa, "Avant : le budget est de 40 millions.")
    sign_in(world.awa).post(
        group.item.get_absolute_url(), {"body": "x", "files": [SimpleUploadedFile("budget.txt", b"40 millions")]}
    )
    file = group.item.files.get()
    part = group.add([world.coumba], world.awa)
    assert part != group
    new = part.say(world.marc, "Bienvenue Coumba.")
    coumba = sign_in(world.coumba)
    shown = page(coumba, part).content.decode()
    assert "Bienvenue" in shown
    assert "budget" not in shown
    assert group.item.get_absolute_url() not in shown
    for address in (
        group.item.get_absolute_url(),
        f"/comments/{old.pk}/",
        f"/comments/{old.pk}/thread/",
        f"/comments/{old.pk}/earlier/",
        f"/items/{group.item_id}/comments/",
        f"/items/{group.item_id}/files/",
        file.get_absolute_url(),
    ):
        assert coumba.get(address, follow=True).status_code == 404, address
    assert list(Comment.objects.visible_to(world.coumba).filter(item__kind="conversation")) == [new]
    assert not log.found(world.coumba, part, "budget")
    assert old in log.found(world.lea, part, "budget")
    lea = page(sign_in(world.lea), part).content.decode()
    assert group.item.get_absolute_url() in lea


def test_a_newcomer_sees_all_when_the_adder_says_so(world, group, sign_in):
    group.say(world.awa, "Avant.")
    part = group.add([world.coumba], world.awa, past=True)
    assert part == group
    assert "Avant." in page(sign_in(world.coumba), part).content.decode()
    later = part.add([world.idrissa], world.marc)
    later.say(world.marc, "Entre-temps.")
    last = later.add([world.grace], world.idrissa, past=True)
    assert "Entre-temps." in page(sign_in(world.grace), last).content.decode()
    assert page(sign_in(world.grace), group).status_code == 404


def test_a_newcomer_is_told_of_what_is_new_and_finds_no_older_words_in_the_inbox(world, group, sign_in):
    group.say(world.awa, "Avant : le budget.")
    part = group.add([world.coumba], world.awa)
    part.say(world.marc, "Bienvenue.")
    tell(list(Event.objects.filter(verb__in=["messaged", "participant_added"]).order_by("id")))
    assert set(Signal.objects.filter(person=world.coumba).values_list("item", flat=True)) == {part.item_id}
    inbox = sign_in(world.coumba).get("/inbox/").content.decode()
    assert "Bienvenue." in inbox
    assert "budget" not in inbox
    assert Entry.objects.filter(person=world.coumba).count() == 1


def test_who_leaves_reads_nothing_of_it_any_more(world, group, sign_in):
    group.say(world.awa, "Avant.")
    part = group.add([world.coumba], world.awa)
    lea = sign_in(world.lea)
    lea.post(f"/conversations/{part.pk}/leaving/")
    for each in (group, part):
        assert page(lea, each).status_code == 404
        assert page(sign_in(world.awa), each).status_code == 200
    assert Event.objects.filter(verb="participant_left", person=world.lea.pk).count() == 2


def test_who_leaves_while_others_come_in_is_not_taken_along(world, group):
    group.say(world.awa, "Un mot")
    seen_before = Conversation.objects.select_related("item__space").get(pk=group.pk)
    assert seen_before.end == seen_before  # and it is the end, as far as it knows
    going_on = group.add([world.grace], world.awa)
    seen_before.leave(world.lea)
    assert world.lea not in going_on.participants() and world.lea not in group.participants()


def test_who_leaves_the_company_is_let_in_no_more(world, direct):
    world.marc.leave(world.tom)
    assert not direct.item.space.memberships.filter(person=world.marc).exists()


def test_in_two_it_is_said_to_the_other_and_in_more_it_waits_quietly(world, direct, group):
    direct.say(world.awa, "À toi.")
    group.say(world.awa, "À tous.")
    group.say(world.awa, f"À toi surtout, @{world.lea.handle}.")
    tell(list(Event.objects.filter(verb="messaged").order_by("id")))
    told = {(s.person_id, s.item_id): (s.reason, s.loud, s.addressed) for s in Signal.objects.order_by("event")}
    assert told[world.marc.pk, direct.item_id] == ("correspondent", True, True)
    assert told[world.marc.pk, group.item_id] == ("participant", False, False)
    assert told[world.lea.pk, group.item_id] == ("named", True, True)
    assert not Signal.objects.filter(person=world.awa).exists()
    assert Entry.objects.filter(person=world.lea, item=group.item).count() == 1


def test_in_the_inbox_a_conversation_without_a_name_is_called_by_the_others(world, direct, group, sign_in):
    named = Conversation.objects.start(world.awa, [world.marc], name="Chantier")
    for conversation in (direct, group, named):
        conversation.say(world.awa, "Bonjour.")
    tell(list(Event.objects.filter(verb="messaged").order_by("id")))
    told = told_of(world.marc, list(Signal.objects.of(world.marc).order_by("event")))
    assert {line.title for line in told} == {world.awa.name, f"{world.awa.name}, {world.lea.name}", "Chantier"}


def test_a_muted_conversation_tells_nothing_and_counts_for_nothing(world, direct, sign_in):
    marc = sign_in(world.marc)
    direct.say(world.awa, "Avant.")
    assert sight.of(world.marc).counted["messages"] == 1
    assert 'class="unread"' in marc.get("/conversations/").content.decode()
    marc.post(f"/following/item/{direct.item_id}/", {"level": "muted"})
    direct.say(world.awa, "À toi.")
    tell(list(Event.objects.filter(verb="messaged")))
    assert not Signal.objects.filter(person=world.marc).exists()
    assert sight.of(world.marc).counted["messages"] == 0
    listed = marc.get("/conversations/").content.decode()
    assert "À toi." in listed and 'class="hushed"' in listed and 'class="unread"' not in listed


def test_of_a_group_one_hears_as_much_as_one_wants_and_goes_on_to_where_it_goes_on(world, group, hear, sign_in):
    for person, level in ((world.marc, "muted"), (world.lea, "all")):
        sign_in(person).post(f"/following/item/{group.item_id}/", {"level": level})
    group.say(world.awa, f"À tous, et à @{world.marc.handle}.")
    hear()
    part = group.add([world.grace], world.awa)
    part.say(world.awa, f"Encore, @{world.grace.handle}.")
    hear()
    told = Signal.objects.filter(verb="messaged").values_list("person", "reason", "loud")
    assert set(told) == {(world.lea.pk, "participant", True), (world.grace.pk, "named", True)}
    assert not Follow.objects.filter(person=world.grace).exclude(item=None).exists()


def test_the_number_of_conversations_with_something_new_stands_in_the_rail(world, direct, group, sign_in):
    direct.say(world.awa, "Une.")
    direct.say(world.awa, "Deux.")
    group.say(world.lea, "Trois.")
    assert sight.of(world.marc).counted["messages"] == 2
    page(sign_in(world.marc), direct)
    assert sight.of(world.marc).counted["messages"] == 1
    assert sight.of(world.awa).counted["messages"] == 1
    assert sight.of(world.tom).counted["messages"] == 0


def test_where_one_stopped_reading_the_new_begins(world, direct, sign_in):
    direct.say(world.awa, "Lu.")
    marc = sign_in(world.marc)
    page(marc, direct)
    direct.say(world.awa, "Neuf.")
    assert 'id="fresh"' in page(marc, direct).content.decode()
    assert 'id="fresh"' not in page(marc, direct).content.decode()
    assert world.marc.name in page(sign_in(world.awa), direct).content.decode().split('class="when seen read-by"')[1]


def test_an_open_page_is_told_who_has_read_to_the_end_since(world, group, sign_in):
    said = group.say(world.awa, "Lu ?")
    awa, told = sign_in(world.awa), f"/conversations/{group.pk}/turns/"
    assert "read-by" not in awa.get(told).content.decode()
    with CaptureQueriesContext(connection) as asked:
        page(sign_in(world.marc), group)
        sign_in(world.lea).post(f"/conversations/{group.pk}/reading/", {"upto": said.pk})
        page(sign_in(world.marc), group)
    said_so = [query["sql"] for query in asked if live.PAGES in query["sql"]]
    assert len(said_so) == 2, "once for each who read, and not again"
    assert [f'"by": {who.pk}' in sql for who, sql in zip((world.marc, world.lea), said_so, strict=True)] == [True, True]
    line = awa.get(told).content.decode().split("read-by")[1]
    assert f'data-upto="{said.pk}"' in line
    assert world.marc.name in line and world.lea.name in line
    group.say(world.awa, "Et ceci ?")
    assert "read-by" not in awa.get(told).content.decode()


def test_a_link_unfolds_for_who_may_see_it(world, direct, sign_in):
    team = publish("page", world.spaces["reseau"], world.awa, "Plan de reprise", "Le texte.")
    group = Conversation.objects.start(world.awa, [world.marc, world.grace])
    group.say(world.awa, f"Voir [ceci]({team.get_absolute_url()})")
    assert 'class="unfolded"' in page(sign_in(world.marc), group).content.decode()
    grace = page(sign_in(world.grace), group).content.decode()
    assert 'class="unfolded"' not in grace
    assert "Plan de reprise" not in grace


def test_a_title_between_brackets_unfolds_for_who_may_see_it(world, direct, sign_in):
    team = publish("page", world.spaces["reseau"], world.awa, "Plan de reprise", "Le texte.")
    group = Conversation.objects.start(world.awa, [world.marc, world.grace])
    group.say(world.awa, "Voir [[Plan de reprise]] et [[Rien de tel]].")
    shown = page(sign_in(world.marc), group).content.decode()
    assert f'class="unfolded" data-aud="team" href="{team.get_absolute_url()}"' in shown
    assert shown.count('class="unfolded"') == 1
    assert group.item.space.slug not in shown
    grace = page(sign_in(world.grace), group).content.decode()
    assert 'class="unfolded"' not in grace
    assert team.get_absolute_url() not in grace


def test_what_is_found_is_shown_as_it_was_written(world, direct, sign_in):
    direct.say(world.awa, "Réseau & fibre < vendredi")
    found = sign_in(world.marc).get(direct.item.get_absolute_url(), {"q": "vendredi"}).content.decode()
    assert "<br>Réseau &amp; fibre &lt; vendredi" in found


def test_what_an_import_brings_does_not_stand_before_what_is_said_today(world, direct, group, sign_in):
    direct.say(world.awa, "Dit aujourd’hui.")
    old = group.say(world.awa, "Dit autrefois.")
    Comment.objects.filter(pk=old.pk).update(at="2015-06-09T16:10Z")
    shown = sign_in(world.awa).get("/conversations/").content.decode()
    assert shown.index("Dit aujourd’hui.") < shown.index("Dit autrefois.")


def become(client, said, kind, title, space="reseau"):
    """What somebody makes of a message or a comment, published."""
    desk = client.post(f"/comments/{said.pk}/outcome/", {"kind": kind})
    draft = Draft.objects.get(pk=int(desk["location"].split("draft=")[1]))
    form = {"kind": kind, "title": title, "body": draft.body, "space": space, "draft": draft.pk, "action": "publish"}
    client.post("/write/", form)
    return Outcome.objects.get(comment=said).item


@pytest.mark.parametrize("kind", ["page", "post", "question", "idea", "decision"])
def test_a_message_becomes_an_item_and_each_leads_to_the_other_for_who_sees_it(world, direct, sign_in, kind):
    said = direct.say(world.awa, "Couper le courant avant d'ouvrir le boîtier.")
    marc = sign_in(world.marc)
    assert f'value="{kind}"' in marc.get(f"/comments/{said.pk}/outcome/").content.decode()
    made = become(marc, said, kind, "Boîtier")
    assert (made.title, made.kind, made.body.strip()) == ("Boîtier", kind, said.body)
    shown = marc.get(made.get_absolute_url()).content.decode()
    assert "made-of" in shown
    assert f"Né d’un message de {world.awa.name}, dans une conversation" in shown
    idrissa = sign_in(world.idrissa).get(made.get_absolute_url()).content.decode()
    assert "made-of" not in idrissa
    assert f"/comments/{said.pk}/" not in idrissa
    assert made.get_absolute_url() in page(sign_in(world.awa), direct).content.decode()


def test_the_files_of_a_message_come_along_for_who_reads_what_it_became(world, direct, sign_in):
    sent = {"body": "Le plan du boîtier", "files": [SimpleUploadedFile("plan.txt", b"plan")]}
    sign_in(world.awa).post(direct.item.get_absolute_url(), sent)
    said, theirs = direct.item.comments.get(), direct.item.files.get()
    said.body += "\n\n[ailleurs](/files/999999999/x.txt)"
    said.save()
    made = become(sign_in(world.marc), said, "page", "Boîtier")
    [file] = made.files.all()
    assert file.get_absolute_url() in made.body and theirs.get_absolute_url() not in made.body
    assert (file.digest, file.by, file.item_id != theirs.item_id) == (theirs.digest, world.marc, True)
    idrissa = sign_in(world.idrissa)
    assert idrissa.get(file.get_absolute_url()).status_code == 200
    assert idrissa.get(theirs.get_absolute_url()).status_code == 404, "the conversation stays among those in it"
    assert "/files/999999999/" in made.body, "what one may not have is named as it was"


def test_what_becomes_of_a_comment_is_written_where_whoever_said_it_reads_it(world, sign_in):
    source = publish("page", world.spaces["reseau"], world.coumba, "Plan de reprise", "Le texte.")
    said = Comment.say(source, world.awa, "Et si l’on prévenait la veille ?")
    client, address = sign_in(world.marc), f"/comments/{said.pk}/outcome/"
    assert 'class="btn primary" name="kind" value="idea"' in client.get(address).content.decode()
    client.post(address, {"kind": "idea"})
    assert Draft.objects.get().space == source.space


@pytest.mark.parametrize("kind", ["question", "idea", "decision"])
def test_a_comment_becomes_an_item_that_says_who_said_it_and_where(world, sign_in, kind):
    source = publish("page", world.spaces["reseau"], world.coumba, "Plan de reprise", "Le texte.")
    said = Comment.say(source, world.awa, "Et si l’on prévenait la veille ?")
    marc = sign_in(world.marc)
    assert f"/comments/{said.pk}/outcome/" in marc.get(source.get_absolute_url()).content.decode()
    made = become(marc, said, kind, "Prévenir la veille", space="maison")
    assert "Et si l’on prévenait" in made.body and world.awa.name in made.body
    shown = marc.get(made.get_absolute_url()).content.decode()
    assert f"Né d’un commentaire de {world.awa.name} sur «\u00a0Plan de reprise\u00a0»" in shown
    assert f"{source.get_absolute_url()}#comment-{said.pk}" in shown
    assert made.get_absolute_url() in marc.get(source.get_absolute_url()).content.decode(), "its links lead back"
    outside = sign_in(world.grace).get(made.get_absolute_url()).content.decode()
    assert "Et si l’on prévenait" in outside
    for hidden in ("Plan de reprise", "plan-de-reprise", "made-of", f"#comment-{said.pk}"):
        assert hidden not in outside, hidden


def test_the_customer_whose_words_an_idea_is_made_of_is_named_and_can_be_counted(world, sign_in):
    source = publish("page", world.spaces["reseau"], world.coumba, "Plan de reprise", "Le texte.")
    said = Comment.say(source, world.ines, "Prévenez-nous la **veille**.")
    marc = sign_in(world.marc)
    assert '<span class="word">En faire quelque chose' in marc.get(source.get_absolute_url()).text, "in words"
    made = become(marc, said, "idea", "Prévenir la veille", space="maison")
    offer = f"/ideas/{made.pk}/voices/?said={said.pk}"
    assert offer in marc.get(made.get_absolute_url()).text
    filled = marc.get(offer).text
    assert f"@{world.ines.handle}" in filled and "Prévenez-nous la veille." in filled
    marc.post(f"/ideas/{made.pk}/voices/", {"who": f"@{world.ines.handle}", "source": "comment", "words": "La veille."})
    assert made.idea_supports.get().person == world.ines
    assert offer not in marc.get(made.get_absolute_url()).text, "they are counted once"
    made.idea.move("done", "On prévient la veille.", world.marc)
    address = "/spaces/maison/ideas/done/"
    assert f'<a href="/comments/{said.pk}/"><b>{world.ines.name}</b></a>' in marc.get(address).text
    outside = sign_in(world.grace).get(address).text
    assert made.title in outside and f"/comments/{said.pk}/" not in outside, "to who does not see where it was said"


def test_who_answers_or_makes_something_of_a_message_reads_it_without_its_signs(world, sign_in):
    conversation = Conversation.objects.start(world.awa, [world.marc])
    said = conversation.say(world.awa, "Oui, **bien** reçu.")
    for address in (f"/comments/{said.pk}/outcome/", f"/comments/{said.pk}/answer/"):
        quoted = re.search(
            r'<blockquote class="passage">(.*?)</blockquote>', sign_in(world.marc).get(address).text, re.S
        )
        assert quoted[1].strip() == "Oui, bien reçu."


def test_nothing_is_made_of_what_was_taken_back_or_by_a_stranger(world, sign_in):
    source = publish("page", world.spaces["le-fil"], world.marc, "Au fil", "Le texte.")
    said, gone = Comment.say(source, world.marc, "Dit."), Comment.say(source, world.marc, "Repris.")
    gone.delete_by(world.marc)
    address = f"/comments/{said.pk}/outcome/"
    assert sign_in(None).post(address, {"kind": "page"}).status_code == 403
    assert address not in sign_in(None).get(source.get_absolute_url()).content.decode()
    assert sign_in(world.marc).get(f"/comments/{gone.pk}/outcome/").status_code == 403
    assert sign_in(world.marc).post(address, {"kind": "bookmark"}).status_code == 404


def test_messages_are_edited_deleted_answered_and_reacted_to_with_trace(world, direct, sign_in):
    said = direct.say(world.awa, "Première version.")
    awa, marc = sign_in(world.awa), sign_in(world.marc)
    awa.post(f"/comments/{said.pk}/edit/", {"body": "Seconde version."})
    assert "Première version." in marc.get(f"/comments/{said.pk}/earlier/").content.decode()
    assert marc.post(f"/comments/{said.pk}/edit/", {"body": "x"}).status_code == 403
    assert marc.post(f"/comments/{said.pk}/deletion/").status_code == 403
    marc.post(f"/comments/{said.pk}/answer/", {"body": "D'accord."})
    marc.post(f"/comments/{said.pk}/reactions/", {"gesture": "thanks"})
    assert said.answers.count() == 1
    awa.post(f"/comments/{said.pk}/deletion/")
    assert "Seconde version." not in page(marc, direct).content.decode()


def test_whose_name_was_typed_and_who_is_chosen_is_not_said_to_be_nobody(world, sign_in):
    marc, nobody = sign_in(world.marc), "Personne de ce nom"
    words = {"q": world.awa.name, "action": "find"}
    assert nobody not in marc.post("/conversations/new/", words | {"to": [world.awa.pk]}).content.decode()
    assert nobody in marc.post("/conversations/new/", {"q": "Zzz", "action": "find"}).content.decode()


def test_an_answer_takes_files_as_a_message_does_and_says_which_is_not_kept(world, direct, sign_in):
    said = direct.say(world.awa, "Le plan ?")
    address, marc = f"/comments/{said.pk}/answer/", sign_in(world.marc)
    assert 'type="file"' in marc.get(address).content.decode()
    some = [SimpleUploadedFile("plan.txt", b"plan"), SimpleUploadedFile("vide.txt", b"")]
    refused = marc.post(address, {"body": "Les deux", "files": some})
    assert refused.status_code == 422
    assert "vide.txt" in refused.content.decode()
    assert "Les deux" in refused.content.decode()
    assert not direct.item.files.exists()
    assert marc.post(address, {"body": " "}).status_code == 422
    marc.post(address, {"body": "", "files": [SimpleUploadedFile("plan.txt", b"plan")]})
    assert said.answers.get().body == direct.item.files.get().markdown


def test_earlier_messages_are_a_link_away(world, direct, sign_in):
    for number in range(45):
        direct.say(world.awa, f"Message numéro {number}.")
    marc = sign_in(world.marc)
    latest = page(marc, direct).content.decode()
    assert "numéro 44." in latest
    assert "numéro 25." in latest
    assert "numéro 24." not in latest
    before = latest.split("?thread=")[1].split('"')[0]
    earlier = marc.get(f"{direct.item.get_absolute_url()}?thread={before}").content.decode()
    assert "numéro 5." in earlier
    assert "numéro 24." in earlier


def test_completion_offers_participants_alone(world, group, sign_in):
    awa = sign_in(world.awa)
    offered = awa.get(f"/conversations/{group.pk}/complete/?mark=@&q=").json()["suggestions"]
    assert {each["label"] for each in offered} == {world.marc.name, world.lea.name}


def test_a_group_is_named_and_called_by_its_people_again(world, group, sign_in):
    awa = sign_in(world.awa)
    awa.post(f"/conversations/{group.pk}/name/", {"name": "Chantier"})
    assert "Chantier" in page(awa, group).content.decode()
    awa.post(f"/conversations/{group.pk}/name/", {"name": ""})
    group.item.refresh_from_db()
    assert world.marc.name in group.item.title


def test_the_list_has_the_newest_first(world, direct, group, sign_in):
    group.say(world.awa, "Ancien.")
    direct.say(world.marc, "Récent.")
    shown = sign_in(world.awa).get("/conversations/").content.decode()
    assert shown.index("Récent.") < shown.index("Ancien.")
    assert "Récent." not in sign_in(world.lea).get("/conversations/").content.decode()


def test_a_conversation_begins_with_a_form(world, sign_in):
    awa = sign_in(world.awa)
    assert world.marc.name in awa.get(f"/conversations/new/?to={world.marc.pk}").content.decode()
    found = awa.post("/conversations/new/", {"q": "coum", "action": "find", "body": "Gardé"}).content.decode()
    assert world.coumba.name in found
    assert "Gardé" in found
    sent = awa.post("/conversations/new/", {"to": [world.marc.pk, world.coumba.pk], "body": "Salut"}, follow=True)
    assert "Salut" in sent.content.decode()
    assert awa.post("/conversations/new/", {"body": "Salut"}).status_code == 422


def test_pages_about_a_conversation_lead_to_no_space(world, direct, sign_in):
    direct.say(world.awa, "Rien.")
    awa = sign_in(world.awa)
    for address in ("", "files/", "audience/"):
        answer = awa.get(f"/items/{direct.item_id}/{address}", follow=True)
        assert answer.status_code == 200, address
        assert direct.item.space.slug not in answer.content.decode(), address


def test_who_writes_while_others_come_in_loses_no_word_and_tells_them_nothing(world, group, sign_in):
    group.say(world.awa, "Avant.")
    part = group.add([world.coumba], world.awa)
    answer = sign_in(world.lea).post(group.item.get_absolute_url(), {"body": "Entre nous trois."}, follow=True)
    assert answer.redirect_chain[0][0] == part.item.get_absolute_url()
    assert "Entre nous trois." in answer.content.decode()
    assert not part.item.comments.exists()
    assert "Entre nous trois." in page(sign_in(world.lea), part).content.decode()
    assert "Entre nous trois." not in page(sign_in(world.coumba), part).content.decode()


def test_a_thread_becomes_a_text_that_says_who_said_what(world, direct, sign_in):
    said = direct.say(world.awa, "On coupe quand ?")
    direct.say(world.marc, "À 13 h 30.", parent=said)
    desk = sign_in(world.marc).post(f"/comments/{said.pk}/outcome/", {"kind": "post", "thread": "1"})
    form = sign_in(world.marc).get(desk["location"]).content.decode()
    assert "On coupe quand" in form
    assert "À 13 h 30." in form
    assert world.awa.name in form


def test_below_a_comment_stands_what_it_became_for_who_may_see_it(world, sign_in):
    source = publish("page", world.spaces["maison"], world.coumba, "Fermeture d’été", "Le texte.")
    said = Comment.say(source, world.awa, "Et si l’on prévenait la veille ?")
    other = Comment.say(source, world.awa, "Sinon, rien.", parent=said)
    marc = sign_in(world.marc)
    made = become(marc, said, "idea", "Prévenir la veille", space="reseau")
    seen = marc.get(source.get_absolute_url()).content.decode()
    below = seen.partition(f'id="comment-{said.pk}"')[2].partition(f'id="comment-{other.pk}"')
    led = f'href="{made.get_absolute_url()}">Prévenir la veille</a> <small>Idée</small>'
    assert led in below[0] and "became" not in below[2]
    thread = marc.get(f"/comments/{said.pk}/thread/", headers={"HX-Request": "true"}).content.decode()
    assert led in thread, "and where the thread is loaded alone"
    for hidden in (sign_in(world.grace), sign_in(world.lea)):
        assert made.get_absolute_url() not in hidden.get(source.get_absolute_url()).content.decode()
    lifecycle.trash(made, world.marc)
    assert 'class="became"' not in marc.get(source.get_absolute_url()).content.decode()


def test_what_a_long_message_becomes_is_called_by_its_first_words(world, direct, sign_in):
    said = direct.say(world.awa, f"On part jeudi à huit heures, depuis la gare de Thiès, tous les quatre. {'x' * 40}")
    sign_in(world.marc).post(f"/comments/{said.pk}/outcome/", {"kind": "page"})
    title = "On part jeudi à huit heures, depuis la gare de Thiès, tous les quatre…"
    assert Draft.objects.latest("pk").title == title


def test_what_nobody_published_yet_leads_nowhere(world, direct, sign_in):
    said = direct.say(world.awa, "À garder.")
    sign_in(world.awa).post(f"/comments/{said.pk}/outcome/", {"kind": "page"})
    assert 'class="became"' not in page(sign_in(world.awa), direct).content.decode()


def test_a_file_is_taken_back_by_who_sent_it_and_by_nobody_else(world, direct, sign_in):
    awa, marc = sign_in(world.awa), sign_in(world.marc)
    awa.post(direct.item.get_absolute_url(), {"body": "x", "files": [SimpleUploadedFile("plan.txt", b"Le plan.")]})
    file, listed = direct.item.files.get(), f"/items/{direct.item_id}/files/"
    assert marc.post(f"/files/{file.pk}/removal/").status_code == 403
    assert f"/files/{file.pk}/removal/" not in marc.get(listed).content.decode()
    assert f"/files/{file.pk}/removal/" in awa.get(listed).content.decode()
    assert awa.post(f"/files/{file.pk}/removal/", follow=True).status_code == 200
    assert marc.get(file.get_absolute_url()).status_code == 404
    assert "plan.txt" not in marc.get(listed).content.decode()


def test_each_calls_it_by_the_others_wherever_it_is_named(world, direct, sign_in):
    marc = sign_in(world.marc)
    said = direct.say(world.awa, "Bonjour.")
    marc.post(f"/following/item/{direct.item_id}/", {"level": "all"})
    both = direct.item.title
    for address in (
        "/following/",
        f"/items/{direct.item_id}/files/",
        f"/items/{direct.item_id}/audience/",
        f"/comments/{said.pk}/thread/",
        f"/comments/{said.pk}/answer/",
        f"/comments/{said.pk}/earlier/",
        f"/comments/{said.pk}/outcome/",
    ):
        shown = marc.get(address).content.decode()
        assert world.awa.name in shown and both not in shown, address
    assert List(world.marc.pk, "i", direct.item_id).name() == world.awa.name, "where its letters are stopped, too"


def test_one_of_many_is_not_called_by_who_reads_though_not_all_are_named(world):
    people = [world.marc, world.lea, world.grace, world.coumba, world.idrissa]
    many = Conversation.objects.start(world.awa, people)
    first, *others = sorted(person.name for person in (world.awa, *people))[:4]
    reader = next(person for person in (world.awa, *people) if person.name == others[-1])
    assert many.item.kind_of.title_of(many.item, reader) == f"{', '.join([first, *others[:-1]])} +2"


def test_a_name_that_somebody_gave_is_shown_as_it_was_given(world, sign_in):
    name = f"Raccordements, {world.marc.name}, Thiès"
    named = Conversation.objects.start(world.awa, [world.marc, world.lea], name)
    marc = sign_in(world.marc)
    for address in (f"/items/{named.item_id}/files/", f"/items/{named.item_id}/audience/", "/conversations/"):
        assert name in marc.get(address).content.decode(), address
    named.name_it("", world.awa)
    assert named.item.kind_of.title_of(named.item, world.marc) == ", ".join(sorted([world.awa.name, world.lea.name]))
    named.name_it(name, world.awa)
    later = named.add([world.coumba], world.awa, past=True)
    assert later.named and Conversation.objects.get(pk=later.pk).item.title == name

"""Writing an idea, giving it one's voice, bringing that of somebody else: by whom, and what stands on the page."""

import pytest

from palabre.authoring.writing import publish
from palabre.ideas.models import Idea, Support
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.people.models import Person
from palabre.signals.models import Signal


def page(client, idea):
    response = client.get(idea.item.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def bring(client, idea, **said):
    sent = {"who": "Mame Diarra Sy", "source": "call", "words": "", "organisation": "", **said}
    return client.post(f"/ideas/{idea.pk}/voices/", sent)


def test_an_idea_is_written_at_the_desk_and_begins_open(world, space, sign_in):
    client = sign_in(world.coumba)
    assert 'value="idea" checked' in client.get(f"/write/?kind=idea&space={space.slug}").content.decode()
    sent = {"kind": "idea", "space": space.slug, "title": "Un arbre", "body": "Devant.", "action": "publish"}
    assert client.post("/write/", sent).status_code == 302
    item = Item.objects.get(title="Un arbre")
    assert (item.kind, item.idea.stage, item.idea.meaning) == ("idea", "open", "open")
    assert client.get(item.get_absolute_url()).status_code == 200


def test_a_voice_is_one_each_and_can_be_taken_back(world, idea, sign_in):
    client, address = sign_in(world.grace), f"/ideas/{idea.pk}/support/"
    for sent, voices in (({}, 1), ({}, 1), ({"undo": "1"}, 0), ({"undo": "1"}, 0)):
        assert client.post(address, sent).status_code == 302
        assert Support.objects.filter(item=idea.pk, person=world.grace).count() == voices
    verbs = Event.objects.filter(item=idea.pk, verb__in=("idea_supported", "voice_taken_back"))
    assert sorted(verbs.values_list("verb", flat=True)) == ["idea_supported", "voice_taken_back"]


def test_nobody_supports_what_they_wrote_and_nobody_what_is_over(world, idea, sign_in):
    assert sign_in(world.awa).post(f"/ideas/{idea.pk}/support/").status_code == 403
    idea.move("declined", "Trop cher.", world.marc)
    assert sign_in(world.grace).post(f"/ideas/{idea.pk}/support/").status_code == 403
    assert not Support.objects.exists()


def test_a_voice_is_answered_with_its_fragment_where_there_is_script(world, idea, sign_in):
    response = sign_in(world.grace).post(f"/ideas/{idea.pk}/support/", headers={"hx-request": "true"})
    html = response.content.decode()
    assert html.lstrip().startswith('<div class="voices-for"') and 'aria-pressed="true"' in html


def test_a_voice_is_brought_with_its_source_and_its_owner_is_introduced(world, idea, sign_in):
    assert bring(sign_in(world.grace), idea, words="Je reste debout une heure.").status_code == 302
    voice = Support.objects.get(item=idea.pk)
    assert (voice.person.name, voice.by, voice.source) == ("Mame Diarra Sy", world.grace, "call")
    assert voice.person.is_spoken_for and voice.person.side == "customer"
    html = page(sign_in(world.coumba), idea)
    assert "Mame Diarra Sy" in html and "Je reste debout une heure." in html and world.grace.name in html


def test_an_organisation_is_kept_and_whoever_is_known_is_not_introduced_again(world, idea, other, sign_in):
    client, organisation = sign_in(world.grace), world.ramata.organisation
    bring(client, idea, organisation=organisation.pk)
    before = Person.objects.count()
    bring(client, other, organisation=organisation.pk)
    assert Person.objects.count() == before
    assert {voice.person.organisation for voice in Support.objects.all()} == {organisation}
    bring(client, idea, who="mame diarra sy")
    assert Support.objects.filter(item=idea.pk).count() == 1


@pytest.mark.parametrize("who", ["@lea", "@grace", "@nobody-of-that-name", ""])
def test_colleagues_speak_for_themselves_and_nobody_is_made_up(who, world, idea, sign_in):
    before = Person.objects.count()
    response = bring(sign_in(world.grace), idea, who=who)
    assert response.status_code == 422 and 'id="id_who"' in response.content.decode()
    assert not Support.objects.exists() and Person.objects.count() == before


def test_what_was_brought_can_be_taken_back_by_who_brought_it(world, idea, sign_in):
    bring(sign_in(world.grace), idea)
    address = f"/ideas/{idea.pk}/voices/{Support.objects.get().pk}/"
    assert sign_in(world.coumba).post(address).status_code == 403
    assert sign_in(world.grace).post(address).status_code == 302
    assert not Support.objects.exists()


def test_a_guest_is_told_how_many_and_not_who(world, sign_in):
    item = publish("idea", world.spaces["entraide"], world.ines, "Des créneaux le soir", "Après 18 h.")
    item.idea.item = item
    Support.give(item, world.awa)
    Support.bring(item, world.moussa, world.awa, "visit", "Après la prière.")
    html = page(sign_in(world.ramata), item.idea)
    assert "<b>2</b>" in html and world.moussa.name not in html and "Après la prière." not in html
    assert "Après la prière." in page(sign_in(world.awa), item.idea)
    assert bring(sign_in(world.ramata), item.idea).status_code == 403


def test_whose_voice_was_brought_is_told_and_can_make_it_their_own_or_take_it_back(world, hear, sign_in):
    item = publish("idea", world.spaces["entraide"], world.ines, "Des créneaux le soir", "Après 18 h.")
    hear()
    Support.bring(item, world.ramata, world.awa, "call")
    hear()
    told = Signal.objects.get(person=world.ramata, verb="idea_voiced")
    assert (told.reason, told.addressed) == ("voiced", True)
    client = sign_in(world.ramata)
    client.post(f"/ideas/{item.pk}/support/", {"support": "1"})
    voice = Support.objects.get(item=item)
    assert (voice.by, voice.source) == (None, "")
    client.post(f"/ideas/{item.pk}/support/", {"undo": "1"})
    assert not Support.objects.exists()


def test_lists_show_the_newest_or_the_most_supported_and_those_of_a_meaning(world, space, idea, other, sign_in):
    Support.give(idea.item, world.grace)
    other.move("trial", "On essaie.", world.marc)
    client = sign_in(world.coumba)
    for address in ("/ideas/", f"/spaces/{space.slug}/ideas/"):
        shown = {
            asked: [item.pk for item in client.get(f"{address}?{asked}").context["page"].rows]
            for asked in ("order=newest", "order=supported", "show=going", "show=done")
        }
        assert shown == {
            "order=newest": [other.pk, idea.pk],
            "order=supported": [idea.pk, other.pk],
            "show=going": [other.pk],
            "show=done": [],
        }
    assert sign_in(world.ramata).get("/ideas/").context["page"].rows == []


def test_who_was_spoken_for_and_then_speaks_for_themselves_is_counted_once(world, idea):
    person = Person.objects.speak_for("Ramata Diop", by=world.grace, side="customer")
    Support.bring(idea.item, person, world.grace, "call", "Par téléphone.")
    Support.give(idea.item, world.ramata)
    person.become(world.ramata, by=world.tom)
    voice = Support.objects.get(item=idea.pk)
    assert (voice.person, voice.words) == (world.ramata, "Par téléphone.")
    assert Idea.objects.get(pk=idea.pk).item.idea_supports.count() == 1

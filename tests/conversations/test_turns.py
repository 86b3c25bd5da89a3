"""Who came, who left, what it is called: lines among the messages, for those who see that part."""

from datetime import timedelta

import pytest

from palabre.conversations import log, turns
from palabre.conversations.models import Conversation, Reading, Turn
from palabre.conversations.turns import What
from palabre.journal.models import Event
from palabre.kit.html import strip
from palabre.talk.models import Comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(world):
    """Awa, Marc and Lea, who have spoken."""
    group = Conversation.objects.start(world.awa, [world.marc, world.lea])
    group.say(world.awa, "Avant.")
    return group


def page(client, conversation):
    return client.get(conversation.item.get_absolute_url(), follow=True)


def told(reader, conversation):
    """What the lines of a part say, without their markup."""
    found = Turn.objects.on_page(conversation.item)
    return [strip(each.sentence) for each in turns.told(found, reader)]


def test_who_comes_stands_where_they_came_with_who_brought_them(world, group, sign_in):
    part = group.add([world.coumba, world.idrissa], world.awa)
    part.say(world.marc, "Bienvenue.")
    assert told(world.marc, part) == [
        f"{world.awa.name} brought in {world.coumba.name} and {world.idrissa.name}, who read from here on"
    ]
    shown = page(sign_in(world.coumba), part).content.decode()
    assert shown.index('class="turn"') < shown.index("Bienvenue.")
    assert 'class="turn"' not in page(sign_in(world.marc), group).content.decode()


def test_with_the_past_the_line_stands_after_it_and_says_so(world, group, sign_in):
    group.add([world.coumba], world.awa, past=True)
    assert told(world.lea, group) == [f"{world.awa.name} brought in {world.coumba.name}, who reads all that was said"]
    shown = page(sign_in(world.coumba), group).content.decode()
    assert shown.index("Avant.") < shown.index('class="turn"')


def test_a_name_and_its_loss_stand_as_lines(world, group):
    group.name_it("Chantier <b>", world.marc)
    group.name_it("", world.lea)
    assert told(world.awa, group) == [
        f"{world.marc.name} called the conversation “Chantier <b>”",
        f"{world.lea.name} took its name away",
    ]
    assert "<b>”" not in str(turns.told(Turn.objects.on_page(group.item), world.awa)[0].sentence)


def test_who_leaves_by_an_old_part_leaves_it_all_and_one_line_says_so(world, group, sign_in):
    part = group.add([world.coumba], world.awa)
    sign_in(world.lea).post(f"/conversations/{group.pk}/leaving/")
    for each in (group, part):
        assert page(sign_in(world.lea), each).status_code == 404
    assert told(world.awa, part)[-1] == f"{world.lea.name} no longer takes part"
    assert Turn.objects.filter(what=What.LEFT).count() == 1


def test_who_leaves_the_house_and_comes_back_is_told_of(world, group):
    world.lea.leave(world.tom)
    group.item.refresh_from_db()
    assert world.lea.name not in group.item.title
    world.lea.come_back(world.tom)
    assert told(world.awa, group) == [
        f"{world.lea.name} has left the house, and no longer takes part",
        f"{world.lea.name} is back in the house, and takes part again",
    ]


def test_lines_of_earlier_messages_stay_on_their_page(world, group):
    group.name_it("Tôt", world.awa)
    Turn.objects.update(at=group.item.comments.get().at + timedelta(seconds=1))
    for number in range(45):
        said = group.say(world.awa, f"Message {number}.")
        Comment.objects.filter(pk=said.pk).update(at=said.at + timedelta(minutes=number + 1))
    latest = log.read(world.marc, group)
    assert not [entry for _day, entries in latest.days for entry in entries if isinstance(entry, turns.Passage)]
    first = log.read(world.marc, group, since=0)
    assert [entry for _day, entries in first.days for entry in entries if isinstance(entry, turns.Passage)]
    assert first.talk.next


def test_an_open_page_asks_for_what_it_does_not_show_yet(world, group, sign_in):
    marc = sign_in(world.marc)
    group.name_it("Chantier", world.awa)
    asked = marc.get(f"/conversations/{group.pk}/turns/?after=0").content.decode()
    assert 'class="turn"' in asked
    assert "Chantier" in asked
    last = Turn.objects.get().pk
    assert 'class="turn"' not in marc.get(f"/conversations/{group.pk}/turns/?after={last}").content.decode()
    assert "went-on" not in asked
    part = group.add([world.coumba], world.awa)
    asked = marc.get(f"/conversations/{group.pk}/turns/?after={last}").content.decode()
    assert part.item.get_absolute_url() in asked
    assert sign_in(world.coumba).get(f"/conversations/{group.pk}/turns/").status_code == 404
    assert Event.objects.filter(item=group.pk, verb="conversation_went_on").count() == 1  # open pages hear of it


def test_what_one_had_begun_to_type_goes_along_and_what_is_typed_on_too(world, group, sign_in):
    marc, lea = sign_in(world.marc), sign_in(world.lea)
    marc.post(f"/conversations/{group.pk}/typing/", {"body": "Pas fini"})
    part = group.add([world.coumba], world.awa)
    assert "Pas fini" in page(marc, part).content.decode()
    assert not Reading.objects.filter(conversation=group).exclude(typed="").exists()
    lea.post(f"/conversations/{group.pk}/typing/", {"body": "Trop tard"})
    assert "Trop tard" in page(lea, part).content.decode()
    assert "Trop tard" not in page(sign_in(world.coumba), part).content.decode()


def test_two_who_bring_people_in_at_once_make_one_conversation_of_it(world, group):
    stale = Conversation.objects.select_related("item__space").get(pk=group.pk)
    part = group.add([world.coumba], world.awa)
    part.say(world.coumba, "Me voici.")
    last = stale.add([world.idrissa], world.marc)
    assert last.before == part
    assert last.end == group.end == last


def test_an_answer_in_an_earlier_thread_is_pointed_at_once_and_then_read(world, group, sign_in):
    opening = group.item.comments.get()
    for number in range(30):
        group.say(world.awa, f"Message {number}.")
    marc = sign_in(world.marc)
    page(marc, group)
    late = group.say(world.lea, "Une réponse tardive.", parent=opening)
    shown = page(marc, group).content.decode()
    assert f'href="/comments/{late.pk}/"' in shown
    assert f'href="/comments/{late.pk}/"' not in page(marc, group).content.decode()
    assert Reading.objects.get(conversation=group, person=world.marc).upto == late.pk

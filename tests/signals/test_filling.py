"""Filling: what concerns somebody reaches them, once, for the right reason; nobody else hears of it."""

from datetime import timedelta

import pytest

from palabre.authoring import lifecycle
from palabre.authoring.writing import publish, revise
from palabre.journal.models import Event
from palabre.kit.clock import now
from palabre.signals import filling
from palabre.signals.models import Because, Entry, Follow, Level, Signal
from palabre.spaces.models import Request, Role, Space
from palabre.tags.models import Tag
from palabre.talk.models import Comment


@pytest.fixture
def page(world, hear):
    item = publish("page", world.spaces["maison"], world.awa, "Le plan", "Texte.")
    hear()
    return item


def test_who_writes_follows_and_hears_what_others_say(world, page, hear, heard):
    Comment.say(page, world.marc, "Et le câble ?")
    hear()
    assert heard(world.awa) == [("commented", "author")]
    assert Follow.objects.get(person=world.awa, item=page).because == Because.WROTE
    assert Follow.objects.get(person=world.marc, item=page).because == Because.COMMENTED


def test_nobody_hears_of_what_they_did_themselves(world, page, hear, heard):
    Comment.say(page, world.awa, "Je complète.")
    hear()
    assert heard(world.awa) == []


def test_an_answer_a_mention_and_a_follow_are_one_signal_each_with_the_first_reason(world, page, hear, heard):
    opening = Comment.say(page, world.marc, "Une question.")
    Comment.say(page, world.coumba, f"Voir avec @{world.marc.handle}.", parent=opening)
    hear()
    assert heard(world.marc) == [("commented", "named")]
    Comment.say(page, world.coumba, "Ou pas.", parent=opening)
    hear()
    assert heard(world.marc) == [("commented", "named"), ("commented", "answered")]


def test_a_mention_reaches_only_who_may_read_it(world, hear, heard):
    handles = f"@{world.awa.handle} @{world.tidiane.handle}"
    item = publish("page", world.spaces["maison"], world.marc, "Interne", f"Pour {handles}.")
    hear()
    assert heard(world.awa) == [("published", "mentioned")]
    assert heard(world.tidiane) == []
    assert not Follow.objects.filter(person=world.tidiane, item=item).exists()


def test_an_edit_tells_those_it_mentions_for_the_first_time(world, hear, heard):
    item = publish("page", world.spaces["maison"], world.marc, "Plan", f"Pour @{world.awa.handle}.")
    hear()
    revise(item, world.marc, "Plan", f"Pour @{world.awa.handle} et @{world.coumba.handle}.", 1)
    hear()
    assert heard(world.coumba) == [("edited", "mentioned")]
    assert heard(world.awa) == [("published", "mentioned"), ("edited", "follow.item")]


def test_a_comment_that_is_changed_tells_those_it_mentions_for_the_first_time(world, page, hear, heard):
    said = Comment.say(page, world.marc, f"Pour @{world.coumba.handle}.")
    hear()
    said.edit(world.marc, f"Pour @{world.coumba.handle} et @{world.grace.handle}, ou @{world.tidiane.handle}.")
    hear()
    assert heard(world.coumba) == [("commented", "named")]
    assert heard(world.grace) == [("comment_edited", "named")]
    assert heard(world.tidiane) == []
    assert heard(world.awa) == [("commented", "author")]


@pytest.mark.parametrize(
    ("thing", "reason"),
    [("space", "follow.space"), ("kind", "follow.kind"), ("tag", "follow.tag"), ("author", "follow.person")],
)
def test_what_appears_in_something_followed_reaches_its_follower(world, hear, heard, thing, reason):
    space = world.spaces["maison"]
    tag = Tag.objects.made(["Fibre"])["fibre"]
    followed = {
        "space": {"space": space},
        "kind": {"space": space, "kind": "page"},
        "tag": {"tag": tag},
        "author": {"author": world.awa},
    }[thing]
    Follow.objects.create(person=world.grace, **followed)
    publish("page", space, world.awa, "Neuf", "La #fibre.")
    hear()
    assert heard(world.grace) == [("published", reason)]
    publish("post", world.spaces["direction"], world.nadia, "Secret", "La #fibre.")
    hear()
    assert len(heard(world.grace)) == 1


def test_a_muted_item_is_silent_for_every_reason(world, page, hear, heard):
    Follow.objects.filter(person=world.awa, item=page).update(level=Level.MUTED)
    Comment.say(page, world.marc, f"@{world.awa.handle} ?")
    hear()
    assert heard(world.awa) == []


def test_who_wants_only_what_is_said_to_them_hears_only_that(world, page, hear, heard):
    Follow.objects.filter(person=world.awa, item=page).update(level=Level.PERSONAL)
    Comment.say(page, world.marc, "En général.")
    Comment.say(page, world.marc, f"@{world.awa.handle} ?")
    hear()
    assert heard(world.awa) == [("commented", "named")]


def test_a_muted_follow_is_not_made_again(world, page, hear):
    Follow.objects.filter(person=world.awa, item=page).update(level=Level.MUTED)
    Comment.say(page, world.awa, "Encore moi.")
    hear()
    assert Follow.objects.get(person=world.awa, item=page).level == Level.MUTED


def test_who_joins_a_space_follows_it_quietly(world, hear):
    space = world.spaces["direction"]
    space.welcome(world.awa, Role.READER, world.nadia)
    hear()
    assert Follow.objects.get(person=world.awa, space=space).level == Level.QUIET
    publish("page", space, world.nadia, "Note", "Texte.")
    hear()
    assert [*Signal.objects.of(world.awa).order_by("event").values_list("verb", "loud")] == [
        ("member_added", True),
        ("published", False),
    ]


def test_what_went_out_of_sight_before_it_was_told_is_not_told(world, page, hear, heard):
    Comment.say(page, world.marc, "Vite.")
    lifecycle.trash(page, world.marc)
    hear()
    assert heard(world.awa) == []


def test_the_inbox_has_one_entry_for_a_thing_however_much_happens(world, page, hear):
    for text in ("Un.", "Deux.", "Trois."):
        Comment.say(page, world.marc, text)
        hear()
    entry = Entry.objects.get(person=world.awa)
    assert entry.item == page
    assert (entry.unread, entry.loud) == (True, True)
    assert Signal.objects.of(world.awa).count() == 3


def test_to_tell_twice_changes_nothing(world, page, hear):
    Comment.say(page, world.marc, "Une fois.")
    hear()
    before = [*Signal.objects.values()], [*Entry.objects.values()]
    filling.tell(list(Event.objects.order_by("pk")))
    assert (
        [*Signal.objects.filter(pk__in=[each["id"] for each in before[0]]).values()],
        [*Entry.objects.filter(pk__in=[each["id"] for each in before[1]]).values()],
    ) == before


def test_those_who_are_done_or_have_put_off_hear_of_what_comes_after(world, page, hear):
    Comment.say(page, world.marc, "Un.")
    hear()
    mine = Entry.objects.filter(person=world.awa)
    mine.update(done_at=now(), unread=False, seen=mine.get().event)
    Comment.say(page, world.marc, "Deux.")
    hear()
    assert mine.waiting().unread().exists()
    later = now() + timedelta(days=2)
    mine.update(at=later)
    revise(page, world.marc, "Le plan", "Autre texte.", 1)
    hear()
    assert mine.get().at == later
    mine.update(done_at=now(), unread=False, seen=mine.get().event)  # whoever is done with it waits for no hour
    revise(page, world.marc, "Le plan", "Encore un autre.", 2)
    hear()
    assert mine.waiting().unread().exists()


def test_what_may_interrupt_goes_on_so_until_one_is_done_with_it(world, page, hear):
    Comment.say(page, world.marc, "Un.")
    hear()
    mine = Entry.objects.filter(person=world.awa)
    assert mine.get().loud
    revise(page, world.marc, "Le plan", "Autre texte.", 1)
    hear()
    assert mine.get().loud
    mine.update(done_at=now(), unread=False, seen=mine.get().event)
    revise(page, world.marc, "Le plan", "Encore un autre.", 2)
    hear()
    assert mine.get().unread and not mine.get().loud


def test_what_one_is_done_with_stays_so_when_something_older_is_told_late(world, page):
    told = []
    for words in ("Un.", "Deux."):
        comment = Comment.say(page, world.marc, words)
        told.append(Event.objects.get(verb="commented", particulars__comment=comment.pk))
    filling.tell(told[1:])
    mine = Entry.objects.filter(person=world.awa)
    mine.update(done_at=now(), unread=False, seen=told[1].pk)
    filling.tell(told[:1])
    assert not mine.waiting().exists() and not mine.get().unread


def test_who_asks_for_access_is_heard_by_the_stewards_and_the_answer_by_who_asked(world, hear, heard):
    from palabre.spaces.models import Request

    space = world.spaces["reseau"]
    asked = Request.objects.create(space=space, person=world.grace)
    space.record("access_asked", world.grace, person=world.grace)
    hear()
    steward = space.stewards().first()
    assert ("access_asked", "stewards") in heard(steward)
    asked.grant(Role.READER, "", steward)
    hear()
    assert ("access_granted", "person") in heard(world.grace)


def asked(world, by):
    space = world.spaces["direction"]
    Space.objects.filter(pk=space.pk).update(askable=True)
    space.refresh_from_db()
    request = Request.objects.create(space=space, person=by, role=Role.READER, words="Pour le budget.")
    space.record("access_asked", by, person=by, role=Role.READER)
    return request


def test_who_asks_for_access_is_heard_by_the_stewards_and_nobody_else(world, hear, heard):
    asked(world, world.grace)
    hear()
    stewards = set(world.spaces["direction"].stewards().values_list("pk", flat=True))
    assert stewards
    assert set(Signal.objects.values_list("person", flat=True)) == stewards - {world.grace.pk}


def test_who_asked_hears_the_answer_even_where_it_is_no(world, hear, sign_in):
    request = asked(world, world.grace)
    request.refuse("Pas encore.", world.nadia)
    hear()
    signal = Signal.objects.get(person=world.grace)
    assert (signal.verb, signal.reason) == ("access_refused", "person")
    inbox = sign_in(world.grace).get("/inbox/").text
    assert f"/spaces/{request.space.slug}/access/" in inbox
    Space.objects.filter(pk=request.space.pk).update(askable=False)
    assert request.space.name not in sign_in(world.grace).get("/inbox/").text


def test_who_asked_and_is_let_in_hears_so(world, hear, heard):
    asked(world, world.grace).grant(Role.READER, "", world.nadia)
    hear()
    assert ("access_granted", "person") in heard(world.grace)


def test_an_edit_that_changes_no_meaning_is_no_news_but_one_that_names_somebody_is(world, hear, heard):
    item = publish("page", world.spaces["maison"], world.awa, "Le plan", "On passe par la facade en 14 jours")
    Follow.objects.set(world.grace, Level.ALL, item=item)
    hear()
    before = heard(world.grace)
    revise(item, world.marc, "Le plan", "On passe par la **façade**, en 14 jours.", based_on=1)
    hear()
    assert heard(world.grace) == before
    assert not heard(world.awa)
    revise(item, world.marc, "Le plan", f"On passe par la façade, en 14 jours. @{world.coumba.handle}", based_on=2)
    hear()
    assert heard(world.grace) == [*before, ("edited", "follow.item")]
    assert ("edited", "mentioned") in heard(world.coumba)
    revise(item, world.marc, "Le plan", f"On passe par la façade, en 15 jours. @{world.coumba.handle}", based_on=3)
    hear()
    assert [verb for verb, _reason in heard(world.awa)] == ["edited", "edited"]

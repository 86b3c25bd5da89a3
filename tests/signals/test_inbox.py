"""The inbox and what one follows, as their owner reads and changes them."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from palabre.authoring import lifecycle
from palabre.authoring.writing import publish
from palabre.kit.clock import now
from palabre.search.models import SavedSearch
from palabre.signals import carrying
from palabre.signals.models import Entry, Follow, Level, Signal
from palabre.spaces.models import Request, Role
from palabre.tags.models import Tag
from palabre.talk.models import Comment


@pytest.fixture
def page(world, hear):
    item = publish("page", world.spaces["maison"], world.awa, "Le plan", "Texte.")
    hear()
    return item


@pytest.fixture
def commented(world, page, hear):
    comment = Comment.say(page, world.marc, "Et **le câble** ?")
    hear()
    return comment


def waiting(client):
    """The number beside the inbox in the rail, as the frame shows it."""
    found = re.search(r'<live-count name="inbox"[^>]*>([^<]*)<', client.get("/spaces/").text)
    return found[1] if found else ""


def test_an_entry_says_what_happened_who_did_it_its_words_and_why(world, commented, sign_in):
    html = sign_in(world.awa).get("/inbox/").text
    for words in (
        "Le plan",
        f"{world.marc.name} a commenté",
        "Et le câble ?",
        "Vous en êtes à l’origine",
        "Toute la maison",
    ):
        assert words in html
    assert f"/comments/{commented.pk}/" in html


def test_several_who_did_the_same_are_one_line(world, page, hear, sign_in):
    for person in (world.marc, world.coumba, world.idrissa, world.nadia):
        Comment.say(page, person, "Oui.")
    hear()
    names = f"{world.nadia.name}, {world.idrissa.name} et 2 autres ont commenté"
    assert names in sign_in(world.awa).get("/inbox/").text


def test_the_rail_counts_what_waits_and_may_interrupt(world, commented, sign_in):
    awa = sign_in(world.awa)
    assert waiting(awa) == "1"
    assert waiting(sign_in(world.coumba)) == ""
    mine = Entry.objects.get(person=world.awa)
    mine.loud = False
    mine.save()
    assert waiting(awa) == ""


def test_whoever_reads_the_page_has_seen_what_waited(world, page, commented, sign_in, hear):
    awa = sign_in(world.awa)
    awa.get(page.get_absolute_url())
    assert waiting(awa) == ""
    assert not Entry.objects.get(person=world.awa).unread
    Comment.say(page, world.marc, "Encore.")
    hear()
    assert waiting(awa) == "1"


def test_an_entry_is_done_put_off_and_back_and_each_can_be_undone(world, commented, sign_in):
    awa, entry = sign_in(world.awa), Entry.objects.get(person=world.awa)
    said = awa.post(f"/inbox/{entry.pk}/done/", follow=True).text
    assert "Rien ne vous attend" in said and "Annuler" in said
    assert "Le plan" in awa.get("/inbox/?show=done").text
    awa.post(f"/inbox/{entry.pk}/done/", {"undo": "1"})
    assert "Le plan" in awa.get("/inbox/").text
    awa.post(f"/inbox/{entry.pk}/later/", {"until": "tomorrow"})
    assert "Rien ne vous attend" in awa.get("/inbox/").text and "Le plan" in awa.get("/inbox/?show=later").text
    entry.refresh_from_db()
    assert now() < entry.at < now() + timedelta(days=2)
    assert waiting(awa) == ""
    awa.post(f"/inbox/{entry.pk}/later/", {"undo": "1"})
    assert "Le plan" in awa.get("/inbox/").text


def test_what_was_put_off_comes_back_at_its_hour(world, commented, sign_in):
    Entry.objects.filter(person=world.awa).update(at=now() + timedelta(hours=1))
    awa = sign_in(world.awa)
    assert waiting(awa) == ""
    Entry.objects.filter(person=world.awa).update(at=now() - timedelta(seconds=1))
    assert waiting(awa) == "1" and "Le plan" in awa.get("/inbox/").text


def test_read_and_unread_are_said_by_hand_too(world, commented, sign_in):
    awa, entry = sign_in(world.awa), Entry.objects.get(person=world.awa)
    awa.post(f"/inbox/{entry.pk}/reading/")
    assert waiting(awa) == ""
    awa.post(f"/inbox/{entry.pk}/reading/", {"unread": "1"})
    assert waiting(awa) == "1"


def test_nobody_has_seen_what_is_still_to_come(world, page, commented, sign_in, hear):
    awa = sign_in(world.awa)
    awa.post(f"/inbox/item/{page.pk}/reading/", {"event": "9" * 18})
    assert waiting(awa) == ""
    Comment.say(page, world.marc, "Plus tard.")
    hear()
    assert waiting(awa) == "1"


def test_to_be_done_with_all_leaves_what_came_since_the_page_was_made(world, page, commented, sign_in, hear):
    awa = sign_in(world.awa)
    event = Entry.objects.get(person=world.awa).event
    Comment.say(page, world.marc, "Plus tard.")
    hear()
    awa.post("/inbox/done/", {"event": event})
    assert "Le plan" in awa.get("/inbox/").text
    awa.post("/inbox/done/", {"event": Entry.objects.get(person=world.awa).event})
    assert "Rien ne vous attend" in awa.get("/inbox/").text


@pytest.mark.parametrize("gone", ["revoked", "trashed", "moved"])
def test_what_went_out_of_sight_is_not_in_the_inbox(world, hear, sign_in, gone):
    space = world.spaces["direction"]
    space.welcome(world.awa, Role.CONTRIBUTOR, world.nadia)
    item = publish("page", space, world.nadia, "Secret des pylônes", f"Pour @{world.awa.handle}.")
    hear()
    awa = sign_in(world.awa)
    assert "Secret des pylônes" in awa.get("/inbox/").text
    before = int(waiting(awa))
    if gone == "revoked":
        space.dismiss(world.awa, world.nadia)
    elif gone == "trashed":
        lifecycle.trash(item, world.nadia)
    else:
        lifecycle.move(item, world.nadia, world.spaces["reseau"])
        world.spaces["reseau"].memberships.filter(person=world.awa).delete()
    for show in ("", "?show=later", "?show=done"):
        assert "Secret des pylônes" not in awa.get(f"/inbox/{show}").text
    assert int(waiting(awa) or 0) < before
    assert "Secret des pylônes" not in awa.get("/following/").text


def test_one_hears_less_by_the_button_beside_the_reason(world, page, hear, sign_in):
    space = world.spaces["maison"]
    Follow.objects.create(person=world.grace, space=space)
    publish("page", space, world.marc, "Neuf", "Texte.")
    hear()
    html = sign_in(world.grace).get("/inbox/").text
    assert "You follow Toute la maison" in html
    address = re.search(r'action="(/following/space/\d+/)"', html)[1]
    sign_in(world.grace).post(address, {"level": "", "next": "/inbox/"})
    assert not Follow.objects.filter(person=world.grace).exists()
    awa = sign_in(world.awa)
    awa.post(f"/following/item/{page.pk}/", {"level": "muted"})
    Comment.say(page, world.marc, "Silence.")
    hear()
    assert "Silence." not in awa.get("/inbox/").text


def test_what_is_muted_already_says_so_beside_the_reason_and_is_heard_of_again_from_there(world, page, hear, sign_in):
    space, grace, awa = world.spaces["maison"], sign_in(world.grace), sign_in(world.awa)
    Follow.objects.create(person=world.grace, space=space)
    publish("page", space, world.marc, "Neuf", "Texte.")
    Comment.say(page, world.marc, "Du bruit.")
    hear()
    for client, person, way, about in (
        (grace, world.grace, f"/following/space/{space.pk}/", {"space": space}),
        (awa, world.awa, f"/following/item/{page.pk}/", {"item": page}),
    ):
        client.post(way, {"level": "muted", "next": "/inbox/"})
        line = re.search(
            rf'<form[^>]*action="{way}">(?:(?!</form>).)*(Muted|En sourdine).*?</form>', client.get("/inbox/").text
        )
        assert re.findall(r'name="level" value="(\w+)"', line[0]) == ["all"]
        client.post(way, {"level": "all", "next": "/inbox/"})
        assert Follow.objects.level_of(person, **about) == Level.ALL
        assert "Muted" not in client.get("/inbox/").text and "En sourdine" not in client.get("/inbox/").text
    awa.post(f"/following/item/{page.pk}/", {"level": "personal"})
    assert "Seulement ce qui m’est adressé" not in awa.get("/inbox/").text


def test_each_line_has_the_forms_of_its_own_thing_though_they_are_drawn_once_for_all(world, hear, sign_in):
    house, fibre = world.spaces["maison"], world.spaces["reseau"]
    for space in (house, fibre):
        Follow.objects.update_or_create(person=world.marc, space=space, kind="", defaults={"level": "all"})
    items = [publish("page", space, world.coumba, f"Dans {space.slug}", "Texte.") for space in (house, fibre) * 2]
    mine = [publish("page", house, world.marc, f"À moi <{number}>", "Texte.") for number in range(2)]
    for item in mine:
        Comment.say(item, world.coumba, "5 < 6 & 7")
    hear()
    html = sign_in(world.marc).get("/inbox/").text
    lines = {
        match[2]: match[0] for match in re.finditer(r"<article class=.signal.*?(pages/(\d+)-).*?</article>", html, re.S)
    }
    for item in (*items, *mine):
        line, entry = lines[str(item.pk)], Entry.objects.get(person=world.marc, item=item)
        about = f"space/{item.space_id}" if item in items else f"item/{item.pk}"
        assert re.findall(r'action="/following/([^"]*)/"', line) == [about]
        assert set(re.findall(r"/inbox/(\d+)/", line)) == {str(entry.pk)}
        assert f'id="entry-{entry.pk}"' in line
        assert item in items or ("5 &lt; 6 &amp; 7" in line and "À moi &lt;" in line)


@pytest.mark.parametrize("thing", ["item", "space", "tag", "author"])
def test_each_thing_has_its_button_and_its_place_in_the_list(world, sign_in, thing):
    item = publish("page", world.spaces["maison"], world.marc, "Le plan", "La #fibre.")
    things = {"item": item, "space": item.space, "tag": Tag.objects.get(key="fibre"), "author": world.marc}
    grace, about = sign_in(world.grace), things[thing]
    address = f"/following/{thing}/{about.pk}/"
    assert f'action="{address}"' in grace.get(about.get_absolute_url()).text
    grace.post(address, {"level": "all"})
    assert Follow.objects.get(person=world.grace).level == Level.ALL
    assert "Followed" in grace.get(about.get_absolute_url()).text
    assert f'action="{address}"' in grace.get("/following/").text
    grace.post(address, {"level": ""})
    assert not Follow.objects.filter(person=world.grace).exists()


def test_what_one_follows_is_shown_by_its_sort(world, sign_in):
    item = publish("page", world.spaces["maison"], world.marc, "Le plan", "La #fibre.")
    things = {"item": item, "space": item.space, "tag": Tag.objects.get(key="fibre"), "author": world.marc}
    for sort, thing in things.items():
        Follow.objects.set(world.grace, Level.ALL, **{sort: thing})
    Follow.objects.set(world.grace, Level.MUTED, space=item.space, kind="itself")
    grace = sign_in(world.grace)

    def shown(of):
        return re.findall(r'action="/following/(\w+)/', grace.get(f"/following/?of={of}").text)

    assert {sort: shown(sort) for sort in things} == {sort: [sort] * (1 + (sort == "space")) for sort in things}
    assert len(shown("")) == 5 and shown("muted") == ["space"] and shown("search") == []
    assert grace.get("/following/?of=file").status_code == 404
    assert grace.post(f"/following/item/{item.pk}/", {"level": "all", "kind": "itself"}).status_code == 404
    assert grace.post("/following/house/0/", {"level": "muted", "kind": "itself"}).status_code == 404


def test_what_was_held_back_stands_once_for_each_thing_with_its_reasons(world, page, hear, sign_in):
    opening = Comment.say(page, world.marc, "Et le câble ?")
    Comment.say(page, world.marc, "Et le toit ?", parent=opening)
    secret = publish("page", world.spaces["direction"], world.nadia, "Caché", "Texte.")
    hear()
    Signal.objects.of(world.awa).update(held="hours")
    Signal.objects.of(world.awa).filter(event=Signal.objects.of(world.awa).latest("event").event).update(held="enough")
    Signal.objects.create(
        person=world.awa, event=1, item=secret, verb="published", at=now(), reason="author", loud=True, held="hours"
    )
    html = sign_in(world.awa).get("/account/attention/").text
    held = html[html.index('id="held"') :]
    assert held.count(page.get_absolute_url()) == 1 and "2 nouvelles" in held
    assert "Assez d’interruptions" in held and "Vos heures calmes" in held
    assert "Caché" not in held


def test_what_interrupted_today_stands_by_itself_and_what_waits_for_an_hour_says_which(world, page, hear, sign_in):
    other = publish("page", world.spaces["maison"], world.awa, "Le toit", "Texte.")
    Comment.say(page, world.marc, "Et le câble ?")
    Comment.say(other, world.marc, "Et la pente ?")
    hear()
    mine = Signal.objects.of(world.awa)
    mine.filter(item=page).update(carried="mail", carried_at=now())
    mine.filter(item=other).update(held="hours", due_at=datetime(2999, 12, 2, 7, 30, tzinfo=UTC))
    awa = sign_in(world.awa)
    sent, held = awa.get("/account/attention/").text.split('id="sent"')[1].split('id="held"')
    assert sent.count(page.get_absolute_url()) == 1 and "Envoyé par courriel" in sent
    assert page.get_absolute_url() not in held and other.get_absolute_url() not in sent
    assert "Vos heures calmes, jusqu’au lundi 2 décembre 2999 à 7" in held
    mine.filter(item=page).update(carried_at=now() - timedelta(days=2))
    assert 'id="sent"' not in awa.get("/account/attention/").text


def test_nobody_follows_what_they_may_not_see_or_in_a_way_that_is_none(world, sign_in):
    item = publish("page", world.spaces["direction"], world.nadia, "Secret", "Texte.")
    grace = sign_in(world.grace)
    for address in (f"/following/item/{item.pk}/", f"/following/space/{item.space_id}/", "/following/file/1/"):
        assert grace.post(address, {"level": "all"}).status_code == 404
    seen = publish("page", world.spaces["maison"], world.marc, "Vu", "Texte.")
    assert grace.post(f"/following/item/{seen.pk}/", {"level": "shouting"}).status_code == 404
    assert grace.post(f"/following/space/{seen.space_id}/", {"level": "all", "kind": "nothing"}).status_code == 404


def test_nobody_opens_the_entry_of_somebody_else(world, commented, sign_in):
    entry = Entry.objects.get(person=world.awa)
    assert sign_in(world.marc).post(f"/inbox/{entry.pk}/done/").status_code == 404


def test_a_full_inbox_is_paged_and_counted_no_further_than_one_can_take_in(world, sign_in):
    space = world.spaces["maison"]
    items = [publish("page", space, world.marc, f"Page {number}", "x") for number in range(130)]
    Entry.objects.bulk_create(
        Entry(person=world.grace, item=item, space=space, event=index, at=now(), loud=True)
        for index, item in enumerate(items, 1)
    )
    grace = sign_in(world.grace)
    assert waiting(grace) == "99+"
    html, titles = grace.get("/inbox/").text, set()
    while True:
        titles |= set(re.findall(r">(Page \d+)<", html))
        following = re.search(r'rel="next" href="([^"]*)"', html)
        if not following:
            break
        html = grace.get("/inbox/" + following[1].replace("&amp;", "&")).text
    assert len(titles) == 130


def things_followed(world):
    """What brings grace a page of marc's, one after the other: the follow, and what it is of."""
    search = SavedSearch.objects.create(person=world.grace, name="Câbles", text="câble")
    return {
        "space": {"space": world.spaces["maison"]},
        "kind": {"space": world.spaces["maison"], "kind": "page"},
        "author": {"author": world.marc},
        "tag": {"tag": Tag.objects.made(["fibre"])["fibre"]},
        "search": {"search": search},
    }


@pytest.mark.parametrize("of", ["space", "kind", "author", "tag", "search"])
def test_what_is_followed_is_silenced_beside_its_reason_and_heard_again_from_following(world, hear, sign_in, of):
    about = things_followed(world)[of]
    Follow.objects.filter(person=world.grace).delete()
    follow = Follow.objects.create(person=world.grace, **about)
    other = publish("page", world.spaces["maison"], world.nadia, "À elle", "Texte.")
    hear()
    Follow.objects.set(world.grace, Level.ALL, item=other)

    def written(number):
        publish("page", world.spaces["maison"], world.marc, f"Page {number}", f"Le câble {number}.", tags=["fibre"])
        hear()
        return f"Page {number}" in grace.get("/inbox/").text

    grace = sign_in(world.grace)
    assert written(1)
    [line] = re.findall(r"<article(?:(?!</article>).)*Page 1.*?</article>", grace.get("/inbox/").text, re.S)
    less = re.search(r'<div class="why">.*?<form[^>]*action="([^"]+)".*?</form>', line, re.S)
    fields = dict(re.findall(r'name="(kind|level)" value="([^"]*)"', less[0]))
    told = grace.post(less[1], fields | {"next": "/inbox/"}, follow=True).text
    assert not written(2)
    assert Follow.objects.heard().filter(person=world.grace, item=other).exists(), "nothing else was silenced"
    follow.refresh_from_db()
    assert follow.level == Level.MUTED
    shown = grace.get("/following/").text
    assert f'id="level-{follow.pk}"' in shown
    undo = re.search(rf'<form method="post" action="{less[1]}">(?:(?!</form>).)*>Undo</button></form>', told, re.S)
    grace.post(less[1], dict(re.findall(r'name="(kind|level|next)" value="([^"]*)"', undo[0])))
    assert written(3)
    grace.post(less[1], fields)
    grace.post(less[1], {"level": "all"} | {name: value for name, value in fields.items() if name == "kind"})
    assert written(4)


@pytest.mark.parametrize(("said", "offered"), [("Une remarque.", ["personal", "muted"]), ("@awa ?", ["muted"])])
def test_an_item_is_silenced_beside_its_reason_whole_or_but_for_what_is_said_to_one(
    world, page, hear, sign_in, said, offered
):
    Comment.say(page, world.marc, said)
    hear()
    awa = sign_in(world.awa)
    less = re.search(r'<div class="why">.*?<form[^>]*action="([^"]+)".*?</form>', awa.get("/inbox/").text, re.S)
    assert re.findall(r'name="level" value="(\w+)"', less[0]) == offered
    awa.post(less[1], {"level": offered[0]})
    for words in ("Encore.", f"@{world.awa.handle}, tout de même."):
        Comment.say(page, world.coumba, words)
    hear()
    shown = awa.get("/inbox/").text
    assert "Encore." not in shown
    assert ("tout de même" in shown) is (offered[0] == "personal")
    assert f"/following/item/{page.pk}/" in awa.get("/following/").text
    awa.post(less[1], {"level": "all"})
    Comment.say(page, world.marc, "De nouveau.")
    hear()
    assert "De nouveau." in awa.get("/inbox/").text


def test_what_happens_to_a_space_is_silenced_beside_its_reason_and_what_stands_in_it_is_not(world, hear, sign_in):
    space = world.spaces["reseau"]
    Follow.objects.set(world.marc, Level.ALL, space=space)
    marc = sign_in(world.marc)

    def asks(person):
        Request.objects.create(space=space, person=person, role=Role.READER)
        space.record("access_asked", person, person=person, role=Role.READER)
        hear()
        return Signal.objects.of(world.marc).filter(verb="access_asked", by=person)

    [before] = asks(world.grace)
    less = re.search(r'<div class="why">.*?<form[^>]*action="([^"]+)".*?</form>', marc.get("/inbox/").text, re.S)
    assert less[1] == f"/following/space/{space.pk}/"
    fields = dict(re.findall(r'name="(kind|level)" value="([^"]*)"', less[0]))
    marc.post(less[1], fields)
    assert not asks(world.lea)
    Signal.objects.filter(pk=before.pk).update(due_at=now() - timedelta(minutes=1))
    carrying.carry()
    before.refresh_from_db()
    assert before.carried == "none", "what waited to go out stays in the inbox"
    publish("page", space, world.coumba, "Dans l’espace", "Texte.")
    hear()
    assert "Dans l’espace" in marc.get("/inbox/").text
    assert "Ce qui lui arrive" in marc.get("/following/").text
    marc.post(less[1], fields | {"level": "all"})
    assert asks(world.ousmane)


def test_of_each_thing_only_what_was_shown_of_it_is_seen(world, page, commented, hear):
    other = publish("page", world.spaces["maison"], world.awa, "Un autre plan", "Texte.")
    Comment.say(other, world.marc, "Et la tranchée ?")
    hear()
    first, later = (Entry.objects.get(person=world.awa, item=item) for item in (page, other))
    Entry.objects.see_each({first.pk: first.event - 1, later.pk: later.event})
    assert [Entry.objects.get(pk=entry.pk).unread for entry in (first, later)] == [True, False]

"""Published, withdrawn, moved, archived, thrown away, brought back; and trusted or not."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils.timezone import localdate

from palabre.authoring import lifecycle
from palabre.authoring.models import Trust
from palabre.authoring.writing import publish
from palabre.items.appointments import keep_due
from palabre.items.models import Appointment, Item
from palabre.journal.models import Event
from palabre.kit.clock import now
from palabre.spaces.models import Membership
from palabre.talk.models import Comment

pytestmark = pytest.mark.django_db


def state(item):
    return Item.objects.get(pk=item.pk).state


def verbs(item):
    return list(Event.objects.filter(item=item.pk).order_by("pk").values_list("verb", flat=True))


def test_a_publication_is_undone_by_its_author_within_the_hour(page, sign_in, world):
    address = f"/items/{page.pk}/withdrawal/"
    assert sign_in(world.marc).post(address).status_code == 403
    assert sign_in(world.coumba).post(address).status_code == 302
    assert state(page) == "draft" and verbs(page)[-1] == "withdrawn"
    assert sign_in(world.idrissa).get(page.get_absolute_url()).status_code == 404
    sign_in(world.coumba).post(f"/items/{page.pk}/publication/")
    assert state(page) == "published"
    Item.objects.filter(pk=page.pk).update(published_at=now() - timedelta(hours=2))
    assert sign_in(world.coumba).post(address).status_code == 403


def test_the_trash_hides_it_and_gives_it_back_as_it_was(page, sign_in, world):
    client = sign_in(world.coumba)
    assert sign_in(world.awa).post(f"/items/{page.pk}/trash/").status_code == 403
    client.post(f"/items/{page.pk}/trash/")
    assert state(page) == "trashed"
    assert sign_in(world.awa).get(page.get_absolute_url()).status_code == 404
    assert "Raccorder" in sign_in(world.marc).get("/spaces/reseau/trash/").content.decode()
    assert "Raccorder" not in sign_in(world.awa).get("/spaces/reseau/trash/").content.decode()
    assert sign_in(world.marc).post(f"/items/{page.pk}/trash/", {"out": 1}).status_code == 302
    assert state(page) == "published"


def test_what_was_archived_comes_back_archived_from_the_trash(page, world):
    lifecycle.archive(page, world.coumba)
    lifecycle.trash(page, world.coumba)
    assert lifecycle.restore(page, world.coumba).state == "archived"


def test_what_only_its_author_saw_stays_theirs_in_the_trash(sign_in, world):
    draft = publish("page", world.spaces["reseau"], world.coumba, "Un secret", "x", state="draft")
    lifecycle.trash(draft, world.coumba)
    assert "Un secret" not in sign_in(world.marc).get("/spaces/reseau/trash/").content.decode()
    assert sign_in(world.marc).post(f"/items/{draft.pk}/trash/", {"out": 1}).status_code == 404
    assert "Un secret" in sign_in(world.coumba).get("/spaces/reseau/trash/").content.decode()
    assert sign_in(world.coumba).post(f"/items/{draft.pk}/trash/", {"out": 1}).status_code == 302
    assert state(draft) == "draft"


def test_what_others_have_not_published_neither_travels_nor_hinders_nor_is_counted(page, sign_in, world):
    reseau, maison = world.spaces["reseau"], world.spaces["maison"]
    theirs = publish("page", reseau, world.idrissa, "Un brouillon", "x", parent=page, state="draft")
    gone = publish("page", reseau, world.idrissa, "Jeté", "x", parent=page)
    lifecycle.trash(gone, world.idrissa)
    mine = publish("page", reseau, world.coumba, "Le mien", "x", parent=page, state="draft")
    html = sign_in(world.coumba).get(f"/items/{page.pk}/move/?space=maison").content.decode()
    assert "1 page" in html and "2 pages" not in html and "3 pages" not in html
    assert sign_in(world.coumba).post(f"/items/{page.pk}/move/", {"space": "maison"}).status_code == 302
    places = {item.pk: (item.space_id, item.parent_id) for item in Item.objects.all()}
    assert places[mine.pk] == (maison.pk, page.pk)
    assert places[theirs.pk] == places[gone.pk] == (reseau.pk, None)


def test_a_page_stays_below_its_parent_unless_one_says_otherwise(page, sign_in, world):
    child = publish("page", world.spaces["reseau"], world.coumba, "Dessous", "x", parent=page)
    client = sign_in(world.coumba)
    html = client.get(f"/items/{child.pk}/move/").content.decode()
    assert f'name="parent" value="{page.pk}"' in html and f'value="{page.title}"' in html
    refused = client.post(f"/items/{child.pk}/move/", {"space": "direction", "parent": page.pk})
    assert refused.status_code == 422 and 'role="alert"' in refused.content.decode()
    refused = client.post(f"/items/{page.pk}/move/", {"space": "reseau", "parent": child.pk})
    assert refused.status_code == 422 and "sous elle-même" in refused.content.decode()


def test_the_archive_can_be_read_and_says_so(page, sign_in, world):
    sign_in(world.coumba).post(f"/items/{page.pk}/archive/")
    html = sign_in(world.awa).get(page.get_absolute_url()).content.decode()
    assert state(page) == "archived" and "rchiv" in html
    sign_in(world.coumba).post(f"/items/{page.pk}/archive/", {"out": 1})
    assert verbs(page)[-2:] == ["archived", "unarchived"]


def test_moving_says_who_gains_and_loses_sight_before_it_is_done(page, sign_in, world):
    client = sign_in(world.coumba)
    address = f"/items/{page.pk}/move/?space=installateurs"
    html = client.get(address).content.decode()
    assert "Tidiane" in html and "Nadia" in html
    assert "Tidiane" in client.get(address, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="moves").text
    assert state(page) == "published" and Item.objects.get(pk=page.pk).space.slug == "reseau"
    assert client.post(f"/items/{page.pk}/move/", {"space": "installateurs"}).status_code == 302
    assert Item.objects.get(pk=page.pk).space.slug == "installateurs"
    assert sign_in(world.tidiane).get(page.get_absolute_url()).status_code == 200


def test_nothing_moves_where_one_may_not_write(page, sign_in, world):
    client = sign_in(world.coumba)
    assert client.post(f"/items/{page.pk}/move/", {"space": "direction"}).status_code == 422
    assert sign_in(world.awa).post(f"/items/{page.pk}/move/", {"space": "maison"}).status_code == 403


def test_pages_below_come_along_if_they_are_the_movers_to_move(page, world, sign_in):
    reseau, maison = world.spaces["reseau"], world.spaces["maison"]
    child = publish("page", reseau, world.coumba, "Dessous", "x", parent=page)
    grandchild = publish("page", reseau, world.coumba, "Plus bas", "x", parent=child)
    lifecycle.move(page, world.coumba, maison)
    assert Item.objects.get(pk=grandchild.pk).space == maison
    publish("page", maison, world.awa, "D'une autre", "x", parent=page)
    assert sign_in(world.coumba).post(f"/items/{page.pk}/move/", {"space": "installateurs"}).status_code == 403
    with pytest.raises(lifecycle.Misplaced):
        lifecycle.move(page, world.coumba, maison, Item.objects.get(pk=grandchild.pk))


def test_a_scheduled_text_appears_at_its_hour(world):
    item = publish("post", world.spaces["maison"], world.awa, "Demain", "x", state="scheduled", at=now())
    assert keep_due() == 1
    assert state(item) == "published" and verbs(item) == ["scheduled", "published"]
    assert keep_due() == 0


def test_rights_are_checked_again_at_the_hour(world):
    item = publish("post", world.spaces["reseau"], world.coumba, "Demain", "x", state="scheduled", at=now())
    Membership.objects.filter(person=world.coumba, space=item.space).delete()
    keep_due()
    assert state(item) == "draft"
    assert "refused" in Appointment.objects.get(item=item).outcome


def test_withdrawing_cancels_the_appointment(world, sign_in):
    due = now() + timedelta(minutes=1)
    item = publish("post", world.spaces["maison"], world.awa, "Demain", "x", state="scheduled", at=due)
    sign_in(world.awa).post(f"/items/{item.pk}/withdrawal/")
    assert keep_due(now() + timedelta(days=1)) == 0
    assert state(item) == "draft"


def test_still_true_is_one_click_and_lasts_until_a_day(page, sign_in, world):
    client = sign_in(world.idrissa)
    assert sign_in(world.awa).post(f"/items/{page.pk}/verification/").status_code == 403
    assert client.post(f"/items/{page.pk}/verification/").status_code == 302
    trust = Trust.objects.get(item=page)
    assert trust.is_verified and not trust.is_outdated and trust.verified_by == world.idrissa
    Trust.objects.filter(item=page).update(verified_until=localdate() - timedelta(days=1))
    assert Trust.objects.get(item=page).is_outdated
    keep_due(now() + timedelta(days=400))
    assert verbs(page)[-2:] == ["verified", "verification_lapsed"]


@pytest.mark.parametrize(("said", "days"), [({}, 182), ({"months": "1"}, 30), ({"months": "12"}, 365)])
def test_whoever_verifies_may_say_for_how_long(page, sign_in, world, said, days):
    sign_in(world.idrissa).post(f"/items/{page.pk}/verification/", {"until": ""} | said)
    assert Trust.objects.get(item=page).verified_until == localdate() + timedelta(days=days)


def test_a_day_goes_before_a_number_of_months(page, sign_in, world):
    day = localdate() + timedelta(days=45)
    sign_in(world.idrissa).post(f"/items/{page.pk}/verification/", {"months": "6", "until": day.isoformat()})
    assert Trust.objects.get(item=page).verified_until == day
    due = Appointment.objects.get(item=page, verb="lapse").due
    assert due.date() == day + timedelta(days=1)


@pytest.mark.parametrize("day", ["yesterday", "9999-12-31", "demain", "today"])
def test_a_day_that_cannot_be_is_refused_and_comes_back(page, sign_in, world, day):
    known = {"yesterday": localdate() - timedelta(days=1), "today": localdate()}
    typed = str(known.get(day, day))
    answer = sign_in(world.idrissa).post(f"/items/{page.pk}/verification/", {"months": "3", "until": typed})
    html = answer.content.decode()
    assert answer.status_code == 422 and not Trust.objects.filter(item=page).exists()
    assert f'value="{typed}"' in html and '<option value="3" selected>' in html and "cinq ans" in html


def test_a_word_on_what_is_out_of_date_outlives_a_report_without_words(page, sign_in, world):
    address = f"/items/{page.pk}/report/"
    assert sign_in(world.awa).post(address).status_code == 302
    assert Trust.objects.get(item=page).report == ""
    sign_in(world.awa).post(address, {"report": "Le délai est de 14 jours"})
    sign_in(world.marc).post(address)
    assert Trust.objects.get(item=page).report == "Le délai est de 14 jours"
    sign_in(world.marc).post(address, {"report": "Il est de 10 jours"})
    assert Trust.objects.get(item=page).report == "Il est de 10 jours"
    told = Event.objects.filter(item=page.pk, verb="reported_outdated").order_by("pk")
    assert [event.particulars["report"] for event in told] == [
        "", "Le délai est de 14 jours", "", "Il est de 10 jours",
    ]  # fmt: skip


def test_anyone_who_reads_may_report_and_the_page_says_so(page, sign_in, world):
    client = sign_in(world.awa)
    assert client.post(f"/items/{page.pk}/report/", {"report": "Le prix a <changé>"}).status_code == 302
    assert Trust.objects.get(item=page).is_outdated
    html = client.get(page.get_absolute_url()).content.decode()
    assert "Le prix a &lt;changé&gt;" in html
    Trust.confirm(page, world.idrissa, localdate() + timedelta(days=9))
    assert not Trust.objects.get(item=page).is_outdated


def test_who_reported_is_told_to_those_who_may_act_on_it(page, sign_in, world):
    sign_in(world.awa).post(f"/items/{page.pk}/report/")
    told = f"par {world.awa.name}", f"by {world.awa.name}"

    def names(person):
        html = sign_in(person).get(page.get_absolute_url()).text
        return any(words in html for words in told)

    assert names(world.idrissa) and names(world.coumba)
    assert not names(world.awa)


def test_a_guest_who_may_write_is_not_told_of_a_colleague_who_reported(sign_in, world):
    page = publish("page", world.spaces["installateurs"], world.coumba, "Une gaine", "Douze mètres.")
    sign_in(world.nadia).post(f"/items/{page.pk}/report/")
    assert world.nadia.name in sign_in(world.coumba).get(page.get_absolute_url()).text
    assert world.nadia.name not in sign_in(world.tidiane).get(page.get_absolute_url()).text


def test_the_owner_reads_the_space(page, sign_in, world):
    client = sign_in(world.coumba)
    assert client.post(f"/items/{page.pk}/owner/", {"owner": "grace"}).status_code == 422
    assert client.post(f"/items/{page.pk}/owner/", {"owner": "idrissa"}).status_code == 302
    assert Item.objects.get(pk=page.pk).owner == world.idrissa


@pytest.mark.django_db(transaction=True)
def test_two_moves_at_once_do_not_put_each_page_below_the_other(world):
    space = world.spaces["reseau"]
    one, two = (publish("page", space, world.coumba, title, "x") for title in ("Un", "Deux"))
    outcome = []

    def meanwhile():
        try:
            lifecycle.move(two, world.coumba, space, parent=one)
        except lifecycle.Misplaced:
            outcome.append("misplaced")
        finally:
            connection.close()

    other = threading.Thread(target=meanwhile)
    with transaction.atomic():
        lifecycle.move(one, world.coumba, space, parent=two)
        other.start()
        other.join(timeout=1)  # it waits for the first move, which it must not overlook
    other.join()
    assert outcome == ["misplaced"]


def test_an_owner_who_is_not_among_those_one_chooses_from_stays(page, sign_in, world):
    lifecycle.name_owner(page, world.marc, world.grace)
    client = sign_in(world.coumba)
    assert 'name="owner" maxlength="150" value="grace"' in client.get(f"/items/{page.pk}/owner/").content.decode()
    assert client.post(f"/items/{page.pk}/owner/", {"owner": "grace"}).status_code == 302
    assert Item.objects.get(pk=page.pk).owner == world.grace


def test_a_parent_is_named_by_its_title(page, sign_in, world):
    client, address = sign_in(world.coumba), f"/items/{page.pk}/move/"
    one = publish("page", world.spaces["reseau"], world.coumba, "L’Armoire", "x")
    html = client.get(address, {"space": "reseau", "above": "l'armoire"}).text
    assert f'<input type="hidden" name="parent" value="{one.pk}">' in html and "primary" in html
    options = client.get(address, {"space": "reseau", "above": "armoi"}, HTTP_HX_REQUEST="true").text
    assert options.strip() == '<option value="L’Armoire"></option>'
    assert client.post(address, {"space": "reseau", "parent": one.pk}).status_code == 302
    assert Item.objects.get(pk=page.pk).parent == one
    html = client.get(address, {"space": "maison", "parent": one.pk, "above": "L’Armoire"}).text
    assert 'class="err"' not in html and 'name="parent" value=""' in html  # the parent stays, the page goes to the top


def test_a_parent_nobody_or_several_are_called_is_asked_again(page, sign_in, world):
    client, address = sign_in(world.coumba), f"/items/{page.pk}/move/"
    publish("page", world.spaces["direction"], world.nadia, "Secrète", "x")
    html = client.get(address, {"space": "reseau", "above": "Secrète"}).text
    assert "ne s’appelle ainsi" in html and 'value="Secrète"' in html and 'name="parent"' not in html
    hidden = publish("page", world.spaces["reseau"], world.idrissa, "Caché", "x", state="draft")
    twins = [publish("page", world.spaces["reseau"], world.coumba, "Jumelle", "x", parent=up) for up in (page, hidden)]
    html = client.get(address, {"space": "reseau", "above": "Jumelle"}).text
    assert "Laquelle" in html and 'name="parent"' not in html and "Caché" not in html
    assert all(f"?space=reseau&amp;parent={twin.pk}" in html for twin in twins)
    html = client.get(address, {"space": "reseau", "parent": twins[1].pk}).text
    assert f'<input type="hidden" name="parent" value="{twins[1].pk}">' in html and "Laquelle" not in html


def test_an_owner_is_named_by_name_or_handle(page, sign_in, world):
    client, address = sign_in(world.coumba), f"/items/{page.pk}/owner/"
    assert (
        f'value="idrissa">{world.idrissa.name}<' in client.get(address, {"owner": "idri"}, HTTP_HX_REQUEST="true").text
    )
    assert "grace" not in client.get(address, {"owner": "grace"}, HTTP_HX_REQUEST="true").text
    refused = client.post(address, {"owner": "Personne d’ici"})
    assert refused.status_code == 422 and 'value="Personne d’ici"' in refused.text
    type(world.marc).objects.filter(pk__in=[world.marc.pk, world.idrissa.pk]).update(name="Mara Diop")
    refused = client.post(address, {"owner": "mara diop"})
    assert refused.status_code == 422 and refused.text.count('name="chosen"') == 2
    assert client.post(address, {"owner": "mara diop", "chosen": "idrissa"}).status_code == 302
    assert Item.objects.get(pk=page.pk).owner == world.idrissa


def test_undoing_a_publication_asks_first_and_says_what_becomes_of_the_comments(page, sign_in, world):
    for person in (world.pape, world.coumba):
        Comment.say(page, person, "Et les délais ?")
    client, address = sign_in(world.coumba), f"/items/{page.pk}/withdrawal/"
    assert "brouillon à nouveau, avec ses commentaires" in client.get(page.get_absolute_url()).text
    asked = client.post(address, follow=True)
    assert asked.redirect_chain == [(address, 302)] and state(page) == "published"
    assert "2 commentaires s’y trouvent" in asked.text and "d’une autre personne" in asked.text
    assert f'href="{page.get_absolute_url()}">Maintenir la publication' in asked.text
    told = client.post(address, {"sure": "1"}, follow=True).text
    assert "Ce qu’on en a dit attend avec lui" in told and state(page) == "draft"
    lifecycle.publish_now(Item.objects.get(pk=page.pk), world.coumba)
    assert "Et les délais" in sign_in(world.pape).get(page.get_absolute_url()).text
    assert sign_in(world.pape).get(address).status_code == 403


def test_what_is_archived_is_changed_only_once_it_is_out_again(page, sign_in, world):
    lifecycle.archive(page, world.coumba)
    author, other = sign_in(world.coumba), sign_in(world.pape)
    told = author.get(f"/items/{page.pk}/edit/")
    assert told.status_code == 403 and "À sortir d’abord des archives" in told.text
    assert f'action="/items/{page.pk}/archive/"' in told.text
    told = other.get(f"/items/{page.pk}/edit/")
    assert told.status_code == 403 and "À sortir d’abord des archives" in told.text
    assert f'action="/items/{page.pk}/archive/"' not in told.text
    assert f"/items/{page.pk}/edit/" not in author.get(page.get_absolute_url()).text
    sent = {"title": page.title, "body": "Des mots écrits pendant ce temps.", "based_on": page.version}
    told = other.post(f"/items/{page.pk}/edit/", sent)
    assert told.status_code == 403 and "parmi vos brouillons" in told.text
    page.refresh_from_db()
    assert page.version == 1
    lifecycle.unarchive(page, world.coumba)
    assert "Des mots écrits pendant ce temps." in other.get(f"/items/{page.pk}/edit/").text

"""The editor works without a script: new texts, changes, conflicts, drafts, previews, completion."""

import re
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from palabre.authoring import drafting, lifecycle
from palabre.authoring.models import Draft, Template
from palabre.authoring.tidying import tidy
from palabre.authoring.writing import before, publish, revise
from palabre.bookmarks.keeping import keep as keep_address
from palabre.items.models import Appointment, Item
from palabre.kit.clock import now
from palabre.spaces.models import Membership, Space

pytestmark = pytest.mark.django_db


def write(client, space, title="Titre", body="Texte.", **more):
    return client.post("/write/", {"kind": "page", "space": space, "title": title, "body": body, **more})


def save(client, item, body, based_on, title=None, **more):
    sent = {"title": title or item.title, "body": body, "based_on": based_on, **more}
    return client.post(f"/items/{item.pk}/edit/", sent)


def test_the_editor_names_the_readers_of_each_space(sign_in, world):
    html = sign_in(world.awa).get("/write/").content.decode()
    assert "Publier pour la maison" in html or "Publish for the house" in html
    assert 'value="entraide"' in html and 'value="direction"' not in html


def test_a_save_asks_little(sign_in, world):
    item = publish("page", world.spaces["maison"], world.awa, "Titre", "Texte.")
    client = sign_in(world.awa)
    for version in (1, 2):
        assert save(client, item, f"Texte {version}.", version).status_code == 302
    with CaptureQueriesContext(connection) as asked:
        assert save(client, item, "Autre texte.", 3).status_code == 302
    asked = [each["sql"] for each in asked if not re.match(r"SAVEPOINT|RELEASE|SET|RESET", each["sql"])]
    # Who asks, what they see, the row; text and version, what stands of links and tags, the journal.
    assert len(asked) == 6, "\n".join(asked)


def test_publishing_leads_to_the_page(sign_in, world):
    response = write(sign_in(world.awa), "maison", "Un titre", "Un *texte*.")
    item = Item.objects.get(title="Un titre")
    assert (response.status_code, response.url) == (302, item.get_absolute_url())
    assert (item.author, item.space.slug) == (world.awa, "maison")


@pytest.mark.parametrize(
    "sent", [{"title": ""}, {"space": ""}, {"space": "direction"}, {"publish_at": "2001-01-01T08:00"}]
)
def test_what_was_typed_comes_back_when_something_is_wrong(sign_in, world, sent):
    given = {"kind": "page", "space": "maison", "title": "Un titre", "body": "Un texte à garder"} | sent
    response = sign_in(world.awa).post("/write/", given)
    assert response.status_code == 422
    assert "Un texte à garder" in response.content.decode()
    assert not Item.objects.exists()


def test_nobody_writes_where_they_may_only_read(sign_in, world, page):
    client = sign_in(world.awa)  # a reader of the network team
    assert write(client, "reseau").status_code == 422
    assert client.get(f"/items/{page.pk}/edit/").status_code == 403
    assert save(client, page, "x", 1).status_code == 403
    assert sign_in(world.grace).get(f"/items/{page.pk}/edit/").status_code == 404
    assert sign_in(None).get(f"/items/{page.pk}/edit/").status_code == 302


def test_a_change_is_saved_and_can_be_undone_by_its_writer(sign_in, world, page):
    client = sign_in(world.coumba)
    assert save(client, page, "Autre texte.", 1, note="refait").status_code == 302
    toast = client.get(page.get_absolute_url()).content.decode()
    assert f'action="/items/{page.pk}/undo/"' in toast
    assert client.post(f"/items/{page.pk}/undo/", {"version": 2}).status_code == 302
    page.refresh_from_db()
    assert page.version == 3 and page.body.startswith("Le délai")
    assert sign_in(world.idrissa).post(f"/items/{page.pk}/undo/", {"version": 3}).status_code == 403


def test_what_is_sent_about_the_place_of_something_published_changes_nothing(sign_in, world, page):
    sent = {"space": "direction", "kind": "post", "parent": 10**9, "publish_at": "2001-01-01T08:00"}
    assert save(sign_in(world.coumba), page, "Autre texte.", 1, **sent).status_code == 302
    page.refresh_from_db()
    assert (page.body, page.space.slug, page.kind, page.parent) == ("Autre texte.\n", "reseau", "page", None)


def test_a_change_that_is_refused_comes_back_with_all_that_was_typed(sign_in, world, page):
    response = save(sign_in(world.coumba), page, "Un texte à garder", 1, title=" ", note="Une raison à garder")
    html = response.content.decode()
    assert response.status_code == 422
    assert "Un texte à garder" in html and "Une raison à garder" in html


def test_two_texts_that_do_not_merge_are_shown_side_by_side_and_put_together(sign_in, world, page):
    revise(page, world.idrissa, page.title, page.body.replace("21", "14"), based_on=1)
    client = sign_in(world.coumba)
    response = save(client, page, page.body.replace("21", "7"), 1)
    assert response.url == f"/items/{page.pk}/conflict/"
    shown = client.get(response.url).content.decode()
    assert "14 jours" in shown and "7 jours" in shown
    response = client.post(response.url, {"body-0": "mine", "asked": asked(shown)})
    assert response.url == f"/items/{page.pk}/edit/"
    draft = Draft.objects.get(item=page)
    assert (draft.body, draft.based_on) == (page.body.replace("21", "7"), 2)
    assert save(client, page, draft.body, draft.based_on).status_code == 302
    page.refresh_from_db()
    assert "7 jours" in page.body
    assert not Draft.objects.exists()
    assert list(page.revisions.values_list("number", "merged_from")) == [(1, None), (2, None), (3, None), (4, 3)]


def asked(html):
    return re.search('name="asked" value="([^"]+)"', html)[1]


def test_a_choice_between_texts_that_have_changed_since_is_asked_for_again(sign_in, world, page):
    revise(page, world.idrissa, page.title, page.body.replace("21", "14"), based_on=1)
    client = sign_in(world.coumba)
    address = save(client, page, page.body.replace("21", "7"), 1).url
    shown = client.get(address).content.decode()
    revise(page, world.idrissa, page.title, page.body.replace("21", "10"), based_on=2)
    late = client.post(address, {"body-0": "mine", "asked": asked(shown)})
    html = late.content.decode()
    assert late.status_code == 422 and "10 jours" in html and 'role="alert"' in html
    assert Draft.objects.get(item=page).based_on == 1
    assert client.post(address, {"body-0": "mine", "asked": asked(html)}).status_code == 302
    assert Draft.objects.get(item=page).based_on == 3


def test_a_text_set_aside_stays_when_the_merged_one_meets_another(sign_in, world, page):
    revise(page, world.idrissa, page.title, page.body.replace("21", "14"), based_on=1)
    client = sign_in(world.coumba)
    address = save(client, page, page.body.replace("21", "7"), 1).url
    client.post(address, {"body-0": "theirs", "asked": asked(client.get(address).content.decode())})
    page.refresh_from_db()
    revise(page, world.idrissa, page.title, page.body.replace("midi", "treize heures"), based_on=2)
    draft = Draft.objects.get(item=page)
    save(client, page, draft.body.replace("14", "quatorze"), draft.based_on)
    page.refresh_from_db()
    assert "quatorze" in page.body and "treize heures" in page.body
    aside, merged = page.revisions.get(number=4), page.revisions.get(number=5)
    assert "7 jours" in aside.body and "quatorze" in merged.body and "midi" in merged.body
    assert before(page.revisions.get(number=6)).number == 3
    assert client.post(f"/items/{page.pk}/undo/", {"version": 6}).status_code == 302
    page.refresh_from_db()
    assert "treize heures" in page.body and "14 jours" in page.body


def test_a_text_set_aside_twice_is_kept_twice(sign_in, world, page):
    client = sign_in(world.coumba)
    revise(page, world.idrissa, page.title, "Tout autre.", based_on=1)
    save(client, page, "Un premier essai.", 1)
    revise(page, world.idrissa, page.title, "Tout autre encore.", based_on=2)
    save(client, page, "Un deuxième essai.", 2)
    assert "premier" in Draft.objects.get().aside and "deuxième" in Draft.objects.get().aside


@pytest.mark.django_db(transaction=True)
def test_what_another_window_set_aside_while_this_one_waited_is_kept_too(sign_in, world, page):
    client = sign_in(world.coumba)
    revise(page, world.idrissa, page.title, "Tout autre.", based_on=1)
    answers = []

    def meanwhile():
        try:
            answers.append(save(client, page, "Un deuxième essai.", 1).status_code)
        finally:
            connection.close()

    other = threading.Thread(target=meanwhile)
    with transaction.atomic():
        Item.objects.select_for_update().get(pk=page.pk)
        other.start()
        with connection.cursor() as cursor:
            waits = False
            while other.is_alive() and not waits:
                cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
                waits = cursor.fetchone()[0]
        Draft.objects.create(person=world.coumba, item=page, kind="page", space=page.space, aside="Un premier essai.")
    other.join()
    assert answers == [302]
    assert "premier" in Draft.objects.get().aside and "deuxième" in Draft.objects.get().aside


@pytest.mark.parametrize("body", ["Autre texte.", "Le délai est de 7 jours."])
def test_the_device_is_told_that_its_copy_has_arrived(sign_in, world, page, body):
    revise(page, world.idrissa, page.title, page.body.replace("21", "14"), based_on=1)
    response = save(sign_in(world.coumba), page, body, 1, copy=f"palabre:1:item-{page.pk}")
    assert response.status_code == 302 and str(page.pk) in response.cookies["written"].value


def test_a_scheduled_text_keeps_its_hour_when_it_is_changed(sign_in, world):
    client = sign_in(world.awa)
    write(client, "maison", "Demain", publish_at="2099-01-01T08:00")
    item = Item.objects.get(title="Demain")
    html = client.get(f"/items/{item.pk}/edit/").content.decode()
    assert 'value="2099-01-01T08:00"' in html and '<details class="later" open>' in html
    sent = {"space": "maison", "kind": "page", "publish_at": "2099-01-01T08:00", "action": "publish:maison"}
    save(client, item, "Une faute de moins.", 1, **sent)
    item.refresh_from_db()
    assert (item.state, item.body) == ("scheduled", "Une faute de moins.\n")
    assert save(client, item, "Deux de moins.", 2, **(sent | {"publish_at": "", "action": "keep"})).status_code == 302
    item.refresh_from_db()
    assert (item.state, item.body) == ("scheduled", "Deux de moins.\n")
    assert Appointment.objects.get(item=item).kept_at is None


def test_what_was_withdrawn_can_be_saved_without_being_published(sign_in, world):
    item = publish("page", world.spaces["maison"], world.awa, "Un titre", "Un.", state="draft")
    sent = {"space": "maison", "kind": "page", "action": "keep"}
    assert save(sign_in(world.awa), item, "Deux.", 1, **sent).status_code == 302
    item.refresh_from_db()
    assert (item.state, item.body) == ("draft", "Deux.\n")


def test_the_button_publishes_for_no_other_readers_than_it_names(sign_in, world):
    client = sign_in(world.awa)
    response = write(client, "entraide", action="publish:maison")
    html = response.content.decode()
    assert response.status_code == 422 and not Item.objects.exists()
    shown = re.findall(r'value="publish:(\w+)" data-space="\w+"(?! hidden)', html)
    assert shown == ["entraide"] and "Le bouton nommait d’autres lecteurs" in html
    assert write(client, "entraide", action="publish:entraide").status_code == 302


def chosen(html):
    return re.findall(r'name="space" value="(\w+)" checked', html)


@pytest.mark.parametrize("path", ["/write/", "/bookmarks/new/"])
def test_who_may_not_write_where_they_asked_is_led_nowhere_wider(sign_in, world, path):
    client = sign_in(world.awa)
    for asked in ("direction", "no-such-space"):
        html = client.get(f"{path}?space={asked}").content.decode()
        assert chosen(html) == [] and "Vous ne pouvez pas écrire à l’endroit demandé" in html
    assert chosen(client.get(f"{path}?space=entraide").content.decode()) == ["entraide"]
    assert chosen(client.get(path).content.decode()) == ["maison"]


def test_who_may_write_nowhere_any_more_keeps_what_was_written(sign_in, world):
    client = sign_in(world.ines)
    Membership.objects.filter(person=world.ines).delete()
    Space.objects.update(writing="members")
    assert "<textarea" not in client.get("/write/").content.decode()
    for action in ("publish", "preview"):
        html = write(client, "entraide", body="Écrit avant de le savoir.", action=action).content.decode()
        assert "Écrit avant de le savoir.</textarea>" in html, action
    draft = drafting.keep(world.ines, drafting.Content("page", "Titre", "Gardé hier.", None))
    html = client.get(f"/write/?draft={draft.pk}").content.decode()
    assert "Gardé hier." in html.partition("<textarea")[2]


def test_a_text_sent_without_a_place_comes_back_without_one(sign_in, world):
    response = write(sign_in(world.awa), "", action="publish")
    html = response.content.decode()
    assert response.status_code == 422 and chosen(html) == []
    assert "Choisissez où" in html


def test_each_place_has_the_button_that_names_its_readers(sign_in, world):
    html = sign_in(world.awa).get("/write/").content.decode()
    places = re.findall(r'name="space" value="(\w[\w-]*)"', html)
    assert places == re.findall(r' here" name="action" value="publish:([\w-]+)"', html)


def test_what_has_a_form_of_its_own_is_not_written_here(sign_in, world):
    response = write(sign_in(world.awa), "maison", kind="bookmark")
    assert response.status_code == 422 and not Item.objects.exists()
    bookmark = keep_address(world.spaces["maison"], world.awa, "https://example.org/a")[0]
    lifecycle.withdraw(bookmark, world.awa)
    sent = {"space": "maison", "kind": "bookmark"}
    assert save(sign_in(world.awa), bookmark, "Nos mots.", 1, **sent).status_code == 302


def test_a_change_to_what_one_reads_no_longer_tells_nothing_and_loses_nothing(sign_in, world, page):
    client = sign_in(world.coumba)
    client.post("/write/draft/", {"item": page.pk, "title": "Mon titre", "body": "Mes mots.", "based_on": 1})
    Membership.objects.filter(person=world.coumba, space=page.space).delete()
    page.space.audience = "team"
    page.space.save()
    revise(page, world.idrissa, "Un titre secret", page.body, based_on=1)
    draft = Draft.objects.get()
    html = client.get("/write/drafts/").content.decode()
    assert "Un titre secret" not in html and page.space.name not in html.partition("<main")[2]
    assert f'/write/?draft={draft.pk}"' in html
    started = client.get(f"/write/?draft={draft.pk}").content.decode()
    assert "Mes mots." in started and "Mon titre" in started and "Un titre secret" not in started
    assert client.post(f"/write/drafts/{draft.pk}/").url == "/write/drafts/"


def test_a_conflict_left_open_keeps_the_writers_text(sign_in, world, page):
    revise(page, world.idrissa, page.title, "Tout autre.", based_on=1)
    client = sign_in(world.coumba)
    save(client, page, "Encore autre.", 1)
    assert "Encore autre." in client.get(f"/items/{page.pk}/edit/").content.decode()


def keep(client, **sent):
    return client.post("/write/draft/", {"kind": "page", "space": "maison", "title": "", "body": ""} | sent)


def test_a_draft_is_kept_while_one_types_and_gone_once_published(sign_in, world):
    client = sign_in(world.awa)
    first = keep(client, title="Début", body="Un")
    second = keep(client, title="Début", body="Un deux", draft=first.json()["draft"], stamp=first.json()["stamp"])
    assert second.json()["draft"] == first.json()["draft"]
    assert "Un deux" in client.get(f"/write/?draft={first.json()['draft']}").content.decode()
    assert "Début" in client.get("/write/drafts/").content.decode()
    write(client, "maison", "Début", "Un deux", draft=first.json()["draft"])
    assert not Draft.objects.exists()


def test_two_windows_never_overwrite_each_other(sign_in, world):
    client = sign_in(world.awa)
    first = keep(client, body="Un").json()
    keep(client, body="Un deux", draft=first["draft"], stamp=first["stamp"])
    late = keep(client, body="Un trois", draft=first["draft"], stamp=first["stamp"])
    assert (late.status_code, late.json()["state"]) == (409, "elsewhere")
    assert Draft.objects.get().body == "Un deux\n"


def test_publishing_from_one_window_leaves_what_another_one_wrote(sign_in, world):
    client = sign_in(world.awa)
    first = keep(client, title="Un titre", body="Un").json()
    keep(client, title="Un titre", body="De l'autre fenêtre", draft=first["draft"], stamp=first["stamp"])
    write(client, "maison", "Un titre", "D'ici", draft=first["draft"], stamp=first["stamp"])
    assert Draft.objects.get().body == "De l'autre fenêtre\n"


def test_a_draft_is_kept_by_its_button_where_no_script_runs(sign_in, world):
    client = sign_in(world.awa)
    button = 'name="action" value="draft" formaction="/write/draft/" formnovalidate data-without-script'
    assert button in client.get("/write/").text
    kept = keep(client, title="Début", body="Un deux", action="draft")
    draft = Draft.objects.get()
    assert (kept.status_code, kept.url, draft.body) == (302, f"/write/?draft={draft.pk}", "Un deux\n")
    again = keep(client, title="Début", body="Un deux trois", action="draft", draft=draft.pk, stamp=draft.stamp)
    assert (again.url, Draft.objects.get().body) == (kept.url, "Un deux trois\n")
    late = keep(client, title="Début", body="Un quatre", action="draft", draft=draft.pk, stamp=draft.stamp)
    assert late.status_code == 409
    assert "Un quatre" in late.text
    assert Draft.objects.get().body == "Un deux trois\n"


def test_a_change_is_kept_by_its_button_and_gone_on_with(sign_in, world):
    client = sign_in(world.awa)
    page = publish("page", world.spaces["maison"], world.awa, "Un titre", "Un.")
    sent = {"item": page.pk, "title": "Un titre", "body": "Un deux.", "based_on": 1, "action": "draft"}
    kept = client.post("/write/draft/", sent)
    assert kept.url == f"/items/{page.pk}/edit/"
    assert "Un deux." in client.get(kept.url).text
    page.refresh_from_db()
    assert page.body == "Un.\n"


def test_drafts_are_their_writers_alone(sign_in, world):
    number = keep(sign_in(world.awa), body="Secret").json()["draft"]
    other = sign_in(world.coumba)
    assert other.get(f"/write/?draft={number}").status_code == 404
    assert other.post(f"/write/drafts/{number}/").status_code == 404
    assert keep(other, body="x", draft=number).json()["draft"] != number
    assert Draft.objects.get(pk=number).body == "Secret\n"


def test_a_withdrawn_text_is_published_again_from_the_editor_elsewhere(sign_in, world):
    item = publish("page", world.spaces["maison"], world.awa, "Un titre", "Un.", state="draft")
    client = sign_in(world.awa)
    assert sign_in(world.coumba).get(f"/items/{item.pk}/").status_code == 404
    sent = {"title": "Un titre", "body": "Deux.", "space": "entraide", "kind": "page"}
    response = client.post(f"/items/{item.pk}/edit/", sent)
    item.refresh_from_db()
    assert response.status_code == 302 and (item.state, item.space.slug) == ("published", "entraide")


def test_the_preview_warns_of_links_some_readers_cannot_open(sign_in, world, page):
    client = sign_in(world.coumba)
    sent = {"space": "entraide", "body": "Voir [[Raccorder un client]] et **gras**."}
    html = client.post("/write/preview/", sent).content.decode()
    assert "<strong>gras</strong>" in html and page.get_absolute_url() in html
    assert 'class="note warn"' in html
    assert 'class="note warn"' not in client.post("/write/preview/", sent | {"space": "reseau"}).content.decode()


def test_completion_offers_only_what_the_writer_may_see(sign_in, world, page):
    def offered(person, mark, typed):
        answer = sign_in(person).get("/write/complete/", {"mark": mark, "q": typed}).json()
        return [each["insert"] for each in answer["suggestions"]]

    assert offered(world.awa, "[[", "raccorder") == ["[[Raccorder un client]]"]
    assert offered(world.grace, "[[", "raccorder") == []
    assert "@coumba " in offered(world.awa, "@", "cou")
    assert offered(world.diego, "@", "cou") == []
    assert offered(world.awa, "@", "kébé") == ["@ramata "]
    assert offered(world.awa, "%", "x") == []


def test_what_has_several_names_is_offered_once_unless_another_name_is_nearer(sign_in, world, page):
    page.names.create(key="client a raccorder", label="Client à raccorder")
    page.names.create(key="raccorder", label="Raccorder")

    def offered(typed):
        answer = sign_in(world.awa).get("/write/complete/", {"mark": "[[", "q": typed}).json()
        return [each["label"] for each in answer["suggestions"]]

    assert offered("racc") == ["Raccorder un client"]
    assert offered("raccorder") == ["Raccorder"]
    assert offered("client à") == ["Client à raccorder"]


@pytest.mark.parametrize("title", ["Plan [2024]", "Oui | non", "Long " * 45])
def test_a_completed_title_leads_to_its_page_whatever_its_signs(sign_in, world, title):
    item = publish("page", world.spaces["maison"], world.awa, title, "Texte.")
    client = sign_in(world.awa)
    answer = client.get("/write/complete/", {"mark": "[[", "q": title[:4]}).json()
    inserted = answer["suggestions"][0]["insert"]
    html = client.post("/write/preview/", {"space": "maison", "body": f"Voir {inserted}."}).content.decode()
    assert f'<a href="{item.get_absolute_url()}">{item.title}</a>' in html


def test_a_template_is_where_one_starts(sign_in, world):
    steward, space = sign_in(world.marc), world.spaces["maison"]
    given = {"name": "Compte rendu", "title": "Réunion du", "body": "## Présents"}
    assert steward.post("/spaces/maison/templates/", given).status_code == 302
    assert steward.post("/spaces/maison/templates/", given).status_code == 422
    template = Template.objects.get(space=space)
    assert "## Présents" in sign_in(world.awa).get(f"/write/?template={template.pk}").content.decode()
    assert sign_in(world.awa).post("/spaces/maison/templates/", given | {"name": "x"}).status_code == 403
    assert sign_in(world.ramata).get(f"/write/?template={template.pk}").status_code == 404


def test_the_templates_of_the_chosen_space_come_first_and_keep_what_was_given(sign_in, world):
    maison, entraide = world.spaces["maison"], world.spaces["entraide"]
    for number in range(25):
        Template.objects.create(space=maison, name=f"A{number}", title="Modèle", body="x", by=world.marc)
    last = Template.objects.create(space=entraide, name="Z", title="Modèle", body="## Z", by=world.marc)
    parent = publish("page", entraide, world.awa, "Dessus", "x")
    client = sign_in(world.awa)
    html = client.get(f"/write/?space=entraide&title=Mon titre&parent={parent.pk}").content.decode()
    link = re.search(rf'href="(/write/\?template={last.pk}[^"]*)"', html)[1].replace("&amp;", "&")
    started = client.get(link).content.decode()
    assert "Mon titre" in started and "## Z" in started and f'name="parent" value="{parent.pk}"' in started


def test_a_scheduled_text_waits_for_its_hour(sign_in, world):
    client = sign_in(world.awa)
    write(client, "maison", "Demain", publish_at="2099-01-01T08:00")
    item = Item.objects.get(title="Demain")
    assert item.state == "scheduled" and Appointment.objects.get(item=item).by == world.awa
    assert client.get(item.get_absolute_url()).status_code == 200
    assert sign_in(world.coumba).get(item.get_absolute_url()).status_code == 404


def test_a_stale_number_of_version_is_no_error(sign_in, world, page):
    client = sign_in(world.coumba)
    for number in ("99", "", "x", "0"):
        assert save(client, page, f"Texte {number}.", number).status_code in (302, 422)


def test_saving_works_for_a_text_published_elsewhere_than_its_draft(sign_in, world):
    item = publish("post", world.spaces["maison"], world.awa, "Titre", "Un.")
    client = sign_in(world.awa)
    client.post("/write/draft/", {"item": item.pk, "title": "Titre", "body": "Deux.", "based_on": 1})
    assert Draft.objects.get(item=item).body == "Deux.\n"
    save(client, item, "Deux.", 1)
    assert not Draft.objects.exists()


def test_a_draft_thrown_away_comes_back_as_it_was(world, sign_in):
    draft = Draft.objects.create(person=world.awa, kind="page", title="Brouillon", body="Tout un texte.")
    client = sign_in(world.awa)
    told = client.post(f"/write/drafts/{draft.pk}/", follow=True).text
    assert f'action="/write/drafts/{draft.pk}/"' in told and 'name="out" value="1"' in told
    assert not Draft.objects.exists()
    assert sign_in(world.lea).post(f"/write/drafts/{draft.pk}/", {"out": 1}).status_code == 404
    client.post(f"/write/drafts/{draft.pk}/", {"out": 1})
    assert Draft.objects.get().body == "Tout un texte."


def test_a_draft_thrown_away_takes_the_place_of_no_other(world, sign_in, storage):
    page = publish("page", world.spaces["reseau"], world.coumba, "Armoires", "Un texte.")
    old = Draft.objects.create(person=world.coumba, kind="page", item=page, body="Ancien")
    client = sign_in(world.coumba)
    client.post(f"/write/drafts/{old.pk}/")
    new = Draft.objects.create(person=world.coumba, kind="page", item=page, body="Nouveau")
    client.post(f"/write/drafts/{old.pk}/", {"out": 1})
    assert list(Draft.objects.all()) == [new]
    assert Draft.with_thrown_away.get(pk=old.pk).body == "Ancien"
    Draft.with_thrown_away.filter(pk=old.pk).update(thrown_away_at=now() - timedelta(days=31))
    tidy()
    assert list(Draft.with_thrown_away.all()) == [new]


def test_a_template_taken_away_comes_back_unless_its_name_is_taken(world, sign_in):
    space = world.spaces["reseau"]
    steward = Membership.objects.filter(space=space, role="steward").first().person
    kept = Template.objects.create(space=space, name="Compte rendu", body="Présents :", by=steward)
    address, client = f"/spaces/reseau/templates/{kept.pk}/removal/", sign_in(steward)
    assert f'action="{address}"' in client.post(address, follow=True).text
    assert not Template.objects.filter(space=space).exists()
    other = Template.objects.create(space=space, name="Compte rendu", body="Autre", by=steward)
    client.post(address, {"out": 1})
    assert list(Template.objects.filter(space=space)) == [other]
    client.post(f"/spaces/reseau/templates/{other.pk}/removal/")
    client.post(address, {"out": 1})
    assert Template.objects.get(space=space).body == "Présents :"

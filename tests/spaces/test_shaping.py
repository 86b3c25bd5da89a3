"""Shaping a space: its address, who reads, who writes, its end; each change of rights is in the journal."""

import pytest

from palabre.journal import verbs
from palabre.journal.models import Event
from palabre.people.models import Person
from palabre.spaces import difference, listeners
from palabre.spaces.models import Audience, FormerSlug, LastSteward, Placement, Request, Space
from palabre.spaces.readership import readers
from tests.people.invited import invite
from tests.people.mail import carry_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everybody_is_named(monkeypatch):
    """However many they are: the comparison is between whole sets."""
    monkeypatch.setattr("palabre.spaces.difference.NAMED", 1000)


def told(space):
    return list(Event.objects.filter(space=space.pk).order_by("id").values_list("verb", flat=True))


@pytest.mark.parametrize("audience", Audience.values)
@pytest.mark.parametrize("slug", ["reseau", "installateurs", "le-fil", "entraide"])
def test_who_gains_and_who_loses_is_exactly_what_then_happens(world, slug, audience):
    space = world.spaces[slug]
    named = [world.organisations["sahel"]] if audience == "partners" else []
    account = Person.objects.with_account()
    before = {person for person in account if Space.objects.visible_to(person).filter(pk=space.pk).exists()}
    said = difference.opening(space, audience, [each.pk for each in named], world.tom)
    space.open_to(audience, named, world.marc)
    after = {person for person in account if Space.objects.visible_to(person).filter(pk=space.pk).exists()}
    assert set(said.gains.known) == after - before and not said.gains.others
    assert set(said.loses.known) == before - after and not said.loses.others
    assert set(readers(space)) == after


def test_moving_between_spaces_says_the_same(world):
    said = difference.moving(world.spaces["reseau"], world.spaces["installateurs"], world.tom)
    assert {world.tidiane, world.koffi, world.nadia} <= set(said.gains.known) and not said.loses
    back = difference.moving(world.spaces["le-fil"], world.spaces["reseau"], world.tom)
    assert back.strangers_lose and world.diego in back.loses.known


def test_names_are_told_only_to_whom_may_know_them(world):
    said = difference.opening(world.spaces["installateurs"], "public", [], world.tidiane)
    assert world.diego not in said.gains.known
    assert said.gains.others > 0


def test_an_old_address_works_for_ever(world, sign_in):
    client, space = sign_in(world.marc), world.spaces["reseau"]
    fields = {"name": space.name, "purpose": space.purpose, "language": "fr", "writing": "members"}
    for slug in ("fibre", "reseau-et-fibre"):
        assert client.post(f"/spaces/{space.slug}/settings/", fields | {"slug": slug}).status_code == 302
        space.refresh_from_db()
    assert client.get("/spaces/reseau/")["Location"] == "/spaces/reseau-et-fibre/"
    assert client.get("/spaces/fibre/members/").status_code == 200
    assert client.post("/spaces/fibre/settings/", fields | {"slug": "reseau"}).status_code == 302
    space.refresh_from_db()
    assert space.slug == "reseau" and set(FormerSlug.objects.values_list("slug", flat=True)) == {
        "fibre",
        "reseau-et-fibre",
    }


def test_nobody_takes_an_address_that_another_space_had(world, sign_in):
    world.spaces["reseau"].move_to("fibre", world.marc)
    assert not Space.objects.is_free("reseau") and not Space.objects.is_free("new")
    assert Space.objects.found(world.marc, name="Réseau", audience="team").slug == "reseau-2"
    fields = {"name": "x", "purpose": "x", "language": "fr", "writing": "members", "slug": "reseau"}
    assert sign_in(world.marc).post("/spaces/maison/settings/", fields).status_code == 422


def test_an_archived_space_is_read_and_not_written(world, sign_in):
    client, space = sign_in(world.marc), world.spaces["reseau"]
    assert client.post("/spaces/reseau/archiving/").status_code == 302
    assert client.get("/spaces/reseau/").status_code == 200
    assert client.post("/spaces/reseau/members/", {"person": "lea", "role": "reader"}).status_code == 403
    assert client.get("/spaces/reseau/audience/").status_code == 403
    client.post("/spaces/reseau/archiving/")  # sent twice: it stays archived
    space.refresh_from_db()
    assert space.archived_at is not None
    for _twice in range(2):
        client.post("/spaces/reseau/archiving/", {"undo": "1"})
    space.refresh_from_db()
    assert space.archived_at is None
    assert told(space)[-2:] == ["space_archived", "space_reopened"]


def test_every_change_of_rights_is_an_event_that_says_so(world):
    space = world.spaces["maison"]
    space.welcome(world.lea, "reader", world.marc)
    space.welcome(world.lea, "contributor", world.marc)
    space.welcome(world.lea, "contributor", world.marc)
    space.dismiss(world.lea, world.marc)
    space.dismiss(world.lea, world.marc)
    space.let_write("stewards", world.marc)
    space.open_to("partners", [world.organisations["sahel"]], world.marc)
    space.open_to("partners", [world.organisations["fibreplus"]], world.marc)
    expected = ["member_added", "member_changed", "member_removed", "writing_changed"]
    expected += ["organisation_added", "audience_changed", "organisation_added", "organisation_removed"]
    assert told(space) == expected
    assert all(verbs.get(verb).changes_sight for verb in expected)


def test_who_may_ask_to_come_in_is_read_in_the_journal_of_rights(world, sign_in):
    space, client = world.spaces["reseau"], sign_in(world.marc)
    told = {
        "name": space.name,
        "purpose": space.purpose,
        "language": "fr",
        "slug": space.slug,
        "writing": space.writing,
    }
    for sent in (told | {"askable": "on"}, told | {"askable": "on"}, told):
        assert client.post(f"/spaces/{space.slug}/settings/", sent).status_code == 302
    html = client.get(f"/spaces/{space.slug}/rights/").content.decode()
    assert html.count("laisse toute la maison demander") == html.count("ne laisse plus personne demander") == 1


def test_the_same_change_made_in_two_windows_at_once_is_one_event(world):
    space = world.spaces["reseau"]
    seen_before = Space.objects.get(pk=space.pk)
    for each in (space, seen_before):
        each.open_to("company", [], world.marc)
        each.let_write("readers", world.marc)
        each.archive(world.marc)
    assert told(space) == ["audience_changed", "writing_changed", "space_archived"]


def test_stewards_read_the_journal_of_rights(world, sign_in):
    space = world.spaces["maison"]
    space.welcome(world.lea, "reader", world.marc)
    world.marc.language = "fr"
    world.marc.save()
    page = sign_in(world.marc).get("/spaces/maison/rights/").text
    assert f"{world.lea.name} a rejoint l’espace" in page and world.marc.name in page
    assert sign_in(world.awa).get("/spaces/maison/rights/").status_code == 403


def test_a_space_keeps_a_steward(world, sign_in):
    client = sign_in(world.ousmane)
    address = f"/spaces/service-client/members/{world.ousmane.pk}/"
    client.post(address, {"role": "reader"})
    client.post(address, {"role": "steward", "remove": "1"})
    client.post("/spaces/service-client/leaving/")
    assert list(world.spaces["service-client"].stewards()) == [world.ousmane]
    client.post("/spaces/service-client/members/", {"person": world.grace.name, "role": "steward"})
    assert client.post("/spaces/service-client/leaving/").status_code == 302
    assert list(world.spaces["service-client"].stewards()) == [world.grace]


def test_no_way_leads_to_a_space_without_a_steward(world, sign_in):
    space, client = world.spaces["service-client"], sign_in(world.ousmane)
    client.post("/spaces/service-client/members/", {"person": world.ousmane.handle, "role": "reader"})
    invitation, _path = invite(world.ousmane, world.ousmane.email)
    Placement.promise(invitation, space, "reader", world.ousmane)
    invitation.accept(person=world.ousmane)
    asked = Request.objects.create(space=space, person=world.ousmane, role="reader")
    asked.grant("reader", "", world.ousmane)
    assert [*space.stewards()] == [world.ousmane]
    space.welcome(world.relais, "steward", world.ousmane)  # a robot shapes nothing
    space.welcome(world.moussa, "steward", world.ousmane)  # nor does who has no account
    with pytest.raises(LastSteward):
        space.dismiss(world.ousmane, world.ousmane)
    with pytest.raises(LastSteward):
        space.place(world.ousmane, "contributor", world.ousmane)
    assert [*space.stewards()] == [world.ousmane]


def test_an_administrator_appoints_a_steward_where_none_is_left(world, sign_in):
    space, tom = world.spaces["service-client"], sign_in(world.tom)
    address = "/spaces/service-client/steward/"
    assert tom.get(address).status_code == 404 and space.name not in tom.get("/spaces/").text
    world.ousmane.leave(world.tom)
    assert address in tom.get("/").text and address in tom.get("/spaces/").text
    assert address not in sign_in(world.marc).get("/").text and address not in sign_in(world.marc).get("/spaces/").text
    assert sign_in(world.marc).get(address).status_code == 404
    for nobody in (world.tom, world.diego, world.relais):
        assert tom.post(address, {"person": nobody.handle}).status_code == 422
    assert tom.post(address, {"person": world.grace.handle}).status_code == 302
    assert [*space.stewards()] == [world.grace]
    assert told(space)[-1] == "member_changed" and tom.get(address).status_code == 404
    assert tom.get("/spaces/service-client/").status_code == 404


def test_two_stewards_answer_a_request_once(world):
    asked = Request.objects.create(space=world.spaces["produit"], person=world.awa, role="contributor")
    again = Request.objects.get(pk=asked.pk)
    assert asked.grant("contributor", "", world.lea)
    assert not again.refuse("", world.lea)
    assert told(world.spaces["produit"]) == ["access_granted", "member_added"]


def test_partners_named_at_the_beginning_and_roles_promised_are_in_the_journal(world, sign_in):
    sahel = world.organisations["sahel"]
    space = Space.objects.found(world.marc, name="Chantier", audience="partners", organisations=[sahel])
    assert told(space) == ["space_created", "organisation_added", "member_added"]
    fields = {
        "address": "fatou@exemple.example", "name": "", "side": "partner", "organisation": sahel.pk,
        "role": "contributor", "days": "3",
    }  # fmt: skip
    assert sign_in(world.marc).post("/spaces/chantier/invitations/new/", fields).status_code == 200
    promised = Event.objects.get(space=space.pk, verb="membership_promised")
    assert promised.particulars["role"] == "contributor"
    world.marc.language = "fr"
    world.marc.save()
    read = sign_in(world.marc).get("/spaces/chantier/rights/").text
    assert "fatou@exemple.example (Partenaire, Sahel Énergie) a reçu une invitation" in read


def test_of_two_spaces_opened_at_once_under_one_name_each_gets_an_address(world, monkeypatch):
    free = Space.objects.all().is_free
    answers = iter([True])  # as if the other one had not been there yet
    monkeypatch.setattr("palabre.spaces.models.SpaceQuerySet.is_free", lambda self, slug: next(answers, free(slug)))
    assert Space.objects.found(world.marc, name="Réseau", audience="team").slug == "reseau-2"


def test_stewards_find_what_waits_for_them_on_their_home_page(world, sign_in):
    assert "/spaces/produit/requests/" not in sign_in(world.lea).get("/").text
    sign_in(world.awa).post("/spaces/produit/access/", {"role": "contributor"})
    assert "/spaces/produit/requests/" in sign_in(world.lea).get("/").text
    assert "/spaces/produit/requests/" not in sign_in(world.binta).get("/").text
    world.spaces["produit"].requests.get().refuse("", world.lea)
    assert "/spaces/produit/requests/" not in sign_in(world.lea).get("/").text


def test_who_asks_where_nobody_can_answer_is_told_whom_to_ask(world, sign_in):
    Space.objects.found(world.marc, name="La cour", slug="cour", audience="company")
    Space.objects.get(slug="cour").memberships.all().delete()
    asked = sign_in(world.awa).post("/spaces/cour/access/", {"role": "contributor"}, follow=True).text
    assert "demandez à l’administration" in asked
    asked = sign_in(world.awa).post("/spaces/produit/access/", {"role": "contributor"}, follow=True).text
    assert "Ses responsables répondront" in asked


def test_a_request_and_its_answer_are_told_by_mail(world, sign_in, settings, mailoutbox):
    settings.EMAIL_HOST = "mail.example"
    space = world.spaces["produit"]
    sign_in(world.awa).post("/spaces/produit/access/", {"role": "contributor", "words": "Je vois les clients."})
    listeners.tell_stewards(Event.objects.get(verb="access_asked"))
    carry_all()
    [asked] = mailoutbox
    assert asked.to == [world.lea.email] and "Je vois les clients." in asked.body
    assert "/spaces/produit/requests/" in asked.body
    space.requests.get().refuse("Plutôt Réseau.", world.lea)
    listeners.tell_stewards(Event.objects.get(verb="access_asked"))  # a job done late tells nobody of what is answered
    listeners.tell_who_was_refused(Event.objects.get(verb="access_refused"))
    carry_all()
    assert [mail.to for mail in mailoutbox[1:] if mail.body != asked.body] == [[world.awa.email]]
    assert "Plutôt Réseau." in mailoutbox[-1].body


def test_a_space_one_may_ask_for_is_found_under_its_former_address(world, sign_in):
    space = world.spaces["reseau"]
    space.askable = True
    space.save()
    space.move_to("fibre", world.marc)
    client = sign_in(world.lea)
    assert client.get("/spaces/reseau/")["Location"] == "/spaces/fibre/access/"
    assert client.get("/spaces/reseau/access/").status_code == 200
    before = client.get("/spaces/").text
    client.post("/spaces/reseau/access/", {"role": "reader"})
    after = client.get("/spaces/").text
    assert (
        'class="btn" href="/spaces/fibre/access/"' in before and 'class="state" href="/spaces/fibre/access/"' in after
    )


def test_a_request_is_asked_once_and_answered_with_a_word(world, sign_in):
    awa, lea = sign_in(world.awa), sign_in(world.lea)
    for _twice in range(2):
        awa.post("/spaces/produit/access/", {"role": "contributor", "words": "Je vois les clients."})
    [asked] = world.spaces["produit"].requests.all()
    assert "Je vois les clients." in lea.get("/spaces/produit/requests/").text
    lea.post(f"/spaces/produit/requests/{asked.pk}/", {"refuse": "1", "answer": "Plutôt Réseau."})
    assert "Plutôt Réseau." in awa.get("/spaces/produit/access/").text
    assert told(world.spaces["produit"]) == ["access_asked", "access_refused"]


def test_who_reads_a_space_already_asks_to_write_there(world, sign_in):
    space = world.spaces["produit"]
    awa = sign_in(world.awa)
    page = awa.get("/spaces/produit/access/").text
    assert '<input type="hidden" name="role" value="contributor"' in page and 'value="reader"' not in page
    assert awa.post("/spaces/produit/access/", {"role": "reader"}).status_code == 422
    assert awa.post("/spaces/produit/access/", {"role": "contributor"})["Location"] == space.get_absolute_url()
    assert space.requests.get().role == "contributor"
    page = awa.get(space.get_absolute_url()).text
    assert "personne n’a encore répondu" in page and "Demander à écrire ici" not in page


def test_nobody_floods_stewards_with_requests(world, sign_in, monkeypatch):
    from palabre.spaces.views import requests

    monkeypatch.setattr(requests, "A_DAY", 1)
    client = sign_in(world.awa)
    assert client.post("/spaces/produit/access/", {"role": "contributor"}).status_code == 302
    assert client.post("/spaces/le-fil/access/", {"role": "contributor"}).status_code == 422


@pytest.mark.parametrize(
    "page",
    [
        "/people/",
        "/spaces/",
        "/spaces/installateurs/",
        "/spaces/installateurs/members/",
        "/spaces/installateurs/readers/",
        "/spaces/installateurs/rights/",
        "profile",
    ],
)
def test_pages_cost_few_queries(world, sign_in, django_assert_max_num_queries, page):
    client = sign_in(world.marc)
    address = world.coumba.get_absolute_url() if page == "profile" else page
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address)

"""Somebody spoken for has an account: all that is theirs becomes the account's, no right does by itself."""

import pytest
from django.core.exceptions import PermissionDenied

from palabre.authoring.files.keeping import attach
from palabre.authoring.writing import publish, revise
from palabre.bookmarks import keeping
from palabre.bookmarks.models import Saver
from palabre.items.models import Item, Revision
from palabre.journal.models import Event
from palabre.people import union
from palabre.people.models import Invitation, Person
from palabre.spaces.models import Membership, Role, Space
from palabre.tags.models import Tag, Tagging
from palabre.talk.models import Comment, Gesture, Reaction
from tests.people.invited import enter, invite


@pytest.fixture
def said(world):
    """What was said for Moussa: a text with a file and a tag, a comment, a reaction, an address kept."""
    space = world.spaces["maison"]
    item = publish("page", space, world.moussa, "Ce que Moussa nous a dit", "Une panne rue 12, dit @moussa.")
    attach(item, world.moussa, "plan.txt", [b"un plan"])
    Tag.objects.made(["panne"])["panne"].put_on(item, world.moussa)
    Comment.say(item, world.moussa, "Elle dure depuis lundi.")
    Reaction.toggle(item, None, Gesture.SEEN, world.moussa)
    keeping.keep(space, world.moussa, "https://ailleurs.example/panne", "Une panne")
    return item


def page(person):
    return f"/people/{person.pk}/union/"


def test_all_that_was_theirs_becomes_the_accounts(world, said):
    world.moussa.become(world.ines, by=world.tom)
    said.refresh_from_db()
    assert said.author == world.ines
    assert Revision.objects.get(item=said).by == world.ines
    assert said.files.get().by == world.ines
    assert Tagging.objects.get(item=said).by == world.ines
    assert Comment.objects.get(item=said).by == world.ines
    assert Reaction.objects.get(item=said).by == world.ines
    assert Saver.objects.get(bookmark__item__title="Une panne").person == world.ines
    assert said.mentions.get().person == world.ines
    for model, column in union.references(Person):
        if model is not Person:
            assert not union.rows(model, column, world.moussa).exists(), (model, column)


def test_a_text_saved_again_goes_on_mentioning_the_account(world, said):
    world.moussa.become(world.ines, by=world.tom)
    revise(said, world.ines, said.title, f"{said.body}\nElle est finie.", based_on=said.version)
    assert [mention.person for mention in said.mentions.all()] == [world.ines]


def test_every_reference_to_a_person_moves_or_is_withheld_or_is_a_way_in():
    """A model that comes to name people is found by itself; what stays behind is named here."""
    moving = {(model, column.name) for model, column in union.references(Person)}
    every = {
        (relation.related_model, relation.field.name)
        for relation in Person._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and not relation.many_to_many
    }
    assert {pair for pair in every - moving if pair[0] not in union.WAYS_IN} == {(Membership, "person")}
    assert all(model.__module__.startswith("palabre.") for model, _ in moving)


def test_the_page_says_what_moves_before_it_is_done(world, said, sign_in):
    tom = sign_in(world.tom)
    assert page(world.moussa) in tom.get(world.moussa.get_absolute_url()).text
    assert tom.get(page(world.moussa)).status_code == 200
    assert tom.get(page(world.moussa), {"account": "personne"}).status_code == 422
    told = tom.get(page(world.moussa), {"account": world.ines.email}).text
    for words in ("2 textes", "1 commentaire", "1 réaction", "1 étiquette", "1 adresse gardée", "autres traces"):
        assert words in told
    said.refresh_from_db()
    assert said.author == world.moussa
    answer = tom.post(page(world.moussa), {"account": world.ines.handle})
    assert answer.headers["Location"] == world.ines.get_absolute_url()
    said.refresh_from_db()
    assert said.author == world.ines


def test_their_page_leads_to_the_account_and_lists_show_one_of_them(world, said, sign_in):
    former = world.moussa.get_absolute_url()
    world.moussa.become(world.ines, by=world.tom)
    grace = sign_in(world.grace)
    assert grace.get(former).headers["Location"] == world.ines.get_absolute_url()
    assert former not in grace.get("/people/").text
    assert former in grace.get(said.get_absolute_url()).text  # the mention in the text still leads there
    assert sign_in(world.diego).get(former).status_code == 404
    assert sign_in(world.tom).post(f"/people/{world.moussa.pk}/return/").status_code == 404


def test_a_guest_who_meets_the_account_follows_the_former_page(world, sign_in):
    former = world.moussa.get_absolute_url()
    assert sign_in(world.ramata).get(former).status_code == 404
    world.moussa.become(world.ines, by=world.tom)
    assert sign_in(world.ramata).get(former).headers["Location"] == world.ines.get_absolute_url()


def test_the_journal_keeps_who_became_whom_and_names_the_texts_to_read_again(world, said):
    world.moussa.become(world.ines, by=world.tom)
    event = Event.objects.get(verb="person_united")
    assert (event.by, event.person) == (world.tom.pk, world.ines.pk)
    assert event.particulars["former"] == world.moussa.pk
    assert said.pk in event.particulars["items"]


def test_the_same_gesture_of_both_is_one_and_words_of_both_are_kept(world, said):
    Reaction.toggle(said, None, Gesture.SEEN, world.grace)
    bookmark = Item.objects.get(title="Une panne").bookmark
    Saver.objects.filter(bookmark=bookmark).update(note="À montrer à l’équipe.")
    Saver.objects.create(bookmark=bookmark, person=world.grace, note="Déjà vu.")
    world.moussa.become(world.grace, by=world.tom)
    assert Reaction.objects.get(item=said).by == world.grace
    assert set(bookmark.savers.values_list("note", flat=True)) == {"À montrer à l’équipe.", "Déjà vu."}


def test_no_membership_is_given_that_was_not_asked_for(world):
    world.spaces["direction"].welcome(world.moussa, Role.STEWARD, world.nadia)
    before = set(Space.objects.visible_to(world.grace).values_list("slug", flat=True))
    world.moussa.become(world.grace, by=world.tom)
    assert set(Space.objects.visible_to(world.grace).values_list("slug", flat=True)) == before
    assert not Membership.objects.filter(person=world.moussa).exists()
    assert Event.objects.filter(verb="member_removed", person=world.moussa.pk).exists()


def test_memberships_are_given_when_asked_for_by_who_may_give_them(world, sign_in):
    world.tom.name_administrator(world.tom)
    maison, reseau = world.spaces["maison"], world.spaces["reseau"]
    maison.welcome(world.tom, Role.STEWARD, world.marc)
    for space in (maison, reseau):
        space.welcome(world.moussa, Role.CONTRIBUTOR, world.marc)
    tom = sign_in(world.tom)
    told = tom.get(page(world.moussa), {"account": world.lea.handle}).text
    assert f'value="space:{maison.pk}"' in told
    assert reseau.name not in told  # Tom does not see it
    tom.post(page(world.moussa), {"account": world.lea.handle, "right": [f"space:{maison.pk}", f"space:{reseau.pk}"]})
    assert Membership.objects.get(person=world.lea, space=maison).role == Role.CONTRIBUTOR
    assert not Membership.objects.filter(person=world.lea, space=reseau).exists()


def test_a_role_the_account_has_stays_what_it_is(world):
    maison = world.spaces["maison"]
    maison.welcome(world.moussa, Role.STEWARD, world.marc)
    before = Membership.objects.get(person=world.grace, space=maison).role
    world.moussa.become(world.grace, by=world.marc, given=[f"space:{maison.pk}"])
    assert Membership.objects.get(person=world.grace, space=maison).role == before


def test_an_open_invitation_of_who_was_spoken_for_opens_nothing_any_more(world, sign_in):
    _invitation, path = invite(world.tom, person=world.moussa)
    world.moussa.become(world.grace, by=world.tom)
    before = Person.objects.get(pk=world.grace.pk)
    assert enter(sign_in(None), path).status_code == 404
    assert Person.objects.get(pk=world.grace.pk).password == before.password


def test_a_second_invitation_of_who_was_spoken_for_takes_no_account_over(world, sign_in):
    _first, path = invite(world.tom, person=world.moussa)
    second, other = invite(world.tom, "autre@exemple.example", person=world.moussa)
    assert enter(sign_in(None), path).status_code == 302
    assert enter(sign_in(None), other).status_code == 403
    assert Person.objects.get(pk=world.moussa.pk).email == "fatou@exemple.example"
    assert Invitation.objects.get(pk=second.pk).accepted_at is None


def test_only_who_is_spoken_for_becomes_and_only_an_account_receives(world):
    for person, account in ((world.awa, world.grace), (world.moussa, world.relais), (world.moussa, world.bineta)):
        with pytest.raises(PermissionDenied):
            person.become(account, by=world.tom)
    world.moussa.become(world.grace, by=world.tom)
    with pytest.raises(PermissionDenied):
        world.moussa.become(world.awa, by=world.tom)

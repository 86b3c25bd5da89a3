"""Nobody learns from links what they may not see: backlinks, wanted pages and authority keep to it."""

import pytest
from django.contrib.auth.models import AnonymousUser

from palabre.items.models import Item
from palabre.links import ranking, ties
from palabre.links.circles import Belonging, Circle, circles, superseded, superseding
from palabre.links.models import Authority, Link, Type
from palabre.spaces.models import Membership, Role, Space


def test_a_backlink_is_known_only_to_who_sees_its_source(world, write):
    target = write("maison", "Recette")
    write("direction", "Note", "Sur [[Recette]].")
    assert Link.objects.visible_to(world.nadia).filter(target=target).exists()
    assert not Link.objects.visible_to(world.awa).filter(target=target).exists()


def test_a_hidden_page_is_as_wanted_as_a_missing_one(world, write):
    write("direction", "Projet Baobab")
    write("maison", "Accueil", "[[Projet Baobab]] et [[Nulle part]]")
    assert set(Link.objects.wanted_by(world.awa).values_list("title_key", flat=True)) == {"projet baobab", "nulle part"}
    assert set(Link.objects.wanted_by(world.nadia).values_list("title_key", flat=True)) == {"nulle part"}
    assert not Link.objects.wanted_by(AnonymousUser()).exists()


def test_a_link_by_hand_stands_once_and_is_told_on_both_sides(world, write):
    old, new = write("maison", "Vieux"), write("maison", "Neuf")
    Link.tie(new, Type.SUPERSEDES, old, world.marc)
    Link.tie(new, Type.SUPERSEDES, old, world.marc)
    assert Link.objects.typed().count() == 1
    assert [tie.words for tie in ties.of(world.awa, new).typed] == ["supersedes"]
    assert [tie.words for tie in ties.of(world.awa, old).typed] == ["is superseded by"]


def test_authority_counts_a_link_only_if_all_readers_of_its_target_may_read_its_source(world, write):
    a, b = write("le-fil", "A"), write("le-fil", "B")
    for number in range(5):
        write("direction", f"Note {number}", "[[A]]")
    write("le-fil", "C", "[[B]]")
    ranking.recompute()
    scores = dict(Authority.objects.values_list("item", "score"))
    assert scores[b.pk] > 1 > scores[a.pk]


def test_an_objection_recommends_nothing(world, write):
    a, b = write("maison", "A"), write("maison", "B")
    Link.tie(b, Type.OBJECTS_TO, a, world.awa)
    ranking.recompute()
    assert Authority.objects.get(item=a).score == pytest.approx(Authority.objects.get(item=b).score)


def test_a_page_is_superseded_for_all_its_readers_or_for_none(world, write):
    public, ours = write("le-fil", "Publique"), write("maison", "Maison")
    hidden, newer = write("direction", "Cachée"), write("le-fil", "Neuve")
    Link.tie(hidden, Type.SUPERSEDES, public, world.nadia)
    assert superseded(superseding([public.pk, ours.pk])) == set()
    Link.tie(newer, Type.SUPERSEDES, ours, world.awa)
    assert superseded(superseding([public.pk, ours.pk])) == {ours.pk}
    Item.objects.filter(pk=newer.pk).update(state="draft")
    assert superseded(superseding([public.pk, ours.pk])) == set()


def test_authority_forgets_what_went_to_the_trash(world, write):
    item = write("maison", "A")
    ranking.recompute()
    Item.objects.filter(pk=item.pk).update(state="trashed")
    ranking.recompute()
    assert not Authority.objects.filter(item=item).exists()


def test_circles_say_the_same_as_the_rule_of_sight(world):
    """The circle of each space holds exactly the people who see it."""
    found, _ = circles()
    for key, person in vars(world).items():
        if not hasattr(person, "handle") or person.left_at:
            continue
        belonging = Belonging(person.side, person.organisation_id)
        seen = set(Space.objects.visible_to(person).values_list("pk", flat=True))
        assert {pk for pk, circle in found.items() if circle.has(person.pk, belonging)} == seen, key


def test_a_guest_of_one_space_does_not_widen_it(world):
    Membership.objects.create(space=world.spaces["reseau"], person=world.diego, role=Role.READER)
    found, belongings = circles()
    house = found[world.spaces["maison"].pk]
    assert not house.holds(found[world.spaces["reseau"].pk], belongings)
    assert Circle(public=True).holds(house, belongings)

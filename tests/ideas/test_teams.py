"""Whoever wants to works on an idea; a steward gives them a space, which ends with the idea."""

import pytest

from palabre.authoring.writing import publish
from palabre.ideas.models import Support, Teammate, TeamSpace
from palabre.items.models import Item
from palabre.signals.models import Signal
from palabre.spaces.models import Request, Role


def join(client, idea, **sent):
    return client.post(f"/ideas/{idea.pk}/team/", sent)


def roles(space):
    return dict(space.memberships.values_list("person__handle", "role"))


@pytest.fixture
def room(world, idea):
    """The space of a team of Coumba and Grace's, which Marc gave them."""
    for person in (world.coumba, world.grace):
        Teammate.join(idea.item, person)
    return TeamSpace.give(idea.item, "L’équipe du banc", "", world.marc)


def test_whoever_wants_to_joins_and_leaves(world, idea, hear, sign_in):
    client = sign_in(world.coumba)
    for sent, number in (({}, 1), ({}, 1), ({"undo": "1"}, 0), ({"undo": "1"}, 0)):
        assert join(client, idea, **sent).status_code == 302
        assert Teammate.objects.filter(item=idea.pk, person=world.coumba).count() == number
    join(client, idea)
    hear()
    assert Signal.objects.filter(person=world.awa, verb="team_joined").exists()
    html = sign_in(world.grace).get(idea.item.get_absolute_url()).content.decode()
    assert world.coumba.name in html.partition('id="team"')[2]
    idea.move("trial", "On essaie.", world.marc)
    hear()
    assert Signal.objects.get(person=world.coumba, verb="idea_moved").reason == "teammate"


def test_what_is_over_takes_nobody(world, idea, sign_in):
    idea.move("declined", "Non.", world.marc)
    assert join(sign_in(world.coumba), idea).status_code == 403
    assert join(sign_in(world.ramata), idea).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("awa", 403), ("coumba", 403), ("nadia", 302), ("ramata", 404)])
def test_a_steward_gives_it_a_space(who, status, world, idea, sign_in):
    Teammate.join(idea.item, world.coumba)
    response = sign_in(getattr(world, who)).post(f"/ideas/{idea.pk}/team/space/", {"name": "L’équipe du banc"})
    assert response.status_code == status
    assert TeamSpace.objects.exists() == (status == 302)


def test_its_members_are_the_team_and_nobody_else_reads_there(world, idea, room, sign_in):
    assert roles(room.space) == {"marc": Role.STEWARD, "coumba": Role.CONTRIBUTOR, "grace": Role.CONTRIBUTOR}
    assert TeamSpace.give(idea.item, "Encore un", "", world.nadia) is None
    assert room.space.name in sign_in(world.coumba).get(idea.item.get_absolute_url()).content.decode()
    html = sign_in(world.lea).get(idea.item.get_absolute_url()).content.decode()
    assert room.space.name not in html
    assert sign_in(world.lea).get(room.space.get_absolute_url()).status_code == 404


def test_who_joins_later_is_let_in_and_who_leaves_is_let_out(world, idea, room, sign_in):
    join(sign_in(world.lea), idea)
    assert roles(room.space)["lea"] == Role.CONTRIBUTOR
    assert sign_in(world.lea).get(room.space.get_absolute_url()).status_code == 200
    join(sign_in(world.lea), idea, undo="1")
    assert "lea" not in roles(room.space)
    Teammate.join(idea.item, world.marc)
    join(sign_in(world.marc), idea, undo="1")
    assert roles(room.space)["marc"] == Role.STEWARD


def test_a_guest_who_joins_asks_the_stewards_of_the_space(world, sign_in):
    item = publish("idea", world.spaces["entraide"], world.ines, "Des créneaux le soir", "Après 18 h.")
    Teammate.join(item, world.awa)
    room = TeamSpace.give(item, "L’équipe du soir", "", world.marc)
    assert join(sign_in(world.ramata), item).status_code == 302
    assert "ramata" not in roles(room.space)
    assert sign_in(world.ramata).get(room.space.get_absolute_url()).status_code == 404
    request = Request.objects.get(space=room.space, person=world.ramata)
    assert request.grant(Role.CONTRIBUTOR, "", world.marc)
    assert sign_in(world.ramata).get(room.space.get_absolute_url()).status_code == 200
    html = sign_in(world.ramata).get(item.get_absolute_url()).content.decode()
    assert world.awa.name not in html.partition('id="team"')[2].partition("</section>")[0]


def test_the_space_ends_with_the_idea_and_opens_again_with_it(world, idea, room):
    for stage, over in (("trial", False), ("done", True), ("declined", True), ("adopted", False)):
        idea.move(stage, "Voilà.", world.marc)
        room.space.refresh_from_db()
        assert bool(room.space.archived_at) == over, stage
    room.space.archive(world.marc)
    idea.move("trial", "Voilà.", world.marc)
    room.space.refresh_from_db()
    assert room.space.archived_at, "what its stewards archived stays so"
    assert Item.objects.filter(pk=idea.pk).exists()


def mates(idea):
    return {mate.person.handle for mate in Teammate.objects.filter(item=idea.pk)}


def test_the_team_and_its_space_go_over_with_a_merge_and_come_back_with_the_undo(world, idea, other, room, hear):
    for person in (world.grace, world.lea):
        Teammate.join(other.item, person)
    hear()
    idea.merge_into(other, world.marc)
    assert mates(other) == {"coumba", "grace", "lea"}
    assert TeamSpace.objects.get().item == other.item and not room.space.archived_at
    assert roles(room.space)["lea"] == Role.CONTRIBUTOR
    hear()
    assert Signal.objects.get(person=world.coumba, verb="idea_merged").reason == "teammate"
    Teammate.join(other.item, world.idrissa)
    idea.part(world.marc)
    assert (mates(idea), mates(other)) == ({"coumba", "grace"}, {"grace", "lea", "idrissa"})
    assert TeamSpace.objects.get().item == idea.item
    assert roles(room.space) == {"marc": Role.STEWARD, "coumba": Role.CONTRIBUTOR, "grace": Role.CONTRIBUTOR}


def test_of_two_teams_with_spaces_one_takes_all_in_and_the_other_ends_until_the_undo(world, idea, other, room):
    Teammate.join(other.item, world.lea)
    there = TeamSpace.give(other.item, "L’équipe de l’ombre", "", world.nadia)
    idea.merge_into(other, world.marc)
    assert roles(there.space) == {"nadia": Role.STEWARD} | dict.fromkeys(("lea", "coumba", "grace"), Role.CONTRIBUTOR)
    room.space.refresh_from_db()
    assert room.space.archived_at
    Teammate.objects.get(item=other.pk, person=world.coumba).leave()
    idea.part(world.marc)
    room.space.refresh_from_db()
    assert not room.space.archived_at and mates(idea) == {"grace"}
    assert roles(there.space) == {"nadia": Role.STEWARD, "lea": Role.CONTRIBUTOR}


def test_a_team_comes_back_through_two_merges(world, space, idea, other):
    third = publish("idea", space, world.lea, "Une troisième", "…").idea
    Teammate.join(idea.item, world.coumba)
    Teammate.join(other.item, world.marc)
    idea.merge_into(other, world.nadia)
    other.merge_into(third, world.nadia)
    assert mates(third) == {"coumba", "marc"}
    other.refresh_from_db()
    other.part(world.nadia)
    assert (mates(third), mates(other)) == ({"coumba"}, {"marc"})
    idea.refresh_from_db()
    idea.part(world.nadia)
    assert (mates(third), mates(idea)) == (set(), {"coumba"})


def test_who_joins_a_moment_after_a_merge_works_on_the_one_that_stays(world, idea, other, sign_in):
    seen_before = Item.objects.get(pk=idea.pk)
    idea.merge_into(other, world.awa)
    assert not Teammate.join(seen_before, world.coumba)
    response = sign_in(world.coumba).post(f"/ideas/{idea.pk}/team/")  # from a page opened before
    assert response["Location"] == f"{other.item.get_absolute_url()}#team"
    assert Teammate.objects.get().item_id == other.pk
    response = sign_in(world.coumba).post(f"/ideas/{idea.pk}/support/")
    assert response["Location"] == f"{other.item.get_absolute_url()}#voices"
    assert Support.objects.get(person=world.coumba).item_id == other.pk

"""`palabre person` and `palabre space`: what they make, and the one sentence they end with otherwise."""

from contextlib import nullcontext

import pytest
from click.testing import CliRunner

from palabre.people.models import Invitation, Person
from palabre.project import cli
from palabre.project import instance as instances
from palabre.spaces.models import Membership, Space

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(world, monkeypatch):
    """Runs a command on the tests' own instance, which is up already."""
    monkeypatch.setattr(instances, "instance", nullcontext)
    return lambda *words, **options: CliRunner().invoke(cli.palabre, words, **options)


def test_a_space_is_made_as_the_handbook_says(run):
    done = run("space", "create", "handbook", "--audience", "company")
    assert done.exit_code == 0, done.output
    space = Space.objects.get(slug="handbook")
    assert (space.name, space.audience) == ("Handbook", "company")
    assert "palabre space member add handbook E-MAIL --role steward" in done.output
    assert run("space", "create", "handbook").output == "Error: A space lives, or lived, at handbook.\n"
    assert run("space", "create", "Not a slug").exit_code == 1


def test_partners_are_named_or_the_audience_is_another(run, world):
    assert run("space", "create", "pose", "--audience", "partners").exit_code == 1
    assert run("space", "create", "pose", "--audience", "partners", "--partner", "nobody").exit_code == 1
    assert run("space", "create", "pose", "--audience", "partners", "--partner", "fibreplus").exit_code == 0
    assert list(Space.objects.get(slug="pose").organisations.all()) == [world.organisations["fibreplus"]]


def test_members_come_and_go(run, world):
    assert run("space", "member", "add", "produit", world.awa.email, "--role", "steward").exit_code == 0
    assert Membership.objects.get(space__slug="produit", person=world.awa).role == "steward"
    assert run("space", "member", "remove", "produit", world.awa.email).exit_code == 0
    assert not Membership.objects.filter(space__slug="produit", person=world.awa).exists()
    assert "nobody@x.example" in run("space", "member", "add", "produit", "nobody@x.example").output


def test_spaces_are_listed_and_archived(run):
    assert "reseau" in run("space", "list").output
    assert run("space", "archive", "reseau").exit_code == 0
    assert "(archived)" in run("space", "list").output
    assert run("space", "archive", "reseau", "--undo").exit_code == 0
    assert Space.objects.get(slug="reseau").archived_at is None


def test_a_person_is_made_with_a_good_password(run):
    weak = run("person", "create", "fatou@exemple.example", "--password", "short")
    assert weak.exit_code == 1 and "10" in weak.output
    assert run("person", "create", "fatou@exemple.example", "--password", "trois poteaux et une échelle").exit_code == 0
    assert Person.objects.get(email="fatou@exemple.example").check_password("trois poteaux et une échelle")
    again = run("person", "create", "fatou@exemple.example", "--password", "trois poteaux et une échelle")
    assert again.exit_code == 1


def test_an_invitation_is_a_link_that_opens_the_space_it_names(run, sign_in):
    done = run(
        "person", "invite", "fatou@exemple.example", "--side", "customer", "--space", "reseau", "--role", "reader"
    )
    path = "/invitation/" + done.output.rpartition("/invitation/")[2].strip()
    told = {"name": "Fatou", "address": "fatou@exemple.example", "password": "trois poteaux et une échelle"}
    assert sign_in(None).post(path, told).status_code == 302
    assert Membership.objects.get(person__email="fatou@exemple.example").space.slug == "reseau"


def test_somebody_leaves_and_comes_back(run, world):
    assert run("person", "leave", world.lea.email).exit_code == 0
    world.lea.refresh_from_db()
    assert world.lea.left_at
    assert "has left" in run("person", "list").output
    assert run("person", "leave", world.lea.email, "--undo").exit_code == 0
    world.lea.refresh_from_db()
    assert world.lea.has_account


def test_administrators_are_of_the_house(run, world):
    assert run("person", "admin", world.nadia.email).exit_code == 0
    assert Person.objects.get(pk=world.nadia.pk).is_admin
    assert run("person", "admin", world.diego.email).exit_code == 1
    outside = ("fatou@exemple.example", "--side", "customer", "--admin")
    assert "of the company" in run("person", "create", *outside, "--password", "trois poteaux et une échelle").output
    assert "of the company" in run("person", "invite", *outside).output
    assert not Person.objects.filter(email="fatou@exemple.example").exists()
    assert not Invitation.objects.filter(address="fatou@exemple.example").exists()


def test_another_password_ends_the_sessions(run, world, sign_in):
    client = sign_in(world.awa)
    assert run("person", "password", world.awa.email, "--password", "trois poteaux et une échelle").exit_code == 0
    assert client.get("/people/").status_code == 302

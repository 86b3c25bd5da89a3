"""SECURITY row 24: guests meet only people they share a space with, on every surface of this room."""

import pytest

from palabre.people.models import Organisation, Person
from palabre.spaces.models import Space

pytestmark = pytest.mark.django_db
GUESTS = ["tidiane", "koffi", "diego", "ramata", "ines"]


@pytest.mark.parametrize("who", GUESTS)
def test_the_directory_the_search_and_the_page_agree(world, sign_in, who):
    guest = getattr(world, who)
    client = sign_in(guest)
    met = set(Person.objects.visible_to(guest))
    listed = client.get("/people/").text
    for person in Person.objects.all():
        address = f'href="{person.get_absolute_url()}"'
        found = client.get("/people/", {"q": person.name}).text.partition('id="found"')[2]
        if person in met and person.left_at is None:
            assert address in listed and address in found
        elif person != guest:
            assert address not in listed.partition('id="found"')[2] and address not in found
        assert client.get(person.get_absolute_url()).status_code == (200 if person in met else 404)


def test_partners_of_two_organisations_never_meet(world):
    assert world.diego not in Person.objects.visible_to(world.tidiane)
    assert world.tidiane not in Person.objects.visible_to(world.diego)
    assert world.koffi in Person.objects.visible_to(world.tidiane)


@pytest.mark.parametrize("who", GUESTS)
def test_organisations_and_spaces_are_those_one_has_to_do_with(world, sign_in, who):
    guest = getattr(world, who)
    client = sign_in(guest)
    for organisation in Organisation.objects.all():
        known = organisation in Organisation.objects.visible_to(guest)
        assert client.get(organisation.get_absolute_url()).status_code == (200 if known else 404)
        assert (f'value="{organisation.slug}"' in client.get("/people/").text) == known
    page = client.get("/spaces/").text
    for space in Space.objects.all():
        seen = Space.objects.visible_to(guest).filter(pk=space.pk).exists()
        assert (space.get_absolute_url() in page) == seen


@pytest.mark.parametrize("who", GUESTS)
def test_who_can_see_this_names_only_people_one_meets(world, sign_in, who):
    guest = getattr(world, who)
    strangers = Person.objects.exclude(pk__in=Person.objects.visible_to(guest).values("pk"))
    client = sign_in(guest)
    for space in Space.objects.visible_to(guest):
        for page in ("", "members/", "readers/"):
            text = client.get(f"/spaces/{space.slug}/{page}").text
            assert not [person.name for person in strangers if person.name in text]


def test_a_guest_steward_adds_only_people_they_meet(world, sign_in):
    world.spaces["installateurs"].welcome(world.tidiane, "steward", world.marc)
    client = sign_in(world.tidiane)
    page = client.get("/spaces/installateurs/members/").text
    assert world.nadia.name not in page
    told = {"person": world.nadia.handle, "role": "reader"}
    assert client.post("/spaces/installateurs/members/", told).status_code == 422
    assert client.post("/spaces/installateurs/members/", told | {"person": "no-such-person"}).status_code == 422

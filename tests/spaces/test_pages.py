"""Pages of spaces open for those who see them."""

import re

import pytest

from palabre.spaces.models import Space

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "page", ["", "members/", "readers/", "settings/", "audience/", "requests/", "rights/", "invitations/new/"]
)
@pytest.mark.parametrize("slug", ["reseau", "installateurs", "le-fil", "maison", "entraide"])
def test_stewards_open_every_page(world, sign_in, slug, page):
    answer = sign_in(world.marc).get(f"/spaces/{slug}/{page}")
    assert answer.status_code == 200
    assert world.spaces[slug].name in answer.text.replace("&amp;", "&")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_list_shows_what_one_sees(world, sign_in, language):
    world.tidiane.language = language
    world.tidiane.save()
    page = sign_in(world.tidiane).get("/spaces/").text
    assert "Installateurs" in page and "Le Fil" in page
    assert "Direction" not in page and "Product" not in page


def test_somebody_of_the_house_makes_a_space(world, sign_in):
    client = sign_in(world.awa)
    told = {
        "name": "Atelier des poteaux",
        "purpose": "Les poteaux.",
        "audience": "team",
        "writing": "members",
        "language": "fr",
    }
    assert client.post("/spaces/new/", told).status_code == 302
    space = Space.objects.get(slug="atelier-des-poteaux")
    assert list(space.stewards()) == [world.awa]
    assert sign_in(world.tidiane).get("/spaces/new/").status_code == 403


@pytest.mark.parametrize(
    ("page", "entry"),
    [
        ("members/", "members/"),
        ("invitations/new/", "members/"),
        ("readers/", "readers/"),
        ("audience/", "settings/"),
        ("settings/", "settings/"),
    ],
)
def test_the_navigation_of_a_space_says_where_one_is(world, sign_in, page, entry):
    shown = sign_in(world.marc).get(f"/spaces/maison/{page}").text.partition('class="space-nav"')[2]
    current = re.findall(r'href="([^"]*)" aria-current="page"', shown.partition("space-body")[0])
    assert current == [f"/spaces/maison/{entry}"]


@pytest.mark.parametrize("page", ["", "members/", "readers/"])
def test_strangers_read_public_spaces_and_no_others(world, sign_in, page):
    stranger = sign_in(None)
    assert stranger.get(f"/spaces/le-fil/{page}").status_code == 200
    for slug in ("reseau", "maison", "installateurs", "entraide", "nowhere"):
        assert stranger.get(f"/spaces/{slug}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["settings/", "audience/", "requests/", "rights/", "invitations/new/"])
def test_who_is_no_steward_shapes_nothing(world, sign_in, page):
    assert sign_in(world.coumba).get(f"/spaces/reseau/{page}").status_code == 403
    assert sign_in(world.lea).get(f"/spaces/reseau/{page}").status_code == 404
    assert sign_in(None).get(f"/spaces/le-fil/{page}").status_code == 302


def test_a_public_space_introduces_itself_and_a_private_one_is_kept_from_robots(world, sign_in):
    public = sign_in(None).get("/spaces/le-fil/").text
    assert '<meta property="og:title" content="Le Fil">' in public and "noindex" not in public
    private = sign_in(world.marc).get("/spaces/reseau/").text
    assert "og:title" not in private and "noindex" in private


def test_a_member_from_outside_in_a_space_of_the_house_is_pointed_out(world, sign_in):
    client = sign_in(world.marc)
    page = client.post("/spaces/reseau/members/", {"person": "diego", "role": "reader"}, follow=True).text
    assert 'class="toast warning"' in page and world.diego.name in page


@pytest.mark.parametrize("address", ["/spaces/new/", "/spaces/reseau/audience/"])
def test_partners_are_asked_for_outside_of_what_hides_them(world, sign_in, address):
    told = {"name": "Chantier", "purpose": "x", "audience": "partners", "writing": "members", "language": "fr"}
    answer = sign_in(world.marc).post(address, told)
    assert answer.status_code == 422
    partners, _end, after = answer.text.partition('class="partners"')[2].partition("</div>")
    assert 'name="organisations"' in partners and 'class="err"' not in partners and 'class="err"' in after

"""SECURITY row 12: who may act on one thing does not reach, by its address, a part of another.

Named one by one, the two of Outline's advisories (CVE-2026-41649, CVE-2026-43890) were both allowed: together they were
not.
"""

import pytest

from palabre.authoring.writing import publish
from palabre.spaces.models import Role
from tests.architecture.subjects import subject_values

PARTS = {  # an address, and what in it names the part
    "/spaces/{slug}/templates/{template}/removal/": "template",
    "/spaces/{slug}/requests/{asked}/": "asked",
    "/spaces/{slug}/members/{member}/": "member",
    "/ideas/{idea}/voices/{voice}/": "voice",
    "/questions/{question}/waiting/{waiting}/": "waiting",
    "/rules/{rule}/challenges/{challenge}/answer/": "challenge",
    "/rules/{rule}/challenges/{challenge}/decision/": "challenge",
    "/webhooks/{hook}/deliveries/{number}/": "number",
    "/webhooks/{hook}/deliveries/{number}/resending/": "number",
    "/consultations/{consultation_returned}/files/{enclosure}/q1.txt": "enclosure",
}


@pytest.fixture
def two(world, storage):
    """All there is in a space, and in another one; Marc stewards both."""
    found = []
    for slug, member in (("reseau", world.lea), ("maison", world.nadia)):
        space = world.spaces[slug]
        space.welcome(world.marc, Role.STEWARD, world.tom)
        space.memberships.filter(person=member).delete()
        item = publish("page", space, world.marc, f"Matrice {slug}", "…", tags=[f"matrice-{slug}"])
        values = subject_values(world, item, world.marc)
        found.append(values | {"member": space.welcome(member, Role.READER, world.tom).person_id})
    return found


@pytest.mark.parametrize("address", PARTS)
def test_a_part_is_reached_through_its_own_whole_alone(world, two, sign_in, address):
    here, there = two
    part = PARTS[address]
    for method in ("get", "post"):
        mixed = getattr(sign_in(world.marc), method)(address.format(**here | {part: there[part]}))
        assert mixed.status_code in (404, 405), method
    own = [sign_in(world.marc).post(address.format(**there)), sign_in(world.marc).get(address.format(**there))]
    assert any(answer.status_code not in (404, 405) for answer in own), "its own whole opens it"

"""Rows 13 and 14: the trash and attached files are reached through the doors of what they belong to
(CVE-2026-24901 Outline; CVE-2026-3473 Mattermost, CVE-2026-28736 Focalboard, CVE-2026-24732 BlueSpice).
"""

import pytest

from palabre.authoring import lifecycle
from palabre.authoring.files.keeping import attach
from palabre.authoring.writing import publish
from palabre.spaces.models import Membership


@pytest.fixture
def file(page, world):
    return attach(page, world.coumba, "a.txt", [b"words"])


def status(client, file):
    return client.get(file.get_absolute_url()).status_code


@pytest.mark.parametrize(
    ("key", "code"),
    [("coumba", 200), ("marc", 200), ("awa", 404), ("tom", 404), ("grace", 404), ("tidiane", 404), (None, 404)],
)
def test_a_file_of_an_item_in_the_trash_is_for_whom_may_restore_it(file, world, sign_in, key, code):
    lifecycle.trash(file.item, world.coumba)
    assert status(sign_in(getattr(world, key) if key else None), file) == code


@pytest.mark.parametrize("key", ["awa", "marc", "tom", "grace", None])
def test_a_file_of_a_draft_is_its_writers_alone(page, world, sign_in, key):
    draft = publish("page", page.space, world.coumba, "À venir", "Brouillon.\n", state="draft")
    file = attach(draft, world.coumba, "a.txt", [b"words"])
    assert status(sign_in(world.coumba), file) == 200
    assert status(sign_in(getattr(world, key) if key else None), file) == 404


@pytest.mark.parametrize("address", ["/files/{}/removal/", "/files/{}/restoration/"])
@pytest.mark.parametrize(("key", "code"), [("awa", 403), ("grace", 404), ("tidiane", 404), ("ines", 404), (None, 404)])
def test_a_file_is_removed_and_restored_only_by_who_may_edit_its_item(file, world, sign_in, address, key, code):
    client = sign_in(getattr(world, key) if key else None)
    assert client.post(address.format(file.pk)).status_code == code
    file.refresh_from_db()
    assert file.removed_at is None


def test_a_removed_file_is_nobodys_to_read(file, world, sign_in):
    file.remove(world.marc)
    assert status(sign_in(world.coumba), file) == 404
    assert sign_in(world.awa).post(f"/files/{file.pk}/restoration/").status_code == 403


def test_embedding_never_widens_access(file, world, sign_in):
    text = f"![x]({file.get_absolute_url()})\n\n[x]({file.get_absolute_url()})\n"
    shown = publish("page", world.spaces["le-fil"], world.marc, "Public", text)
    assert status(sign_in(None), file) == 404 and status(sign_in(world.grace), file) == 404
    assert sign_in(None).get(shown.get_absolute_url()).status_code == 200


def test_the_rights_of_the_moment_decide(file, world, sign_in):
    client = sign_in(world.awa)
    assert status(client, file) == 200
    Membership.objects.filter(space=file.item.space, person=world.awa).delete()
    assert status(client, file) == 404


def test_a_file_moves_with_its_item(file, world, sign_in):
    client = sign_in(world.grace)
    assert status(client, file) == 404
    lifecycle.move(file.item, world.marc, world.spaces["maison"])
    assert status(client, file) == 200
    lifecycle.move(file.item, world.marc, world.spaces["direction"])
    assert status(client, file) == 404 and status(sign_in(world.awa), file) == 404

"""Every surface that can show a thing, before and after who may see it changes.

A word that occurs nowhere else stands in the title, the text, a tag, a comment and a file of one item. After a grant,
a revocation, a move, an archive, a trash and a departure, each surface shows the word to exactly those who may see it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from palabre.authoring import lifecycle
from palabre.authoring.files.keeping import attach
from palabre.authoring.writing import publish
from palabre.links.models import Link, Type
from palabre.talk.models import Comment

WORD = "xylophage"


@pytest.fixture
def subject(world: Any) -> Any:
    """The item, with something in a public space that points at it."""
    item = publish("page", world.spaces["reseau"], world.coumba, f"Le {WORD} des gaines", f"Un {WORD} ronge. #{WORD}")
    comment = Comment.say(item, world.coumba, f"Encore un {WORD}.")
    file = attach(item, world.coumba, f"{WORD}.txt", [ContentFile(f"{WORD} partout".encode()).read()])
    pointing = publish("page", world.spaces["maison"], world.awa, "Ce qui ronge", f"Voir [ceci](/pages/{item.pk}/).")
    Link.tie(pointing, Type.RELATED, item, world.coumba)
    return item, comment, file, pointing


def surfaces(subject: Any) -> dict[str, str]:
    """What can show the item, by name: the address to ask."""
    item, comment, file, pointing = subject
    return {
        "page": f"/items/{item.pk}/",
        "history": f"/items/{item.pk}/history/",
        "who wrote what": f"/items/{item.pk}/authorship/",
        "who can see it": f"/items/{item.pk}/audience/",
        "comments": f"/items/{item.pk}/comments/",
        "comment": f"/comments/{comment.pk}/",
        "tags of the item": f"/items/{item.pk}/tags/",
        "links of the item": f"/items/{item.pk}/links/",
        "map of the item": f"/items/{item.pk}/map/",
        "file": f"/files/{file.pk}/{file.name}",
        "front page": "/?all=1",
        "tag": f"/tags/{WORD}/",
        "cloud": "/tags/",
        "search": f"/search/?q={WORD}",
        "suggestions": f"/search/suggest/?q={WORD[:6]}",
        "completion": f"/write/complete/?mark=%5B%5B&q=Le+{WORD[:6]}",
        "completion of tags": f"/write/complete/?mark=%23&q={WORD[:6]}",
        "what points at it": pointing.get_absolute_url(),
        "map from elsewhere": f"/items/{pointing.pk}/map/",
        "links from elsewhere": f"/items/{pointing.pk}/links/",
        "its author": f"/people/{item.author_id}/",
    }


# What echoes the question shows the word to everybody; a hit is the title.
ECHOING = {"search", "suggestions", "completion", "completion of tags", "tag"}
NOT_WHEN_ARCHIVED = {"completion", "front page", "its author"}


def seen_by(person: Any, subject: Any) -> set[str]:
    """The surfaces on which `person` finds the item."""
    client = Client()
    if person is not None:
        client.force_login(person)
    title, found = subject[0].title, set()
    for name, address in surfaces(subject).items():
        response = client.get(address, follow=True)
        content = b"".join(response).decode(errors="replace")
        if response.headers["Content-Type"].startswith("application/json"):
            content = json.dumps(response.json(), ensure_ascii=False)
        said = title if name in ECHOING - {"tag", "completion of tags"} else WORD
        shown = content.replace(address, "").replace(f"/tags/{WORD}/", "") if name in ECHOING else content
        if response.status_code == 200 and (said in _bare(shown)):
            found.add(name)
    return found


def _bare(html: str) -> str:
    """Without the marks that highlight what was asked for."""
    return html.replace("<mark>", "").replace("</mark>", "").replace("&#x27;", "'")


Change = Callable[[Any, Any], None]


def by_membership(world: Any, item: Any) -> None:
    world.spaces["reseau"].welcome(world.grace, "reader", world.marc)


def by_move(world: Any, item: Any) -> None:
    lifecycle.move(item, world.marc, world.spaces["maison"])


def by_audience(world: Any, item: Any) -> None:
    world.spaces["reseau"].open_to("company", [], world.marc)


@pytest.mark.parametrize("grant", [by_membership, by_move, by_audience])
def test_what_is_granted_appears_on_every_surface(grant, world, subject, index):
    index()
    assert seen_by(world.grace, subject) == set()
    grant(world, subject[0])
    index()
    assert set(surfaces(subject)) - seen_by(world.grace, subject) == set()


def revoked(world: Any, item: Any) -> None:
    world.spaces["reseau"].dismiss(world.awa, world.marc)


def moved_away(world: Any, item: Any) -> None:
    lifecycle.move(item, world.marc, world.spaces["direction"])


def trashed(world: Any, item: Any) -> None:
    lifecycle.trash(item, world.marc)


def withdrawn(world: Any, item: Any) -> None:
    lifecycle.withdraw(item, world.coumba)


def left(world: Any, item: Any) -> None:
    world.awa.leave(world.tom)


@pytest.mark.parametrize("indexed", [True, False], ids=["index caught up", "index still behind"])
@pytest.mark.parametrize("change", [revoked, moved_away, trashed, withdrawn, left])
def test_what_is_taken_away_is_on_no_surface(change, indexed, world, subject, index):
    index()
    assert set(surfaces(subject)) - seen_by(world.awa, subject) == set()
    change(world, subject[0])
    if indexed:
        index()
    assert seen_by(world.awa, subject) == set()


def test_what_is_archived_stays_to_be_read_and_found(world, subject, index):
    lifecycle.archive(subject[0], world.marc)
    index()
    assert set(surfaces(subject)) - seen_by(world.awa, subject) <= NOT_WHEN_ARCHIVED
    assert seen_by(world.grace, subject) == set()


@pytest.mark.parametrize("key", ["tidiane", "ines", "diego", None])
def test_guests_and_strangers_find_it_nowhere(key, world, subject, index):
    index()
    assert seen_by(getattr(world, key) if key else None, subject) == set()

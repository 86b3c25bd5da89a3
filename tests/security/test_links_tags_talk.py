"""SECURITY rows 6, 12, 15, 16, 17 and 18 where links, tags and talk are concerned.

The page itself was never what leaked in other systems: a count, a backlink, a suggestion, a discussion did.
"""

import json
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest

from palabre.authoring import lifecycle
from palabre.authoring.writing import publish
from palabre.links.models import Link, Type
from palabre.talk.models import Comment

HTMX = {"HX-Request": "true"}


@pytest.fixture
def said(world):
    """A page of the team that is tagged, talked of, tied to and citing a page of the house."""
    house = publish("page", world.spaces["maison"], world.coumba, "Recette", "Rien.", tags=["recette"])
    page = publish(
        "page",
        world.spaces["reseau"],
        world.coumba,
        "Plan de tranchée",
        "On creuse pour [[Recette]] et pour [[Chantier inconnu]].",
        tags=["tranchée-secrète"],
    )
    comment = Comment.say(page, world.idrissa, "Un mot d'équipe.")
    link = Link.tie(page, Type.LED_TO, house, world.coumba)
    return {"page": page, "house": house, "comment": comment, "link": link}


VERBS = [
    ("get", "/items/{page}/comments/"),
    ("get", "/items/{page}/comments/new/"),
    ("post", "/items/{page}/comments/"),
    ("post", "/items/{page}/reactions/"),
    ("get", "/comments/{comment}/"),
    ("get", "/comments/{comment}/thread/"),
    ("get", "/comments/{comment}/earlier/"),
    ("post", "/comments/{comment}/answer/"),
    ("post", "/comments/{comment}/edit/"),
    ("post", "/comments/{comment}/deletion/"),
    ("post", "/comments/{comment}/resolution/"),
    ("post", "/comments/{comment}/reactions/"),
    ("get", "/items/{page}/tags/"),
    ("post", "/items/{page}/tags/"),
    ("get", "/items/{page}/links/"),
    ("post", "/items/{page}/links/"),
    ("get", "/items/{page}/links/candidates/?q=recette"),
    ("post", "/items/{page}/links/rewriting/"),
    ("get", "/items/{page}/map/"),
    ("post", "/links/{link}/untying/"),
    ("get", "/tags/tranchee-secrete/"),
    ("get", "/tags/tranchee-secrete/garden/"),
    ("get", "/spaces/reseau/links/wanted/"),
]


def _ask(client: Any, method: str, address: str, said: dict[str, Any]) -> Any:
    numbers = {name: thing.pk for name, thing in said.items()}
    return getattr(client, method)(address.format(**numbers))


@pytest.mark.parametrize(("method", "address"), VERBS)
def test_access_is_not_retained_after_removal(world, sign_in, said, method, address):
    """Row 15: whoever is removed can do nothing more, by any verb, not even to their own words."""
    client = sign_in(world.idrissa)
    before = _ask(client, method, address, said)
    assert before.status_code != 404
    if "untying" in address:
        said["link"] = Link.tie(said["page"], Type.LED_TO, said["house"], world.coumba)
    world.spaces["reseau"].dismiss(world.idrissa, world.marc)
    assert _ask(client, method, address, said).status_code == 404


@pytest.mark.parametrize(("method", "address"), [verb for verb in VERBS if "{" in verb[1]])
@pytest.mark.parametrize("who", ["grace", "tidiane", None])
def test_what_is_hidden_answers_like_what_is_not_there(world, sign_in, said, who, method, address):
    """Row 18: the same status and the same words for a hidden thing and for a missing one."""
    client = sign_in(getattr(world, who) if who else None)
    hidden = _ask(client, method, address, said)
    missing = getattr(client, method)(re.sub(r"\{\w+\}", "999999999", address))
    assert hidden.status_code == missing.status_code == 404
    assert _words(hidden.text) == _words(missing.text)


def _words(page: str) -> str:
    """A page without what differs at every request, its own address included."""
    return re.sub(
        r'nonce="[^"]*"|csrfmiddlewaretoken[^>]*|X-CSRFToken[^}]*|/(items|comments|links)/\d+/|%2F\d+%2F', "", page
    )


SURFACES = [
    "/pages/{house}-recette/",
    "/items/{house}/links/",
    "/items/{house}/map/",
    "/tags/",
    "/tags/recette/",
    "/tag-garden/suggest/?q=tranch",
    "/links/wanted/",
    "/links/orphans/",
    "/links/astray/",
    "/",
]
WORDS = ("Plan de tranchée", "tranchée-secrète", "On creuse", "Chantier inconnu", "mot d&#x27;équipe")


@pytest.mark.parametrize("address", SURFACES)
def test_secondary_surfaces_tell_each_reader_their_own(world, sign_in, said, address):
    """Rows 16 and 18: no count, backlink, suggestion or list betrays a page of another circle."""
    page = _ask(sign_in(world.grace), "get", address, said).text
    assert not [words for words in WORDS if words in page]


@pytest.mark.parametrize("address", SURFACES[:4] + SURFACES[5:7])
def test_moving_to_a_narrower_circle_leaves_no_copy(world, sign_in, said, address):
    """Row 17: what was seen from a wide space is gone from every surface once it moved to a narrow one."""
    moved = publish(
        "page", world.spaces["maison"], world.marc, "Devis Alpha", "[[Recette]] [[Projet Bêta]]", tags=["tranchis"]
    )
    Comment.say(moved, world.marc, "Un mot.")
    reader, told = sign_in(world.grace), ("Devis Alpha", "tranchis", "Projet Bêta")
    before = _ask(reader, "get", address, said).text
    assert [words for words in told if words in before]
    lifecycle.move(moved, world.marc, world.spaces["direction"])
    after = _ask(reader, "get", address, said).text
    assert not [words for words in told if words in after]


def test_an_answer_or_a_link_names_its_ends_by_the_door_only(world, sign_in, said):
    """Row 12: no two numbers to mix up; a parent, a target, an item come from what the reader may see."""
    hidden = publish("page", world.spaces["direction"], world.nadia, "Fermée", "")
    opening = Comment.say(hidden, world.nadia, "Secret.")
    coumba = sign_in(world.coumba)
    coumba.post(f"/items/{said['page'].pk}/comments/", {"body": "x", "parent": opening.pk, "thread": opening.pk})
    assert Comment.objects.get(body="x").thread is None
    tied = coumba.post(f"/items/{said['page'].pk}/links/", {"words": "related", "other": hidden.pk})
    assert tied.status_code == 404


class Alive(HTMLParser):
    """Collects what could act on a page: scripts of others, handlers, addresses that are programs."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag in ("iframe", "object", "embed", "base", "style") or (tag == "script" and not self._ours(named)):
            self.found.append(tag)
        for name, value in attrs:
            program = (
                re.sub(r"[\s\x00-\x20]", "", value or "").lower().startswith(("javascript:", "vbscript:", "data:text"))
            )
            if (
                name.startswith("on")
                or name == "srcdoc"
                or (name in ("href", "src", "action", "formaction") and program)
            ):
                self.found.append(f"{tag} {name}={value}")

    def _ours(self, named: dict[str, str | None]) -> bool:
        return bool(named.get("nonce")) or (named.get("src") or "").startswith("/static/")


@pytest.mark.corpus
def test_no_script_survives_in_comments_tags_and_sentences(world, sign_in, corpus):
    """Row 6: the strings of a sanitizer's own tests, as comments, tags, titles, sentences, and typed wrongly."""
    assert _alive('<img src=x onerror=alert(1)><a href="java&#9;script:x">') == [
        "img onerror=alert(1)",
        "a href=java\tscript:x",
    ]
    payloads = json.loads((corpus("suite-xss") / "payloads.json").read_text())
    space = world.spaces["maison"]
    target = publish("page", space, world.coumba, "Cible", "")
    client = sign_in(world.awa)
    for start in range(0, len(payloads), 60):
        chunk = payloads[start : start + 60]
        text = "\n\n".join(f"{payload} [[Cible|{payload[:80]}]] [[{payload[:60]}]]" for payload in chunk)
        page = publish("page", space, world.coumba, f"Page {chunk[0][:60]}", text, tags=[each[:40] for each in chunk])
        opening = Comment.say(page, world.awa, "\n\n".join(chunk))
        for payload in chunk[:7]:
            Comment.say(page, world.awa, payload, parent=opening)
        for address in (
            page.get_absolute_url(),
            f"/items/{page.pk}/comments/",
            f"/items/{page.pk}/tags/",
            f"/items/{page.pk}/links/?q={chunk[0]}",
            f"/items/{page.pk}/map/",
            f"/comments/{opening.pk}/answer/",
            f"/items/{page.pk}/comments/new/?quote={chunk[1]}",
        ):
            assert _alive(client.get(address).text) == [], address
    for address in (
        f"/items/{target.pk}/links/",
        f"/items/{target.pk}/map/",
        "/tags/",
        "/links/wanted/",
        "/links/orphans/",
    ):
        assert _alive(client.get(address).text) == [], address
    for payload in payloads[::10]:
        wrong = client.post(f"/items/{target.pk}/comments/", {"body": payload, "quote": payload or "x"}, headers=HTMX)
        assert _alive(wrong.text) == [], payload


def _alive(page: str) -> list[str]:
    parser = Alive()
    parser.feed(page)
    return parser.found


@pytest.mark.parametrize("typed", ["\0", "²", "-1", "9" * 40, "'", "%", "\ud800", "[[", "+", "../..", "{{7*7}}", ""])
def test_no_input_whatever_is_an_error(world, sign_in, said, typed):
    """Row 28: numbers, names and questions of any shape are answered or refused, never failed on."""
    client, page = sign_in(world.coumba), said["page"].pk
    typed = typed.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    asked = [
        client.get("/tag-garden/suggest/", {"q": typed}),
        client.get(f"/tags/{quote(typed, safe='')}/"),
        client.get(f"/items/{page}/links/", {"q": typed, "after": typed}),
        client.get(f"/items/{page}/links/candidates/", {"q": typed}),
        client.get(f"/items/{page}/comments/", {"thread": typed}),
        client.get(said["page"].get_absolute_url(), {"thread": typed}),
        client.get("/links/wanted/", {"after": typed}),
        client.post(f"/items/{page}/links/", {"words": typed, "other": typed, "q": typed}),
        client.post(f"/items/{page}/tags/", {"names": typed}),
        client.post(f"/items/{page}/tags/", {"remove": typed}),
        client.post(f"/items/{page}/comments/", {"body": typed, "quote": typed, "before": typed, "after": typed}),
        client.post(f"/items/{page}/reactions/", {"gesture": typed}),
        client.post("/tag-garden/for-text/", {"title": typed, "body": typed, "tags": typed}),
        client.post("/tags/tranchee-secrete/garden/", {"act": "forget", "synonym": typed}),
        client.post("/tags/tranchee-secrete/garden/", {"act": "merge", "into": typed}),
    ]
    assert [answer.status_code for answer in asked if answer.status_code >= 500] == []

"""The demo world is alive: people, spaces, texts of every kind and state, and something to see for everybody."""

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from types import SimpleNamespace

import pytest

from palabre import demo
from palabre.authoring.files.extraction import words
from palabre.authoring.models import Draft, Template
from palabre.demo import cast, stories
from palabre.demo.drawings import DRAWINGS
from palabre.items import kinds
from palabre.items.models import Item, Revision, State
from palabre.kit.clock import now
from palabre.links.models import Link
from palabre.people.models import Invitation, Person
from palabre.spaces.models import Request, Space
from palabre.tags.models import Tag
from palabre.talk.models import Comment, Reaction
from palabre.webhooks.models import Webhook, Why

READERS = [part.key for part in cast.PEOPLE if part.account and not part.bot and not part.left]
TOLD = stories.read()


def said() -> list[str]:
    """Every sentence of the world, comments included, without the marks of Markdown."""

    def spoken(remarks) -> list[str]:
        return [text for each in remarks for text in (each["text"], *spoken(each.get("replies", ())))]

    texts = chain.from_iterable((story.body, *spoken(story.comments)) for story in TOLD)
    texts = (re.sub(r"\[\[[^\]]*\]\]", " ", text) for text in texts)
    found = chain.from_iterable(re.split(r"(?<=[.!?…])\s+|\n+|\|", text) for text in texts)
    plain = (" ".join(re.sub(r"[*_>#`\[\]]|^\s*(?:[-+]|\d+\.)\s", " ", each).split()) for each in found)
    return [each for each in plain if len(each.split()) > 5]


def test_a_hundred_and_twenty_items_are_told_in_two_languages() -> None:
    languages = Counter(story.language for story in TOLD)
    assert len(TOLD) == 120
    assert languages["fr"] > 60
    assert languages["en"] > 45
    assert {story.space for story in TOLD} == set(cast.SPACES)
    assert 20 <= len(cast.PEOPLE) <= 30


def test_no_sentence_is_said_twice() -> None:
    counted = Counter(each.casefold() for each in said())
    assert [each for each, times in counted.items() if times > 1] == []


def test_no_sentence_was_taken_from_the_drawings_of_the_design() -> None:
    design = Path(__file__).resolve().parents[3] / "shared" / "design"
    if not design.is_dir():
        pytest.skip("the design is not beside this repository")
    drawn = " ".join(
        " ".join(re.sub(r"<[^>]+>", " ", path.read_text()).split()).casefold() for path in design.glob("*.html")
    )
    assert [each for each in said() if each.casefold() in drawn] == []


def test_every_word_of_a_page_has_its_weight() -> None:
    """Long enough to be read, short enough to be read: no page is filler, none is a wall."""
    lengths = {story.key: len(story.body.split()) for story in TOLD if story.kind == "page"}
    assert min(lengths.values()) > 40
    assert max(lengths.values()) < 450


def test_every_kind_and_state_is_there(demo_world: SimpleNamespace) -> None:
    assert set(Item.objects.values_list("kind", flat=True)) == {kind.name for kind in kinds.every()}
    assert set(Item.objects.values_list("state", flat=True)) == set(State.values)


def test_it_is_built_once(demo_world: SimpleNamespace) -> None:
    before = (Item.objects.count(), Person.objects.count())
    assert demo.build().people["awa"] == demo_world.awa
    assert (Item.objects.count(), Person.objects.count()) == before


def test_histories_have_several_hands_and_differ(demo_world: SimpleNamespace) -> None:
    item = demo_world.item("installateurs/raccorder-un-client")
    revisions = list(item.revisions.order_by("number"))
    assert [revision.number for revision in revisions] == list(range(1, item.version + 1))
    assert len({revision.by_id for revision in revisions}) == 4
    assert revisions[-1].body == item.body
    assert len({revision.body for revision in revisions}) == item.version
    assert Revision.objects.count() > Item.objects.count() + 30


def test_everything_happened_in_the_last_eighteen_months(demo_world: SimpleNamespace) -> None:
    days = {(now() - item.created_at).days for item in Item.objects.all()}
    assert min(days) < 30
    assert 400 < max(days) < 550
    assert not Comment.objects.filter(at__gt=now()).exists()


def test_authors_could_write_where_they_wrote(demo_world: SimpleNamespace) -> None:
    from palabre.kit.policy import may

    for item in Item.objects.filter(space__nameless=False).select_related("space", "author"):
        if item.author.left_at is None and not item.author.is_bot:
            assert may(item.author, "space.write", item.space), (item.title, item.author.handle)


def test_who_commented_could_read(demo_world: SimpleNamespace) -> None:
    for comment in Comment.objects.select_related("item__space", "by"):
        if comment.by.has_account:
            assert Item.objects.visible_to(comment.by, apart=True).filter(pk=comment.item_id).exists(), comment.body


@pytest.mark.parametrize("key", READERS)
def test_each_of_the_cast_finds_something_everywhere(demo_world: SimpleNamespace, key: str) -> None:
    person = getattr(demo_world, key)
    seen = Item.objects.visible_to(person)
    assert seen.count() >= 9
    assert Tag.objects.visible_to(person).count() >= 8
    assert Link.objects.visible_to(person).exists()
    assert Comment.objects.visible_to(person).exists()
    for space in Space.objects.visible_to(person):
        assert seen.filter(space=space).exists(), space


@pytest.mark.parametrize("key", [part.key for part in cast.PEOPLE])
def test_each_of_the_cast_has_said_something(demo_world: SimpleNamespace, key: str) -> None:
    person = getattr(demo_world, key)
    assert Item.objects.filter(author=person).exists() or Comment.objects.filter(by=person).exists()


def test_wanted_pages_typed_links_threads_passages_and_gestures_are_there(demo_world: SimpleNamespace) -> None:
    assert Link.objects.in_text().filter(target=None).exclude(title_key="").count() >= 6
    assert len(set(Link.objects.typed().values_list("type", flat=True))) >= 6
    assert Comment.objects.exclude(parent=None).exists()
    assert Comment.objects.exclude(quote="").exists()
    assert Comment.objects.exclude(resolved_at=None).exists()
    assert Reaction.objects.count() > 50


def test_every_passage_spoken_of_stands_in_its_text(demo_world: SimpleNamespace) -> None:
    from palabre.kit.html import strip

    for comment in Comment.objects.exclude(quote="").select_related("item"):
        assert comment.anchor.find(strip(comment.item.html)), comment.quote


def test_what_waits_for_somebody_is_there(demo_world: SimpleNamespace) -> None:
    assert Request.objects.filter(answered_at=None).exists()
    assert Invitation.objects.open().exists()
    assert Draft.objects.exists()
    assert Template.objects.count() >= 4
    assert {item.trust.is_verified for item in Item.objects.exclude(trust=None)} == {True, False}


def test_a_webhook_was_tried_and_one_given_up_whose_keeper_is_told(demo_world: SimpleNamespace, sign_in) -> None:
    assert set(Webhook.objects.values_list("disabled_why", flat=True)) == {Why.PAUSED, Why.FAILING}, "none is at work"
    lost = Webhook.objects.get(disabled_why=Why.FAILING)
    assert lost.disabled_at - lost.failing_since > timedelta(days=5)
    tom = sign_in(demo_world.tom)
    for address in ("/", "/inbox/", "/webhooks/"):
        assert lost.name in tom.get(address).content.decode(), address
    assert "502" in tom.get(lost.get_absolute_url()).content.decode()


def test_every_link_of_the_stories_leads_where_it_says(demo_world: SimpleNamespace) -> None:
    known = {story.key for story in TOLD}
    for story in TOLD:
        for link in story.links:
            assert link["to"] in known, story.key
        assert not story.superseded_by or story.superseded_by in known


@pytest.mark.parametrize(
    ("name", "kind", "word"),
    [
        ("guide", "application/pdf", "repère"),
        ("tableau", "application/vnd.oasis.opendocument.text", "Cuivre"),
        ("lettre", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "syndic"),
    ],
)
def test_the_files_have_words_that_can_be_found(name: str, kind: str, word: str) -> None:
    with TemporaryFile() as file:
        file.write(DRAWINGS[name].make())
        file.seek(0)
        assert word in words(file, kind)


@pytest.mark.parametrize(
    "late",
    [
        {"comments": ({"by": "awa", "ago": 9, "text": "?"},)},
        {"comments": ({"by": "awa", "ago": 3, "text": "?", "replies": [{"by": "lea", "ago": 4, "text": "!"}]},)},
        {"verified": {"by": "awa", "ago": 9, "until": 30}},
    ],
)
def test_a_story_answered_before_it_was_told_is_refused(late):
    story = replace(stories.read()[-1], ago=5)
    stories.check(replace(story, comments=(), verified={}, outdated={}))
    with pytest.raises(ValueError, match=story.key):
        stories.check(replace(story, **{"comments": (), "verified": {}, "outdated": {}} | late))

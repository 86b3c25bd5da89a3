"""What is exported comes back the same: items, texts, versions, tags, links, talk, people and rights."""

import json
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.db import connection
from django.utils.timezone import localdate

from palabre.authoring.files.keeping import attach
from palabre.authoring.models import Draft
from palabre.authoring.writing import publish, revise
from palabre.decisions.models import Decision
from palabre.ideas.models import Idea
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.links.models import Link, Mention
from palabre.people.models import OPERATOR, Person
from palabre.portability import carried
from palabre.portability.exporting import NotEmpty, export, left_out
from palabre.portability.markdown.front_matter import split
from palabre.portability.restoring import Unusable, restore
from palabre.rules.models import Challenge
from palabre.spaces.models import Space
from palabre.tags.models import Tag
from palabre.talk.models import Comment, Gesture, Reaction


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row that is carried, with what the texts were rendered to."""
    scope = carried.Scope.of(OPERATOR)
    found = {table.name: list(table.rows(scope)) for table in (*carried.tables(), carried.REVISIONS)}
    found["items"] = list(Item.objects.order_by("pk").values())
    found["versions"] = list(carried.Revision.objects.order_by("pk").values())
    said = ("source", "target", "type", "title_key", "address", "label", "sentence")
    found["text links"] = sorted(Link.objects.in_text().values_list(*said), key=repr)
    found["comments as shown"] = list(carried.Comment.objects.order_by("pk").values("id", "html"))
    found["mentions"] = sorted(Mention.objects.values_list("item", "person", "sentence"))
    return found


def comparable(rows: list[Any]) -> list[Any]:
    """Rows by number: some tables keep them in an order of their own."""
    return sorted(rows, key=lambda row: (row.get("id") or row.get("item_id") or 0) if isinstance(row, dict) else 0)


def sights() -> dict[str, list[int]]:
    """What each person, and a stranger, may read."""
    from django.contrib.auth.models import AnonymousUser

    readers = {person.handle: person for person in Person.objects.all()} | {"a stranger": AnonymousUser()}
    return {
        name: sorted(Item.objects.visible_to(reader, unpublished=True).values_list("pk", flat=True))
        for name, reader in readers.items()
    }


def files(folder: Path) -> dict[str, bytes]:
    """The files of an export, without the moment it was made."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    manifest = json.loads(found.pop("palabre.json"))
    return found | {"counts": json.dumps(manifest["counts"], sort_keys=True).encode()}


def empty_the_instance() -> None:
    """Within the transaction of the test, which is rolled back."""
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.app_label in ROOMS]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")


ROOMS = {config.label for config in apps.get_app_configs() if config.name.startswith("palabre.")}


def _without_conversations() -> None:
    """They are in no export, and would not come back."""
    Item.objects.filter(space__nameless=True).delete()
    Space.objects.filter(nameless=True).delete()


def test_everything_comes_back_into_an_empty_instance(demo_world: SimpleNamespace, tmp_path: Path) -> None:
    item = publish(
        "page",
        demo_world.spaces["maison"],
        demo_world.awa,
        "Titre: « x » --- #1",
        "---\nPas une en-tête\n---\n[[Nulle part]] #fibre @marc\n",
    )
    revise(item, demo_world.marc, "Titre: « x » --- #2", "Autre\n\n    code\n", 1, note="-- note: 'é'")
    # More links in texts, younger than those put by hand: read again, they must not take the numbers of these.
    many = " ".join(f"[[Nulle part {number}]]" for number in range(300))
    publish("page", demo_world.spaces["maison"], demo_world.awa, "Renvois", many)
    _unfinished(demo_world)
    _without_conversations()
    before, seen = rows(), sights()
    assert [row["space_id"] for row in before["drafts"] if row["title"] == "Sans espace"] == [None]
    assert [row["name"] for row in before["files"] if row["item_id"] is None] == ["croquis.txt"]
    assert "jamais-mise" in [row["key"] for row in before["tags"]]
    export(tmp_path / "first")
    empty_the_instance()
    restore(tmp_path / "first")
    # Secret ballots travel with no export: a vote that was open says that it began again.
    assert Decision.objects.filter(secret=True, stage="open", again_at__isnull=False).update(again_at=None)
    after = rows()
    assert after.keys() == before.keys()
    for table, said in before.items():
        for one, other in zip(comparable(after[table]), comparable(said), strict=True):
            assert one == other, table
    assert sights() == seen
    export(tmp_path / "second")
    assert files(tmp_path / "second") == files(tmp_path / "first")


def _unfinished(world: SimpleNamespace) -> None:
    """What stands on no item of any space: a draft, the file dropped into it, a tag that nothing bears."""
    Draft.objects.create(person=world.awa, kind="page", title="Sans espace", body="À finir")
    attach(None, world.awa, "croquis.txt", [b"un croquis"])
    tag = Tag.objects.made(["jamais mise"])["jamais-mise"]
    tag.answer_to("pas encore", world.marc)


def test_a_page_of_an_export_says_in_words_who_wrote_it_and_how_it_is_tagged(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    item = publish("page", world.spaces["le-fil"], world.awa, "Le 12 mai", "Un fil #fibre", names=["La coupure"])
    revise(item, world.marc, "La nuit du 12 mai", "Un fil #fibre", 1)
    Tag.objects.made(["Mémoire"])["memoire"].put_on(item, world.marc)
    export(tmp_path / "export", space=world.spaces["le-fil"])
    exported = tmp_path / "export"
    front, text = split(next(exported.glob(f"spaces/le-fil/{item.pk}-*.md")).read_text())
    assert text == "Un fil #fibre\n"
    assert (front.title, front.author, front.language) == ("La nuit du 12 mai", world.awa.name, item.language)
    assert set(front.tags) == {"fibre", "Mémoire"}
    assert set(front.aliases) == {"La coupure", "Le 12 mai"}
    assert front.created == item.created_at and not front.trouble
    assert split((exported / f"history/{item.pk}/2.md").read_text())[0].author == world.marc.name


def test_what_came_back_can_be_read_edited_and_followed(demo_world: SimpleNamespace, tmp_path: Path) -> None:
    export(tmp_path / "export")
    count = (
        Item.objects.visible_to(OPERATOR, unpublished=True)
        .filter(state__in=("published", "archived", "trashed"))
        .count()
    )
    empty_the_instance()
    restore(tmp_path / "export")
    assert Event.objects.filter(verb="published").count() == count
    item = publish("page", Space.objects.get(slug="maison"), Person.objects.get(handle="awa"), "Nouvelle", "Texte")
    assert item.pk > max(Item.objects.exclude(pk=item.pk).values_list("pk", flat=True))
    guide = Item.objects.exclude(files=None).order_by("pk").first()
    with guide.files.first().open() as file:
        assert len(file.read()) == guide.files.first().size


def test_passwords_are_not_carried(demo_world: SimpleNamespace, tmp_path: Path) -> None:
    export(tmp_path / "export")
    assert b"argon2" not in b"".join(files(tmp_path / "export").values())
    empty_the_instance()
    restore(tmp_path / "export")
    assert not Person.objects.get(handle="tom").has_usable_password()


def test_items_are_markdown_that_anybody_can_read(demo_world: SimpleNamespace, tmp_path: Path) -> None:
    export(tmp_path / "export", space=demo_world.spaces["installateurs"])
    item = demo_world.item("installateurs/raccorder-un-client")
    (path,) = (tmp_path / "export/spaces/installateurs").glob(f"{item.pk}-*.md")
    front, body = path.read_text().removeprefix("---\n").split("\n---\n", 1)
    said = yaml.safe_load(front)
    assert (said["title"], said["kind"], said["version"], body) == (item.title, "page", 4, item.body)
    assert len(list((tmp_path / f"export/history/{item.pk}").iterdir())) == 4


def test_one_space_is_carried_alone_and_comes_back(demo_world: SimpleNamespace, tmp_path: Path) -> None:
    space = demo_world.spaces["installateurs"]
    kept = sorted(Item.objects.filter(space=space).values_list("title", flat=True))
    members = sorted(space.memberships.values_list("person__handle", "role"))
    export(tmp_path / "export", space=space)
    empty_the_instance()
    restore(tmp_path / "export")
    assert sorted(Item.objects.values_list("title", flat=True)) == kept
    (back,) = Space.objects.all()
    assert sorted(back.memberships.values_list("person__handle", "role")) == members
    assert not Person.objects.filter(handle="diego").exists()


def test_what_a_space_cannot_carry_alone_is_left_out_and_said(demo_world: SimpleNamespace, tmp_path: Path) -> None:
    """A challenge whose idea was moved elsewhere; an idea that became one with another that was."""
    house, elsewhere = demo_world.spaces["maison"], demo_world.spaces["installateurs"]
    rule = publish("rule", house, demo_world.lea, "Deux clés", "Toujours.").rule
    rule.hold("Sinon on se trompe.", demo_world.grace, localdate() + timedelta(days=9), demo_world.lea)
    moved = rule.challenge("Une suffit", "Parfois.", demo_world.coumba).idea
    stays = rule.challenge("Aucune", "Jamais.", demo_world.coumba).idea
    Idea.objects.filter(pk=stays.pk).update(same_as=moved)
    Item.objects.filter(pk=moved.pk).update(space=elsewhere)
    export(tmp_path / "export", space=house)
    assert left_out(tmp_path / "export")["rule-challenge"] == 1
    empty_the_instance()
    restore(tmp_path / "export")
    assert list(Challenge.objects.filter(rule__item__title="Deux clés").values_list("idea", flat=True)) == [stays.pk]
    assert Idea.objects.get(pk=stays.pk).same_as is None


@pytest.mark.parametrize("key", ["awa", "koffi", "diego", "ines", "nadia"])
def test_somebodys_export_holds_nothing_they_may_not_see(demo_world: SimpleNamespace, tmp_path: Path, key: str) -> None:
    person = getattr(demo_world, key)
    export(tmp_path / "export", reader=person)
    carried_away = b"\n".join(files(tmp_path / "export").values()).decode("utf-8", "replace")
    seen = Item.objects.visible_to(person)
    for item in Item.objects.exclude(pk__in=seen.values("pk")):
        assert (item.body[:60] or item.title) not in carried_away, item.title
        assert f"\ntitle: {item.title}\n" not in carried_away
    for space in Space.objects.named().exclude(pk__in=Space.objects.visible_to(person).values("pk")):
        assert space.purpose not in carried_away
    for comment in carried.Comment.objects.exclude(pk__in=carried.Comment.objects.visible_to(person).values("pk")):
        assert json.dumps(comment.body, ensure_ascii=False) not in carried_away
    for other in Person.objects.exclude(email=None):
        assert other.email not in carried_away
    assert sum(path.suffix == ".md" for path in (tmp_path / "export/spaces").rglob("*")) == seen.count()


def test_of_people_one_may_not_meet_an_export_tells_their_name(demo_world: SimpleNamespace, tmp_path: Path) -> None:
    Person.objects.filter(pk=demo_world.nadia.pk).update(about="Aime le silence", photo="photos/nadia.webp")
    page = publish("page", demo_world.spaces["le-fil"], demo_world.nadia, "Bonjour", "À tous")
    Comment.say(page, demo_world.ines, "Merci")
    export(tmp_path / "export", reader=demo_world.ines)
    people = {row["id"]: row for row in _table(tmp_path / "export", "people")}
    nadia = demo_world.nadia
    assert people[nadia.pk] == {"id": nadia.pk, "name": nadia.name, "handle": nadia.handle}
    assert people[demo_world.ines.pk]["side"] == "customer"
    export(tmp_path / "of awa", reader=demo_world.awa)
    met = {row["id"]: row for row in _table(tmp_path / "of awa", "people")}
    assert met[nadia.pk]["about"] == "Aime le silence"


def test_somebodys_export_leaves_out_what_was_taken_back_and_can_be_restored(
    demo_world: SimpleNamespace, tmp_path: Path
) -> None:
    page = publish("page", demo_world.spaces["le-fil"], demo_world.awa, "Bonjour", "À tous")
    file = attach(page, demo_world.awa, "secret.txt", [b"des mots retires"])
    file.remove(demo_world.awa)
    taken = Comment.say(page, demo_world.awa, "Un mot de trop")
    Comment.say(page, demo_world.marc, "Une suite", parent=taken)
    Reaction.toggle(page, taken, Gesture.THANKS, demo_world.marc)
    taken.delete_by(demo_world.awa)
    export(tmp_path / "export", reader=demo_world.awa)
    assert "secret.txt" not in [row["name"] for row in _table(tmp_path / "export", "files")]
    assert b"des mots retires" not in files(tmp_path / "export").values()
    (answer,) = (row for row in _table(tmp_path / "export", "comments") if row["body"] == "Une suite")
    assert (answer["thread_id"], answer["parent_id"]) == (None, None)
    assert not [row for row in _table(tmp_path / "export", "reactions") if row["comment_id"] == taken.pk]
    empty_the_instance()
    restore(tmp_path / "export")
    assert Comment.objects.filter(body="Une suite", thread=None).exists()


def _table(folder: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "tables" / f"{name}.jsonl").read_text().splitlines()]


def test_an_export_begins_in_an_empty_folder(demo_world: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "something").write_text("")
    with pytest.raises(NotEmpty, match="is not empty"):
        export(tmp_path)


def test_an_instance_with_people_is_not_overwritten(demo_world: SimpleNamespace, tmp_path: Path) -> None:
    export(tmp_path / "export")
    with pytest.raises(Unusable, match="needs an empty one"):
        restore(tmp_path / "export")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "palabre.json").unlink(),
        lambda folder: (folder / "palabre.json").write_text('{"format": "palabre-export", "version": 99}'),
        lambda folder: (folder / "palabre.json").write_text('{"format": "another", "version": 1}'),
        lambda folder: (folder / "tables/people.jsonl").write_text("{"),
        lambda folder: (folder / "tables/people.jsonl").write_text('{"id": "x"}\n'),
        lambda folder: next((folder / "spaces").rglob("*.md")).write_text("no front matter"),
        lambda folder: next(path for path in (folder / "files").rglob("*") if path.is_file()).write_text("another"),
    ],
)
def test_a_spoilt_export_is_refused_and_nothing_is_written(
    demo_world: SimpleNamespace, tmp_path: Path, spoil: Any
) -> None:
    export(tmp_path / "export", space=demo_world.spaces["installateurs"])
    spoil(tmp_path / "export")
    empty_the_instance()
    with pytest.raises(Unusable):
        restore(tmp_path / "export")
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "place",
    [
        "files/photos/theirs.webp",
        "spaces/le-fil/99-the-key.md",
        "spaces/elsewhere",
        "history/99",
        "tables/reactions.jsonl",
    ],
)
def test_a_link_in_an_export_is_refused_and_brings_nothing_of_what_it_leads_to(
    world: SimpleNamespace, storage: Path, tmp_path: Path, place: str
) -> None:
    secret = tmp_path / ("beside.d" if place in ("spaces/elsewhere", "history/99") else "beside")
    (secret.mkdir if secret.suffix else secret.touch)()
    export(tmp_path / "export", space=world.spaces["le-fil"])
    link = tmp_path / "export" / place
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(secret)
    empty_the_instance()
    with pytest.raises(Unusable, match=f"{place} in .* is a link"):
        restore(tmp_path / "export")
    assert not Person.objects.exists() and not any(path.is_file() for path in storage.rglob("*"))


def test_an_export_may_be_reached_by_a_link(world: SimpleNamespace, storage: Path, tmp_path: Path) -> None:
    export(tmp_path / "export", space=world.spaces["le-fil"])
    (tmp_path / "monday").symlink_to("export")
    empty_the_instance()
    assert restore(tmp_path / "monday")["items"]


def test_html_of_an_export_is_not_believed(demo_world: SimpleNamespace, tmp_path: Path) -> None:
    export(tmp_path / "export", space=demo_world.spaces["le-fil"])
    table = tmp_path / "export/tables/comments.jsonl"
    first, *rest = table.read_text().splitlines()
    bad = json.loads(first) | {"html": "<script>1</script>", "body": "Bien <script>1</script> dit"}
    table.write_text("\n".join([json.dumps(bad), *rest]) + "\n")
    empty_the_instance()
    restore(tmp_path / "export")
    assert "<script" not in carried.Comment.objects.get(pk=bad["id"]).html


def test_every_model_of_the_house_is_carried_or_left_out_with_a_reason() -> None:
    known = {table.model for table in (*carried.tables(), carried.ITEMS, carried.REVISIONS)}
    left = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("palabre.") and model not in known
    }
    assert left == set(carried.LEFT_OUT)

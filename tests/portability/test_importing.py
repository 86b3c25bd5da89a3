"""A folder of Markdown comes into a space: tree, links, files, authors, dates; again, and only changes are written."""

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from palabre.authoring import lifecycle
from palabre.authoring.marks import resolve
from palabre.authoring.writing import publish, revise
from palabre.items.models import Item, Revision
from palabre.journal.models import Event
from palabre.kit.clock import now
from palabre.links.models import Link
from palabre.pages.tree import put_in_order
from palabre.people.models import OPERATOR, Organisation, Person
from palabre.portability.markdown.importing import import_markdown
from palabre.portability.markdown.recognition import AnotherFolder
from palabre.portability.markdown.report import Report
from palabre.spaces.models import Space
from palabre.tags.models import Tag


@pytest.fixture
def wiki(tmp_path: Path) -> Path:
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(picture, "PNG")
    root = tmp_path / "wiki"
    for path, text in {
        "index.md": "# Our wiki\n\nRead [the guide](guide/) and [[First steps]], or [nothing](gone.md).\n",
        "guide/index.md": "# Guide\n\n![A plan](../img/plan.png) and [the plan](../img/plan.png)\n",
        "guide/start.md": (
            "---\ntitle: Getting started\naliases: [First steps]\nauthor: coumba@teranga.example\n"
            "date: 2023-04-05\ntags: [fibre, terrain]\n---\n"
            "Voici comment commencer, pas à pas, dans la langue de la maison.\n\n[Back](../index.md#top)\n"
        ),
        "guide/older.md": (
            "---\nauthor: Nobody Known\n---\n# Older\n\nSee [start][s] or `[code](missing.md)`.\n\n[s]: start.md\n"
        ),
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    (root / "img").mkdir()
    (root / "img/plan.png").write_bytes(picture.getvalue())
    (root / "img/unused.png").write_bytes(picture.getvalue())
    return root


def brought(space: Space) -> dict[str, Item]:
    return {item.extras["source"]: item for item in Item.objects.filter(space=space, extras__has_key="source")}


@pytest.fixture
def imported(world: SimpleNamespace, wiki: Path) -> tuple[Report, dict[str, Item]]:
    space = world.spaces["produit"]
    return import_markdown(wiki, space, world.lea), brought(space)


def test_folders_become_the_tree_and_titles_are_found(imported: tuple[Report, dict[str, Item]]) -> None:
    report, items = imported
    assert (report.pages, report.created) == (4, 4)
    assert {path: item.title for path, item in items.items()} == {
        "index.md": "Our wiki",
        "guide/index.md": "Guide",
        "guide/start.md": "Getting started",
        "guide/older.md": "Older",
    }
    assert items["index.md"].parent_id is None
    assert items["guide/index.md"].parent_id == items["index.md"].pk
    assert items["guide/start.md"].parent_id == items["guide/index.md"].pk
    assert "# " not in items["index.md"].body


def test_links_lead_to_items_and_survive_a_rename(imported: tuple[Report, dict[str, Item]]) -> None:
    report, items = imported
    start, index = items["guide/start.md"], items["index.md"]
    assert report.links == 4
    assert f"[First steps]({start.get_absolute_url()})" in index.body
    assert f"[Back]({index.get_absolute_url()}#top)" in start.body
    assert f"[s]: {start.get_absolute_url()}" in items["guide/older.md"].body
    Item.objects.filter(pk=start.pk).update(title="Something else")
    assert f'href="/pages/{start.pk}-something-else/"' in resolve(index.html, OPERATOR, index)


def test_what_leads_nowhere_is_reported_where_it_stands(imported: tuple[Report, dict[str, Item]]) -> None:
    report, items = imported
    assert {(each.source, each.target, each.form) for each in report.broken} == {
        ("index.md", "gone.md", "link"),
        ("guide/older.md", "missing.md", "code"),
    }
    assert "[nothing](gone.md)" in items["index.md"].body
    assert any("gone.md" in line for line in report.sentences())


def test_images_become_files_of_the_page_that_shows_them(imported: tuple[Report, dict[str, Item]]) -> None:
    report, items = imported
    guide = items["guide/index.md"]
    (file,) = guide.files.all()
    assert (file.name, file.width, report.files, report.unused_files) == ("plan.png", 40, 1, 1)
    assert guide.body.count(file.get_absolute_url()) == 2
    assert f'src="{file.get_absolute_url()}"' in guide.html


def test_front_matter_is_understood(world: SimpleNamespace, imported: tuple[Report, dict[str, Item]]) -> None:
    _report, items = imported
    start = items["guide/start.md"]
    assert (start.author, start.published_at.date().isoformat(), start.language) == (world.coumba, "2023-04-05", "fr")
    assert set(start.names.values_list("label", flat=True)) == {"Getting started", "First steps"}
    assert (items["index.md"].author, items["index.md"].language) == (world.lea, "en")
    assert items["guide/older.md"].extras["author"] == "Nobody Known"


def test_nothing_but_items_is_made(world: SimpleNamespace, wiki: Path) -> None:
    before = (Person.objects.count(), Space.objects.count(), Organisation.objects.count())
    import_markdown(wiki, world.spaces["produit"], world.lea)
    assert (Person.objects.count(), Space.objects.count(), Organisation.objects.count()) == before


def test_without_an_author_the_person_import_writes(world: SimpleNamespace, wiki: Path) -> None:
    import_markdown(wiki, world.spaces["produit"])
    author = brought(world.spaces["produit"])["index.md"].author
    assert (author.name, author.has_account, author.is_bot) == ("Import", False, True)
    (wiki / "more.md").write_text("# More\n")
    import_markdown(wiki, world.spaces["produit"])
    assert Person.objects.filter(name="Import").count() == 1


def test_followers_of_the_journal_see_every_page(imported: tuple[Report, dict[str, Item]]) -> None:
    _report, items = imported
    told = Event.objects.filter(verb="published", item__in=[item.pk for item in items.values()])
    assert told.count() == len(items)


def test_again_nothing_is_written(world: SimpleNamespace, wiki: Path, imported: tuple[Report, dict[str, Item]]) -> None:
    events, revisions = Event.objects.count(), Revision.objects.count()
    again = import_markdown(wiki, world.spaces["produit"], world.lea)
    assert (again.created, again.updated, again.unchanged, again.files) == (0, 0, 4, 0)
    assert (Event.objects.count(), Revision.objects.count()) == (events, revisions)


def test_again_only_what_changed_is_written(
    world: SimpleNamespace, wiki: Path, imported: tuple[Report, dict[str, Item]]
) -> None:
    (wiki / "guide/older.md").write_text("# Older\n\nRewritten, with [[Brand new]].\n")
    (wiki / "guide/new.md").write_text("# Brand new\n")
    (wiki / "guide/start.md").rename(wiki / "started.md")
    again = import_markdown(wiki, world.spaces["produit"], world.lea)
    items = brought(world.spaces["produit"])
    assert (again.created, again.moved, again.updated, again.unchanged) == (1, 1, 2, 2)
    assert items["started.md"].pk == imported[1]["guide/start.md"].pk
    assert items["started.md"].parent_id == items["index.md"].pk
    assert items["guide/older.md"].version == 2
    assert items["guide/new.md"].get_absolute_url() in items["guide/older.md"].body


def test_what_people_changed_here_is_merged_or_left_to_them(
    world: SimpleNamespace, wiki: Path, imported: tuple[Report, dict[str, Item]]
) -> None:
    older = imported[1]["guide/older.md"]
    revise(older, world.lea, "Older", older.body + "\nAdded here.\n", 1)
    text = (wiki / "guide/older.md").read_text()
    (wiki / "guide/older.md").write_text(text.replace("See [start]", "Do see [start]"))
    merged = import_markdown(wiki, world.spaces["produit"], world.lea)
    body = brought(world.spaces["produit"])["guide/older.md"].body
    assert (merged.updated, merged.conflicts) == (1, [])
    assert "Do see" in body
    assert "Added here." in body
    here = brought(world.spaces["produit"])["guide/older.md"]
    revise(here, world.lea, "Older", here.body.replace("Do see", "Look at"), here.version)
    (wiki / "guide/older.md").write_text(text.replace("See [start]", "Never mind [start]"))
    conflicting = import_markdown(wiki, world.spaces["produit"], world.lea)
    assert [each["path"] for each in conflicting.conflicts] == ["guide/older.md"]
    assert "Look at" in brought(world.spaces["produit"])["guide/older.md"].body


def test_a_page_renamed_in_its_folder_is_known_by_its_new_path(
    world: SimpleNamespace, wiki: Path, imported: tuple[Report, dict[str, Item]]
) -> None:
    (wiki / "guide/start.md").rename(wiki / "guide/begin.md")
    assert import_markdown(wiki, world.spaces["produit"], world.lea).moved == 1
    assert import_markdown(wiki, world.spaces["produit"], world.lea).moved == 0
    begin = wiki / "guide/begin.md"
    begin.write_text(begin.read_text() + "\nDavantage.\n")
    again = import_markdown(wiki, world.spaces["produit"], world.lea)
    assert (again.created, again.updated, again.gone) == (0, 1, [])
    assert brought(world.spaces["produit"])["guide/begin.md"].pk == imported[1]["guide/start.md"].pk


def test_pages_stand_as_their_names_sort_with_numbers_as_numbers(world: SimpleNamespace, tmp_path: Path) -> None:
    for name in ("10 m", "2 m", "2²5", "a"):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\nSome words about it.\n")
    import_markdown(tmp_path, world.spaces["produit"], world.lea)
    made = Item.objects.filter(extras__collection=tmp_path.name).order_by("position")
    assert [each.title for each in made] == ["2 m", "2²5", "10 m", "a"]


def test_what_people_ordered_and_moved_stays_where_they_put_it(
    world: SimpleNamespace, wiki: Path, imported: tuple[Report, dict[str, Item]]
) -> None:
    items, here = imported[1], world.spaces["produit"]
    put_in_order([items["guide/start.md"], items["guide/older.md"]])
    lifecycle.move(items["guide/older.md"], world.lea, here, items["index.md"])
    lifecycle.move(items["guide/index.md"], world.lea, world.spaces["maison"])
    (wiki / "guide/older.md").write_text("# Older\n\nRewritten.\n")
    (wiki / "a.md").write_text("# First of all\n")
    again = import_markdown(wiki, here, world.lea)
    assert (again.created, again.updated) == (1, 1)
    older, guide = Item.objects.get(pk=items["guide/older.md"].pk), Item.objects.get(pk=items["guide/index.md"].pk)
    assert (older.parent_id, older.position, older.version) == (items["index.md"].pk, 0, 2)
    assert (guide.space, guide.parent_id) == (world.spaces["maison"], None)
    assert Item.objects.get(pk=items["guide/start.md"].pk).position < 0
    other = Item.objects.filter(extras__collection=wiki.name)
    assert import_markdown(wiki, world.spaces["reseau"], world.lea).created == 5
    assert other.count() == 10


def test_a_page_moved_in_the_folder_is_moved_here_and_told(
    world: SimpleNamespace, wiki: Path, imported: tuple[Report, dict[str, Item]]
) -> None:
    (wiki / "guide/older.md").rename(wiki / "older.md")
    import_markdown(wiki, world.spaces["produit"], world.lea)
    older = Item.objects.get(pk=imported[1]["guide/older.md"].pk)
    assert older.parent_id == imported[1]["index.md"].pk
    assert older.position > 0
    assert Event.objects.filter(item=older.pk, verb="moved").count() == 1


def test_a_draft_is_published_by_its_source_and_what_its_front_matter_leaves_out_goes(
    world: SimpleNamespace, wiki: Path
) -> None:
    page = wiki / "draft.md"
    page.write_text(
        "---\ndraft: true\ntags: [fibre, terrain]\naliases: [Ébauche, Brouillon]\n---\n# Not yet\n\nSoon.\n"
    )
    space = world.spaces["produit"]
    publish("page", space, world.lea, "More", "[[Esquisse]]")
    import_markdown(wiki, space, world.lea)
    item = brought(space)["draft.md"]
    Tag.objects.made(["à nous"])["a-nous"].put_on(item, world.lea)
    page.write_text(
        "---\ntags: [fibre]\naliases: [Ébauche, Esquisse]\ndate: 2024-05-06\nlang: fr\n---\n# Not yet\n\nSoon.\n"
    )
    again = import_markdown(wiki, space, world.lea)
    item.refresh_from_db()
    assert (again.updated, item.state, item.language, item.version) == (1, "published", "fr", 1)
    assert item.published_at.date().isoformat() == "2024-05-06"
    assert {tagging.tag.key for tagging in item.taggings.select_related("tag")} == {"fibre", "a-nous"}
    assert set(item.names.values_list("label", flat=True)) == {"Not yet", "Ébauche", "Esquisse"}
    assert Link.objects.get(title_key="esquisse").target == item
    assert Event.objects.filter(item=item.pk, verb="published").exists()
    page.write_text(page.read_text().replace(", Esquisse", ""))
    import_markdown(wiki, space, world.lea)
    assert Event.objects.filter(item=item.pk, verb="edited").exists()
    assert Link.objects.get(title_key="esquisse").target is None
    assert import_markdown(wiki, space, world.lea).updated == 0


def test_a_file_too_large_is_never_read(world: SimpleNamespace, wiki: Path, settings: Any) -> None:
    settings.PALABRE_FILE_SIZE = 10_000
    with (wiki / "recording.mp4").open("wb") as file:
        file.truncate(8 * 1024**3)
    (wiki / "show.md").write_text("# Show\n\n![The recording](recording.mp4)\n")
    report = import_markdown(wiki, world.spaces["produit"], world.lea)
    assert {each["path"]: each["reason"] for each in report.skipped}["recording.mp4"].startswith("larger than")
    assert "recording.mp4" in [each.target for each in report.missing_files]


def test_wiki_links_are_read_both_ways_round_and_answered_by_what_was_here(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    publish("page", world.spaces["maison"], world.awa, "Already here", "")
    root = tmp_path / "wiki"
    root.mkdir()
    (root / "Home.md").write_text(
        "[[shown|Other Page]] [[Other-Page|so]] [[already here]] [[Wanted]] [[Other Page^b1]]"
    )
    (root / "Other-Page.md").write_text("# Other page")
    report = import_markdown(root, world.spaces["produit"], world.lea)
    items = brought(world.spaces["produit"])
    address = items["Other-Page.md"].get_absolute_url()
    assert items["Home.md"].body.startswith(f"[shown]({address}) [so]({address}) [[already here]] [[Wanted]]")
    assert [each.target for each in report.broken] == ["Wanted"]


def test_a_folder_as_it_was_is_told_of_as_it_was(world: SimpleNamespace, tmp_path: Path) -> None:
    root = tmp_path / "wiki"
    for folder in ("a", "b"):
        (root / folder).mkdir(parents=True)
        (root / folder / "page.md").write_text("# Another page\n")
    (root / "index.md").write_text("# Home\n\n[[Another page]] [[Nobody]]\n")
    told = [import_markdown(root, world.spaces["produit"], world.lea) for _run in range(2)]
    assert [each.target for each in told[0].broken] == ["Another page", "Nobody"]
    assert told[1].broken == told[0].broken and told[1].unchanged == 3


def test_two_folders_of_other_names_live_side_by_side_in_a_space(
    world: SimpleNamespace, wiki: Path, imported: tuple[Report, dict[str, Item]]
) -> None:
    other = wiki.rename(wiki.with_name("autre"))
    assert import_markdown(other, world.spaces["produit"], world.lea).created == 4


def test_two_folders_of_one_name_are_told_apart_when_asked(
    world: SimpleNamespace, tmp_path: Path, imported: tuple[Report, dict[str, Item]]
) -> None:
    other = tmp_path / "other/wiki"
    other.mkdir(parents=True)
    (other / "index.md").write_text("# Another wiki\n")
    assert import_markdown(other, world.spaces["produit"], world.lea, collection="other").created == 1
    assert import_markdown(other, world.spaces["produit"], world.lea, collection="other").unchanged == 1
    assert Item.objects.get(pk=imported[1]["index.md"].pk).title == "Our wiki"


def test_another_folder_of_that_name_is_refused_before_anything_is_written(
    world: SimpleNamespace, tmp_path: Path, imported: tuple[Report, dict[str, Item]]
) -> None:
    other, events = tmp_path / "other/wiki", Event.objects.count()
    (other / "guide").mkdir(parents=True)
    (other / "index.md").write_text("# Our wiki\n\nThat of another team.\n")
    (other / "guide/index.md").write_text("# Guide\n\nHow they go about it.\n")
    with pytest.raises(AnotherFolder, match="--collection"):
        import_markdown(other, world.spaces["produit"], world.lea)
    assert Event.objects.count() == events
    assert import_markdown(other, world.spaces["produit"], world.lea, collection="wiki").updated == 2


def test_a_folder_that_moved_and_changed_is_still_the_same(
    world: SimpleNamespace, wiki: Path, imported: tuple[Report, dict[str, Item]]
) -> None:
    (wiki.parent / "clone").mkdir()
    clone = wiki.rename(wiki.parent / "clone/wiki")
    (clone / "index.md").write_text("# Welcome\n\nAll of it anew.\n")
    (clone / "guide/older.md").unlink()
    for number in range(6):
        (clone / f"new-{number}.md").write_text(f"# New {number}\n")
    again = import_markdown(clone, world.spaces["produit"], world.lea)
    assert (again.created, again.updated, again.gone) == (6, 2, ["guide/older.md"])


def test_a_day_to_come_puts_no_page_above_all_others(world: SimpleNamespace, wiki: Path) -> None:
    (wiki / "later.md").write_text("---\ndate: 2024-05-06\nlastmod: 2097-01-02\n---\n# Later\n")
    (wiki / "2098-03-04-future.md").write_text("# Future\n")
    report = import_markdown(wiki, world.spaces["produit"], world.lea)
    items = brought(world.spaces["produit"])
    assert items["later.md"].published_at.date().isoformat() == "2024-05-06"
    assert all(item.published_at <= now() and item.updated_at <= now() for item in items.values())
    assert {each["path"]: each["reason"] for each in report.odd} == {
        "later.md": "a date to come, left out: 2097-01-02",
        "2098-03-04-future.md": "a date to come, left out: 2098-03-04",
    }
    assert import_markdown(wiki, world.spaces["produit"], world.lea).unchanged == report.created


def test_a_draft_stays_its_authors_own(world: SimpleNamespace, wiki: Path) -> None:
    (wiki / "draft.md").write_text("---\ndraft: true\n---\n# Not yet\n")
    report = import_markdown(wiki, world.spaces["produit"], world.lea)
    draft = brought(world.spaces["produit"])["draft.md"]
    assert (report.drafts, draft.state) == (1, "draft")
    assert not Item.objects.visible_to(world.nadia).filter(pk=draft.pk).exists()


def test_the_report_says_a_thing_once_and_as_people_wrote_it(world: SimpleNamespace, wiki: Path) -> None:
    (wiki / "img/plan.png").write_bytes(b"")
    (wiki / "twice.md").write_text("---\ndraft: true\n---\n# L'Été\n\n![](img/plan.png)\n")
    (wiki / "again.md").write_text("# L'Été\n\nEncore.\n")
    report = import_markdown(wiki, world.spaces["produit"], world.lea)
    told = list(report.sentences())
    assert "1 page is a draft: seen by no one but the author." in told
    assert "  the title “L'Été”: again.md, twice.md" in told
    assert [each["path"] for each in report.skipped].count("img/plan.png") == 1
    assert {each.source for each in report.missing_files} == {"guide/index.md", "twice.md"}


def test_hostile_pages_are_reported_and_the_rest_comes_in(world: SimpleNamespace, wiki: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (wiki / "bad.md").write_text("---\ntitle: [\n---\n# Bad\n\n[up](../secret.txt) ![x](../../etc/passwd)\n")
    (wiki / "latin.md").write_bytes("# Déjà\n".encode("cp1252"))
    (wiki / "binary.md").write_bytes(b"\x00\x01\x02")
    (wiki / "nul.png.md").write_text("# Weird\n\n[[" + "a" * 5000 + "]] [x](" + "../" * 900 + ")\n")
    (wiki / "empty.md").write_text('---\ntitle: "a\\0b"\nauthor: "\\0"\naliases: ["\\0"]\n---\n')
    (wiki / "leak.png").symlink_to(tmp_path / "secret.txt")
    (wiki / "uses.md").write_text("# Uses\n\n![](leak.png) ![](broken.png)\n")
    (wiki / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    report = import_markdown(wiki, world.spaces["produit"], world.lea)
    assert report.created == 9
    assert {each["path"] for each in report.skipped} >= {"binary.md", "leak.png"}
    assert {each["path"] for each in report.odd} == {"bad.md", "latin.md"}
    assert ("bad.md", "../secret.txt") in {(each.source, each.target) for each in report.broken}
    assert {each.target for each in report.missing_files} >= {"leak.png", "../../etc/passwd"}
    assert not any("secret" in item.html for item in brought(world.spaces["produit"]).values() if "up" not in item.html)


def test_a_wiki_of_notes_comes_in_as_its_author_reads_it(world: SimpleNamespace, tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (4, 2), "teal").save(picture, "PNG")
    for path, text in {
        "Start.md": (
            "![[Plan.png|300]] ![[Plan.png|Its plan|300x20]] ![[Deep/Leaf#Twigs]] ![[terms.pdf]] "
            "[[Plan.png|alt=The plan]] [[#Below]] "
            "[[Leaf#Twigs#Small ones]] [x](nowhere%00.md)\n\n!!! tip\n    See [[Leaf]].\n\n## Below\n"
        ),
        "Deep/Leaf.md": "## Twigs {#branches}\n\n[up](../Start.md) [here](#branches)\n",
        "Remarks.md": (
            "Said %%not [[Leaf]] aloud%%. ^said\n\n%%\nNor this.\n\nNor this.\n%%\n\nA `%%` is `%%`.\n\n"
            "~~~\n%% code %% ^x\n~~~\n^list\n"
        ),
        "Daily/2024-05-06.md": "What was done: [twigs](../Deep/Leaf.md#branches)\n",
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "Plan.png").write_bytes(picture.getvalue())
    (tmp_path / "terms.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    space = world.spaces["produit"]
    report = import_markdown(tmp_path, space, world.lea)
    items = brought(space)
    start, leaf, day = items["Start.md"], items["Deep/Leaf.md"], items["Daily/2024-05-06.md"]
    files = {file.name: file.get_absolute_url() for file in start.files.all()}
    assert f"![Plan.png]({files['Plan.png']})" in start.body
    assert f"![The plan]({files['Plan.png']})" in start.body
    assert f"![Its plan]({files['Plan.png']})" in start.body
    assert "aloud" not in items["Remarks.md"].html and "Nor" not in items["Remarks.md"].html
    assert "^said" not in items["Remarks.md"].body and "^list" not in items["Remarks.md"].body
    assert "A `%%` is `%%`.\n\n~~~\n%% code %% ^x\n~~~" in items["Remarks.md"].body
    assert f" [terms.pdf]({files['terms.pdf']})" in start.body
    assert f" [Deep/Leaf#Twigs]({leaf.get_absolute_url()}#Twigs)" in start.body
    assert f"({leaf.get_absolute_url()}#Small%20ones)" in start.body
    assert f"> [!TIP]\n> See [Leaf]({leaf.get_absolute_url()})." in start.body
    assert '<a href="#s-below">Below</a>' in start.html
    assert "[here](#twigs)" in leaf.body
    assert (day.title, day.published_at.date().isoformat()) == ("2024-05-06", "2024-05-06")
    assert f"({leaf.get_absolute_url()}#twigs)" in day.body
    assert [(each.source, each.target) for each in report.broken] == [("Start.md", "nowhere%00.md")]
    again = import_markdown(tmp_path, space, world.lea)
    assert (again.unchanged, again.updated, again.created, again.files) == (4, 0, 0, 0)

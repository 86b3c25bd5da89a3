"""However a tool writes its links, they lead where their author meant, or nowhere."""

import csv

import pytest

from palabre.portability.markdown.atlas import Atlas, Place
from palabre.portability.markdown.folder import Folder

PAGES = [
    Place("index.md", "Welcome"),
    Place("guide/index.md", "Guide"),
    Place("guide/Getting Started.md", "Getting started", ("First steps",)),
    Place("guide/02-install.md", "Install", addresses=("/setup",)),
    Place("guide/été.md", "L’été"),
    Place("team/README.md", "Team"),
    Place("team/people/awa.md", "Awa"),
    Place("team/people.md", "People"),
    Place("notes/notes.md", "Notes"),
    Place("notes/awa.md", "Awa’s notes"),
    Place("blog/_index.md", "Blog"),
    Place("blog/2024-05-06-hello.md", "Hello"),
    Place("C#.md", "C#"),
    Place("blog/2024-05-07.md", "2024-05-07"),
    Place("How-does-it-work%3F.md", "How does it work?"),
    Place("blog/about.fr.md", "À propos"),
    Place("blog/hello.en.md", "Hello again"),
    Place("blog/trench/index.md", "The trench", addresses=("digging", "hello")),
]
FILES = ["img/plan.png", "guide/Plan d’accès.PDF"]


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas.draw(PAGES, FILES)


@pytest.mark.parametrize(
    ("source", "written", "path"),
    [
        ("index.md", "guide/index.md", "guide/index.md"),
        ("index.md", "./guide/", "guide/index.md"),
        ("index.md", "guide", "guide/index.md"),
        ("index.md", "/guide/install", "guide/02-install.md"),
        ("index.md", "/handbook/guide/install/", "guide/02-install.md"),
        ("index.md", "/setup", "guide/02-install.md"),
        ("guide/index.md", "02-install", "guide/02-install.md"),
        ("guide/index.md", "02-install.html#x", "guide/02-install.md"),
        ("guide/index.md", "02-INSTALL.MD", "guide/02-install.md"),
        ("guide/index.md", "Getting%20Started.md", "guide/Getting Started.md"),
        ("guide/index.md", "getting-started", "guide/Getting Started.md"),
        ("guide/index.md", "e%CC%81te%CC%81.md", "guide/été.md"),
        ("guide/index.md", "..", "index.md"),
        ("guide/index.md", "../team", "team/README.md"),
        ("guide/02-install.md", "../getting-started/", "guide/Getting Started.md"),  # served at /guide/install/
        ("guide/02-install.md", "guide/index.md", "guide/index.md"),  # from the root
        ("team/people/awa.md", "../people.md", "team/people.md"),
        ("team/README.md", "people/", "team/people.md"),
        ("team/README.md", "@site/guide/02-install.md", "guide/02-install.md"),
        ("team/README.md", '{{< relref "guide/02-install.md" >}}', "guide/02-install.md"),
        ("team/README.md", "{{ site.baseurl }}{% link guide/index.md %}", "guide/index.md"),
        ("blog/_index.md", "2024-05-06-hello", "blog/2024-05-06-hello.md"),
        ("blog/_index.md", "hello", "blog/2024-05-06-hello.md"),
        ("index.md", "How-does-it-work%3F", "How-does-it-work%3F.md"),
        ("index.md", "../wiki/How-does-it-work%3F#two", "How-does-it-work%3F.md"),  # as the wiki is served
        ("index.md", "wiki/How-does-it-work%3F", "How-does-it-work%3F.md"),  # from its first page
        ("index.md", "/blog/digging/", "blog/trench/index.md"),
        ("index.md", "/blog/trench/digging/", "blog/trench/index.md"),
        ("index.md", "blog/about.md", "blog/about.fr.md"),
        ("index.md", "/blog/hello", "blog/2024-05-06-hello.md"),
        ("index.md", "Getting-Started", "guide/Getting Started.md"),  # a wiki whose pages stand side by side
        ("guide/index.md", "../img/plan.png", "img/plan.png"),
        ("guide/index.md", "/static/img/plan.png", "img/plan.png"),
        ("guide/index.md", "Plan%20d%E2%80%99acc%C3%A8s.pdf", "guide/Plan d’accès.PDF"),
        ("guide/index.md", "nothing.md", None),
        ("guide/index.md", "../../outside.md", None),
        ("guide/index.md", "../../../../../../etc/passwd", None),
        ("index.md", "img", None),
        ("index.md", "%00", None),
    ],
)
def test_a_link_leads_where_it_was_meant_to(atlas: Atlas, source: str, written: str, path: str | None) -> None:
    found = atlas.find(source, written)
    assert (found.path if found else None) == path


@pytest.mark.parametrize(
    ("source", "written", "path", "section"),
    [
        ("index.md", "Getting started", "guide/Getting Started.md", ""),
        ("index.md", "first STEPS#Now", "guide/Getting Started.md", "Now"),
        ("index.md", "L'ete", "guide/été.md", ""),
        ("index.md", "people/awa", "team/people/awa.md", ""),
        ("index.md", "C#", "C#.md", ""),
        ("index.md", "plan.png", "img/plan.png", ""),
        ("notes/notes.md", "awa", "notes/awa.md", ""),
        ("team/people/awa.md", "awa", "team/people/awa.md", ""),
        ("index.md", "#Top", "index.md", "Top"),
        ("index.md", "Nobody wrote this", None, ""),
    ],
)
def test_a_wiki_link_leads_by_title_alias_path_or_file(
    atlas: Atlas, source: str, written: str, path: str | None, section: str
) -> None:
    found = atlas.find_name(source, written)
    assert (found and (found.path, found.section)) == (path and (path, section))


@pytest.mark.parametrize(
    ("path", "parent"),
    [
        ("index.md", None),
        ("C#.md", "index.md"),
        ("guide/index.md", "index.md"),
        ("guide/02-install.md", "guide/index.md"),
        ("team/people/awa.md", "team/people.md"),
        ("team/people.md", "team/README.md"),
        ("notes/notes.md", "index.md"),
        ("notes/awa.md", "notes/notes.md"),
        ("blog/2024-05-06-hello.md", "blog/_index.md"),
    ],
)
def test_folders_become_the_tree(atlas: Atlas, path: str, parent: str | None) -> None:
    assert atlas.parent_of(path) == parent


@pytest.mark.corpus
def test_every_link_of_a_real_handbook_resolves_as_listed(corpus) -> None:
    handbook = corpus("wiki-sourcegraph-handbook-en")
    folder = Folder.read(handbook / "pages")
    atlas = Atlas.draw((Place(path) for path in folder.pages), folder.files)
    with (handbook / "links.tsv").open(newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found = atlas.find(row["from"], row["href"])
            assert (found.path if found else "") == row["to_resolved"], row

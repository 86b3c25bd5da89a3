"""Documents: programs read every feed without a complaint, and the rules of both formats hold, whatever is written."""

import json
import re
from xml.etree import ElementTree

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from palabre.authoring.writing import publish, revise
from palabre.feeds.sources import Source
from palabre.items.models import Item
from palabre.tags.models import Tag
from palabre.talk.models import Comment
from tests.feeds.rules import ATOM, BROKEN, broken_by_atom, broken_by_json

pytestmark = pytest.mark.usefixtures("stories_told")

# Of queries: to say that nothing has changed, and for all of it. The session and the sight are two of them.
NUMBERS = {"/feeds/spaces/reseau.atom": (3, 5), "/feeds/new.json": (3, 5), "/feeds/tags/fibre.atom": (4, 6)}
TYPES = {"atom": "application/atom+xml; charset=utf-8", "json": "application/feed+json; charset=utf-8"}
HOSTILE = "<script>alert(1)</script> & ]]> \x0b\x1f\ufffe “é” 🌍 &amp; <!--"


@pytest.fixture(autouse=True)
def searched(settings, index):
    settings.DATA = index


def read(content):
    return feedparser.parse(content)


def test_every_feed_is_read_without_a_complaint(addresses, demo_world, sign_in):
    client = sign_in(demo_world.marc)
    for address, form in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert response["Content-Type"] == TYPES[form]
        assert BROKEN[form](response.content) == [], address
        if form == "atom":
            found = feedparser.parse(response.content, response_headers={"content-type": TYPES[form]})
            assert not found.bozo, (address, found.get("bozo_exception"))
            assert found.version == "atom10"
            assert found.entries, address
        else:
            assert json.loads(response.content)["items"], address


def test_the_open_feeds_of_a_stranger_are_as_well_formed(client):
    for address in ("/feeds/new.atom", "/feeds/spaces/le-fil.atom", "/feeds/kinds/posts.atom"):
        content = client.get(address).content
        assert broken_by_atom(content) == []
        assert not read(content).bozo


def test_a_feed_is_said_to_be_in_its_own_language_whoever_reads_it(client):
    response = client.get("/feeds/spaces/le-fil.atom", headers={"accept-language": "en"})
    assert response["Content-Language"] == read(response.content).feed.language == "fr"


def test_both_formats_say_the_same(demo_world, sign_in):
    client = sign_in(demo_world.marc)
    atom = read(client.get("/feeds/spaces/reseau.atom").content)
    said = json.loads(client.get("/feeds/spaces/reseau.json").content)
    assert [entry.id for entry in atom.entries] == [item["id"] for item in said["items"]]
    assert [entry.title for entry in atom.entries] == [item["title"] for item in said["items"]]
    assert said["feed_url"].endswith("/feeds/spaces/reseau.json")
    assert {link.rel for link in atom.feed.links} >= {"self", "alternate", "hub"}
    assert said["hubs"][0]["url"].endswith("/feeds/hub/")


def test_an_entry_says_who_when_what_of_and_in_which_language(demo_world, sign_in):
    item = publish("page", demo_world.spaces["reseau"], demo_world.coumba, "Les sondes", "Voir #sonde.", language="fr")
    [entry, *_] = read(sign_in(demo_world.marc).get("/feeds/spaces/reseau.atom").content).entries
    assert entry.id == f"http://127.0.0.1:8000/items/{item.pk}/"
    assert entry.link == f"http://127.0.0.1:8000{item.get_absolute_url()}"
    assert entry.author == demo_world.coumba.name
    assert [tag.term for tag in entry.tags] == ["sonde"]
    assert entry.content[0].language == item.language
    assert entry.published_parsed[:3] == item.published_at.timetuple()[:3]


def test_the_id_of_an_entry_outlives_its_title(demo_world, sign_in):
    client, space = sign_in(demo_world.marc), demo_world.spaces["reseau"]
    item = publish("page", space, demo_world.coumba, "Avant", "Un.")
    before = read(client.get("/feeds/spaces/reseau.atom").content).entries[0]
    revise(item, demo_world.coumba, "Après", "Deux.", 1)
    after = read(client.get("/feeds/spaces/reseau.atom").content).entries[0]
    assert (before.title, after.title) == ("Avant", "Après")
    assert before.id == after.id


def test_texts_are_resolved_for_their_reader_and_lead_back_to_the_house(demo_world, sign_in):
    hidden = publish("page", demo_world.spaces["direction"], demo_world.nadia, "Le rachat secret", "Rien.")
    seen = publish("page", demo_world.spaces["reseau"], demo_world.coumba, "La gaine", "Douze.")
    body = (
        f"# Titre\n\nVoir [[La gaine]], [[Pas encore écrit]], [là]({hidden.get_absolute_url()}), "
        f"[ici](#titre), #fibre, @{demo_world.koffi.handle}, ![plan](/files/1/plan.png)"
    )
    publish("page", demo_world.spaces["reseau"], demo_world.coumba, "Le chantier", body)
    html = json.loads(sign_in(demo_world.awa).get("/feeds/spaces/reseau.json").content)["items"][0]["content_html"]
    ours = "http://127.0.0.1:8000"
    assert f'href="{ours}{seen.get_absolute_url()}"' in html
    assert f'href="{ours}/tags/fibre/"' in html
    assert f'href="{ours}/people/{demo_world.koffi.pk}-{demo_world.koffi.handle}/"' in html
    assert 'src="http://127.0.0.1:8000/files/1/plan.png"' in html
    assert "/write/" not in html and "data-mark" not in html and "secret" not in html
    assert f"/pages/{hidden.pk}" not in html


@pytest.mark.parametrize("form", ["atom", "json"])
def test_hostile_words_break_nothing_and_do_nothing(form, demo_world, sign_in):
    space = demo_world.spaces["reseau"]
    item = publish(
        "page",
        space,
        demo_world.coumba,
        "Un titre",
        f"{HOSTILE}\n\n<img src=x onerror=alert(1)>\n\n[x](javascript:alert(1))",
    )
    Item.objects.filter(pk=item.pk).update(title=HOSTILE[:200])
    [tag] = Tag.objects.made(["a&b"]).values()
    tag.put_on(item, demo_world.coumba)
    Comment.say(item, demo_world.marc, HOSTILE)
    client = sign_in(demo_world.marc)
    for address in (f"/feeds/spaces/reseau.{form}", f"/feeds/items/{item.pk}/comments.{form}"):
        content = client.get(address).content
        assert BROKEN[form](content) == [], address
        if form == "atom":
            assert not read(content).bozo
            html = " ".join(each.text or "" for each in ElementTree.fromstring(content).iter(f"{ATOM}content"))
        else:
            html = " ".join(each["content_html"] for each in json.loads(content)["items"])
        tags = re.findall(r"<[a-z][^>]*>", html)
        assert not [each for each in tags if re.match(r"<script", each) or re.search(r"onerror|javascript:", each)]


def test_a_deleted_comment_is_in_no_feed(demo_world, sign_in):
    item = publish("page", demo_world.spaces["reseau"], demo_world.coumba, "Un titre", "Un.")
    kept, gone = Comment.say(item, demo_world.marc, "Gardé."), Comment.say(item, demo_world.marc, "Repris.")
    gone.delete_by(demo_world.marc)
    found = json.loads(sign_in(demo_world.marc).get(f"/feeds/items/{item.pk}/comments.json").content)
    assert [each["id"] for each in found["items"]] == [f"http://127.0.0.1:8000/comments/{kept.pk}/"]


def test_the_pages_of_a_feed_hold_everything_once(demo_world, sign_in):
    space, client = demo_world.spaces["reseau"], sign_in(demo_world.marc)
    for number in range(45):
        publish("post", space, demo_world.coumba, f"Billet {number}", "Un.")
    address, found, pages = "/feeds/spaces/reseau/posts.json", [], 0
    while address:
        said = json.loads(client.get(address).content)
        assert broken_by_json(json.dumps(said).encode()) == []
        found += [item["id"] for item in said["items"]]
        address = said.get("next_url", "").removeprefix("http://127.0.0.1:8000")
        pages += 1
    there = Item.objects.visible_to(demo_world.marc).filter(space=space, kind="post", state="published")
    assert len(found) == len(set(found)) == there.count()
    assert pages == 3
    second = read(client.get("/feeds/spaces/reseau/posts.atom").content)
    [following] = [link.href for link in second.feed.links if link.rel == "next"]
    third = read(client.get(following.removeprefix("http://127.0.0.1:8000")).content)
    assert not third.bozo and {link.rel for link in third.feed.links} >= {"first", "next", "self"}


def test_drafts_archives_and_the_trash_are_in_no_feed(demo_world, sign_in):
    item = publish("page", demo_world.spaces["reseau"], demo_world.coumba, "Un titre", "Un.")
    client = sign_in(demo_world.coumba)
    for state in ("draft", "scheduled", "archived", "trashed"):
        Item.objects.filter(pk=item.pk).update(state=state)
        for address in ("/feeds/new.json", "/feeds/spaces/reseau.json", f"/feeds/people/{demo_world.coumba.pk}.json"):
            assert f"/items/{item.pk}/" not in client.get(address).content.decode(), (state, address)


def test_who_has_it_already_is_told_so_for_little(demo_world, sign_in):
    client = sign_in(demo_world.marc)
    for address, queries in {
        "/feeds/spaces/reseau.atom": (3, 5),
        "/feeds/new.json": (3, 5),
        "/feeds/tags/fibre.atom": (4, 6),
    }.items():
        client.get(address)
        with CaptureQueriesContext(connection) as whole:
            first = client.get(address)
        with CaptureQueriesContext(connection) as little:
            again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert (len(little), len(whole)) == queries, "\n".join(query["sql"] for query in whole)
        by_date = client.get(address, headers={"if-modified-since": first["Last-Modified"]})
        assert by_date.status_code == 304


def test_a_feed_that_says_something_else_has_another_stamp(demo_world, sign_in):
    client, space = sign_in(demo_world.marc), demo_world.spaces["reseau"]
    item = publish("page", space, demo_world.coumba, "Un titre", "Un.")

    def stamp():
        return client.get("/feeds/spaces/reseau.atom")["ETag"]

    stamps = [stamp()]
    revise(item, demo_world.coumba, "Un titre", "Deux.", 1)
    stamps.append(stamp())
    Tag.objects.made(["neuf"])["neuf"].put_on(item, demo_world.coumba)
    stamps.append(stamp())
    publish("page", space, demo_world.coumba, "Un autre", "Un.")
    stamps.append(stamp())
    Item.objects.filter(pk=item.pk).update(state="trashed")
    stamps.append(stamp())
    assert len(set(stamps)) == len(stamps)
    assert stamp() == stamps[-1]
    stamps.append(sign_in(demo_world.awa).get("/feeds/spaces/reseau.atom")["ETag"])
    assert stamps[-1] not in stamps[:-1]


def test_packed_answers_are_conditional_too(client):
    first = client.get("/feeds/new.atom", headers={"accept-encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"
    again = client.get("/feeds/new.atom", headers={"accept-encoding": "gzip", "if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_what_caches_may_keep(client, demo_world, sign_in):
    assert client.get("/feeds/new.atom")["Cache-Control"] == "public, no-cache"
    assert sign_in(demo_world.marc).get("/feeds/new.atom")["Cache-Control"] == "private, no-cache"


def test_a_source_is_found_again_at_its_address(sources):
    for source in sources:
        assert Source.at(source.path) == source
    assert Source.at("/feeds/hub/") is None
    assert Source.at("/pages/1/") is None


def test_the_feed_of_a_kind_leads_to_its_register_or_to_a_search(demo_world, sign_in, settings):
    client = sign_in(demo_world.marc)
    for kind, page in {"ideas": "/ideas/", "posts": "/search/?q=kind%3Apost"}.items():
        said = json.loads(client.get(f"/feeds/kinds/{kind}.json").content)["home_page_url"]
        assert said.removeprefix(settings.ADDRESS) == page
        assert client.get(page).status_code == 200


def test_pages_with_a_list_say_where_its_feeds_are(demo_world, sign_in):
    client = sign_in(demo_world.marc)
    item = Item.objects.visible_to(demo_world.marc).filter(kind="page").order_by("pk").first()
    for page, feed in {
        "/": "/feeds/new.",
        "/spaces/reseau/": "/feeds/spaces/reseau.",
        "/spaces/reseau/pages/": "/feeds/spaces/reseau/pages.",
        "/ideas/": "/feeds/kinds/ideas.",
        "/tags/fibre/": "/feeds/tags/fibre.",
        demo_world.coumba.get_absolute_url(): f"/feeds/people/{demo_world.coumba.pk}.",
        "/search/?q=fibre&kind=page": "/feeds/search.",
        item.get_absolute_url(): f"/feeds/items/{item.pk}/comments.",
    }.items():
        content = client.get(page).content.decode()
        assert f'<link rel="alternate" type="application/atom+xml" href="{feed}atom' in content, page
        assert f'<link rel="alternate" type="application/feed+json" href="{feed}json' in content, page
        assert "/feeds/elsewhere/?of=" in content
    assert "/feeds/elsewhere/" not in client.get("/people/").content.decode()

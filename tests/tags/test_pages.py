"""Tag pages, suggestions and tagging as people meet them."""

import re
from datetime import timedelta
from html import unescape

import pytest

from palabre.authoring.completion import suggestions
from palabre.authoring.writing import publish, revise
from palabre.journal.models import Event
from palabre.kit.clock import now
from palabre.spaces.models import Membership
from palabre.tags import company
from palabre.tags.models import Tag, Tagging
from palabre.tags.views import browsing


@pytest.fixture
def write(world):
    def written(space, title="Page", body="", author="coumba", tags=()):
        return publish("page", world.spaces[space], getattr(world, author), title, body, tags=tags)

    return written


def keys(item):
    return set(Tagging.objects.filter(item=item).values_list("tag__key", flat=True))


def test_a_text_tags_itself_and_untags_itself(world, write):
    item = write("maison", body="On parle de #Fibre et de #Éligibilité.", tags=["terrain"])
    assert keys(item) == {"fibre", "eligibilite", "terrain"}
    assert Tag.objects.get(key="eligibilite").name == "Éligibilité"
    revise(item, world.coumba, item.title, "On parle de #fibre et de #terrain.", 1)
    assert keys(item) == {"fibre", "terrain"}
    item.refresh_from_db()
    revise(item, world.coumba, item.title, "On ne parle plus.", item.version)
    assert keys(item) == {"terrain"}


def test_what_is_put_by_hand_survives_the_text_and_the_text_what_is_taken_off(world, write, sign_in):
    item = write("maison", body="#fibre")
    coumba = sign_in(world.coumba)
    coumba.post(f"/items/{item.pk}/tags/", {"names": "Fibre, ont"})
    coumba.post(f"/items/{item.pk}/tags/", {"remove": "fibre"})
    assert keys(item) == {"fibre", "ont"}
    revise(item, world.coumba, item.title, "Rien.", 1)
    assert keys(item) == {"ont"}


def test_only_who_may_write_there_may_tag(world, write, sign_in):
    item = write("reseau")
    assert sign_in(world.awa).post(f"/items/{item.pk}/tags/", {"names": "x"}).status_code == 403
    assert sign_in(world.grace).post(f"/items/{item.pk}/tags/", {"names": "x"}).status_code == 404
    assert sign_in(world.coumba).post(f"/items/{item.pk}/tags/", {"names": "x"}).status_code == 302
    assert keys(item) == {"x"}


def test_a_name_of_signs_only_comes_back_with_what_was_typed(world, write, sign_in):
    item = write("reseau")
    answer = sign_in(world.coumba).post(f"/items/{item.pk}/tags/", {"names": "++"}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert 'value="++"' in answer.text


def test_a_tag_page_shows_what_its_reader_sees_and_nothing_else(world, write, sign_in):
    write("maison", "Ouverte", tags=["fibre", "ont"])
    write("direction", "Fermée", tags=["fibre", "rachat"], author="nadia")
    page = sign_in(world.awa).get("/tags/fibre/")
    assert "Ouverte" in page.text
    assert "Fermée" not in page.text
    assert "rachat" not in page.text
    assert "Fermée" in sign_in(world.nadia).get("/tags/fibre/").text


@pytest.mark.parametrize(
    "address", ["/tags/rachat/", "/tags/rien-de-tel/", "/tags/fibre+rachat/", "/tags/rachat/garden/"]
)
def test_a_hidden_tag_does_not_exist(world, write, sign_in, address):
    write("maison", tags=["fibre"])
    write("direction", tags=["fibre", "rachat"], author="nadia")
    assert sign_in(world.marc).get("/tags/rachat/").status_code == 200
    assert sign_in(world.awa).get(f"/tags/{keys}/").status_code == 404
    assert sign_in(None).get(f"/tags/{keys}/").status_code == 404


def test_an_intersection_narrows_and_every_spelling_leads_to_one_address(world, write, sign_in):
    write("maison", "Les deux", tags=["fibre", "ont"])
    write("maison", "Un seul", tags=["fibre"])
    reader = sign_in(world.awa)
    page = reader.get("/tags/fibre+ont/")
    assert "Les deux" in page.text
    assert "Un seul" not in page.text
    assert reader.get("/tags/FIBRÉ+Ont/").headers["Location"] == "/tags/fibre+ont/"


def test_a_tag_may_have_any_word_for_a_name(world, write, sign_in):
    words = ["merges", "for-text", "suggest"]
    write("maison", "Nommée", tags=words)
    for word in words:
        assert "Nommée" in sign_in(world.awa).get(f"/tags/{word}/?q=x").text


def test_few_tags_are_asked_for_together_and_all_can_be_listed(world, write, sign_in, monkeypatch):
    write("maison", tags=[f"a{number}" for number in range(8)])
    reader = sign_in(world.awa)
    assert reader.get("/tags/" + "+".join(f"a{number}" for number in range(6)) + "/").status_code == 200
    assert reader.get("/tags/" + "+".join(f"a{number}" for number in range(7)) + "/").status_code == 404
    assert "?all" not in reader.get("/tags/").text
    monkeypatch.setattr(browsing, "CLOUD", 5)
    monkeypatch.setattr(browsing, "LISTED", 6)
    assert 'href="?all"' in reader.get("/tags/").text
    page = reader.get("/tags/?all").text
    assert ">a0</a>" in page
    assert ">a7</a>" not in page
    assert ">a7</a>" in reader.get(unescape(re.search(r'rel="next" href="([^"]+)"', page)[1])).text


def test_suggestions_and_the_cloud_hold_only_visible_tags(world, write, sign_in):
    write("maison", tags=["fibre", "Fibre de Thiès"])
    write("direction", tags=["fibrome"], author="nadia")
    reader = sign_in(world.awa)
    typed = reader.get("/tag-garden/suggest/", {"q": "terrain, FIB"}).text
    assert 'value="terrain, fibre"' in typed
    assert "Thiès" in typed
    assert "fibrome" not in typed
    cloud = reader.get("/tags/").text
    assert "Thiès" in cloud
    assert "fibrome" not in cloud
    assert "fibre" not in sign_in(None).get("/tags/").text


def test_a_suggestion_says_what_was_typed_where_its_name_does_not(world, write, sign_in):
    write("maison", tags=["télémédecine"])
    reader = sign_in(world.awa)
    assert ">telem (1)<" in reader.get("/tag-garden/suggest/", {"q": "telem"}).text
    assert ">fibre,telem (1)<" in reader.get("/tag-garden/suggest/", {"q": "fibre,telem"}).text
    assert ">1<" in reader.get("/tag-garden/suggest/", {"q": "TÉLÉ"}).text


def test_tags_for_the_text_at_hand_come_from_what_is_seen(world, write, sign_in):
    write("maison", tags=["soudure", "fibre"])
    write("direction", tags=["rachat"], author="nadia")
    text = {"title": "Reprendre une soudure", "body": "après le rachat"}
    answer = sign_in(world.awa).post("/tag-garden/for-text/", text)
    assert "soudure" in answer.text
    assert "fibre" in answer.text
    assert "rachat" not in answer.text
    said = sign_in(world.awa).post("/tag-garden/for-text/", text | {"body": "Une #Soudure, puis une soudure."}).text
    assert "soudure" not in said and "fibre" in said  # the text says one of them itself


def test_a_tag_put_tomorrow_counts_today(world, write):
    write("maison", tags=["fibre"])
    Tagging.objects.update(at=now() + timedelta(days=2))
    assert company.of_the_week(world.awa)[0]["days"] == [0, 0, 0, 0, 0, 0, 1]


def test_stewards_rename_merge_and_undo(world, write, sign_in):
    first, second = write("maison", tags=["adsl"]), write("maison", tags=["cuivre"])
    marc = sign_in(world.marc)
    assert sign_in(world.awa).post("/tags/adsl/garden/", {"act": "rename", "name": "x"}).status_code == 403
    assert marc.post("/tags/adsl/garden/", {"act": "rename", "name": "cuivre"}).status_code == 422
    assert marc.post("/tags/adsl/garden/", {"act": "merge", "into": "Cuivre"}).status_code == 302
    assert keys(first) == keys(second) == {"cuivre"}
    assert marc.get("/tags/adsl/").headers["Location"] == "/tags/cuivre/"
    merge = Tag.objects.get(key="cuivre").merges.get()
    assert merge.name in marc.get("/tag-garden/merges/").text
    marc.post(f"/tag-garden/merges/{merge.pk}/undoing/")
    assert keys(first) == {"adsl"}


def test_a_tag_that_was_renamed_is_called_as_before_by_one_button(world, write, sign_in):
    item = write("maison", tags=["adsl"])
    marc = sign_in(world.marc)
    told = marc.post("/tags/adsl/garden/", {"act": "rename", "name": "cuivre"}, follow=True).text
    assert marc.get("/tags/adsl/").headers["Location"] == "/tags/cuivre/"
    forms = re.findall(r"<form.*?</form>", told, re.S)
    back = [form for form in forms if 'value="rename"' in form and 'name="name" value="adsl"' in form]
    assert len(back) == 2  # said once, and among the names it answers to
    told = marc.post("/tags/cuivre/garden/", {"act": "rename", "name": "adsl"}, follow=True).text
    assert keys(item) == {"adsl"}
    assert marc.get("/tags/cuivre/").headers["Location"] == "/tags/adsl/"
    verbs = [
        (event.verb, event.particulars["after"]) for event in Event.objects.filter(verb="tag_renamed").order_by("pk")
    ]
    assert verbs == [("tag_renamed", "cuivre"), ("tag_renamed", "adsl")]


def test_a_tag_renamed_to_its_own_name_is_not_told_of(world, write, sign_in):
    write("maison", tags=["adsl"])
    told = sign_in(world.marc).post("/tags/adsl/garden/", {"act": "rename", "name": "adsl"}, follow=True).text
    assert "C’est renommé" not in told
    assert not Event.objects.filter(verb="tag_renamed").exists()


def test_tags_given_beside_an_unchanged_text_are_told_and_said(world, write, sign_in):
    item = write("maison", "Page", "Un texte.", tags=["ancienne"])
    before = Event.objects.filter(item=item.pk).count()
    form = {"title": "Page", "body": item.body, "based_on": 1, "tags": "ancienne, nouvelle"}
    answer = sign_in(world.coumba).post(f"/items/{item.pk}/edit/", form, follow=True)
    assert "les étiquettes ont été ajoutées" in answer.text
    assert keys(item) == {"ancienne", "nouvelle"}
    told = Event.objects.filter(item=item.pk).order_by("pk")[before:]
    assert [(event.verb, event.particulars["key"]) for event in told] == [("tagged", "nouvelle")]


def test_a_steward_merges_only_into_what_they_see_by_whatever_name(world, write, sign_in):
    write("maison", tags=["fibre"])
    write("direction", tags=["rachat"], author="nadia")
    Tag.objects.get(key="rachat").answer_to("cession", world.nadia)
    person = world.marc
    Membership.objects.filter(space=world.spaces["direction"], person=person).delete()
    assert not Tag.objects.visible_to(person).filter(key="rachat").exists()
    marc = sign_in(person)
    answers = {
        marc.post("/tags/fibre/garden/", {"act": "merge", "into": name}).status_code for name in ("rachat", "cession")
    }
    assert answers == {422}
    answer = marc.post("/tags/fibre/garden/", {"act": "rename", "name": "cession"})
    assert "demandez à un administrateur" in answer.text
    assert Tag.objects.filter(key="rachat").exists()


def test_a_name_that_nothing_bears_any_more_is_free_and_can_be_had_back(world, write, sign_in):
    item = write("maison", tags=["rhx"])
    Tag.objects.made(["RH"])
    Tag.objects.made(["personnel"])
    marc = sign_in(world.marc)
    assert marc.post("/tags/rhx/garden/", {"act": "rename", "name": "RH"}).status_code == 302
    assert marc.post("/tags/rh/garden/", {"act": "synonym", "synonym": "Personnel"}).status_code == 302
    assert keys(item) == {"rh"}
    tag = Tag.objects.get(key="rh")
    assert {alias.key for alias in tag.aliases.all()} == {"rhx", "personnel"}
    tag.merges.get(key="personnel").undo(world.marc)
    assert Tag.objects.filter(key="personnel").exists()


def test_a_synonym_written_in_a_text_is_the_tag(world, write, sign_in):
    write("maison", tags=["cuivre"])
    marc = sign_in(world.marc)
    marc.post("/tags/cuivre/garden/", {"act": "synonym", "synonym": "ADSL"})
    item = write("maison", body="Encore de l' #adsl.")
    assert keys(item) == {"cuivre"}
    alias = Tag.objects.get(key="cuivre").aliases.get()
    told = marc.post("/tags/cuivre/garden/", {"act": "forget", "synonym": alias.key}, follow=True).text
    assert "ne répond plus à ce nom" in told
    assert not Tag.objects.get(key="cuivre").aliases.exists()


def test_completing_a_tag_while_writing_offers_visible_tags_as_one_word(world, write):
    write("maison", tags=["Fibre de Thiès", "fibre"])
    write("direction", tags=["fibrome"], author="nadia")
    offered = [suggestion.insert for suggestion in suggestions("#", world.awa, "Fib")]
    assert offered == ["#fibre ", "#Fibre-de-Thiès "]
    item = write("maison", body="Voir #Fibre-de-Thiès.")
    assert keys(item) == {"fibre-de-thies"}

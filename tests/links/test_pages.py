"""Links as readers meet them: panels, an item's links, its map, upkeep."""

import re

import pytest
from django.test import RequestFactory

from palabre.authoring.completion import suggestions
from palabre.authoring.writing import publish, revise
from palabre.items.models import Item
from palabre.kit.panels import render as panels
from palabre.links import surroundings, ties
from palabre.links.models import Authority, Health, Link, OutsideAddress, Type
from palabre.links.views import of_item


@pytest.fixture
def write(world):
    def written(space, title, body="", author="coumba", **more):
        return publish("page", world.spaces[space], getattr(world, author), title, body, **more)

    return written


def aside(person, item, slot="item.aside"):
    request = RequestFactory().get("/")
    request.user = person
    return "".join(panels(request, slot, {"item": Item.objects.get(pk=item.pk)}))


def test_a_backlink_shows_its_sentence_and_never_to_who_may_not_read_it(world, write):
    target = write("maison", "Recette")
    write("maison", "Accueil", "Bonjour. Commencez par lire [[Recette]] au calme.")
    write("direction", "Note", "On vend [[Recette]] bientôt.", author="nadia")
    assert "Commencez par lire <b>Recette</b> au calme." in aside(world.awa, target)
    assert "On vend" not in aside(world.awa, target)
    assert "Note" not in aside(world.awa, target)
    assert "On vend" in aside(world.nadia, target)


def test_the_panels_of_an_item_cost_one_query(world, write, django_assert_num_queries):
    from palabre.spaces import sight

    target = write("maison", "Recette")
    for number in range(12):
        write("maison", f"Page {number}", "[[Recette]] et encore [[Recette]].")
    other = write("maison", "Neuve")
    Link.tie(other, Type.SUPERSEDES, target, world.awa)
    item = Item.objects.get(pk=target.pk)
    sight.of(sight.keeping(world.awa))
    with django_assert_num_queries(1):
        found = ties.of(world.awa, item)
        assert ties.of(world.awa, item) is found
    assert len(found.cited) == ties.CITED
    assert len({citation.source.pk for citation in found.cited}) == ties.CITED
    assert found.citing == 12
    assert [each.pk for each in found.successors] == [other.pk]


def test_ties_read_both_ways_and_go_away_from_either_end(world, write, sign_in):
    old, new = write("maison", "Vieille"), write("reseau", "Neuve")
    coumba = sign_in(world.coumba)
    coumba.post(f"/items/{new.pk}/links/", {"words": "supersedes", "other": old.pk})
    assert "supersedes" in aside(world.coumba, new)
    assert "is superseded by" in aside(world.coumba, old)
    assert "Neuve" in aside(world.coumba, old, "item.notice")
    assert "Neuve" not in aside(world.grace, old) + aside(world.grace, old, "item.notice")
    link = Link.objects.typed().get()
    assert sign_in(world.grace).post(f"/links/{link.pk}/untying/").status_code == 404
    coumba.post(f"/links/{link.pk}/untying/", {"back": old.pk})
    assert not Link.objects.typed().exists()


def test_only_who_may_tag_a_page_says_that_another_takes_its_place(world, write, sign_in):
    team, house = write("reseau", "Équipe"), write("maison", "Maison")
    awa = sign_in(world.awa)
    assert awa.post(f"/items/{house.pk}/links/", {"words": "supersedes", "other": team.pk}).status_code == 403
    assert awa.post(f"/items/{house.pk}/links/", {"words": "related", "other": team.pk}).status_code == 302
    assert awa.post(f"/items/{house.pk}/links/", {"words": "supersedes<", "other": team.pk}).status_code == 302
    assert Link.objects.get(type=Type.SUPERSEDES).target == house


def test_what_is_called_exactly_so_is_offered_first_however_old(world, write, sign_in):
    plan = write("maison", "Plan")
    here = write("maison", "Ici")
    for number in range(62):
        write("maison", f"Plan {number:02}")
    page = sign_in(world.awa).get(f"/items/{here.pk}/links/candidates/", {"q": "plan"}).text
    assert page.index(f'value="{plan.pk}"') < page.index("Plan 6")
    assert suggestions("[[", world.awa, "plan")[0].insert == "[[Plan]]"


def test_who_ties_without_a_choice_keeps_the_title_they_looked_for(world, write, sign_in):
    here = write("maison", "Ici")
    write("maison", "Le plan")
    client = sign_in(world.awa)
    picked = client.get(f"/items/{here.pk}/links/candidates/", {"q": "le plan"}).text
    assert '<input type="hidden" name="q" value="le plan">' in picked
    refused = client.post(f"/items/{here.pk}/links/", {"words": "related", "q": "le plan"})
    assert refused.status_code == 422
    assert 'type="search" value="le plan"' in refused.text and "<b>Le plan</b>" in refused.text


def test_every_tie_of_an_item_can_be_seen_and_untied(world, write, sign_in):
    item = write("maison", "Centre")
    for number in range(ties.JOINED + 2):
        Link.tie(item, Type.LED_TO, write("maison", f"Suite {number}"), world.awa)
    page = sign_in(world.awa).get(f"/items/{item.pk}/links/").text
    assert page.count("/untying/") == ties.JOINED + 2


def test_ties_beyond_those_shown_are_counted_and_follow(world, write, sign_in, monkeypatch):
    monkeypatch.setattr(of_item, "LISTED", 2)
    item = write("maison", "Centre")
    for number in range(5):
        Link.tie(item, Type.LED_TO, write("maison", f"Suite {number}"), world.awa)
    Link.tie(item, Type.LED_TO, write("direction", "Cachée", author="nadia"), world.nadia)
    client, address, seen = sign_in(world.awa), f"/items/{item.pk}/links/", []
    for further in (3, 1, 0):
        page = client.get(address).text
        seen += re.findall(r">(Suite \d)</a>", page)
        said = re.search(r'href="(\?before=\d+)#ties">(\d+) autre', page)
        assert (int(said[2]) if said else 0) == further and "Cachée" not in page
        address = f"/items/{item.pk}/links/{said[1]}" if said else ""
    assert seen == [f"Suite {number}" for number in (4, 3, 2, 1, 0)]


def test_the_panel_says_how_many_ties_it_leaves_out(world, write):
    item = write("maison", "Centre")
    for number in range(ties.JOINED + 2):
        Link.tie(item, Type.LED_TO, write("maison", f"Suite {number}"), world.awa)
    assert "2 more items" in aside(world.awa, item)


def test_a_crowded_map_keeps_what_the_house_relies_on(world, write, sign_in, monkeypatch):
    monkeypatch.setattr(surroundings, "WIDEST", 2)
    monkeypatch.setattr(surroundings, "MOST_EDGES", 3)
    centre = write("maison", "Centre")
    near = [write("maison", f"Voisine {number}", "[[Centre]]") for number in range(6)]
    for page, score in ((near[3], 4.0), (near[5], 2.0)):
        Authority.objects.create(item=page, score=score)
    page = sign_in(world.awa).get(f"/items/{centre.pk}/map/").text
    assert set(re.findall(r"Voisine \d", page)) == {"Voisine 3", "Voisine 5"}


def test_a_map_of_one_neighbour_is_as_high_as_the_two(world, write, sign_in):
    centre = write("maison", "Centre")
    write("maison", "Voisine", "[[Centre]]")
    page = sign_in(world.awa).get(f"/items/{centre.pk}/map/").text
    top, height = re.search(r'ties broad" viewBox="\S+ (\S+) \S+ (\S+)"', page).groups()
    assert -100 < float(top) < -40 and float(height) == -2 * float(top)


def test_titles_on_the_map_are_whole_where_there_is_room_and_the_one_in_the_middle_holds_its_own(world, write, sign_in):
    titles = ["Des coupures annoncées, et hors des consultations", "Renouvellement de la clinique : notre position"]
    centre = write("maison", titles[0], f"[[{titles[1]}]]")
    write("maison", titles[1])
    page = sign_in(world.awa).get(f"/items/{centre.pk}/map/").text
    drawn = re.search(r'<svg class="ties broad".*?</svg>', page, re.DOTALL)[0]
    said = " ".join(" ".join(re.findall(r"<text[^>]*>([^<]*)</text>", drawn)).split())
    assert all(title in said for title in titles)
    assert drawn.index("tie text") < drawn.index("<rect")


def test_a_title_on_the_map_has_lines_alike_and_no_word_is_broken_for_that(world, write, sign_in):
    centre = write("maison", "Centre", "[[Le juste prix de la box fibre]] [[Nous recommanderiez-vous ?]]")
    write("maison", "Le juste prix de la box fibre")
    write("maison", "Nous recommanderiez-vous ?")
    page = sign_in(world.awa).get(f"/items/{centre.pk}/map/").text
    drawn = re.search(r'<svg class="ties broad".*?</svg>', page, re.DOTALL)[0]
    lines = {line.strip() for line in re.findall(r"<text[^>]*>([^<]*)</text>", drawn)}
    assert lines == {"Centre", "Le juste prix", "de la box fibre", "Nous recommanderiez-", "vous ?"}


def test_what_two_neighbours_lead_to_is_drawn_beyond_one_of_them(world, write, sign_in):
    centre = write("maison", "Centre", "[[Gauche]] [[Droite]]")
    write("maison", "Gauche", "[[Lointaine]]")
    write("maison", "Droite", "[[Lointaine]]")
    write("maison", "Lointaine")
    page = sign_in(world.awa).get(f"/items/{centre.pk}/map/").text
    drawn = re.search(r'<svg class="ties broad".*?</svg>', page, re.DOTALL)[0]
    assert drawn.count("Lointaine") == 2  # its title, and the same for a pointer that rests on it
    assert len(re.findall(r"<path\s+class=\"tie", drawn)) == 3


def test_what_is_related_stands_once_and_nothing_is_tied_to_itself(world, write, sign_in):
    here, there = write("maison", "Ici"), write("maison", "Là")
    awa = sign_in(world.awa)
    awa.post(f"/items/{here.pk}/links/", {"words": "related", "other": there.pk})
    awa.post(f"/items/{there.pk}/links/", {"words": "related", "other": here.pk})
    assert Link.objects.typed().count() == 1
    answer = awa.post(f"/items/{here.pk}/links/", {"words": "related", "other": here.pk})
    assert (answer.status_code, "C’est ce texte même" in answer.text) == (422, True)
    assert 'class="err"' in awa.post(f"/items/{here.pk}/links/", {"words": "x", "other": there.pk}).text


def test_long_lists_of_links_say_how_many_more_there_are_and_go_on(world, write, sign_in, monkeypatch):
    monkeypatch.setattr(of_item, "LISTED", 2)
    titles = ("Un", "Deux", "Trois", "Quatre", "Cinq")
    for title in titles:
        write("maison", title)
    text = " ".join(f"[[{title}]] [[{title}]]" for title in titles)
    item = write("maison", "Ici", text + "".join(f" https://example.org/{number}" for number in range(3)))
    client, address, seen = sign_in(world.awa), f"/items/{item.pk}/links/", []
    for further in (3, 1, 0):
        page = client.get(address).text
        seen += [title for title in titles if f">{title}</a>" in page]
        said = re.search(r'href="(\?cites=\d+)#cites">(\d+) autre', page)
        assert (int(said[2]) if said else 0) == further
        address = f"/items/{item.pk}/links/{said[1]}" if said else ""
    assert seen == list(titles)
    [following] = re.findall(r'href="(\?outside=\d+)#outside">1 autre', client.get(f"/items/{item.pk}/links/").text)
    page = client.get(f"/items/{item.pk}/links/{following}").text
    assert re.findall(r">(https://example.org/\d)<", page) == ["https://example.org/2"]


def test_what_takes_the_place_is_said_however_much_else_is_tied(world, write):
    item = write("maison", "Ancienne")
    places = [write("maison", f"Remplaçante {number}") for number in range(ties.SUCCESSORS + 2)]
    hidden = write("direction", "Cachée", author="nadia")
    for place in places:
        Link.tie(place, Type.SUPERSEDES, item, world.awa)
    Link.tie(hidden, Type.SUPERSEDES, item, world.nadia)
    for number in range(ties.JOINED + 1):
        Link.tie(item, Type.LED_TO, write("maison", f"Suite {number}"), world.awa)
    found = ties.load(world.awa, item)
    assert [each.title for each in found.successors] == [f"Remplaçante {number}" for number in (4, 3, 2)]
    assert (found.replaced, len(found.typed)) == (5, ties.JOINED)
    assert not any(tie.other.title.startswith("Remplaçante") for tie in found.typed)
    request = RequestFactory().get("/")
    request.user = world.awa
    said = "".join(panels(request, "item.notice", {"item": Item.objects.get(pk=item.pk)}))
    assert "2 more take its place" in said and f"/items/{item.pk}/links/#ties" in said and "Cachée" not in said


def test_a_bare_outside_address_is_shown_once(world, write, sign_in):
    item = write("maison", "Ici", "https://example.org/nu et [un nom](https://example.org/nom)")
    page = sign_in(world.awa).get(f"/items/{item.pk}/links/").text
    assert page.count(">https://example.org/nu<") == 1
    assert page.count(">https://example.org/nom<") == 1


def test_an_address_of_something_else_is_no_link_to_an_item(world, write):
    target = write("maison", "Cible")
    item = write(
        "maison", "Ici", f"[un](/tags/{target.pk}/) [deux](/items/{target.pk}/) [trois](/pages/{target.pk}-x/#y)"
    )
    assert list(Link.objects.filter(source=item).values_list("label", "target")) == [
        ("deux", target.pk),
        ("trois", target.pk),
    ]


def test_an_inverse_tie_starts_at_the_other_end(world, write, sign_in):
    cause, effect = write("maison", "Cause"), write("maison", "Effet")
    sign_in(world.awa).post(f"/items/{effect.pk}/links/", {"words": "led_to<", "other": cause.pk})
    assert (Link.objects.typed().get().source, Link.objects.typed().get().target) == (cause, effect)


def test_one_ties_only_what_one_sees_and_only_where_one_may_write(world, write, sign_in):
    here, hidden = write("maison", "Ici"), write("direction", "Cachée", author="nadia")
    team = write("reseau", "Équipe")
    awa = sign_in(world.awa)
    assert awa.post(f"/items/{here.pk}/links/", {"words": "related", "other": hidden.pk}).status_code == 404
    assert awa.post(f"/items/{team.pk}/links/", {"words": "related", "other": here.pk}).status_code == 403
    assert awa.post(f"/items/{here.pk}/links/", {"words": "related"}).status_code == 422
    assert "<b>" not in awa.get(f"/items/{here.pk}/links/candidates/", {"q": "Cachée"}).text
    assert "Équipe" in awa.get(f"/items/{here.pk}/links/candidates/", {"q": "equipe"}).text


def test_wanted_pages_offer_to_be_written_there(world, write, sign_in):
    write("maison", "A", "[[Accès aux immeubles|cette page]] et [[A]]")
    write("maison", "B", "[[accès aux immeubles]]")
    write("direction", "C", "[[Rachat]]", author="nadia")
    page = sign_in(world.awa).get("/links/wanted/").text
    assert "demandée par 2 textes" in page
    write("maison", "D", "[[Une seule fois]]")
    page = sign_in(world.awa).get("/links/wanted/").text
    assert "<small>demandée par D</small>" in page
    assert "/write/?title=acc%C3%A8s+aux+immeubles&amp;space=maison" in page
    assert "Rachat" not in page
    assert "Rachat" in sign_in(world.nadia).get("/spaces/direction/links/wanted/").text
    assert sign_in(world.awa).get("/spaces/direction/links/wanted/").status_code == 404


def test_a_stranger_signs_in_before_the_upkeep(world, sign_in):
    for path in ("/links/", "/links/wanted/", "/spaces/le-fil/links/orphans/"):
        assert sign_in(None).get(path)["Location"].startswith("/account/login/")
    assert "/links/" not in sign_in(None).get("/spaces/le-fil/").text


def test_orphans_are_pages_nothing_leads_to(world, write, sign_in):
    parent = write("maison", "Parente", "[[Citée]]")
    write("maison", "Citée", "[[Parente]]")
    write("maison", "Enfant", parent=parent)
    write("maison", "Seule", "[[Seule]]")
    page = sign_in(world.awa).get("/spaces/maison/links/orphans/").text
    assert "Seule" in page
    assert not any(title in page for title in ("Parente", "Citée", "Enfant"))


def test_addresses_of_hidden_and_of_missing_items_go_astray_alike(world, write, sign_in):
    hidden = write("direction", "Cachée", author="nadia")
    write("maison", "A", f"[un](/pages/{hidden.pk}-x/) [deux](/pages/99999999-y/)")
    page = sign_in(world.awa).get("/links/astray/").text
    assert f"/pages/{hidden.pk}-x/" in page
    assert "/pages/99999999-y/" in page
    assert f"/pages/{hidden.pk}-x/" not in sign_in(world.nadia).get("/links/astray/").text


def test_broken_outside_addresses_are_told_where_they_are_cited(world, write, sign_in):
    write("maison", "A", "https://example.org/perdu")
    write("direction", "B", "https://example.org/secret", author="nadia")
    OutsideAddress.objects.update(health=Health.BROKEN, status=404)
    page = sign_in(world.awa).get("/links/outside/").text
    assert "example.org/perdu" in page
    assert "(404)" in page
    assert "secret" not in page


def test_why_an_outside_address_is_broken_is_said_though_nothing_answered(world, write, sign_in):
    write("maison", "A", "https://example.org/lent")
    OutsideAddress.objects.update(health=Health.BROKEN, reason="time")
    assert "rompue (pas de réponse)" in sign_in(world.awa).get("/links/outside/").text


def test_a_rename_keeps_links_alive_and_rewrites_them_when_asked(world, write, sign_in):
    target = write("maison", "Ancien nom")
    text = write(
        "maison", "Texte", "Voir [[Ancien nom]], [[ancien nom#Étape|là]] et `[[Ancien nom]]`.\n\n    [[Ancien nom]]\n"
    )
    team = write("reseau", "Ailleurs", "[[Ancien nom]]")
    revise(target, world.coumba, "Nouveau nom", "", 1)
    assert Link.objects.filter(source=text, target=target).count() == 2
    awa = sign_in(world.awa)
    assert "1 texte emploie encore un ancien titre" in awa.get(f"/items/{target.pk}/links/").text
    awa.post(f"/items/{target.pk}/links/rewriting/")
    text.refresh_from_db()
    assert text.body == ("Voir [[Nouveau nom]], [[Nouveau nom#Étape|là]] et `[[Ancien nom]]`.\n\n    [[Ancien nom]]\n")
    assert text.revisions.last().by == world.awa
    team.refresh_from_db()
    assert team.version == 1
    assert Link.objects.filter(source=team, target=target).exists()


def test_the_map_is_drawn_and_told_in_words_from_what_its_reader_sees(world, write, sign_in):
    centre = write("maison", "Centre", "[[Voisine]]")
    write("maison", "Voisine", "[[Lointaine]]")
    write("maison", "Lointaine")
    write("direction", "Cachée", "[[Centre]]", author="nadia")
    page = sign_in(world.awa).get(f"/items/{centre.pk}/map/").text
    assert "<svg" in page
    for title in ("Voisine", "Lointaine"):
        assert f">{title}</a>" in page
    assert "Cachée" not in page
    assert "Cachée" in sign_in(world.nadia).get(f"/items/{centre.pk}/map/").text
    assert "sont dessinées" not in page
    for number in range(40):
        write("maison", f"Autre {number}", "[[Centre]]")
    page = sign_in(world.awa).get(f"/items/{centre.pk}/map/").text
    assert "41 contributions" in page
    assert "36 sont dessinées" in page
    assert sign_in(world.ines).get(f"/items/{centre.pk}/map/").status_code == 404

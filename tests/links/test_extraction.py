"""What a text points at is kept, sentence and all, and follows the text."""

from palabre.authoring.derivation import derive
from palabre.authoring.rendering import render
from palabre.authoring.writing import revise
from palabre.items.models import Name, State
from palabre.items.names import fold
from palabre.links import resolution
from palabre.links.models import Link, Mention, OutsideAddress, OutsideLink


def test_a_link_by_title_finds_its_target_and_keeps_its_sentence(world, write):
    target = write("reseau", "Raccorder un client")
    source = write("reseau", "Accueil", "Bonjour. Commencez par lire [[raccorder un CLIENT]] au calme. Puis venez.")
    link = Link.objects.get(source=source)
    assert link.target == target
    assert link.sentence == "Commencez par lire raccorder un CLIENT au calme."


def test_a_link_waits_for_the_page_it_wants(world, write):
    source = write("reseau", "Accueil", "Voir [[Accès aux immeubles]].")
    assert Link.objects.get(source=source).target is None
    target = write("reseau", "Acces aux Immeubles")
    assert Link.objects.get(source=source).target == target


def test_the_same_space_is_preferred_even_when_it_comes_later(world, write):
    source = write("reseau", "Accueil", "Voir [[Recette]].")
    elsewhere = write("maison", "Recette")
    assert Link.objects.get(source=source).target == elsewhere
    here = write("reseau", "Recette")
    assert Link.objects.get(source=source).target == here


def test_an_alias_and_a_former_title_lead_to_the_page(world, write):
    target = write("reseau", "Raccordement")
    Name.objects.create(item=target, key=fold("Brancher"), label="Brancher", current=False)
    source = write("reseau", "Accueil", "[[Brancher]]")
    assert Link.objects.get(source=source).target == target


def test_a_title_that_holds_the_sign_of_a_section_is_a_name_in_full(world, write):
    whole, page = write("reseau", "Incident #12"), write("reseau", "Raccordement")
    source = write("reseau", "Accueil", "Voir [[incident #12]], [[Raccordement#Prix]] et [[Absent#13]].")
    links = {link.title: link.target for link in Link.objects.filter(source=source)}
    assert links == {"incident #12": whole, "Raccordement": page, "Absent": None}


def test_a_name_given_beside_the_text_is_found_by_links_once_the_text_is_saved(world, write):
    target = write("reseau", "Raccordement")
    source = write("reseau", "Accueil", "[[Brancher]]")
    Name.objects.create(item=target, key=fold("Brancher"), label="Brancher", current=False)
    revise(target, world.coumba, target.title, "Autre texte.", based_on=1)
    assert Link.objects.get(source=source).target == target


def test_a_former_title_gives_way_to_the_page_that_bears_it_now(world, write):
    target, other = write("reseau", "Raccordement"), write("reseau", "Recette")
    source = write("reseau", "Accueil", "[[Raccordement]]")
    Name.objects.create(item=other, key=fold("Raccordement"), label="Raccordement", current=True)
    revise(target, world.coumba, "Brancher", target.body, based_on=1)
    assert Link.objects.get(source=source).target == other


def test_a_text_that_says_the_same_of_others_asks_once_and_writes_nothing(world, write, django_assert_num_queries):
    write("reseau", "Recette", "[[Accueil]]")
    body = "[[Recette]], @coumba et <https://example.org/a>."
    source = write("reseau", "Accueil", body)
    with django_assert_num_queries(1):
        derive([(source, render(body))])


def test_an_internal_address_is_a_link_whatever_its_words(world, write):
    target = write("reseau", "Raccordement")
    source = write("reseau", "Accueil", f"[ici](/pages/{target.pk}-ancien-titre/) et [là](/pages/999999999-rien/)")
    assert list(Link.objects.filter(source=source).order_by("pk").values_list("target", flat=True)) == [None, target.pk]


def test_what_the_text_still_says_keeps_its_row_and_what_it_says_no_more_goes(world, write):
    source = write("reseau", "Accueil", "[[Un]]. [[Deux]].")
    one = Link.objects.get(source=source, title_key="un")
    derive([(source, render("[[Un]]. [[Trois]]."))])
    assert {link.title_key: link.pk for link in Link.objects.filter(source=source)}["un"] == one.pk
    assert set(Link.objects.filter(source=source).values_list("title_key", flat=True)) == {"un", "trois"}


def test_links_lead_elsewhere_once_their_target_is_in_the_trash(world, write):
    source = write("reseau", "Accueil", "[[Recette]]")
    old = write("reseau", "Recette")
    other = write("maison", "Recette")
    old.state = State.TRASHED
    old.save()
    resolution.settle(["recette"])
    assert Link.objects.get(source=source).target == other


def test_people_named_in_a_text_are_mentioned_once_each(world, write):
    source = write("reseau", "Accueil", f"Merci @{world.awa.handle}. Encore merci @{world.awa.handle} et @personne.")
    assert [(m.person, m.sentence) for m in Mention.objects.filter(item=source)] == [
        (world.awa, f"Encore merci @{world.awa.handle} et @personne.")
    ]


def test_outside_addresses_are_kept_once_and_cited_once_a_text(world, write):
    write("reseau", "A", "[x](https://example.org/a#un) et [y](https://example.org/a)")
    write("reseau", "B", "https://example.org/a et [jamais](ftp://example.org)")
    assert OutsideAddress.objects.filter(host="example.org").count() == 1
    assert OutsideLink.objects.filter(outside__address="https://example.org/a").count() == 2


def test_a_batch_costs_a_fixed_number_of_queries(write, django_assert_max_num_queries):
    pages = [write("maison", f"P{n}") for n in range(20)]
    batch = [(page, render(f"[[P{n + 1}]] [[P{n + 2}]] https://example.org/{n}")) for n, page in enumerate(pages)]
    with django_assert_max_num_queries(22):
        derive(batch)
    assert Link.objects.filter(source__in=pages, target__isnull=False).count() == 37

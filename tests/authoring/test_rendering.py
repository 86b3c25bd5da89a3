"""Markdown becomes clean, neutral HTML, and the text says what it points at."""

import json
import pickle
import re
import signal
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palabre.authoring.dialect import markup
from palabre.authoring.document import Heading, Reference
from palabre.authoring.rendering import render
from palabre.kit.html import ATTRIBUTES, TAGS, clean, strip


class Seen(HTMLParser):
    """Every element a browser would build from the markup."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))


PLACES = (
    "…", "[label](…)", "![alt](…)", "[[…]]", "# …", "```…\ncode\n```", "- [ ] …", "| … |\n|--|\n| x |",
    "> [!NOTE]\n> …", "<a href='…'>x</a>", '<a href="…">x</a>', "@… #…", "x[^1]\n\n[^1]: …",
)  # fmt: skip


def elements(html):
    return Seen(html).elements


def assert_nothing_acts(html):
    for tag, attributes in elements(html):
        assert tag in TAGS, tag
        allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()) | {"class", "type", "disabled"}
        assert set(attributes) <= allowed, attributes
        for name in ("href", "src"):
            scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", (attributes.get(name) or "").lower())
            assert not scheme or scheme[1] in {"http", "https", "mailto", "tel"}, attributes


def references(markdown, **options):
    return {(found.kind, found.key, found.label) for found in render(markdown, **options).references}


def test_no_script_of_the_corpus_survives_rendering_or_cleaning(corpus):
    payloads = json.loads((corpus("suite-xss") / "payloads.json").read_text())
    for payload in payloads:
        for place in PLACES:
            assert_nothing_acts(render(place.replace("…", payload)).html)
        assert_nothing_acts(clean(payload))


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_input_renders_to_markup_that_cannot_act(text):
    assert_nothing_acts(render(text).html)


def test_commonmark_keeps_its_meaning_in_our_dialect(corpus):
    examples = json.loads((corpus("suite-markdown-commonmark") / "commonmark-0.31.2-spec.json").read_text())
    differing = [each["example"] for each in examples if markup(each["markdown"]) != each["html"]]
    assert len(examples) - len(differing) >= 640
    assert differing == [64, 218, 239, 240, 590, 608, 611, 619], "keep docs/markdown.md true"


def test_marks_are_placeholders_with_a_key_and_a_label():
    html = render("[[Lettre type]], [[Raccorder un client#temps|la page]], @coumba. #fibre-thies (#été)").html
    assert '<a data-mark="title" data-key="Lettre type">Lettre type</a>' in html
    assert '<a data-mark="title" data-key="Raccorder un client#temps">la page</a>' in html
    assert '<a data-mark="person" data-key="coumba">@coumba</a>.' in html
    assert '<a data-mark="tag" data-key="fibre-thies">#fibre-thies</a>' in html
    assert '(<a data-mark="tag" data-key="été">#été</a>)' in html


@pytest.mark.parametrize(
    "text",
    ["`[[x]] @x #x`", "```\n[[x]] @x #x\n```", "[see @x #x](/search/)", "a@b.fr", "C#sharp", "#1", "# titre",
     "x/#y", "&#x27;", "\\@x \\#x \\[[x]]", "npm i @scope/name", "<https://x.org/#y>"],
)  # fmt: skip
def test_code_links_addresses_and_escapes_hold_no_marks(text):
    assert "data-mark" not in render(text).html


def test_a_section_of_the_text_itself_is_a_link_within_it():
    document = render("[[#Le délai]] [[# Le délai |plus bas]] [[#]]\n\n## Le délai")
    assert '<a href="#s-le-délai">Le délai</a> <a href="#s-le-délai">plus bas</a> [[#]]' in document.html
    assert 'id="s-le-délai"' in document.html
    assert not document.references


def test_what_no_database_keeps_is_in_no_reference():
    (reference,) = render("[x](raccorder%00.md)").references
    assert reference.key == "raccorder.md"


def test_a_defined_reference_in_brackets_stays_commonmark():
    assert "data-mark" not in render("[[foo]]\n\n[foo]: /search/").html


def test_references_carry_the_sentence_around_them():
    found = render("Un début. Voir [[Recette|la recette]] avant la pose, puis partir. Une fin.").references
    assert found == (Reference("title", "Recette", "la recette", "Voir la recette avant la pose, puis partir."),)


def test_a_very_long_sentence_is_cut_around_the_reference():
    long = "mot " * 200
    (found,) = render(f"{long}[[Ici]] {long}").references
    assert found.sentence.startswith("…") and found.sentence.endswith("…")
    assert "Ici" in found.sentence and len(found.sentence) < 300


def test_item_addresses_are_marks_and_other_addresses_of_the_site_are_not():
    html = render("[a](/pages/12-x/#s-temps) [b](/search/?q=x) [c](/people/4-awa/) [d](/files/3/a.pdf)").html
    assert 'data-mark="address" data-key="/pages/12-x/#s-temps"' in html
    assert html.count("data-mark") == 1


def test_relative_addresses_are_joined_to_the_folder_of_the_text():
    found = references("[x](../team/on%20call.md#top)", base="ops/run")
    assert found == {("address", "ops/team/on call.md", "x")}


def test_links_in_raw_html_are_marks_too():
    document = render('<a href="../x.md" onclick="evil()">x</a>', base="a/b")
    assert [(each.kind, each.key) for each in document.references] == [("address", "a/x.md")]
    assert "onclick" not in document.html


def test_outside_links_say_so():
    assert 'rel="external nofollow noopener"' in render("[x](https://example.org) https://example.org/y").html
    assert 'rel="external nofollow noopener"' in render('<a href="//example.org">x</a>').html


def test_headings_get_unique_anchors_below_the_title():
    document = render("# Étape 1\n\n## Étape 1\n\n## `code` et *mot*")
    assert document.outline == (
        Heading(2, "s-étape-1", "Étape 1"),
        Heading(3, "s-étape-1-1", "Étape 1"),
        Heading(3, "s-code-et-mot", "code et mot"),
    )
    assert '<h2 id="s-étape-1">' in document.html
    assert "<h1" not in document.html


def test_no_text_can_take_an_identifier_of_the_frame():
    html = render('# Main\n\n<div id="main">x</div>').html
    assert [each.get("id") for _, each in elements(html) if "id" in each] == ["s-main", "s-main"]


def test_tables_scroll_and_align_their_numbers():
    html = render("| a | b |\n|---|--:|\n| x | 1 |").html
    assert '<div class="scroll" tabindex="0"><table>' in html
    assert '<td class="n">1</td>' in html


def test_tasks_are_named_boxes():
    html = render("- [x] faire *ceci*\n- [ ] puis cela").html
    assert '<input type="checkbox" checked="" aria-label="faire ceci" disabled="">' in html
    assert html.count("<li>") == 2 and '<ul class="tasks">' in html


def test_notes_have_a_title_in_the_language_of_the_text():
    french = "> [!WARNING]\n> Ne jamais regarder dans la fibre, le laser est invisible pour les yeux."
    english = "> [!WARNING]\n> Never look into the fibre: nobody can see the laser with their eyes."
    assert '<div class="note warn">\n<b>Attention</b>' in render(french).html
    assert '<div class="note warn">\n<b>Warning</b>' in render(english).html


def test_words_beside_the_sign_of_a_note_are_its_title():
    html = render("> [!WARNING] Le **laser** de [[Recette]]\n> Il est invisible pour les yeux et il brûle.").html
    assert html.startswith(
        '<div class="note warn">\n<b>Attention&nbsp;: Le <strong>laser</strong> de <a data-mark="title"'
    )
    assert "</b>\n<p>Il est invisible" in html
    assert "<b>Tip: Do this</b>\n<ul>" in render("> [!tip]+ Do this\n>\n> - and that is all there is to it").html


def test_words_beside_the_sign_are_the_note_when_they_are_all_it_says():
    document = render("> [!WARNING] Never look into the fibre: nobody can see the laser.")
    assert document.html == (
        '<div class="note warn">\n<b>Warning</b>\n<p>Never look into the fibre: nobody can see the laser.</p>\n</div>\n'
    )
    assert document.excerpt.startswith("Never look")


def test_notes_stand_in_lists_and_in_notes():
    html = render("- un\n  > [!NOTE] Titre\n  > texte\n  > > [!TIP] dedans\n\n> cité\n").html
    assert html.count('<div class="note') == html.count("</div>") == 2
    assert html.count("<blockquote>") == html.count("</blockquote>") == 1


def test_a_line_below_the_sign_without_its_arrow_is_the_note():
    assert "<b>Warning</b>\n<p>Mind the laser of the fibre.</p>\n</div>" in (
        render("> [!WARNING]\nMind the laser of the fibre.").html
    )
    assert "</div>\n<p>After.</p>" in render("> [!WARNING]\n\nAfter.").html


@pytest.mark.parametrize("text", ["> [!NOTE](/search/)\n> y", "> x\n> [!NOTE] y", "> [!NOTE]x y", "> [!SOMETHING] x"])
def test_other_brackets_in_a_quotation_are_quoted(text):
    assert "<blockquote>" in render(text).html


DEEP = {
    "lists": "\n".join("  " * level + f"- level {level}" for level in range(18)),
    "quotations": "> " * 30 + "level 17",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
def test_however_deep_people_nest_what_follows_is_shown(text):
    html = render(f"{text}\n\nWhat follows.").html
    assert "level 17" in html and "What follows." in html


def test_footnotes_lead_there_and_back():
    html = render("Texte[^1].\n\n[^1]: La note.").html
    assert '<a href="#s-fn1" id="s-fnref1">1</a>' in html
    assert '<li id="s-fn1">' in html and '<a href="#s-fnref1" class="backref"' in html


def test_images_wait_until_they_are_seen():
    assert 'loading="lazy"' in render("![plan](/files/3/plan.png)").html


def test_an_excerpt_tells_list_items_apart():
    document = render("À prévoir :\n\n- la fibre\n- une échelle (« haute. »)\n- *rien d’autre*\n\nFin")
    assert document.excerpt == "À prévoir : la fibre · une échelle (« haute. ») rien d’autre · Fin"


def test_plain_text_excerpt_and_count_of_words():
    document = render("## Titre\n\nUn **mot** et `deux`.\n\n```\ncode ici\n```\n\n- liste")
    assert document.text.split("\n") == ["Titre", "Un mot et deux.", "code ici", "", "liste"]
    assert document.excerpt == "Un mot et deux. liste"
    assert document.words == 8
    assert document.minutes == 1


@pytest.mark.parametrize(
    ("text", "prior", "expected"),
    [
        ("Le délai moyen est aujourd’hui de vingt et un jours pour nos clients.", "en", "fr"),
        ("The average delay is twenty-one days for our customers today.", "fr", "en"),
        ("Fibre optique", "en", "en"),
        ("", "fr", "fr"),
        ("Die durchschnittliche Wartezeit beträgt heute einundzwanzig Tage für unsere Kunden.", "fr", "de"),
    ],
)
def test_language_is_guessed_and_few_words_believe_their_space(text, prior, expected):
    assert render(text, prior=prior).language == expected


def test_a_document_travels_between_processes():
    document = render("[[x]] et @y\n\n# t")
    assert pickle.loads(pickle.dumps(document)) == document


def test_stripping_gives_words_without_markup():
    assert strip("<p>a &amp; b</p><script>x</script><p>c</p>") == "a & b\nc"


def test_our_own_address_is_as_good_as_none(settings):
    settings.ADDRESS = "https://palabre.example"
    document = render(
        "[x](https://palabre.example/pages/12-x/#s) <https://palabre.example/tags/a/> https://palabre.example.org/"
    )
    assert 'data-key="/pages/12-x/#s"' in document.html and 'href="/tags/a/"' in document.html
    assert [(each.kind, each.key) for each in document.references] == [
        ("address", "/pages/12-x/"), ("outside", "https://palabre.example.org/"),
    ]  # fmt: skip
    assert 'href="//evil.example"' in render("[x](https://palabre.example//evil.example)").html


def test_anchors_that_never_end_are_read_in_a_moment():
    def give_up(*_about):
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(20)  # on the slowest of machines; by the cube of the length, it would be hours
    try:
        for piece in ('<a href=""', "<a href='\"", "<a href", "<a href=", "<a ' \""):
            render("<div>\n" + piece * 4_000)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("piece", [":", "(mailto:", "xhttp://", "===\n", "<div>"])
def test_a_text_takes_no_square_of_its_length(piece):
    begun = time.process_time()
    render(piece * (60_000 // len(piece)))
    assert time.process_time() - begun < 8, "by the square of the length, it is a minute and more"


def test_headings_that_say_the_same_are_told_apart():
    outline = render("# Coût\n\n# Coût\n\n# Coût 1\n\n# Coût\n").outline
    assert [heading.anchor for heading in outline] == ["s-coût", "s-coût-1", "s-coût-1-1", "s-coût-2"]


def test_of_raw_html_beyond_all_measure_the_rest_is_shown_as_it_was_typed():
    html = render("<b>x</b>\n\n" + "<div>" * 10_000 + "\n\n<b>y</b> [z](https://z.example)\n").html
    assert "<b>x</b>" in html and "&lt;b&gt;y" in html and 'href="https://z.example"' in html
    rows = "<table>" + "<tr><td>x<td>y" * 10_000 + "</table>\n\n<b>y</b>\n"
    assert "<b>y</b>" in render(rows).html


def test_addresses_written_out_lead_there_whatever_stands_before_them():
    html = render("a: b, (https://b.example/x) mailto:c@d.example xhttp://e.example **http://f.example**").html
    assert re.findall(r'href="([^"]+)"', html) == ["https://b.example/x", "mailto:c@d.example", "http://f.example"]


def test_an_anchor_of_raw_html_keeps_its_address_wherever_it_stands_in_its_tag():
    html = render(
        '<p><a class="x" href = \'/pages/12-x/\' id=y>x</a> <a data-href="/pages/13/" name="z">z</a></p>'
    ).html
    assert 'data-key="/pages/12-x/"' in html and "/pages/13/" not in html

"""The frame and the front page, in a browser."""

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from palabre.authoring.writing import publish, revise
from palabre.conversations.models import Conversation
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.signals import filling
from palabre.talk.models import Comment

LOOKS = [(width, dark) for width in (1440, 390) for dark in (False, True)]
TEXT = "J’ai suivi douze raccordements, **de bout en bout**. La technique prend quatre heures."


@pytest.fixture
def words(world, site):
    for slug in ("reseau", "le-fil", "installateurs"):
        publish("post", world.spaces[slug], world.marc, f"Un mot dans {slug}", TEXT)


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_on_the_front_page(visit, world, words, violations, width, dark):
    for person in (None, world.awa):
        assert violations(visit("/", person, width=width, dark=dark)) == []


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_on_any_component(visit, world, settings, violations, width, dark):
    settings.ROOT_URLCONF = "tests.browser.urls"
    assert violations(visit("/styleguide/", world.awa, width=width, dark=dark)) == []


@pytest.mark.parametrize("path", ["/", "/styleguide/", "/nowhere/"])
def test_nothing_scrolls_sideways_on_the_narrowest_phone(chromium, site, world, words, settings, path):
    settings.ROOT_URLCONF = "tests.browser.urls"
    page = chromium.new_page(viewport={"width": 320, "height": 640}, base_url=site)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
ENDLESS = f"""\
{LONG}{LONG} `{LONG}` https://example.org/{LONG} #{LONG[:60].lower()}

- [ ] {LONG}

| {LONG} | b | c |
|---|---|---|
| {LONG} | {LONG} | x |

> [!NOTE]
> {LONG}
"""


@pytest.mark.parametrize("width", [320, 1440])
def test_the_longest_words_widen_no_page(visit, world, site, width):
    maison = world.spaces["maison"]
    kinds = ("page", "idea", "rule")
    items = [publish(kind, maison, world.marc, f"{kind} {LONG}{LONG}", ENDLESS) for kind in kinds]
    for item in items:
        Comment.say(item, world.awa, ENDLESS)
    paths = ["/", "/ideas/", "/rules/", "/tags/", "/spaces/maison/", "/spaces/maison/pages/", "/words/"]
    page = visit("/", world.marc, width=width)
    for path in paths + [item.get_absolute_url() for item in items]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_finger_beside_a_name_or_the_way_to_who_reads_still_meets_it(visit, world, words):
    page = visit(Item.objects.get(title="Un mot dans installateurs").get_absolute_url(), world.awa, width=390)
    for link, beside in ((".by a", 5), (".band a", 10)):
        met = page.locator(link).first.evaluate(
            """(one, beside) => {
              const box = one.getBoundingClientRect();
              return [box.top - beside, box.bottom + beside].every(
                (y) => document.elementFromPoint(box.left + 8, y).closest("a") === one,
              );
            }""",
            beside,
        )
        assert met, link


def test_where_colours_are_forced_one_tab_alone_is_underlined(visit, world, words):
    page = visit("/spaces/le-fil/posts/", world.marc, forced_colors="active")
    lines = page.locator(".tabs > a").evaluate_all(
        """tabs => tabs.map((one) => [
          getComputedStyle(one).borderBlockEndColor !== getComputedStyle(document.body).backgroundColor,
          one.hasAttribute("aria-current"),
        ])"""
    )
    assert len(lines) > 2 and all(drawn == current for drawn, current in lines), lines


def test_the_menu_opens_without_script_and_changes_the_language(visit, world, words):
    page = visit("/", world.awa, language="fr", script=False)
    page.click("[popovertarget=me]:visible")
    page.click("#me button[value=en]")
    page.wait_for_selector("html[lang=en]")


@pytest.mark.parametrize("width", [1440, 800, 390])
def test_a_menu_stays_within_the_window(visit, world, words, width):
    """Wherever its button stands: to the right of a space's title, beside its tabs, among the acts on an item."""
    item = Item.objects.filter(kind="post", space=world.spaces["installateurs"]).get()
    for path in ("/", "/spaces/installateurs/posts/", item.get_absolute_url()):
        page = visit(path, world.marc, width=width)
        page.wait_for_selector("drop-menu:defined", state="attached")
        buttons = page.locator("drop-menu > details > summary:visible")
        for number in range(buttons.count()):
            buttons.nth(number).click()
            menu = page.locator("drop-menu details[open] .menu")
            expect(menu).to_be_in_viewport(ratio=1)
            page.keyboard.press("Escape")


def test_on_a_phone_the_tab_one_is_on_is_in_sight(visit, world, words):
    page = visit("/spaces/installateurs/objectives/", world.marc, width=390)
    expect(page.locator(".tabs > [aria-current]")).to_be_in_viewport(ratio=1)


def test_a_group_that_is_folded_stays_so_and_says_what_it_hides(visit, world, words):
    page = visit("/", world.awa)
    page.wait_for_selector("folding-groups:defined")
    heading, places = page.locator(".rail [data-group=deciding] > summary"), page.locator(".rail a[href='/decisions/']")
    heading.focus()
    page.keyboard.press("Enter")
    expect(places).to_be_hidden()
    page.reload()
    expect(places).to_be_hidden()
    page.goto("/decisions/")
    expect(places).to_be_visible()
    weight = "element => getComputedStyle(element).fontWeight"
    assert heading.evaluate(weight) == "500"
    heading.click()
    expect(places).to_be_hidden()
    assert heading.evaluate(weight) == "600"
    heading.click()
    page.goto("/")
    expect(places).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_the_menu_of_a_phone_leads_to_every_place(visit, world, words, script):
    page = visit("/", world.awa, width=390, script=script)
    page.click(".bar [popovertarget=me]")
    for address in ("/inbox/", "/ideas/", "/decisions/", "/rules/", "/spaces/", "/tags/"):
        expect(page.locator(f"#me a[href='{address}']")).to_be_visible()
    page.locator("#me [data-group=deciding] > summary").click()
    expect(page.locator("#me a[href='/rules/']")).to_be_hidden()
    page.locator("#me a[href='/ideas/']").click()
    page.wait_for_url("**/ideas/")


def test_the_theme_changes_at_once_and_is_known_to_the_next_page(visit, world, words):
    page = visit("/", world.awa)
    page.click("[popovertarget=me]:visible")
    with page.expect_response("**/way/"):
        page.click("#me button[value=dark]")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"


@pytest.mark.parametrize("width", [1440, 390])
def test_the_question_mark_lists_the_keys_and_the_keys_work(visit, world, words, width):
    page = visit("/?show=all", world.awa, width=width)
    page.wait_for_selector("key-map:defined", state="attached")
    page.keyboard.press("?")
    page.wait_for_selector("dialog#keys[open] [data-found]")
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    page.wait_for_url(lambda url: "show=all" not in url)


def test_a_dialog_closes_by_its_button_each_time(visit, world, words):
    page = visit("/", world.awa)
    page.wait_for_selector("key-map:defined", state="attached")
    for _time in range(2):
        page.keyboard.press("?")
        page.locator("#keys form button").click(timeout=2_000)
        expect(page.locator("#keys")).to_be_hidden()


def test_the_arrow_up_leads_into_a_menu_from_its_end(visit, world, words):
    page = visit(Item.objects.get(title="Un mot dans reseau").get_absolute_url(), world.marc)
    page.wait_for_selector("drop-menu:defined", state="attached")
    page.locator("drop-menu summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    last = page.locator("drop-menu").first.locator(".menu :is(a, button)").last
    expect(last).to_be_focused()


def test_the_first_tab_leads_past_the_navigation(visit, world, words):
    page = visit("/", world.awa)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_earlier_days_arrive_in_place(visit, world, site):
    for number in range(60):
        publish("post", world.spaces["reseau"], world.coumba, f"Mot {number}", "Un mot.")
    page = visit("/", world.awa)
    page.click(".older a")
    expect(page.locator("article")).to_have_count(60)
    expect(page.locator("article h3", has_text="Mot 29")).to_be_focused()
    assert page.locator("h1").count() == 1
    assert page.locator("h2.day").count() == 1


@pytest.mark.parametrize("width", [390, 1440])
def test_while_pages_fade_nothing_shines_through_what_lies_over_the_main_part(visit, world, words, width):
    page = visit("/", world.awa, width=width)
    bare = page.evaluate(
        """() => {
          const name = (each) => getComputedStyle(each).viewTransitionName;
          const named = (each) => each && (name(each) !== "none" || named(each.parentElement));
          const lies = (each) => {
            const box = each.getBoundingClientRect();
            return ["fixed", "sticky"].includes(getComputedStyle(each).position) && each.checkVisibility()
              && box.bottom > 0 && box.top < innerHeight && box.width && box.height;
          };
          return [...document.querySelectorAll("body :not(.main, .main *)")]
            .filter((each) => lies(each) && !named(each)).map((each) => each.outerHTML.slice(0, 80));
        }"""
    )
    assert bare == []
    assert page.evaluate("getComputedStyle(document.querySelector('.toasts')).viewTransitionName") == "toasts"


def test_the_front_page_is_readable_in_three_seconds_on_a_slow_line(visit, world, words):
    page = visit("about:blank")
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000},
    )
    page.goto("/", wait_until="commit")
    page.wait_for_selector("h1")
    page.wait_for_load_state("load")
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert painted < 3000


def test_paper_has_the_words_and_nothing_to_click_on(visit, world, words):
    page = visit("/guide/write/", world.awa)
    page.emulate_media(media="print")
    assert page.locator(".prose").is_visible()
    for part in (".rail", ".top", ".bar", ".skip", ".toc", ".older .btn"):
        assert not page.locator(part).first.is_visible(), part
    assert page.evaluate("getComputedStyle(document.querySelector('.prose table')).breakInside") == "avoid"


def test_paper_cuts_nothing_off_and_shows_where_links_lead(visit, world, words):
    other = publish("page", world.spaces["maison"], world.awa, "L’autre page", "Là-bas.")
    columns = [f"Colonne indivisible {number}" for number in range(14)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in (columns, ["---"] * 14, ["Inextricablement"] * 14))
    code = f"```\n{'une ligne sans fin ' * 12}\n```"
    link = f"[ici]({other.get_absolute_url()}), https://elsewhere.example/adresse et #fibre"
    text = f"{table}\n\n{code}\n\n{link}"
    page = visit(publish("page", world.spaces["maison"], world.awa, "Large", text).get_absolute_url(), world.awa)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 642, "height": 972})  # what the margins leave of A4
    code, room = page.evaluate("[document.querySelector('.prose pre').scrollWidth, innerWidth]")
    assert code <= room <= 642
    shown = "getComputedStyle(document.querySelector('.prose %s'), '::after').content"
    assert other.get_absolute_url() in page.evaluate(shown % "p a:not([class])")
    assert page.evaluate(shown % "a.bare") == page.evaluate(shown % ".hashtag") == "none"
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    turned = [sheet for sheet in sheets if sheet.mediabox.width > sheet.mediabox.height]
    assert len(turned) == 1 and len(sheets) == 3
    assert turned[0].extract_text().count("Inextricablement") == turned[0].extract_text().count("indivisible") == 14


def test_paper_has_the_versions_of_a_text_and_what_a_search_asked_for(visit, world, words):
    item = publish("page", world.spaces["maison"], world.awa, "Relevé", "Un.")
    revise(item, world.awa, "Relevé", "Deux.", based_on=1)
    page = visit(f"/items/{item.pk}/history/", world.awa)
    page.emulate_media(media="print")
    expect(page.locator(".versions > li").first).to_be_visible()
    assert not any(each.is_visible() for each in page.locator(".versions input, .versions .btn").all())
    page.goto("/search/?q=%C3%A9nergie")
    page.emulate_media(media="print")
    assert page.locator(".found-at").inner_text().endswith("/search/?q=énergie")


def test_paper_has_home_inbox_and_conversations_whole_with_their_addresses(visit, world, words):
    conversation = Conversation.objects.start(world.awa, [world.coumba])
    item = conversation.item
    for number in range(40):
        said = f"Ligne {number:02} du [relevé](https://example.org/releve/{number}/)."
        conversation.say((world.awa, world.coumba)[number % 2], said)
    filling.tell(list(Event.objects.order_by("pk")))
    page = visit("/", world.awa)
    for path, entries in (
        ("/", "article.item"),
        ("/inbox/", "article.signal"),
        ("/conversations/", ".talks > li"),
        (item.get_absolute_url(), ".say"),
    ):
        page.goto(path)
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 680, "height": 950})
        assert page.locator(entries).first.is_visible(), path
        for part in (".rail", ".top", ".bar", ".seg", ".write-in", ".composer", ".say .acts", ".inbox-acts", ".btn"):
            assert not any(each.is_visible() for each in page.locator(f"main {part}, body > * {part}").all()), (
                path,
                part,
            )
        assert page.locator(".found-at").inner_text().endswith(path) and page.locator(".found-at").is_visible()
        if entries != ".say":
            title = page.locator(f"{entries} :is(h2, h3) > a").first
            shown = "getComputedStyle(document.querySelector(%r), '::after').content"
            assert title.get_attribute("href") in page.evaluate(shown % f"{entries} :is(h2, h3) > a")
    assert "https://example.org/releve/" in page.evaluate(
        "getComputedStyle(document.querySelector('.say .text a[rel~=external]'), '::after').content"
    )
    log = page.evaluate("(log => [log.scrollHeight, log.clientHeight])(document.querySelector('.log'))")
    assert log[0] == log[1] > 950
    page.emulate_media(media="screen")
    assert not page.locator(".found-at").is_visible()

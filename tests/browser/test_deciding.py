"""Deciding as people do it: on a phone, by keyboard, without script, in both languages."""

import re
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from palabre.authoring.writing import publish
from palabre.counting.ballots import Choice, Ranking
from palabre.counting.budget.shares import EqualShares
from palabre.counting.consent import Consent
from palabre.counting.document import declared
from palabre.counting.dots import MostDots
from palabre.counting.majority import Majority
from palabre.counting.quadratic import Quadratic
from palabre.counting.schulze import Schulze
from palabre.counting.terms import Terms
from palabre.decisions import box, electorate
from palabre.decisions.models import Argument, Ballot, Decision, Delegation
from palabre.people.models import Person
from tests.browser.conftest import unfold
from tests.decisions.conftest import hour, last_day_is_over, soon, work

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGES = ("fr", "en")
CHAIR = {"name": "chair", "order": ["1", "2"]}
LONG = "anticonstitutionnellement" * 3


@pytest.fixture
def speak():
    """Everybody reads the interface in this language."""
    return lambda language: Person.objects.update(language=language)


def opened(world, rule, titles, **how) -> Decision:
    """A vote of the house, proposed by Awa."""
    item = publish("decision", world.spaces["maison"], world.awa, f"Où aller, {LONG} ?", "Il faut choisir.")
    options = [{"key": str(number), "title": title} for number, title in enumerate(titles, 1)]
    item.decision.prepare(world.awa, [], options=options, closes_at=soon(), **(declared(Terms(rule)) | how))
    item.decision.open(world.awa, electorate.those)
    item.decision.item = item
    return item.decision


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ranked_ballot_is_cast_by_keyboard_on_a_phone(visit, world, site, speak, language):
    speak(language)
    decision = opened(world, Schulze(), [f"Gorée {LONG}", "Thiès", "Saint-Louis"])
    page = visit(decision.item.get_absolute_url(), world.marc, width=390, language=language, script=False)
    page.locator("#option-1").focus()
    for place in ("2", "1", "3"):
        page.keyboard.press(place)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    kept = {"fr": "Votre bulletin est gardé.", "en": "Your ballot is kept."}[language]
    expect(page.get_by_text(kept)).to_be_visible()
    assert Ballot.objects.get().said == [["2"], ["1"], ["3"]]
    expect(page.locator("#option-2")).to_have_value("1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def places(page):
    """The places on the paper, by option, in the order in which the lines stand."""
    return page.eval_on_selector_all("#ballot select", "all => all.map((each) => [each.id.slice(7), each.value])")


def test_options_are_put_in_order_by_their_arrows_and_by_dragging(visit, world, site):
    decision = opened(world, Schulze(), ["Gorée", "Thiès", "Saint-Louis", "Dakar"])
    page = visit(decision.item.get_absolute_url(), world.marc, width=390, has_touch=True)
    page.wait_for_selector("rank-order.ready")
    for option in ("Thiès", "Gorée", "Dakar"):
        page.get_by_role("button", name=f"Classer, {option}").press("Enter")
    assert places(page) == [["2", "1"], ["1", "2"], ["4", "3"], ["3", ""]]
    page.keyboard.press("ArrowUp")  # the line that was moved last is held
    page.keyboard.press("ArrowUp")
    assert places(page) == [["4", "1"], ["2", "2"], ["1", "3"], ["3", ""]]
    page.get_by_role("button", name="Descendre, Gorée").click()
    assert places(page) == [["4", "1"], ["2", "2"], ["1", ""], ["3", ""]], "below the last place there is none"
    page.select_option("#option-1", "2")  # two share a place
    drag(page, "3", onto="2")  # and between them so does a third
    assert places(page) == [["4", "1"], ["1", "2"], ["2", "2"], ["3", "2"]]
    drag(page, "2", onto="4")
    assert places(page) == [["2", "1"], ["4", "2"], ["1", "3"], ["3", "3"]]
    page.locator("#ballot .btn.primary").click()
    page.wait_for_url(re.compile("#vote$"))
    assert Ballot.objects.get().said == [["2"], ["4"], ["1", "3"]]
    assert places(page) == [["2", "1"], ["4", "2"], ["1", "3"], ["3", "3"]]


def drag(page, option, onto):
    """By its grip, to the upper half of the line of another."""
    page.locator("#ballot").scroll_into_view_if_needed()
    grip = page.locator(f"li:has(#option-{option}) .grip").bounding_box()
    line = page.locator(f"li:has(#option-{onto})").bounding_box()
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(grip["x"] + 5, line["y"] + 5, steps=4)
    page.mouse.up()


def test_what_is_left_of_dots_and_credits_is_said_while_they_are_given(visit, world, site):
    dots = opened(world, MostDots(5, 3, 1), ["Gorée", "Thiès"])
    page = visit(dots.item.get_absolute_url(), world.marc, expected="422")
    left = page.locator("ballot-sum .sum")
    expect(left).to_have_text("Gommettes restantes\u00a0: 5 sur 5")
    page.fill("#option-1", "2")
    expect(left).to_have_text("Gommettes restantes\u00a0: 3 sur 5")
    page.fill("#option-2", "4")
    expect(left).to_have_text("1 de trop\u00a0: 6 sur 5. Reprenez-en.")
    page.locator("#ballot .btn.primary").click()  # the server says so, too, and nothing is lost
    expect(page.locator("#missing")).to_contain_text("reprenez-en 1")
    expect(left).to_contain_text("1 de trop")
    credits = opened(world, Quadratic(100, True, 1), ["Gorée", "Thiès"])
    page.goto(credits.item.get_absolute_url())
    page.fill("#option-1", "8")
    page.fill("#option-2", "−5")
    expect(left).to_have_text("Crédits restants\u00a0: 11 sur 100")
    expect(page.locator("li:has(#option-2) .price")).to_have_text("coûte 25")
    budget = opened(world, EqualShares(1_000_000, {"1": 600_000, "2": 650_000}), ["Toit", "Murs"], ties=CHAIR)
    page.goto(budget.item.get_absolute_url())
    page.check("input[value='1']")
    expect(left).to_have_text("Coché jusqu’ici\u00a0: 600\u00a0000 sur 1\u00a0000\u00a0000")
    page.check("input[value='2']")
    expect(left).to_contain_text("Vous pouvez cocher plus")


def test_paper_has_the_options_of_a_vote_and_not_what_its_reader_chose(visit, world, site):
    decision = opened(world, Majority(), ["Gorée", "Thiès"])
    page = visit(decision.item.get_absolute_url(), world.marc)
    page.emulate_media(media="print")
    for option in ("Gorée", "Thiès"):
        expect(page.locator("#ballot").get_by_text(option, exact=True)).to_be_visible()
    for part in ("#ballot-head", "#ballot input", "#ballot .btn"):
        expect(page.locator(part).first).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ranked_decision_with_delegation_and_quorum(visit, world, site, speak, language):
    """From the proposal to the result: prepared, a voice lent, voted, closed, counted, its lent voices shown."""
    speak(language)
    item = publish("decision", world.spaces["maison"], world.awa, "Où tenir la rencontre ?", "Deux jours en février.")
    awa = visit(item.get_absolute_url(), world.awa, width=390, language=language)
    awa.locator(f"a[href='/decisions/{item.pk}/preparation/']").click()
    awa.locator("a[href='?method=schulze']").click()
    awa.fill("#id_options", "Gorée\nThiès\nSaint-Louis")
    awa.fill("#id_quorum", "3")
    awa.fill("#id_closes_at", hour(days=3))
    awa.check("#id_delegated")
    awa.locator(".preparing form .btn.primary").click()
    awa.locator(f"form[action='/decisions/{item.pk}/opening/'] button").click()
    expect(awa.locator("#ballot")).to_be_visible()

    tom = visit("/decisions/lent/", world.tom, width=390, language=language)
    tom.fill("#id_to", "@" + world.marc.handle)
    tom.select_option("#id_space", str(item.space_id))
    tom.locator("form.sheet .btn.primary").click()
    expect(tom.locator(".list").get_by_text(world.marc.name).first).to_be_visible()

    for person, places in ((world.marc, "231"), (world.nadia, "132")):
        page = visit(item.get_absolute_url(), person, width=390, language=language)
        for number, place in enumerate(places, 1):
            page.select_option(f"#option-{number}", place)
        page.locator("#ballot .btn.primary").click()
        expect(page.locator("#option-1")).to_have_value(places[0])
    assert not awa.goto(item.get_absolute_url()).text().count("table tally")  # hidden until it is closed

    awa.locator(".vote details:has(form[action$='steering/']) summary").click()
    awa.fill("#id_reason", "Tout le monde a parlé.")
    awa.locator("button[value=close]").click()
    awa.wait_for_url(re.compile("#vote$"))
    work()
    awa.goto(item.get_absolute_url())
    chosen = {"fr": "Choix : Saint-Louis.", "en": "Chosen: Saint-Louis."}[language]
    expect(awa.locator(".vote .note.good")).to_contain_text(chosen)
    needed = {"fr": "Participations : 3 ; il en fallait 3.", "en": "3 took part, and 3 were needed."}[language]
    expect(awa.locator(".vote .note.good")).to_contain_text(needed)
    awa.locator(f"a[href='/decisions/{item.pk}/voices/']").click()
    assert [each.inner_text().split("\n")[-1].strip() for each in awa.locator(".way > li").all()] == [
        world.tom.name, world.marc.name,
    ]  # fmt: skip


def test_paper_has_what_other_rules_would_have_said_and_the_lot(visit, world, site):
    """What is folded on the screen and without which a result is not whole."""
    decision = opened(world, Schulze(), ["Gorée", "Thiès"], ties={"name": "lot", "sum": ""})
    decision.cast(world.marc, Ranking.of("1", "2"))
    decision.close()
    page = visit(decision.item.get_absolute_url(), world.awa)
    page.emulate_media(media="print")
    for words, part in (("Vote transférable", "table"), ("Le texte du tirage", "code")):
        folded = page.locator(".on-paper", has_text=words)
        expect(folded).to_be_visible()
        assert folded.locator(part).first.bounding_box()["height"] > 8, words
        assert folded.evaluate("each => each.offsetHeight - each.firstElementChild.offsetHeight") > 20, words
    assert not page.get_by_text("Ce qui s’est passé", exact=True).is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_secret_ballot_is_cast_changed_and_found_again(visit, world, site, speak, language):
    speak(language)
    decision = opened(world, Majority(), ["Oui", "Non"], secret=True)
    page = visit(decision.item.get_absolute_url(), world.marc, width=390, language=language, script=False)
    page.locator(f"a[href='/decisions/{decision.pk}/booth/']").click()
    page.check("input[value='1']")
    page.locator("#ballot .btn.primary").click()
    key, code = page.locator(".receipt code").all_inner_texts()
    with page.expect_download() as download:
        page.locator("a[download]").click()
    assert key in Path(download.value.path()).read_text()
    page.goto(f"/decisions/{decision.pk}/booth/")
    page.fill("#key", key.lower())
    page.locator("button[name=open]").click()
    expect(page.locator("input[value='1']")).to_be_checked()
    page.check("input[value='2']")
    page.locator("#ballot .btn.primary").click()
    expect(page.locator(".receipt")).to_contain_text(code)
    decision.close()
    page.goto(decision.item.get_absolute_url())
    page.locator(f"a[href='/decisions/{decision.pk}/check/']").click()
    page.fill("#key", code)
    page.locator("main .btn.primary").click()
    expect(page.locator(".note.good p")).to_have_text({"fr": "Non", "en": "No"}[language])


@pytest.fixture
def addresses(world, site):
    """The booth, a receipt to be, lent voices, an objection that is answered: at their longest."""
    secret = opened(world, Majority(), [f"Oui {LONG}", "Non"], secret=True)
    counted = opened(world, Majority(), [f"Oui {LONG}", "Non"], secret=True)
    counted.cast_secretly(world.marc, Choice("1"), box.new_key())
    counted.close()
    consent = opened(world, Consent(), ["La proposition", "Une objection"])
    consent.cast(world.marc, Choice("2"))
    objection = Argument.objects.say(consent, world.marc, "objection", f"C’est loin, {LONG}.")
    objection.respond(world.awa, f"Un car part de Dakar, {LONG}.")
    Argument.objects.say(consent, world.tom, "for", f"C’est beau, {LONG}.")
    lent = opened(world, Majority(), ["Oui", "Non"], delegated=True)
    space = lent.item.space
    for giver, to in ((world.marc, world.grace), (world.grace, world.nadia), (world.nadia, world.grace)):
        Delegation.objects.lend(giver, to, space)
    Delegation.objects.lend(world.tom, world.marc, space)
    one_s_own = opened(world, Majority(), ["Oui", "Non"], delegated=True)  # which speaks for the voice that one carries
    one_s_own.cast(world.marc, Choice("1"))
    counted_lent = opened(world, Majority(), ["Oui", "Non"], delegated=True)
    counted_lent.cast(world.marc, Choice("1"))
    counted_lent.close()
    over = Delegation.objects.lend(world.marc, world.tom, None, LONG.lower()[:30], localdate())
    last_day_is_over(Delegation.objects.filter(pk=over.pk))
    left = opened(world, Majority(), ["Oui", "Non"])
    left.close()
    left.leave(world.marc, f"Plus rien à dire, {LONG}.")
    return [
        secret.item.get_absolute_url(), f"/decisions/{secret.pk}/booth/", counted.item.get_absolute_url(),
        f"/decisions/{counted.pk}/check/", f"/decisions/{counted.pk}/ballots/", consent.item.get_absolute_url(),
        objection.item.get_absolute_url(), f"/decisions/{lent.pk}/voices/", "/decisions/lent/",
        lent.item.get_absolute_url(), one_s_own.item.get_absolute_url(), counted_lent.item.get_absolute_url(),
        f"/decisions/{counted_lent.pk}/voices/", f"/decisions/{counted_lent.pk}/ballots/",
        "/decisions/?show=force", left.item.get_absolute_url(),
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "dark", "language"), [(1440, False, "fr"), (320, True, "en")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(visit, world, addresses, faults, speak, width, dark, language):
    speak(language)
    page = visit("/guide/", world.marc, width=width, dark=dark, language=language)
    assert faults(page, addresses, unfold) == {}

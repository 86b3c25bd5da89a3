"""The thread in a browser: from a customer's voice to “we did”, on a phone and in both languages; then its pages, to
axe, at 320 px and by keyboard.
"""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from palabre.authoring.writing import publish
from palabre.commitments.models import Commitment, made
from palabre.decisions.models import Decision
from palabre.ideas.models import Idea, Support
from palabre.items.models import Item
from palabre.links.models import Link, Type
from palabre.people.models import Person
from tests.browser.test_accessibility import reach
from tests.decisions.conftest import hour, work

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "anticonstitutionnellement" * 3
WORDS = {
    "fr": {
        "becoming": "En faire quelque chose", "idea": "Idée", "decision": "Décision", "on": "Donner une suite",
        "made": "Né d’un commentaire de", "support": "Soutenir", "voices": "2 voix pour elle",
        "commit": "En faire un engagement", "mine": "C’est né de vos mots", "kept": "Tenu", "wrote": "Publication par",
    },
    "en": {
        "becoming": "Make something of it", "idea": "Idea", "decision": "Decision", "on": "Go on from here",
        "made": "Made of a comment by", "support": "Support it", "voices": "2 voices for it",
        "commit": "Commit to this", "mine": "It was made of what you said", "kept": "Kept", "wrote": "published it",
    },
}  # fmt: skip


@pytest.fixture
def speak():
    """Everybody reads the interface in this language."""
    return lambda language: Person.objects.update(language=language)


def fits(page):
    """Nothing is wider than the phone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], page.url


def take(page, way):
    """Goes one of the ways on from an item, which are in its menu on a phone."""
    page.locator(".of-item summary").last.click()
    page.locator(".of-item .menu").get_by_role("link", name=way).click()


def publish_in(page, space):
    """Chooses who reads it, if that is not chosen, and publishes."""
    button = page.locator(f"button[value='publish:{space}']").locator("visible=true").first
    if not button.count():
        page.locator(f"input[name=space][value={space}]").check()
    button.click()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_idea_from_a_customers_voice_to_we_did(visit, world, site, speak, hear, violations, language):
    speak(language)
    words, space = WORDS[language], world.spaces["entraide"]
    post = publish("post", space, world.ousmane, "Vos rendez-vous", "Nous passons du lundi au vendredi.")

    def phone(person, path):
        return visit(path, person, width=390, language=language)

    # A customer says it.
    ramata = phone(world.ramata, post.get_absolute_url())
    ramata.fill("#id_body", "Un passage après 17 h, pour qui travaille ?")
    ramata.locator("#comment-form button[type=submit]").click()
    ramata.locator(".comment, [id^=comment-]").get_by_text("Un passage après 17 h").wait_for()

    # Somebody makes it an idea: where it was said and who said it stay.
    marc = phone(world.marc, post.get_absolute_url())
    marc.get_by_role("link", name=words["becoming"]).click()
    marc.get_by_role("button", name=words["idea"], exact=True).click()
    marc.fill("[name=title]", "Des passages après 17 h")
    fits(marc)
    publish_in(marc, "entraide")
    marc.wait_for_url(re.compile(r"/ideas/\d+"))
    idea = Idea.objects.select_related("item").get().item
    expect(marc.get_by_text(f"{words['made']} {world.ramata.name}")).to_be_visible()
    assert world.ramata.name in idea.body
    hear()
    inbox = phone(world.ramata, "/inbox/")
    expect(inbox.locator(".signal", has_text="Des passages après 17 h").first).to_contain_text(words["wrote"])

    # It is supported; the voice of somebody without an account is brought.
    fanta = phone(world.fanta, idea.get_absolute_url())
    fanta.get_by_role("button", name=words["support"]).click()
    expect(fanta.locator(f"#support-{idea.pk}[aria-pressed=true]")).to_be_visible()
    marc.locator(f"a[href='/ideas/{idea.pk}/voices/']").click()
    marc.fill("#id_who", world.moussa.name)
    marc.select_option("#id_source", "visit")
    marc.fill("#id_words", "Je ferme à 18 h, venez après.")
    marc.locator("main form .btn.primary").click()
    expect(marc.locator(".voices-named")).to_contain_text(world.moussa.name)

    # A decision is made from it.
    take(marc, words["on"])
    fits(marc)
    marc.get_by_role("button", name=words["decision"], exact=True).click()
    expect(marc.locator("input[name=after]")).to_have_value(str(idea.pk))
    marc.fill("[name=title]", "Deux soirs par semaine ?")
    marc.fill("[name=body]", "Les mardis et jeudis, jusqu’à 20 h.")
    publish_in(marc, "entraide")
    marc.wait_for_url(re.compile(r"/decisions/\d+"))
    decision = Decision.objects.select_related("item").get()
    marc.locator(f"a[href='/decisions/{decision.pk}/preparation/']").click()
    marc.locator("a[href='?method=majority']").click()
    marc.fill("#id_options", "Oui\nNon")
    marc.fill("#id_closes_at", hour(days=3))
    marc.locator(".preparing form .btn.primary").click()
    marc.locator(f"form[action='/decisions/{decision.pk}/opening/'] button").click()
    for page in (marc, phone(world.fanta, decision.item.get_absolute_url())):
        page.locator("#ballot input[value='1']").check()
        page.locator("#ballot .btn.primary").click()
        page.wait_for_url(re.compile("#vote$"))
    marc.locator(".vote details:has(form[action$='steering/']) summary").click()
    marc.fill("#id_reason", "Tout le monde a parlé.")
    marc.locator("button[value=close]").click()
    marc.wait_for_url(re.compile("#vote$"))
    work()
    marc.goto("/")
    marc.locator(f"a[href$='/#outcome'], a[href*='/decisions/{decision.pk}-'][href$='#outcome']").first.click()
    marc.fill("#statement", "Deux soirs, partout où une équipe passe.")
    marc.locator("form[action$='/statement/'] button").click()
    expect(marc.locator(".statement")).to_contain_text("Deux soirs")

    # Somebody commits to it, and keeps it.
    take(marc, words["commit"])
    marc.fill("#id_title", "Ouvrir les mardis et jeudis")
    marc.fill("#id_carrier", f"@{world.awa.handle}")
    marc.fill("#id_due", (localdate() + timedelta(days=5)).isoformat())
    marc.locator("main form .btn.primary").click()
    marc.wait_for_url(re.compile(r"/commitments/\d+"))
    commitment = Commitment.objects.get()
    awa = phone(world.awa, "/")
    awa.locator(f"a[href='/commitments/{commitment.pk}/result/']").first.click()
    awa.locator("input[name=state][value=kept]").check()
    awa.fill("#id_words", "Ouverts depuis mardi, dans cinq villes.")
    awa.locator("main form .btn.primary").click()
    expect(awa.locator("main")).to_contain_text("Ouverts depuis mardi")

    # The idea is done, with an official answer.
    marc.goto(f"/ideas/{idea.pk}/stage/?to=done")
    marc.fill("#id_words", "Les mardis et jeudis jusqu’à 20 h. Merci.")
    marc.locator("main form .btn.primary").click()
    marc.goto(f"/ideas/{idea.pk}/outcome/")
    marc.fill("#id_answer", "Oui : deux soirs par semaine, pour de bon.")
    marc.locator("main form .btn.primary").click()
    expect(marc.locator(".said-officially")).to_contain_text("pour de bon")
    marc.goto("/spaces/entraide/ideas/done/")
    expect(marc.locator("main")).to_contain_text("Des passages après 17 h")
    fits(marc)

    # Who said it first reads what became of it, and has been told of all of it.
    hear()
    ramata.goto("/inbox/")
    expect(ramata.locator(".signal", has_text="Des passages après 17 h").first).to_contain_text("pour de bon")
    expect(ramata.locator(".signal", has_text="Ouvrir les mardis et jeudis")).to_contain_text("dans cinq villes")
    ramata.goto("/words/")
    mine = ramata.locator(".words article", has=ramata.locator(f"h2 a[href='{idea.get_absolute_url()}']"))
    expect(mine).to_contain_text(words["mine"])
    expect(mine.locator(".thread-line")).to_contain_text("Deux soirs par semaine ?")
    expect(mine.locator(".thread-line")).to_contain_text("Ouvrir les mardis et jeudis")
    assert violations(ramata) == []
    fits(ramata)
    ramata.goto(f"/items/{commitment.pk}/thread/")
    line = ramata.locator(".thread-line > li").all_inner_texts()
    steps = ["Vos rendez-vous", words["voices"], "Des passages après 17 h", "Deux soirs par semaine ?", "Ouvrir les"]
    assert len(line) == len(steps) and all(step in said for step, said in zip(steps, line, strict=True)), line
    assert world.moussa.name not in ramata.locator("main").inner_text()
    assert violations(ramata) == []
    fits(ramata)


@pytest.fixture
def thread(world, site):
    """A question, an idea with voices, a decision and a commitment, at their longest, one after the other."""
    space, marc = world.spaces["installateurs"], world.marc
    said = {"question": f"Pourquoi {LONG} ?", "idea": f"Des gaines {LONG}", "decision": f"Lesquelles, {LONG} ?"}
    found = [publish(kind, space, marc, title, f"Car {LONG}.") for kind, title in said.items()]
    due = localdate() + timedelta(days=3)
    last = publish("commitment", space, marc, f"Les poser {LONG}", f"Vite {LONG}.", carrier=marc, due=due)
    for first, second in zip(found, (*found[1:], last), strict=True):
        Link.tie(first, Type.LED_TO, second, marc)
    made(last, marc)
    Support.give(found[1], world.coumba)
    Support.bring(found[1], world.moussa, world.tidiane, "visit", f"Il faut {LONG}.")
    return [*found, last]


@pytest.fixture
def addresses(world, thread) -> list[str]:
    """What Marc meets, who carries a commitment and writes in these spaces."""
    question, idea, _decision, last = thread
    settled = publish("commitment", idea.space, world.marc, f"Compter {LONG}", "…", carrier=world.marc)
    made(settled, world.marc).settle("kept", f"C’est compté, {LONG}.", world.marc)
    late = publish("commitment", idea.space, world.marc, f"Peser {LONG}", "…", carrier=world.marc)
    Commitment.objects.filter(pk=late.pk).update(due=localdate() - timedelta(days=9))
    lonely = publish("page", idea.space, world.marc, "Seule", "…")
    return [
        *(f"/items/{each.pk}/thread/" for each in (*thread, lonely)), *(each.get_absolute_url() for each in thread),
        settled.get_absolute_url(), f"/commitments/{last.pk}/result/", f"/commitments/{last.pk}/plan/",
        f"/items/{idea.pk}/commitment/", "/commitments/", "/commitments/?show=kept", "/commitments/new/",
        "/spaces/installateurs/commitments/", f"/items/{idea.pk}/sequel/", f"/items/{idea.pk}/objectives/", "/words/",
        f"/items/{question.pk}/links/",
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "dark", "language"), [(1440, False, "fr"), (320, True, "en")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(visit, world, addresses, faults, speak, width, dark, language):
    speak(language)
    page = visit("/guide/", world.marc, width=width, dark=dark, language=language)
    assert faults(page, addresses) == {}


def test_one_walks_the_thread_and_goes_on_from_it_by_keyboard_alone(visit, world, thread):
    _question, idea, decision, _last = thread
    page = visit(decision.get_absolute_url(), world.marc)
    reach(page, f".on-thread a[href='{idea.get_absolute_url()}#voices']", limit=160)
    page.keyboard.press("Enter")
    page.wait_for_url("**#voices")
    page.goto(idea.get_absolute_url())
    reach(page, f"a[href='/items/{idea.pk}/sequel/']", limit=60)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sequel/")
    reach(page, f"a[href='/items/{idea.pk}/commitment/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/commitment/")
    reach(page, "#id_title")
    page.keyboard.type("Poser la première")
    reach(page, "main form .btn.primary")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/commitments/\d+-poser"))
    made_now = Item.objects.get(title="Poser la première")
    assert Link.objects.filter(source=idea, type=Type.LED_TO, target=made_now).exists()
    reach(page, f"a[href='/commitments/{made_now.pk}/result/']", limit=60)
    page.keyboard.press("Enter")
    page.wait_for_url("**/result/")
    reach(page, "input[name=state]")
    page.keyboard.press("Space")
    reach(page, "#id_words")
    page.keyboard.type("Elle est posée.")
    reach(page, "main form .btn.primary")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Elle est posée.")
    assert Commitment.objects.get(pk=made_now.pk).state == "kept"

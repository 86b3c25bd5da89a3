"""A price consultation in a browser, from its launch to its result, in both languages and on a phone."""

import re
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from palabre.authoring.writing import publish
from palabre.consultations import enclosing, taking
from palabre.consultations.methods import METHODS
from palabre.consultations.models import Enclosure, Response, State, Statement
from palabre.kit.clock import now
from palabre.links.models import Link, Type
from tests.browser.conftest import too_wide, unfold

LONG = "anticonstitutionnellement" * 3
WORDS = {
    "fr": {
        "write": "Écrire les questions", "open": "Ouvrir la consultation", "ask": "Solliciter des gens, ou la clore",
        "close": "La clore maintenant", "answer": "Répondre", "next": "Suite",
        "send": "Envoyer mes réponses", "thanks": "Merci", "accept": "On accepte des prix entre",
        "give": "Rendre les résultats", "see": "Voir les résultats",
    },
    "en": {
        "write": "Write the questions", "open": "Open the consultation", "ask": "Ask people, or close it",
        "close": "Close it now", "answer": "Answer", "next": "Next", "send": "Send my answers",
        "thanks": "Thank you", "accept": "People accept prices between", "give": "Return the results",
        "see": "See the results",
    },
}  # fmt: skip
FILE = {"key": "seen", "kind": "file", "title": {"fr": LONG}, "hint": {"fr": LONG}}
AFTER = {"key": "after", "kind": "text", "title": {"fr": "Et ?"}}
PRICES = (5000, 10000, 20000, 30000)


def goes_through(page, words, more):
    """Somebody without an account answers, looking at each screen once."""
    page.get_by_role("link", name=words["answer"], exact=True).click()
    for key, price in zip(("too_cheap", "cheap", "expensive", "too_expensive"), PRICES, strict=True):
        page.locator(f"#{key}").fill(str(price + more))
    page.get_by_role("button", name=words["next"]).click()
    page.locator('input[name="would_cheap"][value="5"]').check()
    page.locator('input[name="would_expensive"][value="2"]').check()
    page.get_by_role("button", name=words["next"]).click()
    page.get_by_role("button", name=words["send"]).click()
    page.get_by_text(words["thanks"]).first.wait_for()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_price_consultation_from_its_launch_to_its_result_on_a_phone(language, visit, world, site, violations):
    words = WORDS[language]
    type(world.marc).objects.filter(pk=world.marc.pk).update(language=language)
    marc = visit("/consultations/new/?space=le-fil", world.marc, width=390, language=language)
    marc.locator('a[href*="/new/price/"]').click()
    marc.locator("#id_name").fill("la box fibre")
    marc.locator("#id_unit").fill("F CFA")
    marc.get_by_role("button", name=words["write"]).click()
    marc.get_by_role("button", name=words["open"]).click()
    marc.locator(".consultation .state, .vote-state .state").first.wait_for()
    place = re.search(r"/consultations/\d+-[\w-]+/", marc.url)[0]
    for number in range(6):
        scripted = number % 2 == 0  # it works without JavaScript as well
        stranger = visit(place, width=390, language=language, script=scripted)
        if number == 0:
            assert violations(stranger) == []
        goes_through(stranger, words, 100 * number)
        assert stranger.evaluate("document.documentElement.scrollWidth") <= 390 if scripted else True
        stranger.context.close()
    assert Response.objects.filter(state=State.SENT).count() == 6
    marc.goto(place)
    marc.get_by_text(words["ask"]).click()
    marc.get_by_role("button", name=words["close"]).click()
    marc.get_by_text(words["accept"]).wait_for()
    assert marc.locator("figure.chart polyline").count() == 4
    assert violations(marc) == []
    marc.goto(f"{place}#return")
    marc.locator("#statement").fill("Nous baissons le prix.")
    marc.get_by_role("button", name=words["give"]).click()
    reader = visit(place, width=390, language=language)
    reader.get_by_text("Nous baissons le prix.").wait_for()
    reader.get_by_role("link", name=words["see"]).click()
    reader.get_by_text(words["accept"]).wait_for()


def test_what_is_typed_is_kept_before_one_goes_on(visit, world, site):
    item = publish("consultation", world.spaces["le-fil"], world.marc, "La box", "À vous.", method="price",
                   **METHODS["price"].make({"name": {"fr": "La box"}, "unit": "€"}))  # fmt: skip
    item.consultation.item = item
    item.consultation.open(world.marc, now().replace(year=now().year + 1))
    page = visit(f"/consultations/{item.pk}/answer/", world.ines, width=390)
    with page.expect_response(lambda response: response.status == 204):
        page.locator("#cheap").fill("12")
        page.locator("#cheap").blur()
    assert Response.objects.get().said == {"cheap": 12}


def test_a_table_of_choices_is_read_on_a_phone(visit, world, site):
    lines = [{"key": str(number), "title": {"fr": title}} for number, title in enumerate(("L’accueil", "La facture"))]
    choices = [{"key": f"c{n}", "title": {"fr": title}} for n, title in enumerate(("Bien", "Moyen", "Je ne sais pas"))]
    asked = {"key": "m", "kind": "matrix", "title": {"fr": "Et de cela ?"}, "rows": lines, "options": choices}
    item = publish("consultation", world.spaces["le-fil"], world.marc, "La box", "À vous.", questions=[asked])
    item.consultation.item = item
    item.consultation.open(world.marc, now().replace(year=now().year + 1))
    page = visit(f"/consultations/{item.pk}/answer/", width=390)
    for line in page.locator(".line").all():
        legend, first = line.locator("legend").bounding_box(), line.locator(".pick").first.bounding_box()
        assert legend["height"] < 40 and first["y"] >= legend["y"] + legend["height"] - 1
    assert too_wide(page, [f"/consultations/{item.pk}/answer/"]) == []


def test_on_paper_what_follows_a_table_stands_below_its_last_line(visit, world, site):
    options = [{"key": str(number), "title": {"fr": f"Choix{number}"}} for number in range(30)]
    asked = {"key": "q", "kind": "several", "title": {"fr": "Lesquels ?"}, "options": options}
    item = publish("consultation", world.spaces["le-fil"], world.marc, "La box", "À vous.", questions=[asked])
    item.consultation.item = item
    item.consultation.open(world.marc, now().replace(year=now().year + 1))
    for number in range(6):
        taking.take_whole(item.consultation, None, person=None, device=str(number), side="public", language="fr",
                          said={"q": ["1"]})  # fmt: skip
    item.consultation.close(world.marc)
    printed = PdfReader(BytesIO(visit(f"/consultations/{item.pk}/results/", world.marc).pdf(format="A4"))).pages
    assert len(printed) > 1
    heights = {}

    def seen(text, cm, tm, _font, _size):
        if text.strip():
            heights[text.strip()] = cm[3] * tm[5] + cm[5]

    printed[-1].extract_text(visitor_text=seen)
    last = next(height for text, height in heights.items() if text.startswith("Choix29"))
    note = next(height for text, height in heights.items() if text.startswith("On pouvait"))
    assert note - last > 100  # the browser counts downwards, in quarters of a point: beyond the bar of that line


def test_a_file_is_sent_as_soon_as_it_is_chosen_and_once(visit, world, site, violations):
    item = publish("consultation", world.spaces["le-fil"], world.marc, "La box", "À vous.", questions=[FILE, AFTER])
    item.consultation.item = item
    item.consultation.open(world.marc, now().replace(year=now().year + 1))
    page = visit(f"/consultations/{item.pk}/answer/", world.ines, width=390, expected="htmx:")  # it tells of a stop
    page.locator('button[name="begin"]').click()
    for name, content, kept in (("trop.exe", b"MZ" * 45, False), ("note.txt", b"Sous l'escalier.", True)):
        with page.expect_response(lambda response: response.status == 204):
            page.locator("#seen").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
        page.locator("answer-file .enclosed" if kept else "answer-file .err").wait_for()
        assert page.locator("#seen").input_value() == "" and page.locator("answer-file .sending").is_hidden()
    assert page.locator("answer-file .err").is_hidden()
    large = {"name": "film.txt", "mimeType": "text/plain", "buffer": bytes(enclosing.LARGEST + 1)}
    held = []
    page.route("**/answer/", lambda route: held.append(route))
    page.locator("#seen").set_input_files(large)
    page.locator("answer-file .err").wait_for()
    assert page.locator("#seen").input_value() == "" and page.locator("answer-file .enclosed").is_visible()
    page.locator("#seen").set_input_files({"name": "autre.txt", "mimeType": "text/plain", "buffer": b"Ailleurs."})
    page.locator("answer-file .sending progress").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390 and page.locator("answer-file .err").is_hidden()
    assert violations(page) == []  # while it is being sent, and can be stopped
    page.locator("answer-file .sending button").click()
    page.locator("answer-file .sending").wait_for(state="hidden")
    assert page.locator("#seen").input_value() == "" and len(held) == 1  # what was too large never left
    assert page.evaluate("document.activeElement.id") == "seen"
    page.unroute("**/answer/")
    page.locator("form.stack button.primary").click()
    page.locator("#after").wait_for()
    assert Enclosure.objects.count() == 1


@pytest.mark.parametrize(("language", "script"), [("fr", True), ("en", False)])
def test_pictures_are_added_with_their_words_and_chosen_on_a_phone(language, script, visit, world, site, violations):
    item = publish("consultation", world.spaces["le-fil"], world.marc, "La façade", "À vous.", questions=[])
    item.consultation.item = item
    how = {"width": 390, "language": language, "script": script}
    page = visit(f"/consultations/{item.pk}/questions/new/", world.marc, **how)
    page.select_option("#id_kind", "picture")
    page.fill("#id_title", "Laquelle ?")
    drawn = [
        {"name": f"IMG {name}.png", "mimeType": "image/png", "buffer": picture(name)} for name in ("teal", "orange")
    ]
    page.locator(".picturing input[type=file]").set_input_files(drawn)
    page.locator("button[name=add]").click()
    for number, words in enumerate(("La bleue", "L’orange")):
        page.locator(".picturing input[name^=words]").nth(number).fill(words)
    assert (
        page.locator("#id_title").input_value() == "Laquelle ?" and page.locator("[name=picture]:checked").count() == 2
    )
    assert not script or violations(page) == []
    page.locator(".asking .btn.primary").click()
    page.wait_for_url("**/questions/")
    item.consultation.refresh_from_db()
    item.consultation.open(world.marc, now().replace(year=now().year + 1))
    answering = visit(f"/consultations/{item.pk}/answer/", **how)
    for begin in answering.locator("button[name=begin]").all():
        begin.click()
    answering.get_by_label("L’orange").check()
    assert not script or violations(answering) == []
    answering.locator("form.stack button.primary").click()
    answering.get_by_text(WORDS[language]["thanks"]).first.wait_for()
    for _other in range(4):
        Response.objects.create(
            consultation=item.consultation, state="sent", side="customer", language="fr", said={"q1": "1"}, batch=0
        )
    item.consultation.refresh_from_db()
    item.consultation.sent = 5
    item.consultation.save(update_fields=["sent"])
    item.consultation.close(world.marc)
    page.goto(f"/consultations/{item.pk}/results/")
    page.locator(".thumb").first.wait_for()
    rows = page.locator("tbody tr").all_inner_texts()
    assert len(rows) == page.locator(".thumb").count() == 2 and "L’orange" in rows[1] and "20" in rows[1]
    assert not script or violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def picture(colour):
    held = BytesIO()
    Image.new("RGB", (640, 480), colour).save(held, "PNG")
    return held.getvalue()


@pytest.fixture
def addresses(world, site) -> list[str]:
    """What Marc meets of consultations at each stage, with long words in them."""
    space, marc = world.spaces["le-fil"], world.marc
    lines = [{"fr": f"{LONG} {number}"} for number in range(1, 6)]
    told = {"name": {"fr": LONG}, "lines": lines, "prices": [5, 8, 12], "unit": "F CFA"}
    found = [
        "/planner/",
        "/consultations/",
        "/consultations/new/",
        "/spaces/le-fil/consultations/",
        "/consultations/new/kano/",
    ]
    for method in METHODS:
        made = METHODS[method].make(told | {"lines": lines[:3] if method in ("concept", "message") else lines})
        statements = made.pop("statements", [])
        title = f"{LONG} ({method}) ?"
        item = publish("consultation", space, marc, title, "Une question.", method=method, **made)
        consultation = item.consultation
        consultation.item = item
        for line in statements:
            Statement.objects.create(consultation=consultation, text=line["fr"], language="fr")
        if method == "price":
            questions = f"/consultations/{item.pk}/questions/"
            consultation.prepare(marc, questions=[*consultation.questions, FILE])
            found += [item.get_absolute_url(), questions, f"{questions}too_cheap/", f"{questions}new/"]
            continue
        consultation.open(marc, now().replace(year=now().year + 1))
        seat = taking.begin(consultation, None, person=marc, device="", side="company", language="fr")
        assert seat.response is not None
        found.append(f"/consultations/{item.pk}/{'votes' if method == 'opinions' else 'answer'}/")
        if method in ("kano", "recommend"):
            found += [item.get_absolute_url(), f"/consultations/{item.pk}/letters/"]
            offer = publish("offer", space, marc, f"{LONG} {method}", "Une offre.", standing="offered")
            Link.tie(item, Type.ABOUT, offer, marc)
    return found


def answered(addresses, world):
    """The same once six have answered and it is closed."""
    from palabre.consultations.models import Consultation

    said = {
        "kano": {"there-1": "like", "missing-1": "dislike"}, "recommend": {"recommend": 9, "why": LONG},
        "bestworst": {"set-1": {"best": "1", "worst": "2"}}, "message": {"rated-a": "4"}, "effort": {"effort": 6},
    }  # fmt: skip
    found = []
    for consultation in Consultation.objects.filter(stage="open").select_related("item"):
        keys = [str(pk) for pk in consultation.statements.values_list("pk", flat=True)]
        answer = said.get(consultation.method) or dict.fromkeys(keys, 1)
        for number in range(6):
            Response.objects.create(
                consultation=consultation, state="begun" if keys else "sent", side="customer", language="fr",
                said=answer | ({keys[0]: -1} if keys and number > 2 else {}), batch=0,
            )  # fmt: skip
        consultation.sent = 6
        consultation.save(update_fields=["sent"])
        consultation.close(world.marc)
        found.append(f"/consultations/{consultation.pk}/results/")
        if consultation.method == "kano":
            found.append(consultation.item.get_absolute_url())
        if consultation.method == "effort":
            consultation.leave(world.marc, LONG)
            found.append(consultation.item.get_absolute_url())
    return found


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)])
def test_axe_finds_nothing_on_the_pages_of_consultations(visit, world, addresses, faults, width, dark):
    page = visit("/guide/", world.marc, width=width, dark=dark)
    assert faults(page, addresses, unfold) == {}
    assert faults(page, answered(addresses, world), unfold) == {}


def test_no_page_of_consultations_scrolls_sideways_at_320(visit, world, addresses):
    page = visit("/guide/", world.marc, width=320)
    assert too_wide(page, addresses) == []
    assert too_wide(page, answered(addresses, world)) == []

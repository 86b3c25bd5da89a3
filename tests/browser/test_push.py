"""A message that a push service delivers is shown once as a notification, and leads to the page it is about."""

import json

import pytest
from playwright.sync_api import expect

from palabre.authoring.writing import publish
from palabre.kit.clock import now
from palabre.signals.models import Entry
from tests.browser.conftest import until
from tests.browser.test_offline import at_work

SHOWN = """async () => {
  const registration = await navigator.serviceWorker.ready;
  const shown = await registration.getNotifications();
  return shown.map(({ title, body, tag, silent, data }) => ({ title, body, tag, silent, address: data.address }));
}"""
# A browser opens a window for a click of its own only; of one that we make, what it is asked to open is kept.
CLICK = """async (tag) => {
  const [notification] = await registration.getNotifications({ tag });
  let opened = null;
  clients.openWindow = async (address) => { opened = address; };
  const done = [];
  const click = Object.assign(new Event("notificationclick"), { notification, waitUntil: (work) => done.push(work) });
  dispatchEvent(click);
  await Promise.all(done);
  return opened;
}"""


@pytest.fixture
def page(world):
    return publish("page", world.spaces["maison"], world.awa, "Le plan du réseau", "Texte.")


@pytest.fixture
def phone(visit, world, site):
    """A browser of Marc's that may show notifications, and `deliver(message)`, as its push service does it."""
    browser = visit("/guide/", world.marc, permissions=["notifications"])
    session = browser.context.new_cdp_session(browser)
    registrations = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda told: registrations.extend(told["registrations"]))
    session.send("ServiceWorker.enable")
    at_work(browser)

    def deliver(message):
        mine = next(each for each in registrations if each["scopeURL"].startswith(site))
        given = {"origin": site, "registrationId": mine["registrationId"], "data": json.dumps(message)}
        session.send("ServiceWorker.deliverPushMessage", given)

    browser.deliver = deliver
    return browser


def message(page, event=7, words="Awa a commenté"):
    address = page.get_absolute_url()
    return {
        "title": page.title,
        "words": words,
        "address": address,
        "tag": f"item-{page.pk}",
        "event": event,
        "count": 1,
    }


def waits(world, *items, event=7):
    """These things wait in Marc's inbox."""
    for item in items:
        Entry.objects.create(person=world.marc, item=item, space=item.space, event=event, at=now(), loud=True)


def test_a_message_is_shown_and_a_click_leads_to_its_page(phone, world, page):
    waits(world, page)
    phone.deliver(message(page))
    until(phone, f"({SHOWN})().then((shown) => shown.length === 1)")
    address, tag = page.get_absolute_url(), f"item-{page.pk}"
    told = {"title": page.title, "body": "Awa a commenté", "tag": tag, "silent": False, "address": address}
    assert phone.evaluate(SHOWN) == [told]
    worker = phone.context.service_workers[0]
    opened = worker.evaluate(CLICK, tag)
    assert phone.evaluate(SHOWN) == []
    phone.goto(opened)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Le plan du réseau")


def test_what_was_read_elsewhere_is_shown_no_more(phone, world, page):
    other = publish("page", world.spaces["maison"], world.awa, "Une autre page", "Texte.")
    waits(world, page, other)
    tags = f"({SHOWN})().then((shown) => shown.map(({{ tag }}) => tag).sort().join())"
    phone.deliver(message(page))
    until(phone, f"{tags}.then((shown) => shown === 'item-{page.pk}')")
    Entry.objects.filter(item=page).see(7)
    phone.deliver(message(other))
    until(phone, f"{tags}.then((shown) => shown === 'item-{other.pk}')")
    Entry.objects.filter(item=other).see(7)
    phone.goto("/guide/")
    until(phone, f"{tags}.then((shown) => shown === '')")


def test_what_was_read_before_the_device_heard_of_it_makes_no_noise_and_is_closed_the_next_time(phone, world, page):
    waits(world, page)
    Entry.objects.filter(item=page).see(7)
    phone.deliver(message(page))
    until(phone, f"({SHOWN})().then((shown) => shown.length === 1 && shown[0].silent)")
    worker = phone.context.service_workers[0]
    assert worker.evaluate(CLICK, f"item-{page.pk}").endswith(page.get_absolute_url())
    phone.deliver(message(page, event=8))
    until(phone, f"({SHOWN})().then((shown) => shown.length === 1)")
    phone.goto("/guide/")
    until(phone, f"({SHOWN})().then((shown) => shown.length === 0)")


def test_what_comes_twice_or_late_makes_no_second_noise(phone, world, page):
    waits(world, page, event=8)
    phone.deliver(message(page, event=8, words="Deux commentaires"))
    until(phone, f"({SHOWN})().then((shown) => shown.length === 1)")
    phone.deliver(message(page, event=7, words="Awa a commenté"))
    until(phone, f"({SHOWN})().then((shown) => shown.length === 1 && shown[0].silent)")
    assert phone.evaluate(SHOWN)[0]["body"] == "Deux commentaires"

"""A real Chromium on a real server: journeys as people make them."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client

from palabre.project.assets import ROOT

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LAST_WORDS = 10  # seconds in which a connection ends, once its browser has left
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What lies here drives a browser, and comes last: its loop runs in this thread from its first test to the end."""
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.path.parent.name == "browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, started once; left out where there is none."""
    program = shutil.which("chromium")
    if not program:
        pytest.skip("no chromium on this machine")
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread from now on
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def site(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, transactional_db: None, settings: Any
) -> Iterator[str]:
    """The address of a server for this test, static files served as in production; it stands for the live one too.

    It has answered all that was asked before its database is emptied.
    """
    monkeypatch.setattr(StaticFilesHandler, "_should_handle", lambda self, path: False)
    settings.STREAMS = False  # which only the live process can open; `test_live` has one
    settings.LIVE_ADDRESS = str(request.getfixturevalue("live_server").url)
    yield settings.LIVE_ADDRESS
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(LAST_WORDS)


@pytest.fixture
def visit(chromium: Any, site: str) -> Iterator[Callable[..., Any]]:
    """`visit("/", person, width=390, dark=True, language="en", script=False)` is a page, open there.

    What the page complains about (scripts refused, files missing, exceptions) fails the test when it ends,
    except what is `expected` to be said: refusals that the test asks for, with a bar between them.
    """
    contexts: list[Any] = []
    complaints: list[str] = []

    def opened(
        path: str = "/",
        person: Any = None,
        *,
        width: int = 1440,
        dark: bool = False,
        language: str = "fr",
        script: bool = True,
        expected: str = "",
        **options: Any,
    ) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 900 if width > 700 else 844},
            color_scheme="dark" if dark else "light",
            locale=language,
            java_script_enabled=script,
            base_url=site,
            **options,
        )
        contexts.append(context)
        if person is not None:
            client = Client()
            client.force_login(person)
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
        page = context.new_page()

        def hear(said: Any) -> None:
            if said.type == "error" and not any(each in said.text for each in expected.split("|") if each):
                complaints.append(f"{page.url}: {said.text}")

        page.on("console", hear)
        overtaken = "Transition was"  # a click that overtakes the cross-fade of the page before is no fault
        page.on("pageerror", lambda error: overtaken in str(error) or complaints.append(f"{page.url}: {error}"))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def unfold(page: Any) -> None:
    """Opens what is folded away within the text of a page: forms stand there."""
    page.evaluate("document.querySelectorAll('main details:not(drop-menu > *)').forEach((each) => (each.open = true))")


@pytest.fixture
def violations() -> Callable[[Any], list[str]]:
    """`violations(page)`: what axe finds against WCAG 2.2 AA and good practice, one line each."""

    def found(page: Any) -> list[str]:
        page.evaluate(AXE.read_text())
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]

    return found


@pytest.fixture
def faults(violations: Callable[[Any], list[str]]) -> Callable[..., dict[str, list[str]]]:
    """`faults(page, addresses)`: by address, what axe finds there and whether it scrolls sideways; {} when all is well.

    `ready(page)` is done on each before it is looked at.
    """

    def found(page: Any, addresses: Iterable[str], ready: Callable[[Any], None] | None = None) -> dict[str, list[str]]:
        wrong = {}
        for address in _opened(page, addresses, ready):
            wrong[address] = violations(page) + (["scrolls sideways"] if _scrolls_sideways(page) else [])
        return {address: each for address, each in wrong.items() if each}

    return found


def too_wide(page: Any, addresses: Iterable[str], ready: Callable[[Any], None] | None = None) -> list[str]:
    """Those of these pages that scroll sideways."""
    return [address for address in _opened(page, addresses, ready) if _scrolls_sideways(page)]


def _opened(page: Any, addresses: Iterable[str], ready: Callable[[Any], None] | None) -> Iterator[str]:
    for address in addresses:
        assert page.goto(address).status == 200, address
        if ready:
            ready(page)
        yield address


def _scrolls_sideways(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def until(page: Any, promise: str) -> None:
    """Waits until what the page promises comes out true; of `wait_for_function`, any promise would do."""
    page.evaluate(
        f"""async () => {{
          const end = Date.now() + 30_000;
          while (!(await ({promise}))) {{
            if (Date.now() > end) throw new Error("it does not come true");
            await new Promise((resolve) => setTimeout(resolve, 20));
          }}
        }}"""
    )

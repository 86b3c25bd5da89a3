"""Row 8: an uploaded SVG or HTML file on our own origin."""

import json

import pytest

from palabre.authoring.files.keeping import Unwelcome, attach

HOSTILE = {
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "html": b"<!doctype html><script>alert(document.cookie)</script>",
    "xhtml": b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>",
    "js": b"alert(1)",
    "txt": b"<script>alert(1)</script>",
    "css": b"body{background:url(javascript:alert(1))}",
    "gif": b"GIF89a/*<script>alert(1)</script>*/",
    "pdf": b"%PDF-1.4 <script>alert(1)</script>",
    "md": b"<script>alert(1)</script>",
    "swf": b"FWS\x06alert",
}
RUNS_SCRIPT = ("html", "svg", "xml", "javascript", "css", "flash")


def harmless(response):
    kind = response["Content-Type"]
    policy = response["Content-Security-Policy"]
    return (
        not any(word in kind for word in RUNS_SCRIPT)
        and response["X-Content-Type-Options"] == "nosniff"
        and "default-src 'none'" in policy
        and "script-src" not in policy
        and ("sandbox" in policy or kind == "application/pdf")
    )


@pytest.mark.parametrize("ending", HOSTILE)
def test_no_uploaded_file_can_run_a_script_here(page, world, sign_in, ending):
    try:
        file = attach(page, world.coumba, f"a.{ending}", [HOSTILE[ending]])
    except Unwelcome:
        return
    assert harmless(sign_in(world.awa).get(file.get_absolute_url()))


def test_no_string_of_the_corpus_is_served_as_a_page(page, world, sign_in, corpus):
    payloads = json.loads((corpus("suite-xss") / "payloads.json").read_text())
    client = sign_in(world.awa)
    for number, payload in enumerate(payloads[::8]):
        file = attach(page, world.coumba, f"{number}.html", [payload.encode("utf-8", "replace") or b" "])
        response = client.get(file.get_absolute_url())
        assert harmless(response) and response["Content-Disposition"].startswith("attachment")


def test_a_name_of_a_file_is_text_wherever_it_is_shown(page, world, sign_in):
    file = attach(page, world.coumba, '"><img src=x onerror=alert(1)>.txt', [b"a"])
    client = sign_in(world.awa)
    for address in (f"/items/{page.pk}/files/", page.get_absolute_url()):
        assert "<img src=x" not in client.get(address).content.decode()
    served = client.get(file.get_absolute_url())
    assert "\n" not in served["Content-Disposition"] and '"' not in served["Content-Disposition"]

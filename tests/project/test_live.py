"""The live process knows the person of the session, answers our pages only, and writes for nobody else."""

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from django.test import RequestFactory
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from palabre.kit import live


async def whoami(request: Request) -> Response:
    return PlainTextResponse(getattr(request.user, "handle", "") or "stranger")


live.offer("/test/whoami", whoami, methods=("GET", "POST"))


@pytest.fixture
def ask(monkeypatch):
    """`ask(method, path, header=value)` is (status, headers, body) of the live process."""
    from palabre.project import live as process

    async def directly(function, *arguments):
        # The thread of the test is in the test's transaction; another would see none of it.
        return await sync_to_async(function, thread_sensitive=True)(*arguments)

    monkeypatch.setattr(live, "ask", directly)

    def request(method, path, **headers):
        sent = []

        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message):
            sent.append(message)

        named = {"host": "127.0.0.1:8001", **headers}
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in named.items()],
        }
        async_to_sync(process.application)(scope, receive, send)
        found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        body = b"".join(message.get("body", b"") for message in sent[1:]).decode()
        return sent[0]["status"], found, body

    return request


@pytest.mark.django_db
def test_it_is_healthy_when_the_database_answers(ask, client):
    assert ask("GET", "/-/health")[::2] == (200, "ok")
    assert client.get("/-/health").content == b"ok"


def test_it_knows_who_is_signed_in(ask, world, sign_in):
    session = sign_in(world.awa).cookies[settings.SESSION_COOKIE_NAME].value
    assert ask("GET", "/test/whoami", cookie=f"{settings.SESSION_COOKIE_NAME}={session}")[2] == world.awa.handle
    assert ask("GET", "/test/whoami", cookie=f"{settings.SESSION_COOKIE_NAME}=forged")[2] == "stranger"
    assert ask("GET", "/test/whoami")[2] == "stranger"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "https://evil.example",
        "http://127.0.0.1.evil.example:8000",
        "http://127.0.0.1:9000",
        "http://127.0.0.1",
        "http://127.0.0.1:x",
    ],
)
def test_it_writes_for_no_other_origin(ask, origin):
    status, headers, _ = ask("POST", "/test/whoami", **({"origin": origin} if origin else {}))
    assert status == 403
    assert "access-control-allow-origin" not in headers


@pytest.mark.django_db
def test_another_application_of_the_same_host_may_not_read_either(ask):
    assert "access-control-allow-origin" not in ask("GET", "/test/whoami", origin="http://127.0.0.1:3000")[1]


@pytest.mark.django_db
def test_at_the_port_of_the_web_pages_have_no_port_in_their_origin(ask, settings):
    settings.PORT, settings.ADDRESS = 80, "http://palabre.example"
    assert ask("POST", "/test/whoami", origin="http://localhost", host="localhost:81")[0] == 200


@pytest.mark.django_db
@pytest.mark.parametrize("origin", ["http://127.0.0.1:8000", "http://localhost:8000"])
def test_it_writes_for_a_page_of_the_host_it_was_asked_by(ask, origin):
    host = origin.removeprefix("http://").replace("8000", "8001")
    status, headers, _ = ask("POST", "/test/whoami", origin=origin, host=host)
    assert (status, headers["access-control-allow-origin"]) == (200, origin)
    assert headers["access-control-allow-credentials"] == "true"


@pytest.mark.django_db
def test_behind_a_proxy_only_the_configured_address_may_write(ask, settings):
    settings.ADDRESS, settings.LIVE_ADDRESS = "https://palabre.example", "https://live.palabre.example"
    settings.ALLOWED_HOSTS.append("live.palabre.example")
    host = "live.palabre.example"
    assert ask("POST", "/test/whoami", origin="https://palabre.example", host="127.0.0.1")[0] == 200
    assert ask("POST", "/test/whoami", origin=f"https://{host}:444", host="127.0.0.1")[0] == 403


@pytest.mark.django_db
def test_an_unknown_host_is_refused(ask):
    assert ask("GET", "/-/health", host="evil.example")[0] == 400


def test_pages_say_where_it_is(client, db):
    policy = client.get("/-/health", headers={"host": "localhost:8000"}).headers["Content-Security-Policy"]
    assert f"connect-src 'self' http://localhost:{settings.LIVE_PORT}" in policy
    assert live.address(RequestFactory().get("/", headers={"host": "[::1]"})) == f"http://[::1]:{settings.LIVE_PORT}"


def test_a_forged_host_does_not_enter_the_policy(client, db):
    answer = client.get("/-/health", headers={"host": "evil.example; script-src *"})
    assert answer.status_code == 400
    assert "evil" not in answer.headers["Content-Security-Policy"]

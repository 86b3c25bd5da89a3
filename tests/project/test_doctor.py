"""The doctor finds what is wrong, and says it in a sentence that hides secrets."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest
from django.db import connection

from palabre.kit.checkup import State
from palabre.project import doctor, privacy
from palabre.project.upkeep import delete_old_sessions
from palabre.project.whereabouts import Whereabouts, find, known

pytestmark = pytest.mark.django_db


def findings(look) -> dict[State, str]:
    found = {}
    for finding in look():
        found[finding.state] = f"{found.get(finding.state, '')}{finding.sentence}\n"
    return found


def test_a_sound_instance_has_nothing_bad(monkeypatch, settings):
    settings.PORT, settings.LIVE_PORT = 1, 2
    privacy.close(settings.DATA)  # as serve does; other tests have left files there
    bad = [(name, finding.sentence) for name, finding in doctor.examine() if finding.state == State.BAD]
    assert bad == []


def test_a_setting_that_does_not_exist_is_found(monkeypatch):
    monkeypatch.setenv("PALABRE_ADRESS", "https://palabre.example")
    assert "PALABRE_ADRESS" in findings(doctor.of_settings)[State.BAD]


def test_passwords_and_keys_are_not_shown(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://ada:s3cret@db.example/house")
    monkeypatch.setenv("PALABRE_SECRET_KEY", "s3cret")
    said = "".join(findings(doctor.of_settings).values())
    assert "DATABASE_URL=postgresql://ada:…@db.example/house" in said
    assert "s3cret" not in said


def test_debugging_in_public_is_bad(settings):
    settings.DEBUG = True
    settings.ADDRESS = "http://palabre.example"
    said = findings(doctor.of_settings)[State.BAD]
    assert "PALABRE_DEBUG" in said
    assert "not encrypted" in said


def test_where_passkeys_cannot_be_made_is_told(settings):
    settings.ADDRESS, settings.PORT = "http://127.0.0.1:8123", 8123
    assert "http://localhost:8123" in findings(doctor.of_settings)[State.NOTE]
    settings.ADDRESS = "http://10.1.2.3:8123"
    assert "PALABRE_ADDRESS is a number" in findings(doctor.of_settings)[State.NOTE]
    settings.ADDRESS = "http://localhost:8123"
    said = findings(doctor.of_settings)
    assert State.BAD not in said and "passkeys" not in said.get(State.NOTE, "")


def test_settings_read_elsewhere_are_settings_too(monkeypatch):
    monkeypatch.setenv("PALABRE_OIDC_ISSUER", "https://accounts.example")
    assert State.BAD not in findings(doctor.of_settings)


def test_what_a_proxy_needs_is_asked_for(settings):
    settings.ADDRESS = "https://palabre.example"
    said = findings(doctor.of_settings)[State.BAD]
    assert "PALABRE_LIVE_ADDRESS" in said and "PALABRE_PROXIES" in said
    settings.LIVE_ADDRESS, settings.PALABRE_PROXIES = "https://palabre.example/live", [ip_network("127.0.0.1")]
    assert State.BAD not in findings(doctor.of_settings)


def test_a_key_others_can_read_is_bad(settings):
    key = settings.DATA / "secret-key"
    mode = key.stat().st_mode
    key.chmod(0o644)
    try:
        assert "read by others" in findings(doctor.of_data)[State.BAD]
    finally:
        key.chmod(mode)


def test_what_an_earlier_version_left_open_is_found_and_closed(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    elsewhere = tmp_path / "elsewhere"
    for folder in (settings.DATA, elsewhere, settings.DATA / "index", settings.DATA / "of somebody else"):
        folder.mkdir(mode=0o755)
        folder.chmod(0o755)
    (settings.DATA / "files").symlink_to(elsewhere)
    (settings.DATA / "database.log").write_text("…")
    (settings.DATA / "database.log").chmod(0o644)
    said = findings(doctor.of_data)[State.BAD]
    assert [line.split()[0].rpartition("/")[2] for line in said.splitlines()] == ["index", "database.log"]
    privacy.close(settings.DATA)
    assert State.BAD not in findings(doctor.of_data)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (*settings.DATA.iterdir(), elsewhere)}
    assert modes["index"] == 0o700 and modes["database.log"] == 0o600
    assert {modes[name] for name in ("elsewhere", "files", "of somebody else")} == {0o755}


@pytest.fixture
def served(settings):
    """`served(host)`: what web and live say when they are well, at two ports of that host."""
    servers = []

    class Well(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_arguments):
            return

    def serve(host):
        for name in ("PORT", "LIVE_PORT"):
            servers.append(ThreadingHTTPServer((host, 0), Well))
            threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
            setattr(settings, name, servers[-1].server_port)

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def test_web_and_live_are_asked_at_the_address_they_listen_to(settings, served):
    settings.HOST = "127.0.0.2"
    served("127.0.0.2")
    assert "web answers\nlive answers" in findings(doctor.of_processes)[State.GOOD]


def test_the_one_that_runs_says_where_it_answers_unless_the_environment_does(settings, served, monkeypatch):
    served("127.0.0.1")
    here = Whereabouts("127.0.0.1", settings.PORT, settings.LIVE_PORT, "http://palabre.example")
    settings.PORT, settings.LIVE_PORT = 1, 2
    with known(settings.DATA, here):
        assert "web answers\nlive answers" in findings(doctor.of_processes)[State.GOOD]
        assert "http://palabre.example" in findings(doctor.of_settings)[State.GOOD]
        with known(settings.DATA, Whereabouts("127.0.0.1", 1, 2, "")):  # a second one leaves the first its place
            assert find(settings.DATA) == here
        monkeypatch.setenv("PORT", "1")
        assert State.GOOD not in findings(doctor.of_processes)
    assert list(settings.DATA.glob("whereabouts*")) == []


def test_what_a_killed_supervisor_left_is_no_sign_of_one(settings):
    left = settings.DATA / "whereabouts.json"
    for content in ('{"host": "127.0.0.1", "port": 1, "live_port": 2, "address": ""}', "{", "[]"):
        left.write_text(content)
        assert find(settings.DATA) is None
    left.unlink()


def test_a_worker_that_is_dead_while_pages_answer_is_bad(served):
    served("127.0.0.1")
    assert findings(doctor.of_processes)[State.BAD] == "worker does not answer\n"
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert State.BAD not in findings(doctor.of_processes)


def test_jobs_nobody_does_are_bad():
    delete_old_sessions.defer(timestamp=0)
    assert State.BAD not in findings(doctor.of_jobs)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '1 hour'")
    assert "1 jobs have waited" in findings(doctor.of_jobs)[State.BAD]


def test_a_mail_server_that_does_not_answer_is_bad(settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "127.0.0.1" in findings(doctor.of_mail)[State.BAD]


def test_an_index_that_has_not_read_on_is_bad(monkeypatch, world):
    from palabre.journal.models import Event
    from palabre.search.checkup import index

    world_has_spoken = Event.objects.create(verb="published", item=1)
    Event.objects.filter(pk=world_has_spoken.pk).update(at="2026-01-01T00:00Z")
    assert State.BAD in findings(index)


def test_a_file_without_its_bytes_is_bad(world):
    from palabre.authoring.files.checkup import files
    from palabre.authoring.models import File

    assert State.BAD not in findings(files)
    digest = "ab" * 32
    File.objects.create(
        name="plan.pdf", content_type="application/pdf", size=1, digest=digest, sent=digest, by=world.awa
    )
    assert "1 files have lost" in findings(files)[State.BAD]

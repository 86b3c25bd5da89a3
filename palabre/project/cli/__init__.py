"""The command line: `palabre`.

One module for each command, named like it (`space.py`), whose `command` is a click command or group with a first
line of help, an example and, if it needs the database, `@on_instance` (`palabre.project.instance`) right above its
function. Modules import Django and the rooms inside their functions, so that `palabre --help` answers at once.
"""

import importlib
import os
import sys
from typing import Any

import click

from palabre.project import privacy
from palabre.project.trouble import Trouble

MODULES = {
    "serve": "serve",
    "web": "web",
    "live": "live",
    "worker": "worker",
    "index": "index",
    "mail": "mail",
    "import": "importing",
    "export": "export",
    "recount": "recount",
    "search": "search",
    "backup": "backup",
    "restore": "restore",
    "reindex": "reindex",
    "doctor": "doctor",
    "person": "person",
    "space": "space",
    "webhook": "webhook",
    "demo": "demo",
    "manage": "manage",
}

WHOLE = 1000  # characters: longer than any first sentence


class Group(click.Group):
    """Commands, each listed with the whole of its sentence: click would cut it where the line ends."""

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        commands = [(name, self.get_command(context, name)) for name in self.list_commands(context)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, each.get_short_help_str(WHOLE)) for name, each in commands if each])


class Commands(Group):
    """Imports a command when it is asked for, and ends every failure with one sentence."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(MODULES)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in MODULES:
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{MODULES[name]}").command
        return command

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (click.exceptions.Exit, click.Abort, click.ClickException, KeyboardInterrupt, BrokenPipeError):
            raise
        except Trouble as trouble:
            raise click.ClickException(_ended(str(trouble))) from trouble
        except Exception as error:
            if context.params["debug"]:
                raise
            raise click.ClickException(_sentence(error)) from error


def _sentence(error: Exception) -> str:
    said = (str(error).strip().splitlines() or [""])[0].rstrip(".")
    return f"{type(error).__name__}: {said}. Run palabre --debug … to see where."


def _ended(said: str) -> str:
    """What others say at the end, the database or a validator, need not be a whole sentence."""
    return said if said.endswith((".", "…", "?")) else f"{said}."


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show where an error comes from.")
@click.version_option(package_name="palabre", message="%(prog)s %(version)s")
def palabre(debug: bool) -> None:
    """One place where a company, its partners and its customers write, find and decide together.

    \b
    Example: palabre serve
    """


def main() -> None:
    """The entry point of the package."""
    os.umask(privacy.MASK)
    try:
        palabre(prog_name="palabre")
    except BrokenPipeError:  # `palabre search … | head`: who reads has enough
        sys.stderr.close()
        sys.exit(1)

"""`palabre import`: what others wrote elsewhere, brought in."""

import json
from pathlib import Path
from typing import Any

import click

from palabre.project.cli import Group
from palabre.project.instance import on_instance
from palabre.project.named import find_person, find_space
from palabre.project.trouble import Trouble

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group(cls=Group)
def command() -> None:
    """Bring in a folder of Markdown, an export of Slack or Stack Exchange, or a complete export.

    \b
    Example: palabre import markdown ./handbook --space maison
    """


@command.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--space", "slug", required=True, metavar="SLUG", help="The space the pages go to.")
@click.option("--author", "email", metavar="E-MAIL", help="Who wrote pages that do not say by whom they are.")
@click.option("--collection", metavar="NAME", default="", help="What a later run knows DIR by, if not by its own name.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as one JSON object.")
@on_instance
def markdown(folder: Path, slug: str, email: str | None, collection: str, as_json: bool) -> None:
    """Import a folder of Markdown pages; run again, it updates what changed.

    Folders become the tree, links between pages lead to each other here, images become files.

    \b
    Example: palabre import markdown ./handbook --space maison --author awa@teranga.example
    """
    from palabre.portability.markdown.importing import import_markdown
    from palabre.portability.markdown.recognition import AnotherFolder

    space, author = find_space(slug), find_person(email) if email else None
    try:
        report = import_markdown(folder, space, author, collection)
    except AnotherFolder as error:
        raise Trouble(str(error)) from error
    _tell(report, as_json)


@command.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--with", "emails", metavar="E-MAIL", multiple=True, help="Who takes part in what were public channels.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as one JSON object.")
@on_instance
def slack(folder: Path, emails: tuple[str, ...], as_json: bool) -> None:
    """Import an export of Slack: each channel becomes a conversation of those who were in it.

    People are known by their e-mail address; the others come without an account. Nobody is told, dates stay, and run
    again, it brings what is new.

    \b
    Example: palabre import slack ./slack-export --with awa@teranga.example
    """
    from palabre.portability.slack.export import NoExport
    from palabre.portability.slack.importing import import_slack

    try:
        report = import_slack(folder, [find_person(email) for email in emails])
    except NoExport as error:
        raise Trouble(str(error)) from error
    _tell(report, as_json)


@command.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--space", "slug", required=True, metavar="SLUG", help="The space the questions go to.")
@click.option("--community", metavar="NAME", default="", help="What a later run knows DIR by, if not by its own name.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as one JSON object.")
@on_instance
def stackexchange(folder: Path, slug: str, community: str, as_json: bool) -> None:
    """Import a community of Stack Exchange: its questions, answers, comments, votes and versions.

    People come without an account. Nobody is told, dates stay, and run again, it brings what is new.

    \b
    Example: palabre import stackexchange ./bicycles --space entraide
    """
    from palabre.portability.stackexchange.export import NoExport
    from palabre.portability.stackexchange.importing import import_stackexchange

    try:
        report = import_stackexchange(folder, find_space(slug), community)
    except NoExport as error:
        raise Trouble(str(error)) from error
    _tell(report, as_json)


@command.command("palabre")
@click.argument("folder", metavar="DIR", type=FOLDER)
@on_instance
def palabre_(folder: Path) -> None:
    """Make an empty instance the one that was exported to DIR.

    Items, versions, tags, links, comments, people and rights are as they were; passwords are not carried, so give
    the administrator one afterwards.

    \b
    Example: palabre import palabre ./everything
    """
    from palabre.portability.counted import counted
    from palabre.portability.restoring import Unusable, restore

    try:
        counts = restore(folder)
    except Unusable as error:
        raise Trouble(str(error)) from error
    click.echo(f"Taken back from {folder}: {counted(counts)}.")
    click.echo("No password is carried: palabre person password E-MAIL gives the administrator one.")


def _tell(report: Any, as_json: bool) -> None:
    """What an import did and could not do: for people as sentences, for programs as one JSON object."""
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        for line in report.sentences():
            click.echo(line)

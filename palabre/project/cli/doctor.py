"""`palabre doctor`: what is set and what is wrong."""

import sys

import click

from palabre.project.instance import database, prepare_django

MARKS = {"good": ("✓", "green"), "note": ("·", None), "bad": ("✗", "red")}


@click.command()
def command() -> None:
    """Examine the instance: settings, database, processes, jobs, index, files, mail.

    Ends with code 1 when something is wrong.

    \b
    Example: palabre doctor
    """
    prepare_django()
    from palabre.project.doctor import examine

    ill = False
    with database():
        for name, finding in examine():
            mark, colour = MARKS[finding.state]
            click.secho(f"{mark} {name:<10} {finding.sentence}", fg=colour)
            ill = ill or finding.state == "bad"
    click.echo("Something is wrong." if ill else "All is well.")
    sys.exit(ill)

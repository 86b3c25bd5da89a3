"""`palabre export`: everything, as files that come back in."""

from pathlib import Path

import click

from palabre.project.instance import on_instance
from palabre.project.named import find_person, find_space
from palabre.project.trouble import Trouble


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--space", "slug", metavar="SLUG", help="This space alone.")
@click.option("--as", "email", metavar="E-MAIL", help="What this person may see, and nothing else.")
@on_instance
def command(folder: Path, slug: str | None, email: str | None) -> None:
    """Write items, history, comments, people, rights, links, tags and files to DIR, new or empty.

    Items are Markdown with front matter; `palabre import palabre DIR` brings all of it back. Passwords stay here.

    \b
    Example: palabre export ./everything
    """
    from palabre.people.models import OPERATOR
    from palabre.portability.counted import counted
    from palabre.portability.exporting import NotEmpty, export, left_out

    space = find_space(slug) if slug else None
    reader = find_person(email) if email else OPERATOR
    try:
        counts = export(folder, reader, space)
    except NotEmpty as error:
        raise Trouble(str(error)) from error
    except OSError as error:
        raise Trouble(f"{error.filename or folder} cannot be written: {error.strerror}.") from error
    click.echo(f"Exported to {folder}: {counted(counts)}.")
    if without := left_out(folder):
        named = ", ".join(f"{count} {name}" for name, count in sorted(without.items()))
        click.echo(f"Left out, for what they are about is not in this export: {named}.")

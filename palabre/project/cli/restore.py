"""`palabre restore`: an instance from a backup."""

from pathlib import Path

import click

from palabre.project.instance import database, prepare_django


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
def command(file: Path) -> None:
    """Make the instance of a backup in an empty folder; its search index is rebuilt at the next start.

    \b
    Example: PALABRE_DATA=/srv/palabre palabre restore palabre-monday.tar
    """
    prepare_django()
    from palabre.project.backup import restore

    with database():
        restore(file)
    click.echo("Restored: palabre serve starts it.")

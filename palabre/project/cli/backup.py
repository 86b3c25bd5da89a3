"""`palabre backup`: the whole instance in one file."""

from pathlib import Path

import click

from palabre.project.instance import database, prepare_django


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="Also if FILE is there already.")
def command(file: Path, overwrite: bool) -> None:
    """Write database, files and secret key to FILE, also while Palabre runs.

    \b
    Example: palabre backup palabre-monday.tar
    """
    prepare_django()
    from palabre.project.backup import back_up

    with database():
        back_up(file.absolute(), overwrite)
    click.echo(f"{file}: {file.stat().st_size / 1e6:.1f} MB. Whoever has it has everything: keep it safe.")

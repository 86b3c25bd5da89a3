"""`palabre manage`: Django's own commands."""

import click

from palabre.project.instance import database, prepare_django


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False}, add_help_option=False
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def command(words: tuple[str, ...]) -> None:
    """Run a command of Django; `palabre manage help` lists them.

    \b
    Example: palabre manage shell
    """
    if words in ((), ("-h",), ("--help",)):
        click.echo(click.get_current_context().get_help())
        return
    prepare_django()
    from django.core.management import execute_from_command_line

    with database():
        execute_from_command_line(["palabre manage", *words])

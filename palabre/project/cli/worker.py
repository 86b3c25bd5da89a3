"""`palabre worker`: the jobs alone."""

import click


@click.command()
def command() -> None:
    """Do the jobs in the background (a part of serve).

    \b
    Example: palabre worker
    """
    from palabre.project.parts import work

    work()

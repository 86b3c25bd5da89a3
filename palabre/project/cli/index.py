"""`palabre index`: the indexer alone."""

import click


@click.command()
def command() -> None:
    """Follow the journal and keep the search index up to date (a part of serve).

    \b
    Example: palabre index
    """
    from palabre.project.parts import index

    index()

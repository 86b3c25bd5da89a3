"""`palabre index`: the indexer alone."""

import click

from palabre.project.trouble import Trouble


@click.command()
def command() -> None:
    """Follow the journal and keep the search index up to date (a part of serve).

    \b
    Example: palabre index
    """
    from palabre.project.parts import index
    from palabre.search.engine import Busy

    try:
        index()
    except Busy as error:
        raise Trouble("Another process keeps this index up to date already: palabre serve has one.") from error

"""`palabre serve`: everything, under one supervisor."""

import click


@click.command()
@click.option("--empty", is_flag=True, help="Without the demo world: print a link for the first administrator.")
def command(empty: bool) -> None:
    """Serve Palabre: database, web, live, worker and index.

    Ctrl-C stops all of it. PORT and HOST say where it listens, PALABRE_DATA where it keeps its data.

    \b
    Example: palabre serve
    Example: PORT=8080 palabre serve --empty
    """
    from palabre.project.supervisor import serve

    serve(empty)

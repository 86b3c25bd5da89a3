"""`palabre web`: the pages alone."""

import click


@click.command()
def command() -> None:
    """Serve the pages alone (a part of serve).

    \b
    Example: palabre web
    """
    from palabre.project.parts import serve_web

    serve_web()

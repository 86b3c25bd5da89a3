"""`palabre live`: large files and open connections alone."""

import click


@click.command()
def command() -> None:
    """Serve large files and open connections alone (a part of serve).

    \b
    Example: palabre live
    """
    from palabre.project.parts import serve_live

    serve_live()

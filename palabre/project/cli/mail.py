"""`palabre mail`: answers by mail alone."""

import click

from palabre.project.trouble import Trouble


@click.command()
def command() -> None:
    """Take answers by mail, from PALABRE_LMTP or PALABRE_IMAP_HOST (a part of serve where one of them is set).

    \b
    Example: PALABRE_LMTP=127.0.0.1:8024 palabre mail
    """
    from palabre.project import settings
    from palabre.project.parts import take_mail

    if not (settings.PALABRE_LMTP or settings.PALABRE_IMAP_HOST):
        raise Trouble("Nothing says from where answers come: set PALABRE_LMTP or PALABRE_IMAP_HOST.")
    take_mail()

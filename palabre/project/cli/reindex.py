"""`palabre reindex`: the search index built anew."""

import click

from palabre.project.instance import on_instance


@click.command()
@on_instance
def command() -> None:
    """Build the search index anew beside the one that serves, which it then replaces.

    \b
    Example: palabre reindex
    """
    from palabre.items.models import READABLE, Item
    from palabre.kit.progress import progress
    from palabre.search import follower, house

    total = Item.objects.filter(state__in=READABLE).count()
    with progress("Indexing items", total) as step:
        follower.rebuild(house.shelf(), step)

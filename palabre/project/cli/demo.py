"""`palabre demo`: the invented company."""

import click

from palabre.project.instance import on_instance


@click.command()
@on_instance
def command() -> None:
    """Build the demo world in an instance that has nobody yet, and print its accounts; again, it changes nothing.

    \b
    Example: palabre demo
    """
    from palabre import demo
    from palabre.demo import cast
    from palabre.people.models import Person
    from palabre.project.preparation import say_how_to_enter
    from palabre.project.trouble import Trouble

    if Person.objects.exists() and not cast.stands():
        raise Trouble("There are people in this instance: the demo world needs an empty one (PALABRE_DATA=…).")
    demo.build()
    say_how_to_enter()

"""What must hold before anything is served: tables up to date and, the first time, a world to look at or a way in.

It is a process of its own, so that what only a first start needs stays nowhere. What it prints is said to the operator
once the address answers.
"""

import click

from palabre.project.instance import prepare_django
from palabre.project.parts import end_with_supervisor

SHOWN = ("tom", "nadia", "marc", "coumba", "awa", "tidiane", "ines")  # one of each standing, the administrator first


def prepare(empty: bool = False) -> None:
    """Migrates, fills an instance without people unless it is to stay empty, and says how to get in."""
    end_with_supervisor()
    prepare_django()
    from palabre.people.models import Person
    from palabre.project import schema

    schema.bring_up_to_date()
    if not empty and not Person.objects.exists():
        from palabre import demo
        from palabre.search import follower, house

        demo.build()
        follower.rebuild(house.shelf())
    say_how_to_enter()


def say_how_to_enter() -> None:
    """The link for the first administrator while there is none; else the accounts of the demo world, if they are open.

    They are not where the world came from an export, which carries no password, nor once its administrator has another.
    """
    from django.contrib.auth.hashers import check_password

    from palabre.demo import cast
    from palabre.people.invitations import first_administrator_link
    from palabre.people.models import Person

    if link := first_administrator_link():
        click.echo(f"The first administrator enters here, once: {link}")
    known = Person.objects.with_account().filter(handle__in=SHOWN, email__endswith=".example")
    people = {person.handle: person for person in known}
    # One is asked for all: each check takes a quarter of a second, and a start should take few.
    if "tom" in people and check_password(cast.PASSWORD, people["tom"].password):
        click.echo(f"The demo world's accounts, all with the password {cast.PASSWORD}")
        for person in filter(None, map(people.get, SHOWN)):
            click.echo(f"  {person.email:<28} {person.name}{', administrator' if person.is_admin else ''}")

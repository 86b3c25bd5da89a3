"""`palabre person`: people and their accounts, from the machine's own command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from palabre.project.cli import Group
from palabre.project.instance import on_instance
from palabre.project.named import find_person, find_space
from palabre.project.trouble import Trouble

if TYPE_CHECKING:
    from palabre.people.models import Organisation

SIDES = click.Choice(["company", "partner", "customer"])


@click.group(cls=Group)
def command() -> None:
    """Make people, invite them, see them out.

    \b
    Example: palabre person invite awa@example.org --space handbook
    """


@command.command()
@click.argument("email", metavar="E-MAIL")
@click.option("--name", help="By default, made of the address.")
@click.option("--side", type=SIDES, default="company", show_default=True)
@click.option("--organisation", metavar="SLUG", help="For partners, and customers who have one.")
@click.option("--admin", is_flag=True, help="An administrator.")
@click.password_option(help="Asked for when it is not given.")
@on_instance
def create(email: str, name: str, side: str, organisation: str, admin: bool, password: str) -> None:
    """Make a person with an account and a password.

    \b
    Example: palabre person create awa@example.org --name "Awa Kanté"
    """
    from django.contrib.auth.password_validation import validate_password
    from django.core.validators import validate_email
    from django.db import transaction

    from palabre.people.models import OPERATOR, Person

    checked(validate_email, email)
    if Person.objects.filter(email__iexact=email).exists():
        raise Trouble(f"Somebody has an account under {email} already.")
    _require_inside(admin, side)
    name = name or email.partition("@")[0].replace(".", " ").title()
    checked(validate_password, password, Person(name=name, email=email))
    with transaction.atomic():
        person = Person.objects.create_person(name, side=side, organisation=_organisation(organisation, side))
        person.open_account(email, password, OPERATOR)
        if admin:
            person.name_administrator(OPERATOR)
    click.echo(f"{person.name}, {person.email}: {person.get_absolute_url()}")


@command.command()
@click.argument("email", metavar="E-MAIL")
@click.option("--name", default="", help="Told on the page of the link.")
@click.option("--side", type=SIDES, default="company", show_default=True)
@click.option("--organisation", metavar="SLUG", help="For partners, and customers who have one.")
@click.option("--space", metavar="SLUG", help="A space they enter with it.")
@click.option(
    "--role", type=click.Choice(["reader", "contributor", "steward"]), default="contributor", show_default=True
)
@click.option("--admin", is_flag=True, help="As an administrator.")
@click.option("--days", default=14, show_default=True, help="How long the link is open.")
@on_instance
def invite(email: str, name: str, side: str, organisation: str, space: str, role: str, admin: bool, days: int) -> None:
    """Make a link by which somebody enters, once.

    \b
    Example: palabre person invite diego@sahel.example --side partner --organisation sahel --space installers
    """
    from django.core.validators import validate_email

    from palabre.people.invitations import deliver
    from palabre.people.invitations import invite as make
    from palabre.people.models import OPERATOR
    from palabre.spaces.models import Placement

    checked(validate_email, email)
    _require_inside(admin, side)
    place = find_space(space) if space else None
    invitation, link = make(
        OPERATOR,
        email,
        days=days,
        name=name,
        side=side,
        organisation=_organisation(organisation, side),
        as_administrator=admin,
    )
    if place:
        Placement.promise(invitation, place, role, OPERATOR)
    if deliver(invitation, link):
        click.echo(f"On its way to {email}, open for {days} days.")
    else:
        click.echo(f"Pass this link on to {email}; it opens once, within {days} days:\n{link}")


@command.command()
@click.argument("email", metavar="E-MAIL")
@click.password_option(help="Asked for when it is not given.")
@on_instance
def password(email: str, password: str) -> None:
    """Give somebody another password; their sessions end.

    \b
    Example: palabre person password awa@example.org
    """
    from django.contrib.auth.password_validation import validate_password

    person = find_person(email)
    checked(validate_password, password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    person.end_sessions()
    click.echo(f"{person.name} signs in with the new password.")


@command.command()
@click.argument("email", metavar="E-MAIL")
@click.option("--undo", is_flag=True, help="They are back.")
@on_instance
def leave(email: str, undo: bool) -> None:
    """See somebody out: every sign-in, session and membership ends now; what they wrote stays.

    \b
    Example: palabre person leave awa@example.org
    """
    from palabre.people.models import OPERATOR

    person = find_person(email)
    if undo:
        person.come_back(OPERATOR)
    else:
        person.leave(OPERATOR)
    click.echo(f"{person.name} {'is back' if undo else 'has left'}.")


@command.command()
@click.argument("email", metavar="E-MAIL")
@click.option("--undo", is_flag=True, help="No longer one.")
@on_instance
def admin(email: str, undo: bool) -> None:
    """Make somebody an administrator.

    \b
    Example: palabre person admin tom@example.org
    """
    from palabre.people.models import OPERATOR

    person = find_person(email)
    if undo:
        person.dismiss_administrator(OPERATOR)
    elif not (person.has_account and person.is_inside):
        raise Trouble("An administrator is of the company and can sign in.")
    else:
        person.name_administrator(OPERATOR)
    click.echo(f"{person.name} is {'no longer ' if undo else ''}an administrator.")


@command.command("list")
@on_instance
def listing() -> None:
    """List the people, with what they are.

    \b
    Example: palabre person list
    """
    from palabre.people.models import Person

    for person in Person.objects.select_related("organisation").order_by("name"):
        signs = [
            person.organisation.name if person.organisation else person.get_side_display(),
            "administrator" if person.is_admin else "",
            "robot" if person.is_bot else "",
            "has left" if person.left_at else "" if person.has_account or person.is_bot else "spoken for",
        ]
        click.echo(f"{person.email or '-':36} {person.name:28} {', '.join(filter(None, signs))}")


def _require_inside(admin: bool, side: str) -> None:
    if admin and side != "company":
        raise Trouble("An administrator is of the company: leave out --admin, or --side.")


def _organisation(slug: str | None, side: str) -> Organisation | None:
    from palabre.people.models import Organisation

    if not slug:
        if side == "partner":
            raise Trouble("A partner belongs to an organisation: name it with --organisation SLUG.")
        return None
    organisation = Organisation.objects.filter(slug=slug, side=side).first()
    if organisation is None:
        raise Trouble(f"No {side} organisation is called {slug}.")
    return organisation


def checked(validate: Callable[..., None], *values: object) -> None:
    """Runs a validator; what it finds wrong is the sentence the command ends with."""
    from django.core.exceptions import ValidationError

    try:
        validate(*values)
    except ValidationError as error:
        raise Trouble(" ".join(error.messages)) from error

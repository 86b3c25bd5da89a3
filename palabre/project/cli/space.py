"""`palabre space`: spaces, their members and who reads them, from the machine's own command line."""

import click

from palabre.project.cli import Group
from palabre.project.instance import on_instance
from palabre.project.named import find_person, find_space
from palabre.project.trouble import Trouble

AUDIENCES = click.Choice(["team", "company", "partners", "customers", "public"])
ROLES = click.Choice(["reader", "contributor", "steward"])


@click.group(cls=Group)
def command() -> None:
    """Make spaces, say who belongs to them, archive them.

    \b
    Example: palabre space create handbook --audience company
    """


@command.command()
@click.argument("slug")
@click.option("--audience", type=AUDIENCES, default="team", show_default=True, help="Who may read.")
@click.option("--partner", "partners", multiple=True, metavar="SLUG", help="A partner organisation among the readers.")
@click.option("--name", help="By default, made of the slug.")
@click.option("--purpose", default="", help="What is said there, in a sentence.")
@click.option("--language", type=click.Choice(["fr", "en"]), default="en", show_default=True)
@click.option("--steward", metavar="E-MAIL", help="Who shapes it.")
@on_instance
def create(
    slug: str, audience: str, partners: tuple[str, ...], name: str, purpose: str, language: str, steward: str
) -> None:
    """Make a space.

    \b
    Example: palabre space create handbook --audience company --name "Handbook"
    """
    from django.core.validators import validate_slug

    from palabre.people.models import OPERATOR, Organisation
    from palabre.project.cli.person import checked
    from palabre.spaces.models import Role, Space

    checked(validate_slug, slug)
    if not Space.objects.is_free(slug):
        raise Trouble(f"A space lives, or lived, at {slug}.")
    named = list(Organisation.objects.filter(slug__in=partners, side="partner"))
    if missing := set(partners) - {each.slug for each in named}:
        raise Trouble(f"No partner organisation is called {', '.join(sorted(missing))}.")
    if (audience == "partners") != bool(named):
        raise Trouble("An audience of partners names them (--partner SLUG), and no other audience does.")
    person = find_person(steward) if steward else None
    space = Space.objects.found(
        OPERATOR,
        organisations=named,
        slug=slug,
        name=name or slug.replace("-", " ").capitalize(),
        audience=audience,
        purpose=purpose,
        language=language,
    )
    if person:
        space.welcome(person, Role.STEWARD, OPERATOR)
    click.echo(f"{space.name}: {space.get_absolute_url()}, read by: {space.get_audience_display()}.")
    if not space.stewards().exists():
        click.echo(f"Nobody looks after it yet: palabre space member add {slug} E-MAIL --role steward")


@command.command("list")
@on_instance
def listing() -> None:
    """List the spaces, with their audience and the number of their members.

    \b
    Example: palabre space list
    """
    from django.db.models import Count

    from palabre.spaces.models import Space

    for space in Space.objects.named().annotate(count=Count("memberships")).order_by("slug"):
        sign = " (archived)" if space.archived_at else ""
        click.echo(f"{space.slug:24} {space.audience:10} {space.count:5} members  {space.name}{sign}")


@command.group(cls=Group)
def member() -> None:
    """Say who belongs to a space.

    \b
    Example: palabre space member add handbook awa@example.org --role steward
    """


@member.command()
@click.argument("slug")
@click.argument("email", metavar="E-MAIL")
@click.option("--role", type=ROLES, default="contributor", show_default=True)
@on_instance
def add(slug: str, email: str, role: str) -> None:
    """Make somebody a member, or give a member another role.

    \b
    Example: palabre space member add handbook awa@example.org --role steward
    """
    from palabre.people.models import OPERATOR
    from palabre.spaces.models import LastSteward

    space, person = find_space(slug), find_person(email)
    try:
        space.welcome(person, role, OPERATOR)
        space.place(person, role, OPERATOR)
    except LastSteward as error:
        raise Trouble(f"{person.name} is the last steward of {space.name}: name another first.") from error
    click.echo(f"{person.name} is a {role} of {space.name}.")


@member.command()
@click.argument("slug")
@click.argument("email", metavar="E-MAIL")
@on_instance
def remove(slug: str, email: str) -> None:
    """End somebody's membership; what they wrote stays.

    \b
    Example: palabre space member remove handbook awa@example.org
    """
    from palabre.people.models import OPERATOR
    from palabre.spaces.models import LastSteward

    space, person = find_space(slug), find_person(email)
    try:
        space.dismiss(person, OPERATOR)
    except LastSteward as error:
        raise Trouble(f"{person.name} is the last steward of {space.name}: name another first.") from error
    click.echo(f"{person.name} is no longer a member of {space.name}.")


@command.command()
@click.argument("slug")
@click.option("--undo", is_flag=True, help="Open it again.")
@on_instance
def archive(slug: str, undo: bool) -> None:
    """Close a space to writing; whoever reads it goes on reading.

    \b
    Example: palabre space archive handbook
    """
    from palabre.people.models import OPERATOR

    space = find_space(slug)
    if undo:
        space.reopen(OPERATOR)
    else:
        space.archive(OPERATOR)
    click.echo(f"{space.name} is {'open' if undo else 'archived'}.")

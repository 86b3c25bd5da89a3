"""`palabre recount`: a result counted again, with nothing but its own file."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from palabre.project.trouble import Trouble

if TYPE_CHECKING:
    from palabre.counting.document import Document
    from palabre.counting.result import Result
    from palabre.counting.terms import Terms


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rule", metavar="NAME", help="Count the same ballots by another rule (for a .blt: scottish-stv).")
@click.option("--seats", type=click.IntRange(1), metavar="NUMBER", help="How many are chosen, with --rule or a .blt.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole result, each step of it, as one JSON object.")
def command(file: Path, rule: str | None, seats: int | None, as_json: bool) -> None:
    """Count the ballots of FILE again, a count's JSON document or a .blt, and say whether the result agrees.

    It needs no instance and no network. Ends with code 1 when the file states another result.

    \b
    Example: palabre recount where-to-meet.json
    Example: palabre recount council.blt --rule meek-stv --seats 3
    """
    from palabre.counting.ballots import Unfit

    try:
        document = _document(file, rule, seats)
        result = document.count()
        differ = document.differences(result)
    except Unfit as unfit:
        raise Trouble(f"{file} cannot be counted. {unfit}") from unfit
    if as_json:
        click.echo(json.dumps(result.plain(), ensure_ascii=False, indent=2))
    else:
        _tell(document, result)
        if rule is None and file.suffix.lower() == ".blt":
            click.echo("A .blt names no rule: --rule counts it as its vote was declared, if by another.")
    if document.stated is None:
        if rule is None and seats is None and file.suffix.lower() != ".blt":
            click.echo("The file states no result to compare with.", err=as_json)
        return
    verdict = f"The file states another result, in: {', '.join(differ)}." if differ else "The stated result agrees."
    click.echo(verdict, err=as_json)
    sys.exit(bool(differ))


def _document(file: Path, rule: str | None, seats: int | None) -> Document:
    """What is in the file, or what it would be under another rule, which then has no stated result."""
    from palabre.counting import blt, document
    from palabre.counting.ballots import Unfit

    try:
        held = file.read_bytes()
    except OSError as error:
        raise Trouble(f"{file} cannot be read: {error}.") from error
    if file.suffix.lower() == ".blt":
        sheet = blt.read(blt.decoded(held))
        terms = _terms(rule or "scottish-stv", seats or sheet.seats)
        return document.Document(sheet.title, sheet.names, terms, sheet.poll())
    try:
        said = json.loads(held)
    except (ValueError, RecursionError) as error:
        raise Unfit(f"It is no JSON: {error}.") from error
    found = document.read(said)
    if rule is None and seats is None:
        return found
    terms = _terms(rule or found.terms.rule.name, seats or 1)
    return document.Document(found.title, found.titles, terms, found.poll)


def _terms(name: str, seats: int) -> Terms:
    from palabre.counting.rules import RULES
    from palabre.counting.terms import Terms

    if name not in RULES:
        raise click.BadParameter(f"{name!r} is none of {', '.join(RULES)}.", param_hint="--rule")
    numbers = {"seats": seats} if hasattr(RULES[name], "seats") else {}
    return Terms(RULES[name](**numbers))


def _tell(document: Document, result: Result) -> None:
    titles = document.titles

    def named(options: object) -> str:
        return ", ".join(titles[option] for option in document.poll.in_order(options))

    click.echo(document.title or "A question without a title")
    click.echo(f"  {document.poll.votes} votes, counted by {result.rule}.")
    if result.turnout and not result.turnout.reached:
        click.echo(f"  {result.turnout.present} took part where {result.turnout.needed} are needed: nobody wins.")
    for rank, options in enumerate(result.ranking or (), 1):
        click.echo(f"  {rank}. {named(options)}")
    for tie in result.ties:
        how = f"{titles[tie.taken]}, by {tie.by}" if tie.taken else "open"
        click.echo(f"  Equal, over {tie.over}: {named(tie.between)}. Taken: {how}.")
    if result.decided:
        click.echo(f"  Chosen: {named(result.winners) or 'none'}.")
    else:
        click.echo(
            f"  Chosen in any case: {named(result.sure) or 'none'}; between equals: "
            f"{named(result.winners - result.sure)}."
        )

"""`palabre recount`: a result counted again, with nothing but its own file."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from palabre.project.trouble import Trouble

if TYPE_CHECKING:
    from palabre.counting.document import Document
    from palabre.counting.result import Result
    from palabre.counting.rules import Rule

FOREIGN = (".blt", ".abif", ".soc", ".soi", ".toc", ".toi", ".cat")  # files of other programs, by how their names end

TAKEN = {"win": "Chosen", "surplus": "Goes on first", "exclusion": "Left out", "purchase": "Comes first"}  # of equals


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rule", metavar="NAME", help="Count the same ballots by another rule.")
@click.option(
    "--seats",
    type=click.IntRange(1),
    metavar="NUMBER",
    help="How many are chosen, with --rule or ballots from elsewhere.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the whole result, each step of it, as one JSON object.")
def command(file: Path, rule: str | None, seats: int | None, as_json: bool) -> None:
    """Count the ballots of FILE again, a count's JSON document, a .blt, an .abif or a file of PrefLib, and say whether
    the result agrees.

    It needs no instance and no network. Ends with code 1 when the file states another result.

    \b
    Example: palabre recount where-to-meet.json
    Example: palabre recount council.blt --rule meek-stv --seats 3
    Example: palabre recount dublin.soi --rule meek-stv --seats 3
    Example: palabre recount capital.abif --rule score
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
        if rule is None and _suffix(file) in FOREIGN:
            click.echo(f"This {_suffix(file)} names no rule: --rule counts it as its vote was declared, if by another.")
    if document.stated is None:
        if rule is None and seats is None and _suffix(file) not in FOREIGN:
            click.echo("The file states no result to compare with.", err=as_json)
        return
    verdict = f"The file states another result, in: {', '.join(differ)}." if differ else "The stated result agrees."
    click.echo(verdict, err=as_json)
    sys.exit(bool(differ))


def _document(file: Path, rule: str | None, seats: int | None) -> Document:
    """What is in the file, or what it would be under another rule, which then has no stated result."""
    from palabre.counting import document
    from palabre.counting.ballots import Unfit

    try:
        held = file.read_bytes()
    except OSError as error:
        raise Trouble(f"{file} cannot be read: {error}.") from error
    if _suffix(file) in FOREIGN:
        return _foreign(_suffix(file), held, rule, seats)
    try:
        said = json.loads(held)
    except (ValueError, RecursionError) as error:
        raise Unfit(
            f"It is no JSON: {error}. Ballots of other programs are told by the end of the file's name: "
            f"{', '.join(FOREIGN)}."
        ) from error
    found = document.read(said)
    if rule is None and seats is None:
        return found
    numbers = _numbers(found.terms.rule) | ({"seats": seats} if seats else {})
    terms = replace(found.terms, rule=_rule(rule or found.terms.rule.name, numbers))
    return document.Document(found.title, found.titles, terms, found.poll)


def _foreign(suffix: str, held: bytes, rule: str | None, seats: int | None) -> Document:
    """Ballots that another program wrote. They state neither rule nor result."""
    from palabre.counting import abif, blt, preflib
    from palabre.counting.document import Document
    from palabre.counting.terms import Terms

    text = blt.decoded(held)
    if suffix == ".blt":
        sheet = blt.read(text)
        counted = _rule(rule or "scottish-stv", {"seats": seats or sheet.seats})
        return Document(sheet.title, sheet.names, Terms(counted), sheet.poll())
    if suffix == ".abif":
        written = abif.read(text)
        fitting = "score" if written.scores and not written.is_ordered else "schulze"
        counted = _rule(rule or fitting, {"seats": seats or 1, "highest": written.highest})
        return Document(written.title, written.names, Terms(counted), written.poll(counted.ballot.kind))
    found = preflib.read(text, categories=suffix == preflib.CATEGORIES)
    by_categories = {0: "schulze", 2: "approval"}.get(found.categories, "majority-judgement")
    grades = {"grades": found.categories} if found.categories else {}
    return Document(
        found.title, found.names, Terms(_rule(rule or by_categories, {"seats": seats or 1, **grades})), found.poll()
    )


def _suffix(file: Path) -> str:
    return file.suffix.lower()


def _rule(name: str, numbers: Mapping[str, Any]) -> Rule:
    """The rule of that name with those of the numbers that it has: seats, a budget and its costs."""
    from palabre.counting.rules import RULES

    if name not in RULES:
        raise click.BadParameter(f"{name!r} is none of {', '.join(RULES)}.", param_hint="--rule")
    wanted = {field.name for field in fields(RULES[name])}
    made: Rule = RULES[name](**{each: number for each, number in numbers.items() if each in wanted})
    return made


def _numbers(rule: Rule) -> dict[str, Any]:
    """The numbers that a rule was declared with."""
    return {field.name: getattr(rule, field.name) for field in fields(rule)}  # type: ignore[arg-type]


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
        how = f"{TAKEN[tie.over]}, by {tie.by}: {titles[tie.taken]}" if tie.taken else "Which, is open"
        click.echo(f"  Equal, over {tie.over}: {named(tie.between)}. {how}.")
    if result.decided:
        click.echo(f"  Chosen: {named(result.winners) or 'none'}.")
    else:
        click.echo(
            f"  Chosen in any case: {named(result.sure) or 'none'}; between equals: "
            f"{named(result.winners - result.sure)}."
        )

"""`palabre search`: what people find, from the command line."""

import json
from collections.abc import Iterator
from typing import Any

import click

from palabre.project.instance import on_instance
from palabre.project.named import find_person, find_space
from palabre.project.trouble import Trouble


@click.command()
@click.argument("query", required=False)
@click.option(
    "--queries", metavar="FILE", type=click.Path(allow_dash=True), help="Queries, one a line (-: standard input)."
)
@click.option("--space", metavar="SLUG", help="Only in this space.")
@click.option("--as", "email", metavar="E-MAIL", help="As the person with this address; without it, all there is.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a query.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="How many results.")
@on_instance
def command(
    query: str | None, queries: str | None, space: str | None, email: str | None, as_json: bool, limit: int
) -> None:
    """Search, as a person would or as the operator who sees all.

    \b
    Example: palabre search "délai fibre" --as awa@teranga.example --json
    Example: palabre search --queries questions.txt --limit 10
    Example: palabre search --json -- "-panne fibre"
    """
    from palabre.search import follower, house

    if (query is None) == (queries is None):
        raise click.UsageError("Give either a query or --queries.")
    person, choice = _person(email), _choice(space)
    follower.bring_up_to_date(house.shelf())
    for text in [_text(query)] if query is not None else _lines(queries or "-"):
        hits = list(_hits(person, text, choice, limit))
        if as_json or queries:
            click.echo(json.dumps({"query": text, "hits": hits}, ensure_ascii=False))
        else:
            _show(hits)


def _person(email: str | None) -> Any:
    from palabre.people.models import OPERATOR

    if not email:
        return OPERATOR
    return find_person(email)


def _choice(slug: str | None) -> Any:
    from palabre.search.retrieval import Choice

    if not slug:
        return None
    return Choice({"space": [find_space(slug).pk]})


def _text(query: str) -> str:
    """A query as it can be said again, also where the terminal sent bytes that are no text."""
    return query.encode("utf-8", "replace").decode()


def _lines(path: str) -> Iterator[str]:
    """One query a line, an empty one included; bytes that are no text are read as far as they are."""
    try:
        with click.open_file(path, encoding="utf-8-sig", errors="replace") as lines:
            for line in lines:
                yield line.rstrip("\n")
    except OSError as error:
        raise Trouble(f"The queries cannot be read from {path}: {error.strerror}.") from error


def _hits(person: Any, text: str, choice: Any, limit: int) -> Iterator[dict[str, Any]]:
    from palabre.search.asking import ask

    for result in ask(person, text, choice, size=limit).results:
        yield {
            "title": result.item.title,
            "url": result.item.get_absolute_url(),
            "kind": result.item.kind,
            "space": result.item.space.slug,
            "score": round(result.hit.score, 4),
            "source": result.item.extras.get("source", ""),
        }


def _show(hits: list[dict[str, Any]]) -> None:
    if not hits:
        click.echo("Nothing found.")
    for hit in hits:
        click.echo(f"{hit['score']:8.2f}  {hit['title']}  ({hit['kind']}, {hit['space']})  {hit['url']}")

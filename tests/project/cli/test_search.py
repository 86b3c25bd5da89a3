"""`palabre search`: one JSON line a query in the promised shape, and one sentence when it cannot."""

import json
from contextlib import nullcontext

import pytest
from click.testing import CliRunner

from palabre.authoring.writing import publish
from palabre.project import cli
from palabre.project import instance as instances
from tests.search.conftest import index as index  # the fixture of searching

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(world, index, monkeypatch):
    """Runs a command on the tests' own instance, which is up already, with two pages about foxes."""
    monkeypatch.setattr(instances, "instance", nullcontext)
    publish("page", world.spaces["maison"], world.coumba, "Le renard roux", "Un renard traverse la cour.")
    publish("page", world.spaces["direction"], world.nadia, "Le renard secret", "Un renard que peu voient.")
    return lambda *words, **options: CliRunner().invoke(cli.palabre, ("search", *words), **options)


def said(done):
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_hit_has_exactly_the_promised_shape(run):
    (answer,) = said(run("renard", "--json", "--limit", "1"))
    assert list(answer) == ["query", "hits"]
    (hit,) = answer["hits"]
    assert list(hit) == ["title", "url", "kind", "space", "score", "source"]
    assert (hit["kind"], hit["source"]) == ("page", "")
    assert isinstance(hit["score"], float)


def test_the_operator_sees_all_a_person_what_they_may_a_space_its_own(run, world):
    def titles(*words):
        return {hit["title"] for hit in said(run("renard", "--json", *words))[0]["hits"]}

    assert titles() == {"Le renard roux", "Le renard secret"}
    assert titles("--as", world.awa.email) == {"Le renard roux"}
    assert titles("--space", "direction") == {"Le renard secret"}
    assert titles("--space", "direction", "--as", world.awa.email) == set()


def test_a_query_that_is_no_text_is_searched_as_far_as_it_is(run):
    (answer,) = said(run("renard \udcff", "--json"))
    assert answer["query"] == "renard ?"
    assert answer["hits"]


def test_queries_come_one_a_line_from_a_file_or_the_standard_input(run, tmp_path):
    lines = b'\xef\xbb\xbfrenard\r\n\n-\nd\xe9lai\n"\nkind:\n'
    (tmp_path / "queries.txt").write_bytes(lines)
    from_file = said(run("--queries", str(tmp_path / "queries.txt")))
    assert [answer["query"] for answer in from_file] == ["renard", "", "-", "d\ufffdlai", '"', "kind:"]
    assert [len(answer["hits"]) for answer in from_file] == [2, 0, 0, 0, 0, 0]
    assert said(run("--queries", "-", input=lines)) == from_file


def test_a_query_that_begins_with_a_sign_follows_two_dashes(run):
    assert [hit["title"] for hit in said(run("--json", "--", "-secret renard"))[0]["hits"]] == ["Le renard roux"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("x", "--space", "nowhere"),
            "There is no space nowhere: `palabre space list` names them, `palabre space create` makes one.",
        ),
        (
            ("x", "--as", "nobody@x.example"),
            "Nobody has the address nobody@x.example: `palabre person list` names them.",
        ),
        (
            ("--queries", "/nowhere/at-all"),
            "The queries cannot be read from /nowhere/at-all: No such file or directory.",
        ),
    ],
)
def test_what_cannot_be_searched_is_said_in_a_sentence(run, words, sentence):
    done = run(*words)
    assert (done.exit_code, done.output) == (1, f"Error: {sentence}\n")

"""`palabre recount`: whoever has the file can count again."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from palabre.counting import blt, document
from palabre.counting.ballots import Approval, Ranking
from palabre.counting.budget.greedy import Greedy
from palabre.counting.budget.shares import EqualShares
from palabre.counting.examples import EXAMPLES
from palabre.counting.poll import Poll
from palabre.counting.stv.scottish import ScottishSTV
from palabre.counting.terms import Quorum, Terms
from palabre.counting.ties import Chair
from palabre.project import cli


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(cli.palabre, ["recount", *map(str, words)])


@pytest.fixture
def file(tmp_path):
    """`file("schulze")` is the document of an example."""

    def written(name, **changed):
        example = EXAMPLES[name]
        names = {option: option.title() for option in example.poll.options}
        said = document.write("Where do we meet?", names, Terms(example.rule), example.poll)
        said["result"] |= changed
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(said))
        return path

    return written


def test_a_true_result_agrees(run, file):
    result = run(file("schulze"))
    assert result.exit_code == 0
    assert "Where do we meet?" in result.output
    assert "Chosen: Nashville." in result.output
    assert "The stated result agrees." in result.output


def test_a_false_one_does_not_and_ends_with_code_1(run, file):
    result = run(file("schulze", winners=["memphis"]))
    assert result.exit_code == 1
    assert "states another result, in: winners" in result.output


@pytest.mark.parametrize("held", [b"", b"\x00\xff", b'{"palabre": 1', b"[" * 100_000, b"[]", b"2 1\n1 1 0\n0\n"])
def test_what_is_no_count_is_refused_in_a_sentence(run, tmp_path, held):
    path = tmp_path / "count.json"
    path.write_bytes(held)
    refused = run(path)
    assert refused.exit_code == 1
    assert "cannot be counted." in refused.output and "--debug" not in refused.output


def test_a_file_without_a_result_says_that_there_is_none_to_compare(run, file):
    path = file("schulze")
    said = json.loads(path.read_text())
    path.write_text(json.dumps(said | {"result": None}))
    result = run(path)
    assert result.exit_code == 0 and "The file states no result to compare with." in result.output


def test_the_same_ballots_can_be_counted_by_another_rule(run, file):
    result = run(file("schulze"), "--rule", "meek-stv", "--seats", "2")
    assert result.exit_code == 0
    assert "Chosen: Memphis, Nashville." in result.output
    assert "stated" not in result.output
    assert run(file("schulze"), "--rule", "coin").exit_code == 2


def test_ballots_of_another_kind_than_the_rule_counts_are_refused_in_a_sentence(run, file):
    result = run(file("schulze"), "--rule", "score")
    assert result.exit_code == 1
    assert "score counts ballots of the kind scores, not ranking." in result.output


def test_a_blt_is_counted_by_the_scottish_order(run, tmp_path):
    poll = EXAMPLES["scottish-stv"].poll
    path = tmp_path / "dishes.blt"
    path.write_text(blt.write("Dishes", {option: option for option in poll.options}, 3, poll))
    assert "Chosen: orange, chocolate, strawberry." in (told := run(path).output) and "--rule" in told
    assert "names no rule" not in run(path, "--rule", "meek-stv").output
    path.write_text("nonsense")
    refused = run(path)
    assert refused.exit_code == 1
    assert "cannot be counted" in refused.output


def test_another_rule_has_the_numbers_the_quorum_and_the_ties_that_were_declared(run, tmp_path):
    """As the page of a decision shows it beside the result."""
    poll = Poll.of(
        ["hall", "well", "road"], {Approval(frozenset({"hall", "well"})): 3, Approval(frozenset({"road"})): 2}
    )
    costs = {"hall": 60, "well": 30, "road": 40}
    terms = Terms(EqualShares(100, costs), Quorum(number=2), Chair(("road", "well", "hall")))
    path = tmp_path / "budget.json"
    path.write_text(json.dumps(document.write("", {each: each.title() for each in costs}, terms, poll)))
    beside = Terms(Greedy(100, costs), terms.quorum, terms.ties).count(poll).plain()
    counted = json.loads(run(path, "--rule", "greedy-budget", "--json").stdout.partition("\nThe ")[0])
    assert counted == beside and counted["winners"] == ["hall", "well"] and counted["turnout"]["needed"] == 2


@pytest.mark.parametrize(
    ("name", "ballots", "chosen"),
    [
        ("a.soi", "6: 1,2\n4: 2,1\n", "Awa"),
        ("a.TOC", "6: 2,1\n4: {1,2}\n", "Marc"),
        ("a.cat", "6: 2,1\n4: 1,2\n", "Marc"),
    ],
)
def test_ballots_of_preflib_are_counted(run, tmp_path, name, ballots, chosen):
    head = "# ALTERNATIVE NAME 1: Awa\n# ALTERNATIVE NAME 2: Marc\n# CATEGORY NAME 1: Yes\n# CATEGORY NAME 2: No\n"
    path = tmp_path / name
    path.write_text(head + ballots)
    told = run(path)
    assert told.exit_code == 0 and f"Chosen: {chosen}." in told.output and "names no rule" in told.output
    path.write_text(head + "6: 3\n")
    assert "There is no alternative 3" in run(path).output


def test_an_abif_is_counted_as_an_order_or_by_its_points(run, tmp_path):
    path = tmp_path / "capital.abif"
    path.write_text("=m:[Memphis]\n42:m/5>n/2>c/1\n26:n/5>c/3\n32:c/5>n/4\n")
    told = run(path).output
    assert "counted by schulze" in told and "1. n\n  2. c\n  3. Memphis\n" in told and "names no rule" in told
    assert "1. n\n  2. c\n  3. Memphis\n" in run(path, "--rule", "score").output
    path.write_text("42:m/5,n/2\n26:n/5\n")
    assert "counted by score" in run(path).output and "Chosen: m, n." in run(path, "--seats", "2").output
    path.write_text("42:m>\n")
    assert "cannot be counted. A ballot ends with >" in run(path).output


def test_of_equals_it_is_said_what_became_of_the_one_that_was_taken(run, tmp_path):
    """By the order of the chair the last of two goes first: it is left out, and not chosen."""
    poll = Poll.of(["hall", "well", "road"], {Ranking.of("hall"): 3, Ranking.of("well"): 1, Ranking.of("road"): 1})
    path = tmp_path / "one.json"
    names = {each: each.title() for each in poll.options}
    path.write_text(json.dumps(document.write("", names, Terms(ScottishSTV(2), None, Chair(poll.options)), poll)))
    assert "Equal, over exclusion: Well, Road. Left out, by chair: Road." in run(path).output
    path.write_text(json.dumps(document.write("", names, Terms(ScottishSTV(2)), poll)))
    assert "Equal, over exclusion: Well, Road. Which, is open." in run(path).output


def test_what_is_read_is_said_of_a_file_that_is_not(run, tmp_path):
    path = tmp_path / "council.stv"
    path.write_text("title=Council\n")
    assert ".blt, .abif, .soc" in run(path).output


def test_the_whole_count_can_be_had_as_json(run, file):
    result = CliRunner(catch_exceptions=False).invoke(cli.palabre, ["recount", str(file("meek-stv")), "--json"])
    assert json.loads(result.stdout)["details"]["stages"][0]["votes"]["chocolate"] == "12"
    assert "agrees" in result.stderr


def test_it_needs_no_instance(file, tmp_path):
    """Nothing but the file: no settings are read, no folder is made, no database is asked for."""
    words = "import sys; from palabre.project.cli import palabre; palabre(sys.argv[1:], standalone_mode=False)"
    done = subprocess.run(
        [sys.executable, "-c", f"{words}", "recount", str(file("schulze"))],
        capture_output=True, text=True, env={"PALABRE_DATA": str(tmp_path / "none"), "PYTHONPATH": ":".join(sys.path)},
        check=False,
    )  # fmt: skip
    assert "The stated result agrees." in done.stdout, done.stderr
    assert not (tmp_path / "none").exists()

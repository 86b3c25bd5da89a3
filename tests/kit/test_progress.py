"""Progress where nobody watches: plain lines, the last one whole."""

from palabre.kit.progress import progress


def test_lines_tell_how_far_it_is_and_end_with_all(capsys):
    with progress("Importing", 500) as step:
        for _ in range(500):
            step(1)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("Importing: 1 of 500")
    assert lines[-1].startswith("Importing: 500 of 500")
    assert len(lines) < 5

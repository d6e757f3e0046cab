"""The benchmarks' table: each miss is named, and ends the run with 1."""

import ast
from pathlib import Path

import pytest

from benchmarks.__main__ import LIKE_THE_WINDOW, PARTS, main, measured
from benchmarks.table import Row, conclude, line

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
READING = Row("Importing", 1.5, 1.5, "× openpyxl's reading", "ours 15.0 ms, theirs 10.0 ms")
SLOW = Row("Importing", 1.506, 1.5, "× openpyxl's reading")
REPLAY = Row("Doing a journal over again", 2_000, 2_000, "rows a second", at_least=True)
LATE_REPLAY = Row("Doing a journal over again", 1_720, 2_000, "rows a second", at_least=True)
LOST = Row("Marks lost", 1, 0, "marks")


def test_a_run_whose_aims_are_all_reached_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert conclude([READING, REPLAY]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "      What is measured            Measured  Aim             Unit",
        "held  Importing                   1.5       at most 1.5     × openpyxl's reading",
        "held  Doing a journal over again  2,000     at least 2,000  rows a second",
        "2 of 2 aims are held.",
    ]


@pytest.mark.parametrize("missed", [SLOW, LATE_REPLAY, LOST])
def test_each_miss_is_named_and_ends_the_run_with_1(missed: Row, capsys: pytest.CaptureFixture[str]) -> None:
    assert conclude([READING, missed, REPLAY]) == 1

    *_, count, named = capsys.readouterr().out.splitlines()
    assert count == "2 of 3 aims are held."
    assert named == line(missed)
    assert named.startswith(f"MISSED {missed.subject}: ")


def test_a_run_that_measured_nothing_ends_with_1() -> None:
    assert conclude([]) == 1


def test_a_figure_is_compared_as_it_is_printed() -> None:
    assert Row("First page", 1.3049, 1.3, "× a bare window").is_reached
    assert not Row("First page", 1.3051, 1.3, "× a bare window").is_reached


def test_a_row_shows_both_sides() -> None:
    assert line(READING) == (
        "held   Importing: 1.5 × openpyxl's reading (at most 1.5); ours 15.0 ms, theirs 10.0 ms"
    )


def test_a_part_that_breaks_off_is_a_miss() -> None:
    (row,) = measured("paired")

    assert row.subject == "Exit status of paired, which broke off"
    assert not row.is_reached


def test_a_part_that_there_is_not_is_refused() -> None:
    with pytest.raises(SystemExit, match=r"There is no benchmark nonsense\. There are: memory, command"):
        main(["nonsense"])


def test_every_module_that_measures_is_a_part() -> None:
    modules = {
        ".".join(path.relative_to(BENCHMARKS).with_suffix("").parts)
        for path in BENCHMARKS.rglob("*.py")
        if any(getattr(node, "name", "") == "measure" for node in ast.parse(path.read_text("utf-8")).body)
    }

    assert modules == set(PARTS)
    assert set(LIKE_THE_WINDOW) < set(PARTS)

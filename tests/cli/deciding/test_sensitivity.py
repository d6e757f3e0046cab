"""How sure a list is, from the command: its JSON, its words, and what it refuses."""

from pathlib import Path

import pytest

from cli.deciding.explain import lines_of
from models.values.rows import RoundRows
from scoring.explaining.what_if import Moved, Otherwise
from scoring.ranking import Outcome
from scoring.scheme import Combine
from scoring.sensitivity.list_sensitivity import Sensitivity
from scoring.sensitivity.optimal_allocation import OptimalAllocation
from tests.cli.conftest import Run
from tests.exchange.schedule_rounds import acf_scheme


def test_the_json_has_the_published_keys(workbook: Path, run: Run) -> None:
    found = run("sensitivity", workbook, "--json", "--draws", "50").json

    assert list(found) == ["split", "draws", "leave_one_out", "combine", "agreement", "challenger"]
    assert found["split"]["published"] == "80"
    assert set(found["split"]) == {"published", "same_set", "same_amounts", "below", "above"}
    assert (found["draws"]["n"], found["draws"]["seed"], found["draws"]["within"]) == (50, 1, "5")
    assert found["draws"]["applications"] == [
        {"reference": "ACF-001", "funded": "1.0000", "place_low": 1, "place_high": 1}
    ]
    assert [each["member"] for each in found["leave_one_out"]] == ["M1", "M2"]
    assert found["combine"] == {
        "mean": {"enters": [], "leaves": []},
        "median": {"enters": [], "leaves": []},
        "trimmed": None,
    }
    assert found["challenger"]["gap"] == "0.0000"


def test_a_record_and_its_workbook_say_the_same(record: Path, workbook: Path, run: Run) -> None:
    options = ("--json", "--draws", "20", "--seed", "3", "--within", "7.5", "--across")

    assert run("sensitivity", record, *options).json == run("sensitivity", workbook, *options).json


def test_the_words_begin_with_the_split(workbook: Path, run: Run) -> None:
    ran = run("sensitivity", workbook, "--draws", "20")

    assert ran.status == 0
    assert ran.out.startswith("The same applications are funded with quality anywhere from 0 to 100 of 100.")
    assert "It changes nothing." in ran.out


@pytest.mark.parametrize(
    "option",
    [
        ("--draws", "0"),
        ("--draws", "1.5"),
        ("--seed", "-1"),
        ("--within", "0"),
        ("--within", "50.1"),
        ("--within", "x"),
        ("--within", "٤"),
    ],
)
def test_settings_out_of_bounds_are_wrong_usage(workbook: Path, run: Run, option: tuple[str, str]) -> None:
    assert run("sensitivity", workbook, *option).status == 2


def test_a_list_may_leave_a_tie_to_the_chair_and_the_challenger_never_does() -> None:
    change = Otherwise(
        Combine.MEAN,
        (
            Moved("W-011", "One", "Dudley", Outcome.FUND, Outcome.RESERVE, 100, 0),
            Moved("W-022", "Two", "Dudley", Outcome.RESERVE, Outcome.FUND, 0, 100),
        ),
    )
    best = OptimalAllocation(("W-022",), 90, 80, 0, ("W-022",), ("W-011",))
    found = Sensitivity(None, None, (), (change,), None, best)
    rows = RoundRows("Active Citizens Fund", "Round 2", "2026/27", acf_scheme(), (), ())

    lines = list(lines_of(found, rows))

    moves = "W-022 would be funded and W-011 would not be funded"
    assert f"By mean: {moves}, or the chair would decide a tie." in lines
    assert f"By whole offers alone, points times pounds (proven best): {moves}." in lines

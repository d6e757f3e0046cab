"""How sure a list is, from the command: its JSON, its words, and what it refuses."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


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
    assert ran.out.startswith("If the split moved: Same list whatever the quality share, from 0 to 100.")
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

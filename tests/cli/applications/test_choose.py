"""What applications are for, shown and chosen on the command line."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from exchange.round_workbook.read import read_round
from tests.cli.conftest import Ran, Run


class Chooser:
    """The command on a record with a round."""

    def __init__(self, run: Run, record: Path, workbook: Path) -> None:
        self.run, self.record, self.round = run, record, read_round(workbook).name

    def __call__(self, *arguments: str) -> Ran:
        return self.run("choose", self.record, "--round", self.round, *arguments)

    def held(self) -> dict[str, Any]:
        found = json.loads(self("--json").out)["applications"]
        return {one["reference"]: one["choices"] for one in found}


@pytest.fixture
def choose(made_once: Path, workbook: Path, tmp_path: Path, run: Run) -> Chooser:
    """The command, on a round whose fund had a crime type when it was opened."""
    record = Path(shutil.copy(made_once / "empty.panel", tmp_path))
    fund = read_round(workbook).fund
    assert run("fund", record, "set", fund, "--line", "crime_type:lamps=Broken lamps").status == 0
    assert run("load", record, workbook).status == 0
    return Chooser(run, record, workbook)


def test_a_line_is_chosen_for_several_and_taken_out(choose: Chooser) -> None:
    first, second, *_ = choose.held()

    both = ("--application", first, "--application", second)
    ran = choose(*both, "--set", "crime_type=lamps", "--as", "Grace Okoro")

    assert (ran.status, ran.err) == (0, "")
    assert f"{first}: crime_type Broken lamps" in ran.out
    assert choose.held()[second] == {
        "crime_type": {"code": "lamps", "words": "Broken lamps", "suggested": False}
    }
    choose("--application", first, "--set", "crime_type=")
    assert choose.held()[first] == {}
    assert f"{first}: nothing chosen" in choose().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--application", "NONE-1", "--set", "crime_type=lamps"), "no application NONE-1"),
        (("--set", "colour=red"), "is not LIST=CODE"),
        (("--set", "crime_type=none"), "offers no crime type “none”"),
    ],
)
def test_what_cannot_be_chosen_is_said(choose: Chooser, arguments: tuple[str, ...], words: str) -> None:
    ran = choose(*arguments)

    assert ran.status == 1
    assert words in ran.err

"""Closed records at the stage at which a dialog is asked for."""

from collections.abc import Callable
from pathlib import Path

from models.operation import Actor
from models.operations.applications.applications import ImportApplications
from models.operations.panel.sheets import SetMark
from models.operations.set_up.load import LoadRound
from models.operations.set_up.office import SetUpOffice
from models.record import Opener, Record
from models.reference.schemes import shipped_funds
from models.values.rounds import RoundKey
from models.values.rows import ApplicationRow
from tests.entitled import put
from tests.gui.builders import FUND, wolverhampton_round
from tests.gui.deciding import CHAIR, make_decided, make_payable, make_recommended
from tests.gui.meeting_rounds import meeting_record
from tests.gui.ranking_rounds import two_member_round
from tests.models.made_once import file_made_once

CODES = ("A1", "A2", "A3", "A4", "A5", "A6", "A7")
OFFICER = Actor("Priya Nair")
OPENER = Opener("Priya Nair", "tests")
ALIKE = (
    ApplicationRow("W-900", "Mill Lane Larder", "Food", requested_pence=90_000, postcode="WV1 1AA"),
    ApplicationRow("W-901", "Mill Lane Larder Ltd", "Food", requested_pence=95_000),
)
"""Two applications of one organisation, as far as anybody can tell."""


@file_made_once
def make_record(path: Path, stage: str, scoring: Path) -> Path:
    """Make a closed record at a stage; `scoring` is one whose round is being scored."""
    if stage == "scoring":
        _mark_one(path, scoring)
    else:
        MAKERS[stage](path)
    return path


def _mark_one(path: Path, scoring: Path) -> None:
    path.write_bytes(scoring.read_bytes())
    with Record.open(path, OPENER) as record:
        for code in CODES:
            put(record, SetMark(1, "NAIR", "W-003", code, 4, None))


def _make_empty(path: Path) -> None:
    with Record.create(path, OPENER) as record:
        record.perform(SetUpOffice("Office", shipped_funds()), OFFICER)


def _make_ranked(path: Path) -> None:
    with Record.create(path, OPENER) as record:
        record.perform(LoadRound(two_member_round()), CHAIR)


def _make_alike(path: Path) -> None:
    """Two applications look alike, and their gates are to check."""
    with Record.create(path, OPENER) as record:
        record.perform(SetUpOffice("Office", shipped_funds()), OFFICER)
        record.perform(LoadRound(wolverhampton_round()), CHAIR)
        record.perform(ImportApplications(RoundKey(FUND, "2026/27", "Round 2"), ALIKE), CHAIR)


def _make_meeting(path: Path) -> None:
    meeting_record(path, "scoring", "meeting")


MAKERS: dict[str, Callable[[Path], object]] = {
    "empty": _make_empty,
    "intake": meeting_record,
    "alike": _make_alike,
    "meeting": _make_meeting,
    "ranked": _make_ranked,
    "recommended": make_recommended,
    "decided": make_decided,
    "payable": make_payable,
}

"""An award has one list of conditions, and every paper that prints conditions prints that list."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from models.operation import Actor
from models.operations.deciding.deciding import RecordDecisions
from models.queries.deciding.decisions import chain_of
from models.queries.deciding.reasons import standard_conditions
from models.record import Opener, Record
from models.values.recommending import LineDecision
from tests.cli.conftest import Run

WHO = ("--as", "Dee Decider", "--post", "Chief Executive", "--unsigned-because", "They are away.")
ROUND = ("--round", "Autumn")
OWN = "Tell the office the dates of the sessions."


@pytest.fixture
def recommended(run: Run, record: Path) -> Path:
    """A record whose recommendations were recorded in bulk, by command, with a reason."""
    reasons = record.with_name("reasons.csv")
    reasons.write_text("Reference,Reason\nACF-001,Quieter evenings.\n", encoding="utf-8")
    assert run("recommend", record, *ROUND, "--accept", "--reasons", reasons).status == 0
    return record


def standard(record: Path) -> tuple[str, ...]:
    with Record.open(record, Opener("tests", "tests")) as opened:
        return opened.ask(partial(standard_conditions, round_id=1))


def printed(run: Run, record: Path) -> dict[str, str]:
    """Return all that the award schedule, a letter and the list of a month print, by kind."""
    folder = record.parent
    found = {}
    for kind, more in (("schedule-xlsx", ROUND), ("publication", ("--month", "2026-12"))):
        path = folder / f"{kind}.xlsx"
        assert run("export", record, kind, *more, "--out", path).status == 0
        cells = (cell.value for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row)
        found[kind] = "\n".join(str(value) for value in cells if value is not None)
    assert run("export", record, "letters", *ROUND, "--out", folder / "letters").status == 0
    (letter,) = (folder / "letters").glob("*ACF-001*.docx")
    found["letters"] = "\n".join(paragraph.text for paragraph in Document(str(letter)).paragraphs)
    return found


def test_the_standard_ones_are_on_every_paper(run: Run, recommended: Path) -> None:
    decide = (*ROUND, "--notice", "031/2026", "--on", "2026-12-02", *WHO, "--accept")
    assert run("decide", recommended, *decide).status == 0
    conditions = standard(recommended)
    assert conditions

    papers = printed(run, recommended)

    assert {kind: [c for c in conditions if c not in text] for kind, text in papers.items()} == {
        "schedule-xlsx": [],
        "publication": [],
        "letters": [],
    }


def test_what_the_office_changed_is_on_every_paper_and_nothing_else(run: Run, recommended: Path) -> None:
    conditions = standard(recommended)
    line = LineDecision("ACF-001", conditions=(conditions[0], OWN))
    with Record.open(recommended, Opener("tests", "tests")) as opened:
        opened.perform(_decision(opened, line), Actor("Grace Okoro"))

    papers = printed(run, recommended)

    for text in papers.values():
        assert OWN in text
        assert [c for c in conditions if c in text] == [conditions[0]]


def _decision(record: Record, line: LineDecision) -> RecordDecisions:
    last = len(record.ask(partial(chain_of, round_id=1))) - 1
    signed = ("Dee Decider", "Chief Executive", date(2026, 12, 2), "none")
    why = "The commander is away."
    return RecordDecisions(
        1, last, *signed, (line,), notice="031/2026", from_paper=True, unsigned_because=why
    )

"""How members mark beside each other: of areas past scoring, and never of a closed application."""

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.set_up.areas import MoveArea
from models.permissions.viewing import Viewer
from models.queries.panel.meeting_figures import marking_spread
from models.record import Record
from models.values.rows import InterestRow, MemberRow, RoundRows, SheetRow
from scoring.round import Area, InterestKind
from tests.models.rounds import application, load, set_up_office, workbook_rows

CHAIR = Actor("Ravi Example", "chair")


def six_shared() -> RoundRows:
    """Return six applications to Dudley that two members marked, the second a mark higher throughout."""
    references = [f"ACF-{number:03d}" for number in range(1, 7)]
    sheets = [SheetRow("M1", reference, True, (2, 3, 4)) for reference in references]
    sheets += [SheetRow("M2", reference, True, (3, 4, 5)) for reference in references]
    return replace(
        workbook_rows(),
        areas=(Area("Dudley", 1_000_000),),
        applications=tuple(application(number, area="Dudley") for number in range(1, 7)),
        members=(MemberRow("M1", "Ann Sample"), MemberRow("M2", "Ravi Example", "chair")),
        interests=(InterestRow("M2", "ACF-006", InterestKind.PECUNIARY, "a cousin"),),
        sheets=tuple(sheets),
        agreed=(),
        not_applicable=(),
        chair_decisions=(),
    )


def found(record: Record, reader: str | None = None) -> dict[str, tuple[int, int]]:
    rows = record.ask(lambda session: marking_spread(session, 1, Viewer("", member=reader)))
    return {row.name: (row.severity.shared, row.severity.mean_1e2) for row in rows}


@pytest.fixture
def scored(record: Record) -> Record:
    """A record with the six, still in scoring."""
    load(set_up_office(record), six_shared())
    record.perform(MoveArea(1, "Dudley", "scoring"), CHAIR)
    return record


def test_nothing_is_told_while_an_area_is_scoring(scored: Record) -> None:
    assert found(scored) == {}

    scored.perform(MoveArea(1, "Dudley", "meeting"), CHAIR)

    assert found(scored) == {"Ann Sample": (6, -100), "Ravi Example": (6, 100)}


def test_an_application_that_is_closed_to_the_reader_is_left_out(scored: Record) -> None:
    scored.perform(MoveArea(1, "Dudley", "meeting"), CHAIR)

    assert found(scored, "M2") == {"Ann Sample": (5, -100), "Ravi Example": (5, 100)}
    assert found(scored, "M1") == found(scored)


def test_a_sheet_that_is_not_handed_in_is_not_compared(record: Record) -> None:
    rows = six_shared()
    open_sheets = tuple(replace(sheet, submitted=sheet.application > "ACF-002") for sheet in rows.sheets)
    load(set_up_office(record), replace(rows, sheets=open_sheets))
    for stage in ("scoring", "meeting"):
        record.perform(MoveArea(1, "Dudley", stage), CHAIR)

    assert found(record) == {}


def test_a_reopened_sheet_counts_as_it_was_first_handed_in(record: Record) -> None:
    rows = six_shared()
    again = tuple(
        replace(sheet, marks=(5, 5, 5), submitted=False, reopened="Misread", first=sheet.marks)
        if sheet.member == "M1"
        else sheet
        for sheet in rows.sheets
    )
    load(set_up_office(record), replace(rows, sheets=again))
    for stage in ("scoring", "meeting"):
        record.perform(MoveArea(1, "Dudley", stage), CHAIR)

    assert {name: mean for name, (_, mean) in found(record).items()} == {
        "Ann Sample": -100,
        "Ravi Example": 100,
    }

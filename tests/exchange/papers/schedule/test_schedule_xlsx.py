"""The award schedule as a workbook, read back cell by cell."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace

from models.papers.status import PaperStatus
from scoring.schedule.lines import Awarded, PanelOutcome, Recommended, Settled
from scoring.schedule.values import AwardSchedule
from tests.exchange.schedule_rounds import PAPER, made_round, schedule_of, with_incidents, write_schedule

HOSTILE = (
    *("=1+1", "==== heading ====", "+44 7700 900000", "-5", "@SUM(A1)", "#N/A"),
    *('=HYPERLINK("http://127.0.0.1","x")', "<b>unclosed & <img src='/etc/hostname'>"),
    *("Łączność, Gŵyr, ਪੰਜਾਬੀ, 🎉", "two\nlines"),
)


def written(
    schedule: AwardSchedule, folder: Path, *, values: bool = True, status: PaperStatus = PAPER
) -> Any:
    """Return the workbook of a schedule as openpyxl reads it back."""
    return openpyxl.load_workbook(
        write_schedule(schedule, folder / "schedule.xlsx", status=status), data_only=values
    )


def full_schedule() -> AwardSchedule:
    """Return a schedule with recommendations, awards, conditions, interests and those not ranked."""
    settled = Settled(
        recommended=(
            Recommended("ACF-001", PanelOutcome.FUND, 120_050, "strong need", conditions=("Receipts", "DBS")),
            Recommended("ACF-004", PanelOutcome.DECLINE, None, "out of scope", exception=True),
        ),
        awarded=(Awarded("ACF-001", 100_000),),
    )
    return schedule_of(with_incidents(made_round(12)), settled)


def test_every_cell_of_the_schedule_is_the_value_that_was_given(tmp_path: Path) -> None:
    schedule = full_schedule()
    book = written(schedule, tmp_path)
    rows = list(book["Schedule"].iter_rows(min_row=5, values_only=True))

    assert len(rows) == len(schedule.lines) == 10
    assert list(book["Conditions"].values)[4:] == [(1, "Receipts"), (2, "DBS")]
    assert book["Schedule"].print_area == "'Schedule'!$A$1:$O$14"
    for row, line in zip(rows, schedule.lines, strict=True):
        assert row == (
            line.reference,
            line.organisation,
            line.number,
            line.project,
            line.area,
            line.crime_type,
            line.requested_pence / 100,
            None if line.recommended_pence is None else line.recommended_pence / 100,
            None if line.awarded_pence is None else line.awarded_pence / 100,
            line.total_1e2 / 100,
            line.place,
            line.outcome,
            "1 to 2" if line.reference == "ACF-001" else None,
            line.reason or None,
            None,
            line.allocated or None,
        )


def test_places_are_numbers_that_show_ties_and_the_rule_that_won(tmp_path: Path) -> None:
    rows = made_round(4, areas=1)
    # the first two have the same marks throughout and no time; the third wins nothing, the fourth trails
    agreed = [replace(a, marks=(3,) * 7) for a in rows.agreed]
    agreed[2] = replace(agreed[2], marks=(4, 3, 3, 3, 3, 3, 3))
    agreed[3] = replace(agreed[3], marks=(2, 3, 3, 3, 3, 3, 3))
    applications = tuple(replace(a, received_at=None) for a in rows.applications)
    schedule = schedule_of(replace(rows, agreed=tuple(agreed), applications=applications))
    sheet = written(schedule, tmp_path)["Schedule"]

    assert [(sheet.cell(r, 11).value, sheet.cell(r, 11).number_format) for r in range(5, 9)] == [
        (1, "0"),
        (2, '"="0'),
        (2, '"="0'),
        (4, "0"),
    ]


def test_totals_are_live_and_the_areas_show_pots_sums_and_what_is_left(tmp_path: Path) -> None:
    schedule = full_schedule()

    formulas = written(schedule, tmp_path, values=False)["Schedule"]
    values = written(schedule, tmp_path)["Schedule"]

    assert formulas["G3"].value == "=SUBTOTAL(109,G5:G14)"
    assert values["A3"].value == "Total of 10 lines"
    whole = schedule.whole
    assert [values[c].value for c in ("G3", "H3", "I3")] == [whole.requested_pence / 100, 1200.50, 1000.00]

    rows = list(written(schedule, tmp_path)["Areas"].iter_rows(min_row=5, values_only=True))

    assert [row[0] for row in rows] == ["Coventry", "Birmingham East", "Sandwell", "All areas"]
    # each pot £12,000.00 = 4,000 × (1 + 12 // 3 // 2), £10,000.00 apart; £1,200.50 recommended in Coventry
    assert rows[0][1:5] == (12_000.0, 0, 10_000.0, 0)
    # £1,000.00 of the £1,200.50 was awarded, and that is what stands: £11,000.00 of the pot is left
    assert rows[0][7:] == (1200.5, 1000, 1000, 11_000, 0, None)
    assert rows[3][5] == 10


def test_text_from_applicants_is_always_a_text_cell_clean_of_what_no_cell_can_hold(tmp_path: Path) -> None:
    rows = made_round(len(HOSTILE) + 1, areas=1)
    dirty = "a\x00b\u202ec\ud800d\r\ne\ufffff"
    hostile = zip(rows.applications, (*HOSTILE, dirty), strict=True)
    told = tuple(replace(one, project=text) for one, text in hostile)
    sheet = written(schedule_of(replace(rows, applications=told)), tmp_path, values=False)["Schedule"]

    cells = sheet["D"][4:]
    assert {cell.value for cell in cells} == {*HOSTILE, "a bc\ufffdd\ne f"}
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


@pytest.mark.parametrize("letter", ["x", "🎉", "_x000D_"])
def test_a_text_longer_than_a_cell_goes_on_in_a_sheet_of_its_own(tmp_path: Path, letter: str) -> None:
    rows = made_round(1, areas=1)
    long = letter * 40_000
    schedule = schedule_of(replace(rows, applications=(replace(rows.applications[0], project=long),)))
    book = written(schedule, tmp_path)

    start, note, _ = book["Schedule"]["D5"].value.partition(" … (goes on in row 5 of the sheet Continued)")
    rest = "".join(row[2] for row in book["Continued"].iter_rows(min_row=5, values_only=True))
    assert note
    assert (start + rest).replace("_x005F_", "_") == long  # as a spreadsheet reads it
    assert all(len(c.value.encode("utf-16-le")) // 2 <= 32_767 for c in book["Continued"]["C"] if c.value)

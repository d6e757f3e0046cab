"""The monitoring workbook and the return to the Ministry: figures that agree, and faults at their cell."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace
from python_calamine import CalamineWorkbook

from exchange.forms import FormFaults
from exchange.papers.document.values import Para, Table
from exchange.papers.monitoring.ministry import SAID as SENTENCES
from exchange.papers.monitoring.ministry import (
    ministry_document,
    signatures,
    summed,
)
from exchange.papers.monitoring.monitoring import (
    MonitoringReading,
    TakenReturn,
    changed_lines,
    read_monitoring,
    write_monitoring_form,
)
from exchange.papers.paper_writing import write_paper
from models.papers.ministry.summing import MinistryReturn, PeopleLine, ProviderLine, ReportedReturn, SpendLine
from models.papers.monitoring.monitoring import (
    AgreedOutput,
    AwardMonitoring,
    AwardReturn,
    Monitoring,
    OutputProgress,
    ReturnContent,
    SupportedNumber,
    Visit,
)
from models.papers.status import PaperStatus
from models.reference.defaults import USUAL_RETURNS, ReferenceList
from models.values.awards import PlannedReturn
from tests.models.papers.ministry.test_ministry import BEFORE

NOW = datetime(2027, 9, 11, 9, 0, tzinfo=UTC)
STATUS = PaperStatus(NOW, "ab" * 32)
HOSTILE = '=HYPERLINK("http://example.invalid") <b>& Co'
LISTS = (
    ReferenceList("service_areas", "Service area", ("Sexual violence", "Domestic violence")),
    ReferenceList("needs", "Category of need", ("Shelter and accommodation",)),
)
SAID = ReturnContent(
    date(2027, 3, 3),
    "-1+1 evenings\nwere held.",
    45_050,
    (OutputProgress(1, 12), OutputProgress(2, None, "@most say so")),
    (SupportedNumber("needs", "Shelter and accommodation", 7),),
)
DUE = (PlannedReturn(1, date(2027, 3, 1), "half way"), PlannedReturn(2, date(2027, 9, 1), "the end"))
FIRST = AwardMonitoring(
    application="VF-001",
    reference="A-031-01",
    organisation=HOSTILE,
    project="+cmd|' /C calc'!A0",
    area="Coventry",
    amount_pence=1_000_050,
    paid_pence=33_000,
    start_on=date(2026, 12, 2),
    end_on=date(2027, 8, 4),
    outputs=(AgreedOutput(1, "=40 sessions", 40), AgreedOutput(2, "People feel safer", is_outcome=True)),
    returns=(AwardReturn(DUE[0], SAID), AwardReturn(DUE[1])),
    visits=(Visit(date(2027, 2, 2), "Grace Okoro", "@A full hall"),),
)
SECOND = replace(
    FIRST,
    application="VF-002",
    reference="A-031-02",
    organisation="Kite Club",
    amount_pence=5,
    paid_pence=0,
    returns=(AwardReturn(DUE[0]),),
    outputs=(),
    visits=(),
)
VALUE = Monitoring(
    office="Example office",
    fund="Victims Fund",
    round_name="Small grants",
    year="2026/27",
    marking="OFFICIAL",
    today=NOW.date(),
    bands=USUAL_RETURNS,
    own_bands=False,
    lists=LISTS,
    awards=(FIRST, SECOND),
)


def written(tmp_path: Path, value: Monitoring = VALUE, name: str = "m.xlsx") -> Path:
    return write_paper("monitoring", value, STATUS, tmp_path / name)


def filled_in(tmp_path: Path, *cells: tuple[str, str, Any]) -> Path:
    """Return a workbook with cells of the form filled in as Excel would leave them."""
    path = written(tmp_path)
    book = openpyxl.load_workbook(path)
    for sheet, place, cell in cells:
        book[sheet][place] = cell
    book.save(path)
    return path


def taken(tmp_path: Path, *cells: tuple[str, str, Any]) -> tuple[TakenReturn, ...]:
    return read_monitoring(filled_in(tmp_path, *cells), VALUE).taken


def faults(tmp_path: Path, *cells: tuple[str, str, Any]) -> tuple[str, ...]:
    with pytest.raises(FormFaults) as no:
        taken(tmp_path, *cells)
    return no.value.faults


def note_of(path: Path, sheet: str) -> str:
    """Return what stands below the title of a sheet."""
    book = openpyxl.load_workbook(path)
    return " ".join(str(book[sheet][f"A{n}"].value) for n in (2, 3))


def table(path: Path, sheet: str) -> list[dict[Any, Any]]:
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()
    return [dict(zip(map(str, rows[3]), row, strict=True)) for row in rows[4:]]


def test_awards_add_up_with_live_sums(tmp_path: Path) -> None:
    path = written(tmp_path)

    rows = table(path, "Awards")

    # £10,000.50 + £0.05; £330.00 paid; £450.50 evidenced, which is £120.50 more
    assert [row["Stands at"] for row in rows] == [10000.5, 0.05, 10000.55]
    assert (rows[2]["Paid less returned"], rows[2]["Spend evidenced"]) == (330, 450.5)
    assert [(row["Returns planned"], row["Received"], row["Overdue"]) for row in rows] == [
        (2, 1, 1),
        (1, 0, 1),
        (3, 1, 2),
    ]
    assert openpyxl.load_workbook(path)["Awards"]["F7"].value == "=SUM(F5:F6)"
    assert rows[0]["To look at"] == (
        "£450.50 of spend is evidenced on A-031-01, £120.50 more than the £330.00 that was paid."
    )
    assert rows[1]["To look at"] == "No output is recorded yet."
    first = VALUE.awards[0]
    assert replace(first, paid_pence=100_000).unevidenced == "", "a return is still to come"
    done = replace(first, paid_pence=100_000, returns=first.received)
    found = table(written(tmp_path, replace(VALUE, awards=(done, *VALUE.awards[1:]))), "Awards")
    assert found[0]["To look at"] == (  # 1,000.00 less 450.50
        "Every return of A-031-01 came in, and £549.50 of the £1,000.00 that was paid is not evidenced."
    )
    assert replace(done, paid_pence=45_050).unevidenced == ""
    assert rows[0]["Progress"].splitlines()[:2] == [
        "=40 sessions: 12 of 40",
        "People feel safer: @most say so",
    ]


def test_text_stays_text_in_every_sheet_and_entries_alone_are_open(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path))

    for sheet in book:
        for row in sheet.iter_rows(min_row=5):
            for cell in row:
                assert cell.data_type != "f" or str(cell.value).startswith("=SUM("), cell
    assert book["Awards"]["C5"].value == HOSTILE
    assert book["Returns"]["I5"].value == "-1+1 evenings\nwere held."
    assert book["Visits"]["F5"].value == "@A full hall"

    sheet = book["Returns"]
    assert sheet.protection.sheet
    locked = {sheet.cell(4, n).value: sheet.cell(6, n).protection.locked for n in range(1, 10)}
    is_open = [name for name, is_locked in locked.items() if not is_locked]
    assert is_open == ["Received on", "Spend evidenced", "What the return says"]
    assert sorted(rule.type for rule in sheet.data_validations.dataValidation) == ["date", "decimal"]
    assert not book["Awards"].protection.sheet


def test_what_is_overdue_is_listed_and_the_ministry_return_names_what_is_missing(tmp_path: Path) -> None:
    rows = table(written(tmp_path), "Overdue")

    # 1 March to 11 September is 194 days, 1 September 10 days
    assert [(row["Days overdue"], row["Award"], row["Return"]) for row in rows] == [
        (194, "A-031-02", 1),
        (10, "A-031-01", 2),
    ]

    rows = table(written(tmp_path), "Ministry return")

    assert [(row["Line"], row["People supported"], row["Due, without numbers"]) for row in rows] == [
        ("Sexual violence", 0, 2),
        ("Domestic violence", 0, 2),
        ("Shelter and accommodation", 7, 1),
    ]
    note = note_of(written(tmp_path), "Ministry return")
    assert "No numbers came from A-031-02. Lines are empty in what came from A-031-01." in note


def test_a_form_for_one_award_tells_of_nobody_else(tmp_path: Path) -> None:
    path = write_monitoring_form(VALUE, "VF-002", NOW, tmp_path / "form.xlsx")

    book = openpyxl.load_workbook(path)

    assert book.sheetnames == ["Returns", "Progress", "People supported"]
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any("VF-001" in cell or "HYPERLINK" in cell for cell in cells)
    assert read_monitoring(path, VALUE) == MonitoringReading("form.xlsx", (), 0)


def test_what_is_filled_in_is_taken_on_top_of_what_stands(tmp_path: Path) -> None:
    path = filled_in(
        tmp_path,
        ("Returns", "G6", datetime(2027, 9, 5)),
        ("Returns", "H6", "£1,000.05"),
        ("Returns", "I6", " It ended well. "),
        ("Progress", "I7", 28),
        ("Progress", "J8", "All say so"),
        ("People supported", "H8", 3),
        ("Returns", "G7", "12/03/2027"),
        ("Progress", "I5", "N/A"),
    )

    reading = read_monitoring(path, VALUE)

    assert (reading.new, reading.unchanged) == (2, 1)
    first, second = reading.taken
    assert (first.application, first.number, first.standing) == ("VF-001", 2, None)
    assert first.said == ReturnContent(
        date(2027, 9, 5),
        "It ended well.",
        100_005,
        (OutputProgress(1, 28), OutputProgress(2, None, "All say so")),
        (SupportedNumber("service_areas", "Sexual violence", 3),),
    )
    assert second.said == ReturnContent(date(2027, 3, 12))


def test_a_return_cannot_have_come_in_on_a_day_that_is_still_to_come(tmp_path: Path) -> None:
    path = filled_in(tmp_path, ("Returns", "G7", "12/03/2027"))

    with pytest.raises(FormFaults, match="Returns!G7: 12 March 2027 is still to come"):
        read_monitoring(path, VALUE, received_on=date(2027, 3, 11))
    assert read_monitoring(path, VALUE, received_on=date(2027, 3, 12)).new == 1


def test_the_same_file_twice_adds_nothing_and_a_blank_leaves_what_stands(tmp_path: Path) -> None:
    path = filled_in(tmp_path, ("Returns", "G6", datetime(2027, 9, 5)), ("Progress", "I7", 28))
    (said,) = (one.said for one in read_monitoring(path, VALUE).taken)
    after = replace(FIRST, returns=(FIRST.returns[0], AwardReturn(DUE[1], said)))

    again = read_monitoring(path, replace(VALUE, awards=(after, SECOND)))

    assert (again.taken, again.unchanged) == ((), 2)

    blank = ("Returns", "H5", None), ("Returns", "I5", None)

    (found,) = taken(tmp_path, *blank, ("Progress", "I5", 13))

    assert found.said == replace(SAID, progress=(OutputProgress(1, 13), SAID.progress[1]))
    assert found.standing == SAID


def test_what_a_workbook_changes_is_told_from_what_to_what(tmp_path: Path) -> None:
    changes = (
        *(("Returns", "G5", "05/03/2027"), ("Returns", "H5", 460.5), ("Returns", "G6", "05/09/2027")),
        *(("Progress", "I5", 13), ("People supported", "H8", 9)),
    )
    before = replace(SAID, words="", spent_pence=None, progress=(), supported=())

    assert changed_lines(taken(tmp_path, *changes)) == (
        "VF-001, return 1: received from 3 Mar 2027 to 5 Mar 2027",
        "VF-001, return 1: spend evidenced from £450.50 to £460.50",
        "VF-001, return 1: output 1 achieved from 12 to 13",
    )
    assert changed_lines([TakenReturn("VF-001", 1, before, SAID)]) == (
        "VF-001, return 1: spend evidenced from £450.50 to –",
        "VF-001, return 1: words from “-1+1 evenings were held.” to –",
        "VF-001, return 1: output 1 achieved from 12 to –",
        "VF-001, return 1: output 2 in words from “@most say so” to –",
        "VF-001, return 1: people under “Shelter and accommodation” from 7 to –",
    )


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (("Returns", "H5", "about 5"), "Returns!H5: “about 5” is not an exact amount"),
        (("Returns", "I6", "Words alone"), "Returns!G6: say on what day return 2 of VF-001 was received."),
        (("Progress", "I5", -1), "Progress!I5: “-1” is below 0; write a whole number of 0 or more."),
        (("Returns", "A5", "VF-009"), "Returns!A5: “VF-009” has no award in this round."),
        (("Returns", "D5", 7), "Returns!D5: A-031-01 has no such return."),
        (("Progress", "G5", "50 sessions"), "Progress!G5: “=40 sessions” is agreed now."),
        (("People supported", "F7", "Pets"), "People supported!F7: “Pets” is not a list of this fund."),
        (("Progress", "F5", 9), "Progress!F5: A-031-01 has no such output."),
        (("People supported", "G7", "Cats"), "People supported!G7: “Cats” is not a line of that list."),
        (("Returns", "G4", "Came in"), "Returns: the heading “Received on” is missing."),
    ],
)
def test_a_fault_is_named_with_its_cell(tmp_path: Path, cell: tuple[str, str, Any], words: str) -> None:
    found = faults(tmp_path, cell)

    assert len(found) == 1
    assert found[0].startswith(words)


def test_every_fault_is_named_a_row_that_stands_twice_too_and_nothing_is_taken(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        ("Returns", "G6", datetime(2027, 9, 5)),
        ("Returns", "H6", -1),
        ("Progress", "I7", "many"),
        ("People supported", "H8", "=1/0"),
        ("Progress", "J8", "=A1"),
    )

    places = [fault.split(": ")[0] for fault in found]
    assert places == ["Returns!H6", "Progress!I7", "Progress!J8", "People supported!H8"]

    found = faults(tmp_path, ("Returns", "D6", 1), ("Returns", "G6", datetime(2027, 9, 5)))

    assert found == ("Returns!A6: this row appears twice. Remove one of them.",)


MINISTRY_PAGES_STATUS = PaperStatus(datetime(2027, 5, 3, tzinfo=UTC), "0" * 64)
EMPTY = replace(
    BEFORE,
    office="Office of Westmarch",
    period_words="Q3 2026/27",
    people=(PeopleLine("needs", "Category of need", "Shelter", 0, 0),),
    spending=(SpendLine("Service area", "Shelter"), SpendLine("Service area", "Counselling")),
    providers=(),
)


def parts(value: MinistryReturn) -> tuple[list[str], list[Table]]:
    blocks = ministry_document(value, MINISTRY_PAGES_STATUS).blocks
    return [one.text for one in blocks if isinstance(one, Para)], [o for o in blocks if isinstance(o, Table)]


def test_the_grant_is_the_ministrys_own_and_a_draft_to_compare_with_has_nowhere_to_sign() -> None:
    first = summed(replace(EMPTY, grant_pence=190_000_000, ministry_pence=170_000_000))
    of_fund = summed(replace(EMPTY, grant_pence=190_000_000))

    assert first[:2] == (
        ("Grant for 2026/27", 170_000_000),
        ("The fund’s money for 2026/27, from all sources", 190_000_000),
    )
    assert of_fund[0] == ("The fund’s money for 2026/27", 190_000_000), "of which no source is recorded"
    assert "Grant" not in str(of_fund)
    assert summed(EMPTY)[0][0].startswith("Awards")

    value = replace(EMPTY, period="2026/27", submitted_beside=("2026/27-Q1", "2026/27-Q2"))

    assert SENTENCES.signing(value).startswith("A draft to compare with: 2026/27-Q1 and 2026/27-Q2 were")
    assert [*signatures(value)] == []


MISSING = "what is missing is said under Providers."
LATER = "Providers says up to which day the next return of each award tells."
COMPLETE = "nothing is missing."
LINE = ProviderLine("A-1", "VF-1", "Kite Club", "Autumn", "", "", 100, 0, 0)


def test_a_return_is_never_complete_and_short_of_something_at_once() -> None:
    """An award whose next return ends after the period is neither missing nor complete."""
    waits = replace(LINE, next_to=date(2027, 1, 15))
    came = replace(waits, returns=(ReportedReturn(1, "half way", date(2027, 1, 5), date(2027, 1, 4)),))
    owes = replace(waits, missing=("No permitted purpose is chosen.",))

    for lines, control, tells in (
        ((waits, came), "no return due for 1 award", LATER),
        ((waits, owes), "information missing for 1 award", MISSING),
        ((came,), "nothing missing", COMPLETE),
    ):
        value = replace(EMPTY, providers=lines)
        _, (providers,) = parts(value)
        assert value.control.endswith(f", {control}")
        assert SENTENCES.signing(value).endswith(tells)
        is_told = any(column.heading == "Missing, or to be settled" for column in providers.columns)
        assert is_told == bool(value.silent), "a column in which nothing is missing says nothing"

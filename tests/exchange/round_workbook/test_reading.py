"""A sound round workbook is read exactly, and what is written is read back the same."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import integers, lists, sampled_from, tuples
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell as WritingCell

from exchange.forms import FormFaults
from exchange.reading.sheets import Cell
from exchange.round_workbook.layout import COLUMNS, LONG_TEXTS, ROUND_FIELDS, SHEETS, SIGNING, rest_note
from exchange.round_workbook.read import outside_warning, read_round
from exchange.round_workbook.table import moment
from exchange.round_workbook.write import with_marks_ready, write_round
from exchange.xlsx.xlsx_cells import units
from models.values.rows import (
    AgreedRow,
    InterestRow,
    NotApplicableRow,
    RoundRows,
    SeatRow,
    SheetRow,
    scored_round,
)
from scoring.rank import rank
from scoring.round import Eligibility, InterestKind
from scoring.scheme import Allocation, Band, Combine, Method
from scoring.written.text import Unreadable
from tests.exchange.round_workbook.rounds import rounds
from tests.exchange.round_workbook.workbooks import answers_in_order, good_sheets, put, read, read_file
from tests.models.operations.meetings import meeting_rows
from tests.models.rounds import workbook_rows


def test_a_workbook_that_says_nothing_has_the_defaults_of_section_8() -> None:
    sheets = good_sheets()
    sheets["Round"] = sheets["Round"][:4]
    for sheet in ("Members", "Interests", "Marks", "Agreed", "Not applicable", "Chair decisions"):
        del sheets[sheet]

    rows = read(sheets)

    assert (rows.scheme.ladder, rows.scheme.allocation, rows.scheme.quorum) == ((), Allocation.STOP, 1)
    assert (rows.scheme.combine, rows.scheme.scale_maximum) == (Combine.CONSENSUS, 5)
    assert (rows.scheme.not_applicable_allowed, rows.year, rows.members) == (False, "", ())
    assert {(a.eligibility, a.withdrawn) for a in rows.applications} == {(Eligibility.YES, False)}


def test_headings_and_codes_are_compared_without_case_and_keep_the_schemes_spelling() -> None:
    sheets = put(put(good_sheets(), "Marks!D1", " a1 "), "Marks!F1", "a1 COMMENT")
    put(put(sheets, "Round!B11", "criterion:a2"), "Not applicable!B2", "a2")
    put(sheets, "Pots!C1", "START-UP")

    rows = read(sheets)

    assert rows.sheets == read(good_sheets()).sheets
    assert (rows.scheme.ladder, rows.not_applicable[0].criterion) == (("criterion:A2",), "A2")
    assert rows.areas[0].start_up_pence == 100_000


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    sheets = {name: [list(reversed(row)) for row in rows] for name, rows in padded().items()}

    assert read_file(sheets, tmp_path / "round.xlsx") == read(good_sheets())


@pytest.mark.parametrize(
    ("cell", "at", "has_time"),
    [
        (date(2026, 9, 1), datetime(2026, 9, 1), False),
        (datetime(2026, 9, 1, 9, 4, 59, 999_700), datetime(2026, 9, 1, 9, 5), True),
        ("2026-09-01 00:00", datetime(2026, 9, 1), True),
        ("2026-07-31T23:30:00.5Z", datetime(2026, 8, 1, 0, 30, 0, 500_000), True),
    ],
)
def test_received_is_an_excel_date_or_iso_text_with_its_time_kept(
    cell: Cell, at: datetime, has_time: bool
) -> None:
    row = read(put(good_sheets(), "Applications!F2", cell)).applications[0]

    assert (row.received_at, row.received_has_time) == (at, has_time)


@pytest.mark.parametrize(
    ("cell", "came_to"),
    [
        (True, Eligibility.YES),
        ("No", Eligibility.NO),
        ("to check", Eligibility.TO_CHECK),
        ("waived", Eligibility.WAIVED),
    ],
)
def test_eligible_stands_for_all_gates(cell: Cell, came_to: Eligibility) -> None:
    sheets = put(put(good_sheets(), "Applications!I1", "Eligible"), "Applications!I2", cell)

    assert read(sheets).applications[0].eligibility is came_to


def test_whole_numbers_typed_as_references_and_codes_lose_their_nought() -> None:
    sheets = put(put(good_sheets(), "Applications!A3", 1001.0), "Members!A3", 7.0)
    put(put(sheets, "Interests!B3", "1001"), "Interests!A3", 7)
    put(put(sheets, "Marks!B4", 1001), "Marks!A3", "7")

    rows = read(sheets)

    assert (rows.applications[1].reference, rows.members[1].code) == ("1001", "7")
    assert rows.interests[1] == InterestRow("7", "1001", InterestKind.PECUNIARY, "Treasurer")


def test_extra_columns_of_applications_are_answers_under_their_own_headings() -> None:
    sheets = good_sheets()
    sheets["Applications"][0] += ["Why?", None, "Email", "Email (answer)"]
    sheets["Applications"][1] += ["Twice", "No heading", "a@example.org", "b@example.org"]

    row = read(sheets).applications[0]

    assert row.email == "a@example.org"
    assert row.answers == (
        ("Why?", "Because"),
        ("Why? (2)", "Twice"),
        ("Column J", "No heading"),
        ("Email", "b@example.org"),
    )


def test_extra_columns_fields_and_sheets_elsewhere_are_ignored_with_a_warning() -> None:
    sheets = put(put(good_sheets(), "Pots!E1", "Note"), "Marks!G1", "A3")
    sheets["Round"].append(["Colour", "blue"])
    sheets["Workings"] = [["Anything"]]

    rows = read(sheets)

    assert rows == read(good_sheets())
    assert rows.warnings == (
        "Ignored the sheets Workings.",
        "Round: ignored the field Colour.",
        "Pots: ignored the columns Note.",
        "Marks: ignored the columns A3.",
    )


def test_bands_are_bounds_with_scores() -> None:
    sheets = put(put(good_sheets(), "Criteria!E4", "bands"), "Criteria!I4", "£1,000=100; 2500.50=60 ;")

    criterion = read(sheets).scheme.criteria[2]

    assert criterion.method is Method.BANDS
    assert criterion.bands == (Band(Decimal(1000), Decimal(100)), Band(Decimal("2500.50"), Decimal(60)))


def padded() -> dict[str, list[list[Cell]]]:
    sheets = good_sheets()
    return {
        name: [row + [None] * (max(map(len, rows)) - len(row)) for row in rows]
        for name, rows in sheets.items()
    }


def agreed(*marks: int | None, reasons: tuple[str, ...] = ("", "", "")) -> RoundRows:
    """Return ACF-001, on which the members gave 4 and 2, 0 and 0, 5 and 4, with these agreed marks."""
    return replace(meeting_rows(), agreed=(AgreedRow("ACF-001", marks, reasons),))


def test_the_warning_names_the_mark_and_the_sheet_of_who_has_an_interest_gives_no_range() -> None:
    assert outside_warning(agreed(5, 1, 4)) == (
        "Agreed marks outside every member's mark need a reason, and have none: "
        "A1 of ACF-001 (5; members gave 2 to 4), A2 of ACF-001 (1; members gave 0).",
    )

    rows = agreed(2, 0, 4)  # M2 gave the 2
    barred = InterestRow("M2", "ACF-001", InterestKind.PECUNIARY)

    (warning,) = outside_warning(replace(rows, interests=(*rows.interests, barred)))

    assert "A1 of ACF-001 (2; members gave 4)" in warning


@pytest.mark.parametrize(
    "rows",
    [
        agreed(2, 0, 5),
        agreed(3, None, None),
        agreed(5, 1, 4, reasons=("new figures", "a slip", "")),
        replace(agreed(3, 1, 4), not_applicable=(NotApplicableRow("ACF-001", "A2", "not asked"),)),
        replace(agreed(5, 1, 4), sheets=()),
        replace(agreed(5, 1, 4), scheme=replace(meeting_rows().scheme, combine=Combine.MEAN)),
    ],
)
def test_nothing_is_said_of_marks_within_or_explained_or_without_effect(rows: RoundRows) -> None:
    assert outside_warning(rows) == ()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(rows=rounds())
def test_any_round_written_is_read_back_the_same(rows: RoundRows) -> None:
    with TemporaryDirectory() as folder:
        path = write_round(rows, Path(folder) / "round.xlsx", marks_ready=False)

        assert answers_in_order(read_round(path)) == answers_in_order(rows)


def test_sheets_columns_and_fields_stand_in_the_order_of_the_format(tmp_path: Path) -> None:
    book = load_workbook(write_round(read(good_sheets()), tmp_path / "round.xlsx"))

    assert (*book.sheetnames, SIGNING, LONG_TEXTS) == SHEETS  # nobody is named to sign yet
    assert tuple(row[0].value for row in book["Round"].iter_rows(min_row=2)) == ROUND_FIELDS
    assert [cell.value for cell in book["Criteria"][1]] == list(COLUMNS["Criteria"])
    assert [cell.value for cell in book["Applications"][1]] == [*COLUMNS["Applications"][:-1], "Why?"]
    assert [cell.value for cell in book["Marks"][1]] == [
        *("Member", "Application", "Submitted", "A1", "A2", "A1 comment", "A2 comment")
    ]
    assert [cell.value for cell in book["Agreed"][1]] == [
        *("Application", "A1", "A2", "A1 reason", "A2 reason", "Dissent")
    ]


def test_who_signs_is_written_where_anybody_is_named_and_read_back(tmp_path: Path) -> None:
    seats = (SeatRow("Commander", "Coventry", "Ann Sample; Cy Sample"), SeatRow("Chief Executive", "", ""))

    again = read_round(write_round(replace(read(good_sheets()), seats=seats), tmp_path / "round.xlsx"))

    assert again.seats == seats


def test_an_agreed_row_is_ready_for_each_application_and_a_blank_one_agrees_nothing(tmp_path: Path) -> None:
    rows = replace(read(good_sheets()), agreed=())
    rows = replace(rows, scheme=replace(rows.scheme, combine=Combine.CONSENSUS))
    path = write_round(rows, tmp_path / "round.xlsx")

    book = load_workbook(path)
    listed = [row[0] for row in book["Agreed"].iter_rows(min_row=2, values_only=True)]
    assert listed == [one.reference for one in rows.applications]
    assert read_round(path).agreed == ()

    book["Agreed"].cell(2, 2).value = 3
    book.save(path)
    (agreed,) = read_round(path).agreed
    assert (agreed.application, agreed.marks[0]) == (listed[0], 3)

    mean = replace(rows, scheme=replace(rows.scheme, combine=Combine.MEAN))
    assert with_marks_ready(mean).agreed == (), "nothing is agreed there"


def test_a_marks_row_is_ready_for_each_member_without_an_interest(tmp_path: Path) -> None:
    rows = read(good_sheets())

    ready = read_round(write_round(rows, tmp_path / "round.xlsx"))

    assert ready.sheets[:3] == rows.sheets
    # two members, three applications, three sheets there, and M2 declared money in ACF-002
    assert [(s.member, s.application) for s in ready.sheets[3:]] == [("M1", "ACF-003"), ("M2", "ACF-003")]
    assert {(s.submitted, s.marks) for s in ready.sheets[3:]} == {(False, (None, None))}

    late = tuple(InterestRow("M1", of, InterestKind.PECUNIARY) for of in ("ACF-001", "ACF-003"))
    blank = SheetRow("M1", "ACF-003", submitted=False, marks=(None, None))
    rows = replace(rows, interests=late, sheets=(*rows.sheets, blank))

    ready = read_round(write_round(rows, tmp_path / "round.xlsx"))

    of_first = [sheet.application for sheet in ready.sheets if sheet.member == "M1"]
    assert of_first == ["ACF-001", "ACF-002"]  # the marks of ACF-001 were there before


def test_marks_against_an_interest_and_a_tolerance_without_an_authority_give_a_warning() -> None:
    sheets = good_sheets()
    sheets["Marks"].append(["M2", "ACF-002", "yes", 3, 3, None])

    assert read(good_sheets()).warnings == ()
    assert read(sheets).warnings == (
        "Marks of a member who declared an interest or abstained are stored and do not count: M2 on ACF-002.",
    )

    rows = read(put(good_sheets(), "Round!B13", 2.5))

    assert rows.scheme.tolerance_percent == Decimal("2.5")
    assert rows.warnings == ("A tolerance of 2.5 % is applied, but nobody is named who allows it.",)


def test_text_stays_text_and_amounts_and_dates_are_real(tmp_path: Path) -> None:
    sheets = put(
        put(good_sheets(), "Applications!B2", "=HYPERLINK(1)"), "Applications!F2", datetime(2026, 9, 1, 9)
    )

    book = load_workbook(write_round(read(sheets), tmp_path / "round.xlsx"))

    page = book["Applications"]
    assert (page["B2"].value, page["B2"].data_type, page["B2"].quotePrefix) == ("=HYPERLINK(1)", "s", True)
    assert (page["E3"].value, page["E3"].number_format) == (1200.5, '"£"#,##0.00;[Red]-"£"#,##0.00')
    assert (page["J2"].value, page["J2"].is_date) == (datetime(2026, 9, 1, 9), True)


def test_merged_organisations_are_counted_as_one_and_others_of_one_name_apart(
    tmp_path: Path,
) -> None:
    rows = workbook_rows()
    first, second, *others = rows.applications
    scheme = replace(rows.scheme, cap_per_organisation_pence=first.requested_pence)
    merged = ((first.reference, "u-1"), (second.reference, "u-1"))
    written = write_round(replace(rows, scheme=scheme, merged=merged), tmp_path / "merged.xlsx")

    back = replace(read_round(written), scheme=scheme)  # a workbook has no words for each mark

    sheet = load_workbook(written)["Applications"]
    column = [cell.value for cell in sheet[1]].index("Counted as organisation")
    names = [line[column] for line in sheet.iter_rows(min_row=2, values_only=True)]
    assert names == [first.organisation, first.organisation, *(None for _ in others)]
    in_record = rank(scored_round(replace(rows, scheme=scheme, merged=merged)))
    assert rank(scored_round(back)) == in_record
    shared = [one.one_with for one in scored_round(back).applications if one.one_with]
    assert len(shared) == 2
    assert len(set(shared)) == 1

    same = tuple(replace(one, organisation="Kites") for one in rows.applications)
    merged = ((first.reference, "u-1"), (second.reference, "u-2"))

    back = read_round(write_round(replace(rows, applications=same, merged=merged), tmp_path / "two.xlsx"))

    assert back.merged == ((first.reference, "kites"), (second.reference, "kites (2)"))


PIECES = sampled_from(
    ("x", "🎉", "\n", " ", "\r", "_x000D_", "a\x01", rest_note(1, 1), "word ", " … (keep this: the rest is")
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(given=lists(tuples(PIECES, integers(1, 70_000), sampled_from(("", rest_note(2, 3)))), max_size=3))
def test_a_text_longer_than_a_cell_holds_is_read_back_whole(given: list[tuple[str, int, str]]) -> None:
    long = tuple(("a" + piece * (length // len(piece)) + end).strip() for piece, length, end in given)
    rows = read(good_sheets())
    first, second, *others = rows.applications
    summary, need, why = (*long, "", "", "")[:3]
    changed = replace(first, summary=summary, need=need, outcomes=f"{need} {summary}".strip())
    asked = replace(second, answers=((f"What? {why}".strip(), "So."), ("Why?", f"Since {summary}".strip())))
    said = replace(rows.sheets[0], reasons=(f"Seen {why}".strip(), ""))
    rows = replace(rows, applications=(changed, asked, *others), sheets=(said, *rows.sheets[1:]))

    with TemporaryDirectory() as folder:
        path = write_round(rows, Path(folder) / "round.xlsx", marks_ready=False)

        assert answers_in_order(read_round(path)) == answers_in_order(rows)
        texts = [cell for page in load_workbook(path) for row in page.values for cell in row]
        assert all(units(cell) <= 32_767 for cell in texts if isinstance(cell, str))


def long_round(path: Path) -> tuple[RoundRows, Workbook]:
    """Write a round with two long texts, and give it and the workbook to change."""
    rows = read(good_sheets())
    first, second, *others = rows.applications
    long = (replace(first, summary="x" * 32_768), replace(second, need="🎉" * 32_768))
    rows = replace(rows, applications=(*long, *others))
    return rows, load_workbook(write_round(rows, path, marks_ready=False))


def summary_of(book: Workbook) -> WritingCell:
    """Give the cell that holds the summary of the first application."""
    found: WritingCell = book["Applications"].cell(2, COLUMNS["Applications"].index("Summary") + 1)
    return found


def test_a_long_text_may_be_changed_in_its_cell_and_sorted_and_keeps_its_rest(tmp_path: Path) -> None:
    rows, book = long_round(tmp_path / "round.xlsx")
    assert [[cell.value for cell in row[:3]] for row in book["Long texts"]["A1:C5"]] == [
        ["Number", "Sheet", "Row when saved"],
        [1, "Applications", 2],
        *([number, "Applications", 3] for number in (2, 3, 4)),
    ]
    cell = summary_of(book)
    assert cell.value == "x" * 16_384 + " … (keep this: the rest is number 1 on the sheet Long texts)"
    cell.value = f"Changed. {cell.value} \n"
    book["Applications"].move_range("A2:AE2", rows=5)
    book["Long texts"].move_range("A2:D2", rows=7)
    book.save(tmp_path / "round.xlsx")

    read_back = {one.reference: one for one in read_round(tmp_path / "round.xlsx").applications}

    assert read_back["ACF-001"].summary == "Changed. " + "x" * 32_768
    assert read_back["ACF-002"] == rows.applications[1]


def test_a_long_text_that_lost_its_note_or_its_rest_is_a_fault(tmp_path: Path) -> None:
    _, book = long_round(tmp_path / "round.xlsx")
    summary_of(book).value = "Typed over"
    book["Applications"].title = "Other"
    book["Other"].title = "applications"
    book["Long texts"]["A3"].value = 4
    book.save(tmp_path / "round.xlsx")

    with pytest.raises(FormFaults) as refused:
        read_round(tmp_path / "round.xlsx")

    unused = (
        "no text ends with the note that its rest is number {} here. Put the note back at its end, or delete "
        "this row if the rest is no longer wanted."
    )
    assert refused.value.faults == (
        "Applications!X3: the rest is not on the sheet Long texts.",
        f"Long texts!A2: {unused.format(1)}",
        f"Long texts!A4: {unused.format(3)}",
        "Long texts!A5: the number 4 is there twice.",
        f"Long texts!A5: {unused.format(4)}",
    )


@pytest.mark.parametrize("cell", ["1899-12-31", "2200-01-01T10:00", datetime(2200, 1, 1), date(1899, 1, 1)])
def test_day_that_no_record_holds_is_refused_with_its_cell(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="is not a day from 1900 to 2199; check the year"):
        moment(cell)

"""A sound round workbook is read exactly, whatever its layout."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from exchange.reading.sheets import Cell
from exchange.round_workbook.read import outside_warning, read_round
from models.trouble import Trouble
from models.values.rows import AgreedRow, InterestRow, NotApplicableRow, RoundRows, SheetRow
from scoring.round import Eligibility, InterestKind
from scoring.scheme import Allocation, Band, Combine, Method
from tests.exchange.round_workbook.workbooks import good_sheets, put, read, read_file, save
from tests.models.operations.meetings import meeting_rows


def test_a_real_file_reads_as_its_cells_say(tmp_path: Path) -> None:
    assert read_file(good_sheets(), tmp_path / "round.xlsx") == read(good_sheets())


def test_a_file_that_is_no_spreadsheet_is_trouble(tmp_path: Path) -> None:
    path = tmp_path / "round.xlsx"
    path.write_bytes(b"%PDF-1.7")

    with pytest.raises(Trouble, match=r"round\.xlsx"):
        read_round(path)


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
    ("cell", "pence"),
    [
        ("£4,500.00", 450_000),
        (4500, 450_000),
        (4500.1, 450_010),
        ("4500.5", 450_050),
        ("£ 12", 1_200),
        (0.1 + 0.2, 30),
    ],
)
def test_amounts_are_numbers_or_text_like_money(cell: Cell, pence: int) -> None:
    rows = read(put(good_sheets(), "Applications!E2", cell))

    assert rows.applications[0].requested_pence == pence


@pytest.mark.parametrize("cell", [4, 4.0, "4", " 4 ", "4.0"])
def test_a_whole_mark_may_be_text_or_have_a_nought(cell: Cell) -> None:
    assert read(put(good_sheets(), "Marks!D2", cell)).sheets[0].marks == (4, 3)


@pytest.mark.parametrize(
    ("cell", "at", "has_time"),
    [
        (date(2026, 9, 1), datetime(2026, 9, 1), False),
        (datetime(2026, 9, 1, 9, 5), datetime(2026, 9, 1, 9, 5), True),
        (datetime(2026, 9, 1, 9, 4, 59, 999_700), datetime(2026, 9, 1, 9, 5), True),
        ("2026-09-01", datetime(2026, 9, 1), False),
        ("2026-09-01 00:00", datetime(2026, 9, 1), True),
        ("2026-09-01T09:05:30+01:00", datetime(2026, 9, 1, 9, 5, 30), True),
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


def test_a_role_is_a_label() -> None:
    sheets = put(put(good_sheets(), "Members!C2", "Adviser"), "Members!C3", "observer")

    rows = read(sheets)

    assert [member.role for member in rows.members] == ["adviser", "observer"]
    assert rows.warnings == (
        "Members: observer is not one of chair, member, adviser; it is kept as a label.",
    )


def test_an_area_may_be_left_blank() -> None:
    assert read(put(good_sheets(), "Applications!D2", None)).applications[0].area is None


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


def test_a_tolerance_without_an_authority_gives_a_warning() -> None:
    rows = read(put(good_sheets(), "Round!B13", 2.5))

    assert rows.scheme.tolerance_percent == Decimal("2.5")
    assert rows.warnings == ("A tolerance of 2.5 % is applied, but nobody is named who allows it.",)


def test_blank_rows_are_skipped_and_a_row_without_marks_is_a_draft_sheet() -> None:
    sheets = good_sheets()
    sheets["Marks"] += [[None, " ", None], ["M2", "ACF-003", "no"]]

    assert read(sheets).sheets[-1] == SheetRow("M2", "ACF-003", submitted=False, marks=(None, None))


def test_a_repeated_interest_is_harmless() -> None:
    sheets = good_sheets()
    sheets["Interests"].append(["M2", "ACF-002", "pecuniary", "Treasurer"])

    assert read(sheets).interests == read(good_sheets()).interests


def test_bands_are_bounds_with_scores() -> None:
    sheets = put(put(good_sheets(), "Criteria!E4", "bands"), "Criteria!I4", "£1,000=100; 2500.50=60 ;")

    criterion = read(sheets).scheme.criteria[2]

    assert criterion.method is Method.BANDS
    assert criterion.bands == (
        Band(Decimal(1000), Decimal(100)),
        Band(Decimal("2500.50"), Decimal(60)),
    )


def test_weights_may_have_four_decimal_places() -> None:
    sheets = put(put(good_sheets(), "Criteria!D2", 46.6667), "Criteria!D3", 33.3333)

    assert [c.weight_1e4 for c in read(sheets).scheme.criteria] == [466_667, 333_333, 200_000]


def test_sheet_names_match_without_case() -> None:
    sheets = good_sheets()
    sheets["MARKS"] = sheets.pop("Marks")

    assert read(sheets) == read(good_sheets())


def test_hidden_sheets_are_read(tmp_path: Path) -> None:
    path = save(good_sheets(), tmp_path / "round.xlsx")
    book = load_workbook(path)
    book["Marks"].sheet_state = "veryHidden"
    book.save(path)

    assert read_round(path) == read(good_sheets())


def padded() -> dict[str, list[list[Cell]]]:
    sheets = good_sheets()
    return {
        name: [row + [None] * (max(map(len, rows)) - len(row)) for row in rows]
        for name, rows in sheets.items()
    }


def agreed(*marks: int | None, reasons: tuple[str, ...] = ("", "", "")) -> RoundRows:
    """Return ACF-001, on which the members gave 4 and 2, 0 and 0, 5 and 4, with these agreed marks."""
    return replace(meeting_rows(), agreed=(AgreedRow("ACF-001", marks, reasons),))


def test_the_warning_names_the_mark_and_what_members_gave() -> None:
    assert outside_warning(agreed(5, 1, 4)) == (
        "Agreed marks outside every member's mark need a reason, and have none: "
        "A1 of ACF-001 (5; members gave 2 to 4), A2 of ACF-001 (1; members gave 0).",
    )


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


def test_the_sheet_of_who_has_an_interest_gives_no_range() -> None:
    rows = agreed(2, 0, 4)  # M2 gave the 2
    barred = InterestRow("M2", "ACF-001", InterestKind.PECUNIARY)

    (warning,) = outside_warning(replace(rows, interests=(*rows.interests, barred)))

    assert "A1 of ACF-001 (2; members gave 4)" in warning


def test_many_are_counted() -> None:
    rows = agreed(5, 1, 0)
    more = AgreedRow("ACF-002", (4, 4, 4))  # the members gave 3 throughout

    (warning,) = outside_warning(replace(rows, agreed=(*rows.agreed, more)))

    assert warning.endswith("and 3 more.")

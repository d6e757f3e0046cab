"""Every rule that a round workbook can break is named at its cell."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.reading.cell_names import cell_name
from exchange.reading.sheets import Cell, CellError, NoSavedValue
from tests.exchange.round_workbook.workbooks import Sheets, faults, good_sheets, put, read

NOT_EXACT = "is not an exact amount; write it like 4500 or £4,500.00."
ONE_CELL: list[tuple[str, Cell, str]] = [
    (
        "Round!B2",
        2,
        "format 2 is not known here, only 1; the workbook was made by a newer version of Grant Panel.",
    ),
    ("Round!B3", " ", "Fund is blank."),
    ("Round!B5", "2026/28", '"2026/28" is not a financial year like 2026/27.'),
    ("Round!B6", 0, "0 is not a whole number from 1 to 100."),
    ("Round!B8", "Mean", '"Mean" is not one of consensus, mean, median, trimmed.'),
    ("Round!B9", 1.5, "1.5 is not a whole number from 0."),
    ("Round!B10", "price_per_quality_point", "price_per_quality_point needs a Minimum quality above 0."),
    (
        "Round!B11",
        "quality, luck",
        '"luck" is not a tie-break rule: criterion:CODE, quality, cost, requested, received, chair.',
    ),
    ("Round!B11", "criterion:Z9", 'the tie-break rules name the criterion "Z9", which is not listed.'),
    ("Round!B11", "criterion:A1, criterion:a1", "the tie-break rule criterion:A1 is there twice."),
    ("Round!B13", -1, "-1 is not a number from 0."),
    ("Round!A14", "Fund", "the field Fund is there twice."),
    ("Pots!A3", "Coventry", "the area Coventry is there twice."),
    ("Pots!B2", -0.01, "“-0.01” is below £0; write an amount of £0 or more."),
    ("Pots!B2", None, "Amount is blank."),
    ("Pots!C2", 10.005, "“10.005” has more than two decimals of a pound; round it to the penny."),
    ("Pots!C2", "n/a", f"“n/a” {NOT_EXACT}"),
    ("Criteria!A3", "a1", "the criterion a1 is there twice."),
    ("Criteria!C2", "both", '"both" is not one of quality, cost.'),
    ("Criteria!D2", 0, "0 is not above 0; a weight is a share of 100."),
    ("Criteria!D2", 50.00001, "50.00001 has more than four decimal places."),
    ("Criteria!E2", "guess", '"guess" is not one of judged, lowest, mean, spread, linear, bands.'),
    ("Criteria!F4", "size", '"size" is not one of requested, unit, share.'),
    ("Criteria!G4", None, "Low is needed for linear."),
    ("Criteria!G4", -5, "“-5” is below £0; write an amount of £0 or more."),
    ("Criteria!H4", None, "High is needed for linear."),
    ("Criteria!J2", 6, "6 is not a number from 0 to 5."),
    ("Applications!A3", "ACF-001", "the reference ACF-001 is there twice."),
    ("Applications!D2", "coventry", '"coventry" has no pot; add it to Pots or correct it.'),
    ("Applications!E2", 0, "0 is not above £0."),
    ("Applications!E2", "about 5000", f"“about 5000” {NOT_EXACT}"),
    ("Applications!E2", None, "Amount requested is blank."),
    (
        "Applications!E2",
        NoSavedValue(),
        "The cell holds a formula without a saved value; open the workbook in Excel, save it and try again.",
    ),
    ("Members!B2", None, "Name is blank."),
    ("Interests!A3", "M9", '"M9" is not a member on the Members sheet.'),
    ("Interests!B3", "ACF-999", '"ACF-999" is not an application on the Applications sheet.'),
    (
        "Interests!C3",
        "friend",
        '"friend" is not one of pecuniary, non-pecuniary, prejudicial, abstained, none.',
    ),
    ("Interests!C2", None, "Kind is blank."),
    ("Marks!A2", "M3", '"M3" is not a member on the Members sheet.'),
    ("Marks!B2", "acf-001", '"acf-001" is not an application on the Applications sheet.'),
    ("Marks!B4", "ACF-001", "there is another sheet of M1 for ACF-001 above."),
    ("Marks!D2", 6, "6 is not a whole number from 0 to 5."),
    ("Marks!D2", 3.5, "3.5 is not a whole number from 0 to 5."),
    ("Marks!D2", True, "TRUE is not a whole number from 0 to 5."),
    ("Agreed!B2", 5.5, "5.5 is not a whole number from 0 to 5."),
    ("Not applicable!B2", "Z1", '"Z1" is not a criterion on the Criteria sheet.'),
    ("Not applicable!C2", None, "Reason is blank."),
    ("Chair decisions!A2", "ACF-7", '"ACF-7" is not an application on the Applications sheet.'),
    ("Chair decisions!C2", 0, "0 is not a whole number from 1."),
    ("Chair decisions!C3", "reserve", '"reserve" is not fund, the only value of an exception.'),
    ("Chair decisions!D2", None, "Reason is blank."),
]


@pytest.mark.parametrize(("place", "value", "words"), ONE_CELL)
def test_one_bad_cell_is_the_one_fault_found(place: str, value: Cell, words: str) -> None:
    found = faults(put(good_sheets(), place, value))

    assert [fault for fault in found if fault.startswith(f"{place}:")] == [f"{place}: {words}"]


def places(sheets: Sheets) -> list[str]:
    """Give the places of the faults found, in order."""
    return [fault.partition(":")[0] for fault in faults(sheets)]


def test_a_post_that_stands_twice_or_of_no_area_is_a_fault() -> None:
    sheets = good_sheets()
    sheets["Who signs"] = [
        ["Post", "Area", "Name"],
        ["Commander", "Coventry", "Ann Sample"],
        ["commander", "Coventry", "Cy Sample"],
        ["Commander", "Dudley", "Dee Decider"],
    ]

    assert faults(sheets) == (
        "Who signs!A3: commander is there twice. Separate the names with a semicolon.",
        'Who signs!B4: "Dudley" is not an area on the Pots sheet.',
    )


COLUMNS = {
    "Pots!B1": "Amount",
    "Criteria!D1": "Weight",
    "Members!B1": "Name",
    "Interests!C1": "Kind",
    "Marks!E1": "A2",
    "Not applicable!C1": "Reason",
}


def test_a_missing_required_sheet_field_or_column_is_named() -> None:
    for sheet in ("Round", "Pots", "Criteria", "Applications"):
        sheets = good_sheets()
        del sheets[sheet]
        assert faults(sheets) == (f"{sheet}: the sheet is missing.",)
    for row in (2, 3, 4):
        sheets = good_sheets()
        field = sheets["Round"].pop(row - 1)[0]
        assert faults(sheets) == (f"Round: the field {field} is missing.",)
    for place, column in COLUMNS.items():
        sheets = put(good_sheets(), place, "Something else")
        assert faults(sheets) == (f"{place.partition('!')[0]}: the column {column} is missing.",)


def test_a_rule_of_several_cells_and_two_rows_for_the_same_thing_are_named_at_their_place() -> None:
    for place in ("Agreed!A3", "Chair decisions!A4", "Not applicable!B3", "Marks!B5"):
        sheets = good_sheets()
        rows = sheets[place.partition("!")[0]]
        rows.append(list(rows[1]))
        assert places(sheets) == [place]
    weights = put(put(good_sheets(), "Criteria!D2", 45), "Round!B7", 75)
    assert faults(weights) == ("Criteria!D2:D4: the weights add up to 95, not 100.",)
    twice = put(good_sheets(), "Applications!I1", "amount requested ")
    assert faults(twice) == ("Applications!I1: the column Amount requested is there twice.",)
    del (unlisted := good_sheets())["Criteria"][1:]
    assert faults(unlisted) == ("Criteria: no criterion is listed.",)
    heading = put(good_sheets(), "Criteria!A4", "Submitted")
    assert faults(heading)[0].startswith("Criteria!A4: Submitted is the heading of another column")
    assert places(put(good_sheets(), "Round!B14", "no")) == ["Not applicable!A2"], "nothing may be set aside"


def test_price_per_quality_point_needs_a_quality_side() -> None:
    sheets = put(put(good_sheets(), "Round!B10", "price_per_quality_point"), "Round!B7", 0)
    sheets["Round"].append(["Minimum quality", 40])
    put(put(sheets, "Criteria!C2", "cost"), "Criteria!C3", "cost")

    assert faults(sheets) == ("Round!B10: price_per_quality_point needs a criterion on the quality side.",)


BANDS: dict[Cell, str] = {
    None: "Bands is needed for bands, such as 1000=100; 2500=60.",
    "2500=100; 1000=60": "the bounds of the bands must rise, and 1000 does not.",
    "1000": '"1000" is not a band such as 1000=100.',
    "1000=101": '"101" is not a number from 0 to 100.',
    "1000=90": "no band scores 100; without one the criterion can never give its full weight.",
}


def test_bands_rise_and_reach_100() -> None:
    for bands, words in BANDS.items():
        sheets = put(put(good_sheets(), "Criteria!E4", "bands"), "Criteria!I4", bands)
        assert faults(sheets) == (f"Criteria!I4: {words}",)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("Criteria!E4", "linaer"),
        ("Criteria!C2", "qualty"),
        ("Criteria!D2", -50),
        ("Round!B6", "five"),
        ("Round!B14", "perhaps"),
        ("Members!A1", "Who"),
    ],
)
def test_one_slip_does_not_make_faults_elsewhere(place: str, value: Cell) -> None:
    assert len(faults(put(good_sheets(), place, value))) == 1


CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.sampled_from(("", " ", "A1", "yes", "£4,500.00", "1e9", "5", "-0", "criterion:A1", "M1", "ACF-001")),
    st.just("1000=100; 2000"),
    st.just(date(2026, 9, 1)),
    st.just(datetime(2026, 9, 1, 9, 30)),
    st.just(CellError("#N/A")),
    st.just(NoSavedValue()),
)


@st.composite
def slips(draw: st.DrawFn) -> Sheets:
    """Give a sound workbook with up to six cells, headings among them, overwritten."""
    sheets = good_sheets()
    for _ in range(draw(st.integers(1, 6))):
        name = draw(st.sampled_from(sorted(sheets)))
        row, column = draw(st.integers(1, len(sheets[name]) + 1)), draw(st.integers(1, 11))
        put(sheets, f"{name}!{cell_name(row, column)}", draw(CELLS))
    return sheets


def faults_of(sheets: Sheets) -> tuple[str, ...]:
    """Give the faults found, having checked that a round without any adds up."""
    found = faults(sheets)
    if not found:
        assert sum(criterion.weight_1e4 for criterion in read(sheets).scheme.criteria) == 1_000_000
    return found


@settings(max_examples=300)
@given(sheets=slips())
def test_any_slip_is_read_or_refused_a_line_a_fault(sheets: Sheets) -> None:
    for fault in faults_of(sheets):
        assert fault.splitlines() == [fault]
        assert fault.partition(":")[0].partition("!")[0] in sheets

"""Whatever is typed into a round workbook, it is read or refused in words; nothing else comes of it."""

from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.cells.cell_names import cell_name
from exchange.reading.sheets import Cell, CellError, NoSavedValue
from tests.exchange.round_workbook.workbooks import Sheets, faults, good_sheets, put, read

CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.sampled_from(
        (
            "",
            " ",
            "A1",
            "yes",
            "£4,500.00",
            "1e9",
            "5",
            "-0",
            "criterion:A1",
            "1000=100; 2000",
            "M1",
            "ACF-001",
        )
    ),
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

"""Rules that hold for every export: column order, taking in twice, nothing dropped."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from exchange.applications.fields import is_blank, text_of
from exchange.applications.importer import document
from exchange.reading.sheets import Cell
from models.values.rows import ApplicationRow
from tests.exchange.applications.forms import take_in

_WORDS = st.text("abc déßŻ\n&<'", max_size=12).map(str.strip)
_COLUMNS: dict[str, st.SearchStrategy[Cell]] = {
    "Project title": _WORDS,
    "Which NPU?": st.sampled_from(["W'ton", "Coventry NPU", "Atlantis", "", None]),
    "Email": _WORDS,
    "How many people will benefit?": st.one_of(st.integers(0, 900), _WORDS, st.none()),
    "Total project cost": st.one_of(
        st.integers(0, 90000), st.just("£1,200.50"), st.just("about 5"), st.none()
    ),
    "Project start date": st.one_of(st.dates(date(2026, 1, 1), date(2030, 1, 1)), _WORDS, st.none()),
    "Postcode": st.sampled_from(["wv1 1sh", "nowhere", "B4 6NQ", None]),
    "Anything else?": _WORDS,
    "Number of trustees": st.one_of(st.integers(0, 20), st.none()),
}
_HEADINGS = ("Organisation", "Amount requested", *_COLUMNS)
_ROW = st.tuples(
    st.sampled_from(["Example Choir", "example choir", "Example Gym", "Example  Choir", "Example Pool"]),
    st.sampled_from([500, "£500", "0.5k", 750.25, "about 5000", None]),
    *_COLUMNS.values(),
)
_ROWS = st.lists(_ROW, min_size=1, max_size=6)


@given(rows=_ROWS, order=st.permutations(range(len(_HEADINGS))))
def test_the_order_of_columns_never_matters(rows: list[tuple[Cell, ...]], order: list[int]) -> None:
    straight = take_in([_HEADINGS, *rows])

    turned = take_in([[row[i] for i in order] for row in (_HEADINGS, *rows)])

    assert [_unordered(a) for a in turned.applications] == [_unordered(a) for a in straight.applications]
    assert sorted(turned.mapped) == sorted(straight.mapped)
    assert len(turned.problems) == len(straight.problems)


def _unordered(application: ApplicationRow) -> ApplicationRow:
    return replace(application, answers=tuple(sorted(application.answers)))


@given(rows=_ROWS)
def test_taking_in_the_same_file_again_adds_nothing(rows: list[tuple[Cell, ...]]) -> None:
    first = take_in([_HEADINGS, *rows])

    second = take_in([_HEADINGS, *rows], existing=first.applications)

    assert second.applications == ()
    assert len(second.duplicates) == len(first.applications) + len(first.duplicates)


@given(rows=_ROWS)
def test_nothing_that_an_applicant_wrote_is_dropped(rows: list[tuple[Cell, ...]]) -> None:
    reading = take_in([("Ref", *_HEADINGS), *((f"R{i}", *row) for i, row in enumerate(rows))])
    by_reference = {a["reference"]: a for a in document(reading)["applications"]}
    fields = dict(reading.mapped)

    for number, row in enumerate(rows):
        application = by_reference.get(f"R{number}")
        for heading, cell in zip(_HEADINGS, row, strict=True):
            if application is None or is_blank(cell) or not text_of(cell):
                continue
            kept = application["answers"].get(heading) or application.get(fields.get(heading, ""))
            assert kept is not None, (heading, cell)


@given(rows=_ROWS)
def test_every_row_is_taken_refused_or_a_duplicate(rows: list[tuple[Cell, ...]]) -> None:
    reading = take_in([_HEADINGS, *rows])

    refused = {problem.cell for problem in reading.problems if problem.heading == "Amount requested"}
    assert len(reading.applications) + len(reading.duplicates) + len(refused) == len(rows)

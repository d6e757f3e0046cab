"""Which rows are taken, refused or passed over, however the file lays them out."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.applications.importing import document
from exchange.applications.fields import is_blank, text_of
from exchange.applications.row_sorter import References, width_in_use
from exchange.reading.sheets import Cell, CellError, NoSavedValue, SheetTable
from models.trouble import Trouble
from models.values.rows import ApplicationRow
from tests.exchange.applications.forms import Rows, sheet, take_in, take_in_book

HEAD = ["Ref", "Organisation", "Project", "Amount requested", "Area", "Email"]
CHOIR: list[Cell] = ["R1", "Example Choir", "Sing", 1000, "Coventry", "c@example.org"]
GYM: list[Cell] = ["R2", "Example Gym", "Lift", 2000.5, "Walsall", "g@example.org"]


@pytest.mark.parametrize(
    "row",
    [
        [None, "  ", None, None, None, None],
        ["Total", None, None, 3000.5, None, None],
        [None, "Grand total:", None, 3000.5, None, None],
        [None, 2, None, 3000.5, None, None],
        [None, None, None, 3000.5, "West Midlands", None],
        [None, "Total", None, NoSavedValue(), None, None],
        ["Total", None, "2 applications", 3000.5, None, None],
        HEAD,
        ["Notes below"],
        [None, None, "Signed:", None, "An Officer", None],
    ],
)
def test_rows_that_are_no_applications_are_passed_over_silently(row: list[Cell]) -> None:
    reading = take_in([HEAD, CHOIR, GYM, row])

    assert [a.reference for a in reading.applications] == ["R1", "R2"]
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (["R3", None, "Sing", 1000, "Coventry", "c@example.org"], ["B4"]),
        (["R3", "Example Pool", "Swim", None, "Coventry", None], ["D4"]),
        (["R3", "Key Example Club", None, None, None, None], ["D4"]),
        (["R3", "Example Pool", "Swim", 0, "Coventry", None], ["D4"]),
        (["R3", "Example Pool", "Swim", 10.005, "Coventry", None], ["D4"]),
        (["R3", "Example Pool", "Swim", CellError("#REF!"), "Coventry", None], ["D4"]),
        (["R1", "Example Pool", "Swim", 500, "Coventry", None], ["A4"]),
        ([9, None, None, 500, None, None], ["B4"]),
    ],
)
def test_row_that_cannot_be_taken_is_reported_and_the_others_go_in(row: list[Cell], cells: list[str]) -> None:
    reading = take_in([HEAD, CHOIR, GYM, row])

    assert [a.reference for a in reading.applications] == ["R1", "R2"]
    assert [problem.cell for problem in reading.problems] == cells


def test_formula_without_saved_value_says_to_open_and_save_in_excel() -> None:
    reading = take_in([HEAD, ["R3", "Example Pool", "Swim", NoSavedValue(), "Coventry", None]])

    assert "open the workbook in Excel" in reading.problems[0].words
    assert reading.problems[0].cell == "D2"


@pytest.mark.parametrize(
    "name", ["Total Respect", "Balance", "Sumo Club", "1st Example Scouts", "1625 Example"]
)
def test_organisation_named_like_a_total_is_still_an_application(name: str) -> None:
    reading = take_in([HEAD, CHOIR, ["R3", name, "Swim", 500, "Coventry", "s@example.org"]])

    assert [a.organisation for a in reading.applications] == ["Example Choir", name]


def test_summary_in_a_table_below_is_not_taken_for_applications() -> None:
    reading = take_in(
        [
            ["Organisation", "Amount requested", "Area", "Email"],
            ["Example Choir", 100, "Coventry", "c@example.org"],
            ["Total", 100],
            [],
            ["NPU", "Requested", "Pot"],
            ["Coventry", 100, 200],
            ["Walsall", 0, 100],
        ]
    )

    assert [a.organisation for a in reading.applications] == ["Example Choir"]
    assert reading.problems == ()


REFERENCED = ["Reference", "Organisation", "Project", "Amount requested"]


def test_references_are_kept_as_written_and_given_past_those_in_use() -> None:
    reading = take_in(
        [REFERENCED, [12.0, "A Club", "x", 1], ["W-014", "B Club", "x", 1], ["007", "C Club", "x", 1]]
    )

    assert [a.reference for a in reading.applications] == ["12", "W-014", "007"]

    existing = (ApplicationRow("ACF-0001", "Old Club", "x", None, 100),)

    reading = take_in(
        [REFERENCED, [None, "A Club", "x", 1], ["ACF-0003", "B Club", "x", 1], ["-", "C Club", "x", 1]],
        existing=existing,
    )

    assert [a.reference for a in reading.applications] == ["ACF-0002", "ACF-0003", "ACF-0004"]

    used = ["ACF-001", "acf-002", "ACF-1003", "W-14", "VF-00001"]
    by_hand = References("ACF", used, width_in_use("ACF", used))

    assert by_hand.give() == "ACF-003"
    assert [width_in_use("VF", used), width_in_use("Y", used)] == [5, 4]


def test_the_same_organisation_again_is_a_duplicate_and_another_of_its_reference_a_problem() -> None:
    reading = take_in([REFERENCED, ["R1", "A Club", "x", 1], ["R1", "a  club", "y", 2]])

    assert len(reading.applications) == 1
    assert [(d.number, d.same_as) for d in reading.duplicates] == [(3, "R1")]
    assert reading.problems == ()

    reading = take_in(
        [
            ["Organisation", "Project", "Amount requested"],
            ["A Club", "Big Day", 50],
            ["a club ", "BIG  DAY", "£50.00"],
            ["A Club", "Big Day", 51],
        ]
    )

    assert [(a.organisation, a.requested_pence) for a in reading.applications] == [
        ("A Club", 5000),
        ("A Club", 5100),
    ]
    assert [(d.number, d.same_as) for d in reading.duplicates] == [(3, "ACF-0001")]

    existing = (ApplicationRow("R1", "Old Club", "x", None, 100),)

    reading = take_in([REFERENCED, ["R1", "New Club", "x", 1]], existing=existing)

    assert reading.applications == ()
    assert reading.duplicates == ()
    assert (reading.problems[0].cell, reading.problems[0].value) == ("A2", "R1")
    assert "Old Club" in reading.problems[0].words


HEADINGS = (
    *("Name of organisation", "Email", "Policing area", "Project title", "What will you do?"),
    *("How much are you applying for?", "Do you have a constitution?", "What music do you like?"),
)
FORMS = (
    ("Fell Road Club", "a@fell.example", "Coventry", "Boxing", "Sessions.", "£1,200", "Yes", "Brass"),
    ("Tolgate Forum", "b@tolgate.example", "Walsall", "Streets", "Walks at night.", "850.50", "No", None),
    ("Ashmoor Trust", None, "Walsall", "Garden", "Digging.\nAnd planting.", "2000", "Yes", "Choirs"),
)
Layout = Callable[[], Sequence[SheetTable]]


def _side_by_side() -> Sequence[SheetTable]:
    columns = zip(HEADINGS, *FORMS, strict=True)
    return [sheet([("The round, side by side",), ("", "Form 1", "Form 2", "Form 3"), *columns], name="Forms")]


def _a_sheet_each() -> Sequence[SheetTable]:
    guidance = sheet([("How to fill in this form",), ("Answer every question.",)], name="Guidance")
    return [guidance, *(sheet(_form(form), name=f"Form {n}") for n, form in enumerate(FORMS))]


def _form(form: Sequence[Cell]) -> Rows:
    pairs = list(zip(HEADINGS, form, strict=True))
    return [("APPLICATION FORM",), (), ("1. About you",), *pairs[:2], ("2. The project",), *pairs[2:]]


def _one_below_another() -> Sequence[SheetTable]:
    rows: list[Sequence[Cell]] = []
    for number, form in enumerate(FORMS):
        pairs = zip(HEADINGS, form, strict=True)
        rows += [(f"Application number {number}",), *((f"{asked}:", said) for asked, said in pairs), ()]
    return [sheet(rows)]


def _answers_below() -> Sequence[SheetTable]:
    rows: list[Sequence[Cell]] = []
    for form in FORMS:
        short = [(asked, said) for asked, said in zip(HEADINGS, form, strict=True) if asked != HEADINGS[4]]
        rows += [*short[:4], (HEADINGS[4],), (form[4],), *short[4:]]
    return [sheet(rows)]


def _a_line_for_each_answer() -> Sequence[SheetTable]:
    lines = [
        (f"F-{number}", "sent", asked, said)
        for number, form in enumerate(FORMS)
        for asked, said in zip(HEADINGS, form, strict=True)
        if said is not None
    ]
    return [sheet([("Form", "State", "Question", "Answer"), *lines])]


def _json() -> Sequence[SheetTable]:
    cells = [json.dumps(dict(zip(HEADINGS, form, strict=True))) for form in FORMS]
    return [sheet([("Id", "Data"), *((str(n), cell) for n, cell in enumerate(cells))])]


def _lines_in_a_cell() -> Sequence[SheetTable]:
    cells = [
        "\n".join(
            f"{asked}{'' if asked.endswith('?') else ':'} {said or ''}"
            for asked, said in zip(HEADINGS, form, strict=True)
        )
        for form in FORMS
    ]
    return [sheet([("Received", "Message"), *((None, cell) for cell in cells)])]


LAYOUTS = (
    *(_side_by_side, _a_sheet_each, _one_below_another, _answers_below),
    *(_a_line_for_each_answer, _json, _lines_in_a_cell),
)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_however_forms_are_laid_out_they_are_read_as_from_a_table(layout: Layout) -> None:
    plain = document(take_in([HEADINGS, *FORMS]))["applications"]

    found = document(take_in_book(layout()))["applications"]

    assert [{**one, "answers": one["answers"].get(HEADINGS[-1])} for one in found] == [
        {**one, "answers": one["answers"].get(HEADINGS[-1])} for one in plain
    ]


def test_what_is_asked_of_a_second_person_does_not_take_the_place_of_the_first() -> None:
    form = [*_form(FORMS[0]), ("3. Referee",), ("Email", "referee@example.org")]

    [application] = document(take_in_book([sheet(form)]))["applications"]

    assert application["email"] == "a@fell.example"
    assert application["answers"]["3. Referee – Email"] == "referee@example.org"


@pytest.mark.parametrize(
    "rows",
    [
        [("Item", "Cost"), ("Hall", 300), ("Coach", 250)],
        [("Organisation", "Fell Road Club"), ("Chair", "Ann Oak")],
        [("Data",), ("{not json",), ('{"colour": "red"}',)],
        [("What", "When"), ("Panel meets", "2 May"), ("Amount requested is known", "9 May")],
        [  # names of persons and of projects are those of no organisation
            ("Lead officer email", "Bid name", "Force area", "Post code", "Bid value", "Remarks"),
            ("a@hope.example", "Summer of Sport", "Coventry", "CV1 1AA", "£4,500", "Nadia Slater"),
            ("b@boxing.example", "Night Marshals", "Walsall", "WS1 1TP", "£920.50", "Lee Hussain"),
        ],
    ],
)
def test_a_file_without_applications_is_refused_in_a_sentence(rows: Rows) -> None:
    with pytest.raises(Trouble, match="no column that looks like an organisation"):
        take_in(rows)


@pytest.mark.parametrize(
    "odd", ["NaN", "-Infinity", "1e999", "9" * 400, '"half \\ud83d of a pair"', "[[1], null]"]
)
def test_what_json_may_hold_and_no_workbook_can_is_kept_as_text(odd: str) -> None:
    told = [json.dumps(dict(zip(HEADINGS, form, strict=True)))[:-1] for form in FORMS]
    cells = [(n, f'{one}, "How many will take part?": {odd}}}') for n, one in enumerate(told)]

    found = document(take_in([("id", "answers"), *cells]))["applications"]

    assert [one["organisation"] for one in found] == [form[0] for form in FORMS]
    assert json.dumps(found, ensure_ascii=False, allow_nan=False).encode()


def test_cells_of_nothing_but_spaces_take_no_time() -> None:
    began = thread_time()

    with pytest.raises(Trouble):
        take_in([("id", "answers"), *((n, " " * 30_000 + "x") for n in range(300))])

    assert thread_time() - began < 5  # it took twenty


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


SPACES = st.sampled_from(("", " ", "\n", "\u00a0", "\u200b", "\u3000", "  "))


@given(st.lists(SPACES, min_size=12, max_size=12), st.booleans())
def test_a_cell_keeps_its_own_text_where_that_is_not_the_field_and_only_there(
    spaces: list[str], is_upper: bool
) -> None:
    head = ["Organisation", "Amount requested", "Project", "Email", "Telephone", "Postcode"]
    told = ["Example Choir", "£1,200", "Sing", "c@example.org", "024 7600 0001", "CV1 1AA"]
    texts = [text.upper() if is_upper else text for text in told]
    row = [f"{spaces[2 * at]}{text}{spaces[2 * at + 1]}" for at, text in enumerate(texts)]

    (reading,) = take_in([head, row]).rows

    assert reading.fields is not None
    slots = ["organisation", "requested_pence", "project", "email", "phone", "postcode"]
    for cell, slot, text in zip(reading.cells, slots, row, strict=True):
        value = reading.fields[slot]
        assert cell.text == (None if text_of(text) == value else text_of(text)), slot

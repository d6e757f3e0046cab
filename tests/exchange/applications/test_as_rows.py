"""Applications that do not stand one a row are read as if they did, however the file lays them out."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from time import thread_time

import pytest

from exchange.applications.draft import ReadFile, begun
from exchange.applications.importer import document
from exchange.reading.sheets import Book, Cell, SheetTable
from models.trouble import Trouble
from tests.exchange.applications.forms import Rows, sheet, take_in, take_in_book

HEADINGS = (
    "Name of organisation",
    "Email",
    "Policing area",
    "Project title",
    "What will you do?",
    "How much are you applying for?",
    "Do you have a constitution?",
    "What music do you like?",
)
FORMS = (
    (
        "Fell Road Club",
        "a@fell.example",
        "Coventry",
        "Boxing",
        "Two sessions a week.",
        "£1,200",
        "Yes",
        "Brass",
    ),
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


def _two_questions_a_row() -> Sequence[SheetTable]:
    rows = []
    for form in FORMS:
        pairs = list(zip(HEADINGS, form, strict=True))
        rows += [(*one, *two) for one, two in zip(pairs[::2], pairs[1::2], strict=True)]
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


def _json_questions() -> Sequence[SheetTable]:
    forms = [[{"question": q, "answer": a} for q, a in zip(HEADINGS, form, strict=True)] for form in FORMS]
    return [sheet([("Id", "Data"), *((str(n), json.dumps({"answers": f})) for n, f in enumerate(forms))])]


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
    _side_by_side,
    _a_sheet_each,
    _one_below_another,
    _answers_below,
    _two_questions_a_row,
    _a_line_for_each_answer,
    _json,
    _json_questions,
    _lines_in_a_cell,
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
    ],
)
def test_a_file_without_applications_is_refused_in_a_sentence(rows: Rows) -> None:
    with pytest.raises(Trouble, match="no column that looks like an organisation or an amount"):
        take_in(rows)


def test_the_window_starts_with_the_applications_and_can_show_the_sheet_as_it_is() -> None:
    file = ReadFile(Path("round.xlsx"), Book("round", "xlsx", tuple(_side_by_side())))

    draft = begun(file)
    as_it_is = begun(draft.file, "Forms")

    assert draft.found.sheet == "Forms, as rows"
    assert [one.name for one in draft.file.book.sheets] == ["Forms, as rows", "Forms"]
    assert as_it_is.found.sheet == "Forms"


def test_a_long_text_alone_answers_the_words_above_it_whether_they_are_known_or_not() -> None:
    told = "Because people told us so, the school named the same corner and the shops want an outcome too."
    form = [*_form(FORMS[0]), ("Rhubarb",), (told,), ("4. Declaration",), ("Signed", "Ann Oak")]

    [application] = document(take_in_book([sheet(form)]))["applications"]

    assert application["answers"]["Rhubarb"] == told
    assert application["answers"]["Signed"] == "Ann Oak"


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

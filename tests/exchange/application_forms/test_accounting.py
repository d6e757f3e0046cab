"""Every piece of a form's text is an answer, print, a bank detail, or kept as not placed."""

import random
from collections.abc import Iterator
from functools import cache

import msgspec
import pytest
from msgspec.structs import replace

from exchange.application_forms.blocks import Block, Cell, Content, Paragraph, Table
from exchange.application_forms.form_worker import form_line
from exchange.application_forms.labels import BANK_LEFT_OUT, without_bank
from exchange.application_forms.reading import Form, FormFile, forms_of
from tests.exchange.application_forms.made_up_forms import GROUPS, LAYOUTS, WORDINGS, beside, pairs
from tests.exchange.good_files import read_form

Rows = tuple[tuple[Cell, ...], ...]
LOOSE = (
    "Bring 24 lanterns on the 24th night",
    "Vestry Loft",
    "15-05-28",
    "01632 960877",
    "Our treasurer: Oda Sample",
    "Week three: lamps on the green.",
    "ODA SAMPLE",
    "£77",
)
BANK_NOTE = "bank details are read into no field and no answer; the form itself keeps them."
MOST = 5
"""Places tried on each form, of all that there are."""


@cache
def content_of(layout: str, wording: int) -> Content:
    return msgspec.convert(form_line(LAYOUTS[layout](pairs(GROUPS[wording], WORDINGS[wording]))), Content)


def read(*blocks: Block) -> Form:
    return next(forms_of([FormFile("form.docx", content=Content(blocks))]))


def kept(form: Form) -> str:
    answers = (f"{one.question} {one.value}" for record in form.records for one in record)
    return letters(" ".join((*answers, form.left)))


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def places(blocks: tuple[Block, ...], text: str) -> Iterator[tuple[Block, ...]]:
    """Yield a form with a text between any two of its blocks, and alone or beside others in each table."""
    loose = Paragraph(text)
    for at in range(len(blocks) + 1):
        yield (*blocks[:at], loose, *blocks[at:])
    for at, block in enumerate(blocks):
        if isinstance(block, Table):
            for number in range(len(block.rows)):
                for rows in _in_table(block.rows, number, Cell((loose,))):
                    yield (*blocks[:at], replace(block, rows=rows), *blocks[at + 1 :])


def _in_table(rows: Rows, at: int, cell: Cell) -> Iterator[Rows]:
    last = rows[at][-1]
    below = Cell((*last.blocks, *cell.blocks))
    for row in ((*rows[at], cell), (*rows[at][:-1], below)):
        yield (*rows[:at], row, *rows[at + 1 :])
    yield (*rows[:at], (cell,), *rows[at:])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("wording", range(3))
def test_what_is_written_anywhere_on_a_form_is_kept(layout: str, wording: int) -> None:
    chance = random.Random(f"{layout} {wording}")
    blocks = content_of(layout, wording).blocks
    lost = [
        (text, at)
        for text in LOOSE
        for at, one in chance.sample([*enumerate(places(blocks, text))], MOST)
        if letters(text) not in kept(read(*one))
    ]

    assert lost == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_printed_is_not_kept_as_an_answer(layout: str) -> None:
    for wording in range(3):
        assert read(*content_of(layout, wording).blocks).left == ""


DATE = "15-05-28"


@pytest.mark.parametrize("question", ["When did you begin?", "Day of the event", "Incorporated", "Cymru"])
def test_a_date_is_no_bank_detail_without_a_label_of_that_kind(question: str) -> None:
    rows = [*pairs(GROUPS[0], WORDINGS[0]), ("", question, DATE)]

    form = read_form(beside(rows), "form.docx")

    assert {one.question.rstrip("?"): one.value for one in form.records[0]}[question.rstrip("?")] == DATE
    assert not form.notes


@pytest.mark.parametrize("label", ["Sort code", "Cod didoli", "Code", "Bank sort code"])
def test_a_sort_code_beside_a_label_of_that_kind_is_kept_nowhere(label: str) -> None:
    rows = [*pairs(GROUPS[0], WORDINGS[0]), ("", label, "12-34-56"), ("", "Account number", "12345678")]

    form = read_form(beside(rows), "form.docx")

    assert "123456" not in kept(form)
    assert form.notes == (f"form.docx: {BANK_NOTE}",)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Incorporated 15-05-28 as company 09876543", "Incorporated 15-05-28 as company 09876543"),
        ("We serve WS10 WS11 WS12 WS13 WV10", "We serve WS10 WS11 WS12 WS13 WV10"),
        ("Pay 12-34-56 12345678", f"Pay {BANK_LEFT_OUT}"),
        ("Our bank: 12-34-56 and then 12345678", f"Our bank: {BANK_LEFT_OUT}"),
        ("IBAN GB29 NWBK 6016 1331 9268 19", BANK_LEFT_OUT),
    ],
)
def test_numbers_in_an_answer_are_of_a_bank_only_where_it_names_one(text: str, left: str) -> None:
    assert without_bank(text) == left

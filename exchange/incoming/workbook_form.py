"""Read a spreadsheet that is one filled-in form and no list, its sheets as tables of a form."""

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from exchange.application_forms.blocks import Block, Cell, Content, Paragraph, Table, without_signs
from exchange.application_forms.labels import knows, plain_end
from exchange.application_forms.reading import Form, FormFile, count_answered, forms_of
from exchange.application_forms.several import columns_shown
from exchange.applications.fields import is_blank, text_of
from exchange.applications.layouts import find_applications
from exchange.applications.table import fields_asked
from exchange.reading.sheets import Book
from models.trouble import Trouble

Rows = Sequence[Sequence[str]]
_FEWEST_COLUMNS = len(("question", "guidance", "answer"))
_MOST_ROWS = 2_000
"""Of all sheets of a form: its lists to choose from are among them."""
_STREET = re.compile(r"\d+[a-z]? [A-Z]")


def form_in(book: Book, name: str) -> Form | None:
    """Return the form that a workbook is, None for a list of applications, which tells as many fields.

    The list is looked for first: laying thousands of rows out as a form takes minutes.
    """
    of_list = None if sum(len(sheet.rows) for sheet in book.sheets) > _MOST_ROWS else _fields_of_list(book)
    if of_list is None:
        return None
    forms = [_read(book, name, lay_out) for lay_out in (_as_they_stand, _packed, _below_labels)]
    form = max(forms, key=count_answered)
    return form if form.records and count_answered(form) > of_list else None


def _read(book: Book, name: str, lay_out: Callable[[Rows], Iterator[Sequence[str]]]) -> Form:
    shown = [sheet for sheet in book.sheets if sheet.visible and sheet.rows]
    blocks: list[Block] = []
    for sheet in shown:
        rows = [[without_signs(text_of(cell)) for cell in row] for row in sheet.rows]
        blocks += [Paragraph(sheet.name, "h")] if len(shown) > 1 else []
        blocks.append(
            Table(tuple(tuple(map(_cell, row)) for row in lay_out(_without_empty(rows)) if any(row)))
        )
    (form,) = forms_of([FormFile(name, book.sha256, Content(tuple(blocks)))])
    notes = tuple(note for sheet in shown for note in sheet.notes)
    return replace(form, notes=(*notes, *form.notes))


def _fields_of_list(book: Book) -> int | None:
    """Return how many fields the columns of a list have that are filled in.

    0 where there is no list, or where no more than one organisation was laid out as one. None of a sheet that
    has a column for the amount and names organisations in a column: it is a list, however few they are.
    """
    try:
        laid_out, found = find_applications(book, file_name=None, sheet=None)
    except Trouble:
        return 0
    filled = {
        one.at: fields_asked(one.text, {})
        for one in found.headings
        if not all(is_blank(row[one.at]) for row in found.rows)
    }
    names = [at for at, fields in filled.items() if "organisation" in fields]
    named = sum(any(not is_blank(row[at]) for at in names) for row in found.rows)
    if laid_out is not book and named <= 1:
        return 0
    fields = frozenset[str]().union(*filled.values())
    is_list = named > 0 and "amount_requested" in fields
    return None if is_list or named > 1 else len(fields)


def _without_empty(rows: Rows) -> Rows:
    """Return rows without the columns in which nothing stands, or that only show how to answer."""
    width = max(map(len, rows))
    used = [at for at in range(width) if any(row[at : at + 1] not in ([], [""]) for row in rows)]
    told = [[row[at] if at < len(row) else "" for at in used] for row in rows]
    full = [row for row in told if len([*filter(None, row)]) >= _FEWEST_COLUMNS]
    shown = frozenset(columns_shown(full)) if full else frozenset[int]()
    return [[text for at, text in enumerate(row) if at not in shown] for row in told]


def _as_they_stand(rows: Rows) -> Iterator[Sequence[str]]:
    yield from rows


def _packed(rows: Rows) -> Iterator[Sequence[str]]:
    """Yield what is filled in of each row; a known question alone at its left has an empty answer."""
    for row in rows:
        found = list(filter(None, row))
        is_open = len(found) == 1 < len(row) and bool(row[0]) and knows(row[0])
        yield [*found, ""] if is_open else found


def _below_labels(rows: Rows) -> Iterator[Sequence[str]]:
    """Yield each question with what stands in the row below it, and what is no question by itself."""
    labels: Sequence[str] = ()
    for row, below in zip(rows, [*rows[1:], ()], strict=True):
        if labels and any(text and not label for label, text in zip(labels, row, strict=True)):
            yield from ([label] for label in labels if label)
            labels = ()
        if labels:
            yield from ([label, answer] for label, answer in zip(labels, row, strict=True) if label)
            labels = ()
        elif _are_labels(row) and (not _are_labels(below) or _asked_in(row) > _asked_in(below)):
            labels = row
        else:
            yield list(filter(None, row))
    yield from ([label, ""] for label in labels if label)


def _are_labels(row: Sequence[str]) -> bool:
    told = list(filter(None, row))
    return bool(told) and 2 * _asked_in(row) > len(told)


def _asked_in(row: Sequence[str]) -> int:
    told = filter(None, row)
    return sum((knows(text) and not _STREET.match(text)) or plain_end(text) in ("?", ":") for text in told)


def _cell(text: str) -> Cell:
    return Cell(tuple(map(Paragraph, text.split("\n"))))

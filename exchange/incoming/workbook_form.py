"""Read a spreadsheet that is one filled-in form and no list, its sheets as tables of a form."""

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from exchange.application_forms.blocks import Block, Cell, Content, Paragraph, Table, without_signs
from exchange.application_forms.cells import HEADS, is_answered_beside
from exchange.application_forms.labels import knows, plain_end
from exchange.application_forms.pieces import is_yes_and_no
from exchange.application_forms.reading import Form, FormFile, count_answered, forms_of
from exchange.application_forms.several import columns_shown
from exchange.applications.fields import is_blank, text_of
from exchange.applications.layouts import find_applications
from exchange.applications.table import fields_asked
from exchange.reading.sheets import Book
from models.trouble import Trouble

Rows = Sequence[Sequence[str]]
_FEWEST_COLUMNS = len(("question", "guidance", "answer"))
_FEW, _MOST_ROWS = 2, 2_000
"""Of all sheets of a form: its lists to choose from are among them."""
_NUMBERED = re.compile(
    r"(?:(?:section|part)\s+)?(?P<number>\d{1,2})[.):]\s*(?P<title>[^\d?:][^?:]{2,60})", re.I
)
_NAMES_FORM = re.compile(
    r"(?!.*[?:]\s*$)(?=.*\b(?:fund|grants?|form)\b).*\b(?:form|application|request|bid|fund)\b", re.I
)
"""How a form is called at its head."""
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
        is_titled = len(shown) > 1 and sheet.name != next(filter(None, rows[0]), "")
        blocks += [Paragraph(sheet.name, "h")] if is_titled else []
        for title, below in _parts_of(_without_empty(rows)):
            blocks += [Paragraph(title, "h")] if title else []
            laid = tuple(tuple(map(_cell, row)) for row in lay_out(below) if any(row))
            blocks += [Table(laid)] if laid else []
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


def _parts_of(rows: Rows) -> Iterator[tuple[str, Rows]]:
    """Yield the parts of a sheet, each with its title, "" for none.

    Titles are the form's name on its first row, and numbered lines alone where more questions have none.
    """
    alone = {at: text for at, row in enumerate(rows) if (text := _alone_in(row))}
    numbered = {at: found for at, text in alone.items() if (found := _NUMBERED.fullmatch(text))}
    known = sum(_asked_in(row) > 0 for at, row in enumerate(rows) if at not in numbered)
    counts = [int(found["number"]) for found in numbered.values()]
    is_counted = len(counts) > 1 and counts == list(range(1, len(counts) + 1)) and known > 2 * len(counts)
    titles = {at: found["title"] for at, found in numbered.items()} if is_counted else {}
    if _NAMES_FORM.search(alone.get(0, "")):
        titles |= {at: alone[at] for at in (0, 1) if at in alone and not (at and knows(alone[at]))}
    starts = sorted({0, *titles})
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        yield titles.get(start, ""), rows[start + (start in titles) : end]


def _alone_in(row: Sequence[str]) -> str:
    """Return what stands alone in a row, "" where more does or nothing."""
    told = list(filter(None, row))
    return told[0] if len(told) == 1 else ""


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
    pairs = list(zip(rows, [*rows[1:], ()], strict=False))
    are_stacked = sum(_are_labels(row, _FEW) and not _are_labels(below) for row, below in pairs) >= _FEW
    for row, below in pairs:
        told = list(filter(None, row))
        are_heads = len(told) > 1 and all(map(HEADS.fullmatch, told))
        if labels and (are_heads or any(text and not label for label, text in zip(labels, row, strict=True))):
            yield from ([label] for label in labels if label)
            labels = ()
        if labels:
            yield from ([label, answer] for label, answer in zip(labels, row, strict=True) if label)
            labels = ()
        elif are_heads:
            yield told
        elif (_are_labels(row) and (not _are_labels(below) or _asked_in(row) > _asked_in(below))) or (
            are_stacked and _are_over_answers(row, below)
        ):
            labels = row
        else:
            yield told
    yield from ([label, ""] for label in labels if label)


def _are_labels(row: Sequence[str], fewest: int = 1) -> bool:
    told = list(filter(None, row))
    if len(told) == _FEW and is_answered_beside(*told):
        return False
    return len(told) >= fewest and 2 * _asked_in(row) > len(told)


def _are_over_answers(row: Sequence[str], below: Sequence[str]) -> bool:
    """Say whether half of several cells are known, and below each of them is something that is not."""
    filled = [bool(text) for text in row]
    are_answered = filled == list(map(bool, below)) and sum(filled) > 1 and not _asked_in(below)
    return are_answered and 2 * _asked_in(row) >= sum(filled)


def _asked_in(row: Sequence[str]) -> int:
    told = filter(None, row)
    asked = (text for text in told if not (_STREET.match(text) or is_yes_and_no(text)))
    return sum(knows(text) or plain_end(text) in ("?", ":") for text in asked)


def _cell(text: str) -> Cell:
    return Cell(tuple(map(Paragraph, text.split("\n"))))

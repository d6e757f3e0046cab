"""A mail merge of the letters: a Word document for each kind of letter, and the workbook of their rows."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from docx.document import Document as WordDocument

from exchange.atomic import write_beside
from exchange.papers.letters.filling import Lines, fill_in
from exchange.papers.letters.merge_fields import Columns, put_fields
from exchange.papers.letters.placeholders import DRAFT_MARK, PLACEHOLDERS, values_of
from exchange.papers.letters.templates import open_template, template_path, told_in
from exchange.xlsx.xlsx_book import Book, check_book
from exchange.xlsx.xlsx_cells import HEADING, TEXT
from models.papers.letters.letters import Letters
from models.papers.status import PaperStatus

FOLDER, LIST = "Mail merge", "List.xlsx"
ALIKE = frozenset(
    {
        *("today", "office", "the_office", "short_name", "commissioner", "fund", "the_fund", "round", "year"),
        *("steps", "contact", "reached", "signatory", "challenge", "information", "standing"),
        DRAFT_MARK,
    }
)
"""What a letter says of the office and not of its own; where it is alike it is written into the document."""
OWN = frozenset(PLACEHOLDERS) - ALIKE


def kinds_of(letters: Letters) -> tuple[str, ...]:
    """Return each kind of letter that there is, in the order in which they come."""
    return tuple(dict.fromkeys(letter.kind for letter in letters.letters))


def main_document(
    letters: Letters, kind: str, status: PaperStatus, folder: Path
) -> tuple[WordDocument, Columns]:
    """Return a kind's template with fields in it, and the columns of the list that fill them."""
    word = open_template(template_path(kind, folder))
    several = [letter for letter in letters.letters if letter.kind == kind]
    told: list[Mapping[str, Lines]] = [
        told_in(word, letter, values_of(letters, letter, letter.dated_on or status.made_at.date()))
        for letter in several
    ]
    differ = {name for name in ALIKE if len({values[name] for values in told}) > 1}
    fields = put_fields(word, told, OWN | differ)
    fill_in(word, {**told[0], DRAFT_MARK: (status.words,) if status.is_draft else ()})
    reached = {
        "reference": [letter.reference for letter in several],
        "organisation": [letter.organisation for letter in several],
        "contact_name": [letter.contact_name for letter in several],
        "email": [letter.email for letter in several],
    }
    return word, reached | fields


def write_merge_list(
    title: str, status: PaperStatus, sheets: Sequence[tuple[str, Columns]], folder: Path
) -> Path:
    """Write the workbook: a sheet for each kind of letter, headings in the first row as Word wants them."""
    return write_beside(folder / LIST, partial(_write, title, status, sheets), check_book)


def _write(title: str, status: PaperStatus, sheets: Sequence[tuple[str, Columns]], part: Path) -> None:
    with Book(title, status.made_at, is_for_programs=True) as book:
        for kind, columns in sheets:
            rows = book.sheet(kind)
            rows.line((name, HEADING) for name in columns)
            for line in zip(*columns.values(), strict=True):
                rows.line((text, TEXT) for text in line)
        book.save(part)

"""The templates of letters: found, checked, and as forms for a mail merge of the office's own."""

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from functools import partial
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from msgspec.structs import replace

import resources
from exchange.atomic import write_beside
from exchange.papers.document.docx_text import element, parts_of, style_name
from exchange.papers.letters.letter_facts import LetterFacts, letter_facts
from exchange.papers.templates.word import WordTemplate, filled, names_in, own, shipped
from exchange.reading.word_templates import read_template_file
from exchange.xlsx.table import HEADING, TEXT
from exchange.xlsx.xlsx_cells import Book, check_book
from models.papers.letters.letter import DIRECT_OFFER, KINDS, PART_OFFER
from models.papers.letters.letters import Letters
from models.papers.status import PaperStatus
from models.trouble import Trouble
from scoring.written.text import Refused

FOLDER = "Letter templates"
"""Beside the folder of letters, in which lies what is to be sent: a template in here counts."""
SHIPPED = "As shipped"
"""Within that, copies to take one from and edit it, which do not count: the program's own may get better."""
WITH_LETTERS = "templates"
"""Within a folder of letters, where an office puts what counts for these letters alone."""

REASONS = frozenset({"why", "told", "points", "changes", "withdrawn_on", "open", "came", "held", "challenge"})
"""A template has one of these, since no letter leaves without a reason."""
TEMPLATES = {DIRECT_OFFER: "offer", PART_OFFER: "offer"}
"""The kinds of letters that share a template with another, in which they are told apart."""


def template_path(kind: str, folder: Path) -> Path:
    """Return the office's own template of a letter for a folder of letters, else the one that ships."""
    names = (kind, TEMPLATES.get(kind, kind))
    places = (inner / f"{name}.docx" for name in dict.fromkeys(names) for inner in _places(folder))
    return next((own for own in places if own.is_file()), resources.path(f"letters/{names[1]}.docx"))


def own_templates(folder: Path) -> tuple[Path, ...]:
    """Return the office's own templates for a folder of letters, those that are there."""
    found = (inner / f"{kind}.docx" for inner in _places(folder) for kind in KINDS)
    return tuple(own for own in found if own.is_file())


def _places(folder: Path) -> tuple[Path, Path]:
    return folder / WITH_LETTERS, folder.absolute().parent / FOLDER


def offer_templates(folder: Path) -> None:
    """Put copies of the templates that ship where an office finds them; letters do without where none can."""
    copies = _places(folder)[1] / SHIPPED
    with suppress(OSError, Trouble):
        copies.mkdir(parents=True, exist_ok=True)
        for path in (copies / f"{kind}.docx" for kind in KINDS if kind not in TEMPLATES):
            shipped = resources.path(f"letters/{path.name}")
            if not path.is_file() or path.read_bytes() != shipped.read_bytes():
                write_beside(path, partial(shutil.copyfile, shipped), check_book)


def template_of(kind: str, folder: Path) -> WordTemplate:
    """Return the template of a letter that counts for a folder; raises Trouble or Refused with its name."""
    path = template_path(kind, folder)
    if path == resources.path(f"letters/{path.name}"):
        return shipped(path.name, LetterFacts)
    template = own(path.name, read_template_file(path), LetterFacts)
    if REASONS.isdisjoint(names_in(template)):
        raise Refused(
            f"{path.name} has neither {{{{ why }}}} nor {{{{ told }}}}, and no letter goes out without a "
            "reason."
        )
    return template


MERGE, LIST = "Mail merge", "List.xlsx"
Columns = dict[str, list[str]]
_NUMBER = qn("w:rsidP")
"""Where a paragraph keeps which of its template it comes from."""
_FACT = re.compile(r"\{\{ *(\w+)")
_LOOP = re.compile(r"\{%p for \w+ in (\w+)")
_TAGS = re.compile(r"\{% (?:el)?if .*?%\}[^{]*|\{[{%].*?[}%]\}")
"""What is left of a heading without these stands there where no condition holds."""
_PLAIN = {"today": "date_and_reference", "fund": "subject"}
"""What a paragraph that begins with a fact is called, where it holds more than that."""
_WORDS, _LONGEST = 5, 34
"""Of a paragraph's own words so many name its column, in so many letters: Word takes no name of over 40."""


def kinds_of(letters: Letters) -> tuple[str, ...]:
    return tuple(dict.fromkeys(letter.kind for letter in letters.letters))


def main_document(
    letters: Letters, kind: str, status: PaperStatus, folder: Path
) -> tuple[WordDocument, Columns]:
    """Return what the letters of a kind share, with fields in it, and the columns that fill them."""
    several = [letter for letter in letters.letters if letter.kind == kind]
    template = template_of(kind, folder)
    told = [letter_facts(letters, letter, status) for letter in several]
    words = list(filled(replace(template, content=_numbered(template.content)), told))
    columns: Columns = {
        "reference": [letter.reference for letter in several],
        "organisation": [letter.organisation for letter in several],
        "contact_name": [letter.contact_name for letter in several],
        "email": [letter.email for letter in several],
    }
    names = dict(enumerate(_names(docx.Document(BytesIO(template.content))), 1))
    for parts in zip(*(parts_of(word) for word in words), strict=True):
        _merge(parts, columns, names)
    return words[0], columns


def _numbered(content: bytes) -> bytes:
    word, finished = docx.Document(BytesIO(content)), BytesIO()
    paragraphs = (paragraph for part in parts_of(word) for paragraph in part.iter(qn("w:p")))
    for at, paragraph in enumerate(paragraphs, 1):
        paragraph.set(_NUMBER, f"{at:08X}")
    word.save(finished)
    return finished.getvalue()


def _names(word: WordDocument) -> Iterator[str]:
    """Yield what a clerk calls each paragraph of a template: by its fact, its heading or its first words."""
    for part in parts_of(word):
        is_body = part.tag not in (qn("w:hdr"), qn("w:ftr"))
        under = listed = ""
        for each in part.iter(qn("w:p")):
            paragraph = Paragraph(each, word)
            is_heading = style_name(paragraph).startswith("Heading")
            if is_heading:
                under = _slug(paragraph.text)
            if loop := _LOOP.match(paragraph.text):
                listed = loop[1]
            named = "heading" if is_heading else _name(paragraph.text, under, listed)
            yield named if is_body else "head_or_foot"


def _name(text: str, under: str, listed: str) -> str:
    """Return the name of a paragraph `under` a heading, whose loop goes through what is `listed`."""
    fact = _FACT.match(text)
    if fact is not None and fact[1] not in ("line", "one"):
        return _PLAIN.get(fact[1], fact[1])
    if fact is not None or text.startswith("{"):
        return under or (listed if fact is not None else "opening")
    return _slug(text.partition("{")[0]) or "text"


def _slug(words: str) -> str:
    return "_".join(re.findall(r"[A-Za-z]+", _TAGS.sub("", words))[:_WORDS]).lower()[:_LONGEST]


def _merge(parts: Sequence[Any], columns: Columns, names: Mapping[int, str]) -> None:
    """Put what all letters say in a part of them into the first, with a field where they differ."""
    found, last = [_by_number(part) for part in parts], None
    for at in sorted({at for one in found for at in one}):
        here = found[0].get(at)
        if here is None:
            here = deepcopy(next(one[at] for one in found if at in one))
            if last is None:
                parts[0].insert(0, here)
            else:
                last.addnext(here)
        name = names.get(int(at[0], 16), "text")
        _set_fields(here, [_texts(one.get(at)) for one in found], name, columns)
        last = here


def _by_number(part: Any) -> Mapping[tuple[str, int], Any]:
    """Return the paragraphs of a part by the number of their template's, and which of those they are."""
    found: dict[tuple[str, int], Any] = {}
    for paragraph in part.iter(qn("w:p")):
        place, times = paragraph.get(_NUMBER, "0"), 1
        while (place, times) in found:
            times += 1
        found[place, times] = paragraph
    return found


def _texts(paragraph: Any) -> list[str]:
    """Return the text of each run of a paragraph, none of one that a letter does not have."""
    runs = () if paragraph is None else paragraph.findall(qn("w:r"))
    return [str(Run(run, None).text) for run in runs]  # type: ignore[arg-type]  # a text needs no document


def _set_fields(paragraph: Any, texts: Sequence[list[str]], name: str, columns: Columns) -> None:
    """Make a field of each run that letters have otherwise, of all where some have none of it."""
    runs = paragraph.findall(qn("w:r"))
    is_even = len({len(each) for each in texts}) == 1
    if not is_even and all(texts):
        for run in runs[1:]:
            paragraph.remove(run)
        texts, runs = [["".join(each)] for each in texts], runs[:1]
    for number, run in enumerate(runs):
        told = [each[number] if each else "" for each in texts]
        if len(set(told)) > 1:
            _make_field(run, _column(columns, name, told))


def _column(columns: Columns, name: str, told: list[str]) -> str:
    """Return the column that holds what is told, a new one numbered where others have its name."""
    names = (name if number == 1 else f"{name}_{number}" for number in count(1))
    found = next(each for each in names if columns.get(each, told) == told)
    columns[found] = told
    return found


def _make_field(run: Any, name: str) -> None:
    field = element("fldSimple", {"instr": f" MERGEFIELD {name} "})
    run.addnext(field)
    field.append(run)
    Run(run, None).text = f"«{name}»"  # type: ignore[arg-type]  # a text needs no document


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

"""Reading the lines of an award schedule back from its PDF, by where its letters stand."""

import ctypes
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from exchange.papers.paper_bounds import open_pdf
from exchange.papers.schedule.schedule_pdf_lines import LAYOUTS
from exchange.papers.schedule.schedule_reading_lines import IssuedLine, ReadPaper
from exchange.pdf.fonts import register_fonts
from exchange.pdf.pdf_pages import BOTTOM_MARGIN, SIDE_MARGIN
from models.trouble import Trouble

COLUMNS = (
    *("reference", "organisation", "project", "requested", "recommended"),
    *("awarded", "score", "place", "outcome", "reason"),
)
"""The columns of the tables of lines, by the names that differences are told in."""

_EDGES = tuple(tuple(SIDE_MARGIN + edge for edge in accumulate(widths[:-1])) for widths in LAYOUTS)
"""Where columns begin, for each way in which the pages may be laid out."""
_OUTCOME, _OUTCOME_COLUMN = "Outcome", COLUMNS.index("outcome")
_AFTER_FIGURES = 8.0
"""Points between the edge of a column and its text, right of a column of figures."""
_TOLD_BY = tuple(map(COLUMNS.index, ("reference", "requested", "score")))
"""The columns that tell headings, lines and subtotals apart: an application may be called "Subtotal"."""
_MONEY = re.compile(r"£[\d,]+(\.\d\d)?")
_DIGEST = re.compile(r"SHA-256ofthedata([0-9a-f]{64})")
_HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""pdfium gives a hyphen at the end of a printed line as one of these."""

_SUBTOTAL = "Subtotal"
_SAME_BASELINE = 2.5
_AREA_MONEY = ("·tolerance£", "·available£")
"""What stands in the money of an area, today and on older papers."""
_NEAR_ITS_MONEY = 8.0
"""An area's name stands this near its money, and no line of the table does."""


class _Letter(NamedTuple):
    """A character, its column, and where its baseline starts."""

    column: int
    x: float
    y: float
    text: str


def read_pdf(path: Path) -> ReadPaper:
    """Return the SHA-256 that a PDF prints, its lines, and the subtotals of its areas."""
    register_fonts()
    try:
        document = open_pdf(path)
    except FileNotFoundError as error:
        raise Trouble(f"{path.name} cannot be read as a PDF; choose the file that was issued.") from error
    try:
        pages = [_letters(document[number]) for number in range(len(document))]
    finally:
        document.close()
    pages = _in_columns(pages)
    found = [one for letters in pages for one in _lines(letters)]
    lines = tuple(line for line, kind in found if kind == "line")
    areas = tuple(_area(line) for line, kind in found if kind == "subtotal")
    return ReadPaper(_digest(pages), lines, areas, tuple(_whole(c for p in pages for c in _conditions(p))))


def _letters(page: pypdfium2.PdfPage) -> list[_Letter]:
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    found = []
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        letter = _HYPHENS.get(code) or chr(code)
        if letter.isspace():
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        found.append(_Letter(0, x.value, y.value, letter))
    text.close()
    page.close()
    return found


def _in_columns(pages: list[list[_Letter]]) -> list[list[_Letter]]:
    """Return the letters of all pages in the columns of the way in which they are laid out."""
    begins = next((x for x in map(_outcome_begins, pages) if x is not None), None)
    if begins is None:
        return pages
    text_begins = begins - _AFTER_FIGURES
    edges = min(_EDGES, key=lambda each: abs(each[_OUTCOME_COLUMN - 1] - text_begins))
    return [[one._replace(column=bisect_right(edges, one.x)) for one in letters] for letters in pages]


def _outcome_begins(letters: Sequence[_Letter]) -> float | None:
    """Return where the heading of outcomes begins on a page, None where none is."""
    left = {one.y for one in letters if one.x < SIDE_MARGIN + _SAME_BASELINE}
    for baseline in _apart(sorted(left, reverse=True)):
        level = [one for one in letters if abs(one.y - baseline) < _SAME_BASELINE]
        row = sorted(level, key=attrgetter("x"))
        words = "".join(one.text for one in row)
        if all(word in words for word in ("Reference", "Requested", _OUTCOME)):
            return row[words.index(_OUTCOME)].x
    return None


def _digest(pages: Sequence[Sequence[_Letter]]) -> str:
    for letters in pages[:1]:
        found = _DIGEST.search(_joined([letter for letter in letters if letter.y < BOTTOM_MARGIN]))
        if found:
            return found[1]
    return ""


def _lines(letters: list[_Letter]) -> Iterator[tuple[IssuedLine, str]]:
    """Yield a page's lines and subtotals with their kinds: from one row's baseline to the next."""
    body = [letter for letter in letters if letter.y >= BOTTOM_MARGIN]
    for (start, kind), (end, _) in pairwise([*_rows(body), (0.0, "")]):
        if kind in ("line", "subtotal"):
            row = [b for b in body if end + _SAME_BASELINE < b.y <= start + _SAME_BASELINE]
            yield _line(row), kind


def _conditions(letters: list[_Letter]) -> Iterator[tuple[str, str]]:
    """Yield a page's conditions: a number in the first column, and what stands right of it."""
    body = [letter for letter in letters if letter.y >= BOTTOM_MARGIN]
    baselines = list(_apart(sorted({b.y for b in body if b.column == 0}, reverse=True)))
    in_list = False
    for start, end in pairwise([*baselines, 0.0]):
        row = [b for b in body if end + _SAME_BASELINE < b.y <= start + _SAME_BASELINE]
        first, rest = (_joined([b for b in row if (b.column > 0) is is_rest]) for is_rest in (False, True))
        if first == "No." and rest == "Condition":
            in_list = True
        elif in_list and first.isdecimal():
            yield first, rest
        else:
            in_list = False


def _whole(parts: Iterable[tuple[str, str]]) -> Iterator[IssuedLine]:
    """Yield each condition once, one that goes on in another row put together."""
    texts: dict[str, str] = {}
    for number, text in parts:
        texts[number] = texts.get(number, "") + text
    for number, text in texts.items():
        yield IssuedLine(number, {"condition": text})


def _rows(body: Sequence[_Letter]) -> Iterator[tuple[float, str]]:
    """Yield the baselines at which lines start and end, from the top down, each with what it starts."""
    in_table = False
    areas = _area_rows(body)
    baselines = sorted({b.y for b in body if b.column == 0}, reverse=True)
    for baseline in _apart(baselines):
        level = [b for b in body if abs(b.y - baseline) < _SAME_BASELINE]
        first, asked, score = (_joined([b for b in level if b.column == n]) for n in _TOLD_BY)
        is_money = bool(_MONEY.fullmatch(asked))
        if first == "Reference" and not is_money:
            in_table = asked == "Requested"
            yield baseline, "heading"
        elif first == _SUBTOTAL and not score:
            in_table = False
            yield baseline, "subtotal"
        elif in_table and is_money:
            yield baseline, "line"
        elif in_table and any(abs(baseline - y) < _NEAR_ITS_MONEY for y in areas):
            in_table = False
            yield baseline, "area"
        elif not in_table:
            yield baseline, "other"


def _area_rows(body: Sequence[_Letter]) -> set[float]:
    """Return the baselines of areas' money: within a long table they stand above repeated headings."""
    dots = {b.y for b in body if b.text == "·"}
    rows = {y: _joined([b for b in body if b.y == y]) for y in dots}
    return {y for y, row in rows.items() if any(words in row for words in _AREA_MONEY)}


def _apart(baselines: Sequence[float]) -> Iterator[float]:
    """Yield one of baselines that belong to the same line of text."""
    before = None
    for baseline in baselines:
        if before is None or before - baseline >= _SAME_BASELINE:
            yield baseline
            before = baseline


def _line(letters: Sequence[_Letter]) -> IssuedLine:
    columns = {name: _joined([b for b in letters if b.column == n]) for n, name in enumerate(COLUMNS)}
    return IssuedLine(columns["reference"], columns)


def _area(subtotal: IssuedLine) -> IssuedLine:
    """Return a subtotal as what it says of its area: its name, lines and money."""
    cells = subtotal.cells
    told = {name: cells[name] for name in ("requested", "recommended", "awarded")}
    area, lines, remaining = (cells[name] for name in ("organisation", "project", "reason"))
    return IssuedLine(area, {**told, "area": area, "lines": lines, "remaining": remaining})


def _joined(letters: Sequence[_Letter]) -> str:
    """Return letters as text, line by line from the top, each from the left, without spaces."""
    return "".join(b.text for b in sorted(letters, key=_reading_order))


def _reading_order(letter: _Letter) -> tuple[int, float]:
    return -round(letter.y), letter.x

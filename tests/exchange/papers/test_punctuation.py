"""No paper prints a slip of punctuation, parts a heading from its words or signatures from what is signed."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from msgspec.structs import replace

from exchange.papers import paper_reading
from exchange.papers.document.docx import write_document_docx
from exchange.papers.document.docx_text import style_name
from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.document.values import Block, Document, Heading, Pairs, Para, Table, Together
from exchange.papers.letters.agreements import document_of, filled
from exchange.pdf.pdf_pages import BOTTOM_MARGIN
from models.operations.applications.gates import SetGate
from models.papers.kinds import AGREEMENT, KINDS, PaperKind
from models.papers.order import PaperOrder
from models.queries.papers.papers import draft_status
from models.record import Record
from scoring.round import Eligibility
from scoring.written.text import Refused
from tests.exchange.papers.test_money_form import NOW, papers_of
from tests.models.conftest import OPENER, TickingClock
from tests.models.operations.deciding_rounds import DAY, FINANCE, decide, deciding_rows, recommended
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER, application
from tests.paper_text import flat

SLIPS = re.compile(r"[.?];|\.,|(?<!\.)\.\.(?!\.)|,,|\s,|“[^”]*“|”[^“]*”(?=[^“]*$)|, \.")
ADDRESSES = {
    "whole": {"address": "12 High Street\nBirmingham", "postcode": "B1 1QX"},
    "with points": {"address": "12 High St.,\nBirmingham.", "postcode": "B1 1QX"},
    "postcode alone": {"address": "", "postcode": "B1 1QX"},
    "none": {"address": "", "postcode": ""},
    "none, and a name with a point": {"address": "", "postcode": "", "organisation": "The “Late” Club Ltd."},
}
SHIFTS = (0, 5, 11, 17, 23)
"""How many lines are put before a paper, so that its pages end elsewhere."""
SOFFICE = shutil.which("soffice")
WORD_FOOT = 62
"""In points: the foot of a page of Word stands below it."""


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.create(tmp_path / "office.panel", OPENER, clock=TickingClock()) as made:
        yield made


def awarded(record: Record, **told: str) -> None:
    rows = deciding_rows()
    barred = application(4, area="Dudley", eligibility=Eligibility.NO, eligibility_reason="It is a shop.")
    applications = tuple(replace(one, **told) for one in (*rows.applications, barred))
    recommended(record, replace(rows, applications=applications))
    record.perform(SetGate(1, "ACF-004", "cap", "fail", "It is too much."), OFFICER)
    decide(record)
    ready_to_pay(record, "ACF-001", DAY, FINANCE)


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_paper_has_a_slip_of_punctuation(record: Record, tmp_path: Path, address: str) -> None:
    quoted = {"summary": "A club for “young people” at night.", "project": "The “Late” Club"}
    awarded(record, **{**quoted, **ADDRESSES[address]})

    said = [
        (f"{path.name}: {place}: {text}", text)
        for path in papers_of(record, tmp_path)
        for place, text in paper_reading.read_paper(path).places
    ]

    assert any("“We” are the Office" in text for _, text in said), "agreements are among them"
    bare = ((words, text.replace("Ltd.,", "Ltd,")) for words, text in said)
    assert {words for words, text in bare if SLIPS.search(text)} == set()


def test_no_heading_ends_a_page_and_none_holds_signatures_alone(record: Record, tmp_path: Path) -> None:
    awarded(record)

    for name, document in documents(record):
        heads = {one.text for one in flat(document.blocks) if isinstance(one, Heading)}
        for shift in SHIFTS:
            lines = (Para("A line."),) * shift
            path = tmp_path / f"{name}-{shift}.pdf"
            pages = pages_in(write_document_pdf(replace(document, blocks=(*lines, *document.blocks)), path))
            assert [page[-1] for page in pages if page[-1] in heads] == [], path.name
            bare = [page for page in pages if page[0] == "Signatures" or is_to_sign(page[0])]
            assert bare == [], f"{path.name}: nobody signs a page without a word of what is signed"


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not here")
def test_nor_in_word(record: Record, tmp_path: Path) -> None:
    awarded(record)
    heads, written, pdfs = dict[str, set[str]](), list[Path](), tmp_path / "pdfs"
    for name, document in documents(record):
        heads[name] = {one.text for one in flat(document.blocks) if isinstance(one, Heading)}
        for shift in SHIFTS:
            shifted = replace(document, blocks=((Para("A line."),) * shift) + tuple(document.blocks))
            written.append(write_document_docx(shifted, tmp_path / f"{name} {shift}.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(pdfs)]
    with_fonts = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    subprocess.run([*command, *map(str, written)], check=True, capture_output=True, env=with_fonts)

    found = {path.stem: pages_in(path, WORD_FOOT) for path in pdfs.iterdir()}
    assert len(found) == len(written) > 20
    ends = {
        (name, page[-1])
        for name, pages in found.items()
        for page in pages
        if page and page[-1] in heads[name.rpartition(" ")[0]]
    }
    bare = {
        (name, page[0])
        for name, pages in found.items()
        for page in pages
        if page and (page[0] == "Signatures" or is_to_sign(page[0]))
    }
    assert ends | bare == set()


LONG = "Neighbours met on the green and asked for more light there. " * 6
ROW, ROW_END, HEADS = re.compile(r"\bb(\d+)q\b"), re.compile(r"\be(\d+)q\b"), re.compile(r"\bh(\d+)q\b")
"""How a row begins and ends in a page's text, and the headings of a table, each by its number."""


def test_no_row_of_a_table_is_parted_and_no_heading_left_behind_however_long(
    record: Record, tmp_path: Path
) -> None:
    awarded(record)
    met = 0

    for name, document in documents(record):
        tables = dict[int, set[int]]()
        blocks = tuple(with_long_rows(document.blocks, tables))
        heads = {one.text for one in flat(blocks) if isinstance(one, Heading)}
        for shift in SHIFTS[::2] if tables else ():
            shifted = replace(document, blocks=((Para("A line."),) * shift) + blocks)
            path = write_document_pdf(shifted, tmp_path / f"{name} {shift}.pdf")
            for number, lines in enumerate(pages_in(path), 1):
                words, where = "\n".join(lines), f"{path.name}, page {number}"
                begun, ended = (set(map(int, one.findall(words))) for one in (ROW, ROW_END))
                assert begun == ended, f"{where}: a row is parted"
                bare = [of for of in map(int, HEADS.findall(words)) if not tables[of] & begun]
                assert bare == [], f"{where}: headings of a table without a row"
                assert lines[-1] not in heads, f"{where}: a heading ends the page"
            met += 1
    assert met > 20


def with_long_rows(blocks: Iterable[Block], tables: dict[int, set[int]]) -> Iterator[Block]:
    """Yield blocks whose tables have long cells, marked; `tables` are filled with the rows of each."""
    for block in blocks:
        if isinstance(block, Together):
            yield replace(block, blocks=tuple(with_long_rows(block.blocks, tables)))
        elif isinstance(block, Table) and not all(one.is_figure for one in block.columns):
            yield marked(block, tables)
        elif isinstance(block, Pairs):
            yield replace(block, rows=tuple(_long_pairs(block, tables)))
        else:
            yield block


def _long_pairs(block: Pairs, tables: dict[int, set[int]]) -> Iterator[tuple[str, str]]:
    numbers = _next_rows(tables, len(block.rows))
    for number, (name, value) in zip(numbers, block.rows, strict=True):
        yield name, f"b{number}q {value} {LONG} e{number}q"


def _next_rows(tables: dict[int, set[int]], rows: int) -> range:
    """Number so many rows after those of the tables before, and keep the numbers under a table's own."""
    last = max((n for before in tables.values() for n in before), default=0)
    numbers = range(last + 1, last + 1 + rows)
    tables[len(tables)] = set(numbers)
    return numbers


def marked(block: Table, tables: dict[int, set[int]]) -> Table:
    of = len(tables)
    column = max(
        (n for n, one in enumerate(block.columns) if not one.is_figure), key=lambda n: block.columns[n].share
    )
    heads = tuple(
        replace(one, heading=f"h{of}q {one.heading}") if n == column else one
        for n, one in enumerate(block.columns)
    )
    rows = block.rows * (5 if not block.sums else 1)
    numbers = _next_rows(tables, len(rows))
    filled_in = (
        tuple(f"b{number}q {text} {LONG} e{number}q" if n == column else text for n, text in enumerate(row))
        for number, row in zip(numbers, rows, strict=True)
    )
    return replace(block, columns=heads, rows=tuple(filled_in))


def test_in_word_every_row_stays_whole_and_headings_stay_with_what_they_head(
    record: Record, tmp_path: Path
) -> None:
    awarded(record)
    files = [path for path in papers_of(record, tmp_path) if path.suffix == ".docx"]

    for path in files:
        word = docx.Document(str(path))
        rows = list(word.element.body.iter(qn("w:tr")))
        split = [row for row in rows if row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None]
        assert split == [], path.name
        loose = [row for row in rows if row.xpath("./w:trPr/w:tblHeader") and not row.xpath(".//w:keepNext")]
        assert loose == [], path.name
        for line in word.paragraphs:
            if style_name(line).startswith(("Heading", "Table Caption")):
                shapes = (line.paragraph_format, line.style.paragraph_format)
                assert any(one.keep_with_next for one in shapes), f"{path.name}: {line.text}"
    assert len(files) > 12


def documents(record: Record) -> Iterator[tuple[str, Document]]:
    """Yield each paper in prose of the round, its month and its year, and the agreement on an award."""
    for kind in KINDS.values():
        order = PaperOrder(kind.code, NOW, round_id=1, award="A-031-01", period="2026/27")
        order = order if kind.is_of_round else replace(order, round_id=None)
        if kind.document or kind.code == AGREEMENT:
            try:
                yield kind.code, document_in(record, kind, order)
            except Refused:
                continue


def document_in(record: Record, kind: PaperKind, order: PaperOrder) -> Document:
    value = record.ask(partial(kind.ask, order=order))
    status = record.ask(partial(draft_status, order=order, value=value))
    if kind.code == AGREEMENT:
        return document_of(filled(value, status), value, status)
    module, _, name = kind.document.partition(":")
    made: Document = getattr(import_module(module), name)(value, status)
    return made


def pages_in(path: Path, foot: float = BOTTOM_MARGIN) -> Sequence[Sequence[str]]:
    """Return the lines of each page without its head and foot."""
    with pypdfium2.PdfDocument(path) as document:
        return [list(_lines(page, foot)) for page in document]


def _lines(page: pypdfium2.PdfPage, foot: float) -> Iterator[str]:
    words = page.get_textpage().get_text_bounded(bottom=foot, top=page.get_height() - 40)
    yield from filter(None, (line.strip() for line in words.splitlines()))


def is_to_sign(line: str) -> bool:
    return line.endswith("Signature Date") or line == "Signature"

"""A grant agreement written: in Word from the template that ships or the office's own, and as a PDF."""

import base64
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

import resources
from exchange.atomic import new_place, write_beside
from exchange.papers.document.docx import add_logo, add_page_numbers
from exchange.papers.document.docx_text import keep_with_next, name_document, put, save_word, style_name
from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.document.values import Block, Document, Heading, Para, Together
from exchange.papers.letters.pages import Part, blocks_of, parts_in
from exchange.papers.paper_writing import named
from exchange.papers.templates.word import WordTemplate, names_in, own, shipped
from exchange.papers.templates.word import filled as filled_in
from exchange.pdf.type_width import UPRIGHT, reached_lines
from exchange.reading.word_templates import read_template_file, require_sound
from exchange.written_text import one_line
from exchange.xlsx.xlsx_cells import check_book
from models.papers.grant_agreement import AgreementFacts, GrantAgreement
from models.papers.status import PaperStatus
from models.trouble import Trouble
from scoring.written.names import file_name, shortened
from scoring.written.text import Refused

if TYPE_CHECKING:
    from exchange.papers.drawing import Drawn

SHIPPED = "agreement.docx"
_ITS_NAME = "The agreement’s template"
MOST = 400_000
"""Bytes of a template: each issued agreement holds the one that it was made from."""
NEEDED = ("organisation",), ("amount_pence", "payments"), ("clauses",)
"""Of each of these a template names one: nobody signs an agreement without a party, a sum or terms."""
LONGEST_NAME = 60
ABOVE_FOOT = Pt(8)
HEAD = ("Title", "Subtitle")


def template_bytes(content: str) -> bytes:
    return base64.b64decode(content) if content else resources.path(f"letters/{SHIPPED}").read_bytes()


def write_template(content: str, path: Path) -> Path:
    """Write a template to a file, to be edited in Word; return the path it really has."""
    return write_beside(path, partial(Path.write_bytes, data=template_bytes(content)), check_book)


def read_template(path: Path) -> str:
    """Return the base64 of a template that an office edited; raises Trouble or Refused with what is wrong."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Trouble(f"{path.name} cannot be read ({error.strerror}). Choose the file again.") from error
    if size > MOST:
        raise Refused(
            f"{path.name} has {size // 1000:,} kB; a template has up to {MOST // 1000}. Remove its pictures: "
            "the office’s logo is put in by the program."
        )
    data = read_template_file(path)
    found = names_in(own(path.name, data, AgreementFacts))
    for names in NEEDED:
        if found.isdisjoint(names):
            raise Refused(
                f"{path.name} does not name {names[0]}, without which an agreement says too little. Add it."
            )
    return base64.b64encode(data).decode("ascii")


def filled(agreement: GrantAgreement, status: PaperStatus) -> WordDocument:
    """Return the template with everything in its place."""
    reached = "\n".join(reached_lines(agreement.letterhead.reached, UPRIGHT))
    facts = AgreementFacts.of(agreement, status.dated, reached)
    (word,) = filled_in(_template(agreement.template), [facts])
    return word


def _template(content: str) -> WordTemplate:
    if not content:
        return shipped(SHIPPED, AgreementFacts)
    data = base64.b64decode(content)
    require_sound(_ITS_NAME, data)
    return own(_ITS_NAME, data, AgreementFacts)


def write_agreements(
    agreement: GrantAgreement, status: PaperStatus, folder: Path, drawn: "Drawn | None" = None
) -> tuple[Path, ...]:
    """Write an agreement into a folder, in Word and as a PDF, and return the paths they really have.

    One in Word that a person changed stays there, and the new one is beside it.
    `drawn` are its files where they were drawn for its issue.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name_of(agreement, status)
    word, pdf = new_place(path.with_name(f"{path.name}.docx")), path.with_name(f"{path.name}.pdf")
    if drawn is not None:
        return drawn.write(word), drawn.write(pdf)
    return write_agreement_docx(agreement, status, word), write_agreement_pdf(agreement, status, pdf)


def write_agreement_docx(
    agreement: GrantAgreement, status: PaperStatus, path: Path, tick: Any = None
) -> Path:
    """Write an agreement in Word and return the path it really has."""
    word = filled(agreement, status)
    _dress(word, agreement, status)
    return save_word(word, path)


def write_agreement_pdf(agreement: GrantAgreement, status: PaperStatus, path: Path, tick: Any = None) -> Path:
    return write_document_pdf(document_of(filled(agreement, status), agreement, status), path, tick)


def name_of(agreement: GrantAgreement, status: PaperStatus) -> str:
    """Return the name of its files without an ending: award, organisation, and which version it is."""
    version = "draft" if status.version is None else f"v{status.version}"
    version += " signed" if status.signed_on else ""
    who = shortened(one_line(agreement.organisation), LONGEST_NAME)
    return file_name(agreement.award, who, agreement.called, version)


def marking_of(agreement: GrantAgreement) -> str:
    """Return what stands over each page: that it is not to be signed yet, and a name that is withheld."""
    marking = agreement.marking if agreement.is_withheld else ""
    return " · ".join(filter(None, (marking, "NOT FOR SIGNATURE YET" if agreement.awaits_answer else "")))


def document_of(word: WordDocument, agreement: GrantAgreement, status: PaperStatus) -> Document:
    """Return the pages of a filled-in template; its title and the head over it are the paper's own.

    What else an office put over the title stands below it.
    """
    found = list(parts_in(word))
    at = next((number for number, part in enumerate(found) if part.style == "Title"), -1)
    titles = [part.text for part in found[: at + 1] if part.style == "Title"]
    under = [part.text for part in found if part.style == "Subtitle"]
    below = [part for part in found[at + 1 :] if part.style not in HEAD]
    return Document(
        title=titles[0] if titles else agreement.title,
        blocks=_signed_together(tuple(blocks_of((*_over(word, found[: at + 1], agreement), *below)))),
        made_at=status.made_at,
        subtitle=under[0] if under else "",
        above=agreement.office,
        marking=marking_of(agreement),
        status=status.words,
        is_draft=status.is_draft,
        below=("", ""),
        reached=agreement.letterhead.reached,
        logo=status.logo,
    )


def _over(word: WordDocument, parts: Sequence[Part], agreement: GrantAgreement) -> Iterator[Part]:
    """Yield what stands in a template's page heads and over its title, but for the office's own lines."""
    head = (named(agreement), "\n".join(reached_lines(agreement.letterhead.reached, UPRIGHT)))
    known = {one_line(words) for words in head} | {""}
    heads = (
        line.text
        for section in word.sections
        for line in section.header.paragraphs
        if next(line._p.iter(qn("w:fldSimple"), qn("w:fldChar")), None) is None
    )
    yield from (Part("Small", text) for text in dict.fromkeys(heads) if one_line(text) not in known)
    for part in parts:
        if part.table is not None or (part.style not in HEAD and one_line(part.text) not in known):
            yield part


def _signed_together(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with the signatures of both sides on one page, with the last of the terms above them.

    Nobody signs a page that holds no word of what is signed.
    """
    signed = [number for number, block in enumerate(blocks) if isinstance(block, Together)]
    end = signed[0] if signed else len(blocks)
    heads = [n for n, block in enumerate(blocks[:end]) if isinstance(block, Heading)]
    if not (signed or heads):
        return blocks
    first = heads[-1] if heads else end
    last = signed[-1] + 1 if signed else first + 2
    first -= bool(first) and isinstance(blocks[first - 1], Para)
    return (*blocks[:first], Together(tuple(_flat(blocks[first:last]))), *blocks[last:])


def _flat(blocks: Iterable[Block]) -> Iterator[Any]:
    for block in blocks:
        yield from block.blocks if isinstance(block, Together) else (block,)


def _keep_terms_with_signatures(word: WordDocument) -> None:
    """Keep the last of the terms on the page of the signatures, as in the PDF."""
    body = list(word.element.body.iterchildren(qn("w:p"), qn("w:tbl")))
    heads = [n for n, one in enumerate(body) if _is_heading(one, word)]
    if not heads:
        return
    tables = (n for n, one in enumerate(body) if n > heads[-1] and one.tag == qn("w:tbl"))
    end = next(tables, heads[-1] + 1)
    for one in body[max(heads[-1] - 1, 0) : end]:
        keep_with_next(one)
    keep_with_next(*list(body[end].iter(qn("w:tr")))[:-1])


def _is_heading(element: Any, word: WordDocument) -> bool:
    return element.tag == qn("w:p") and style_name(Paragraph(element, word)).startswith("Heading ")


def _dress(word: WordDocument, agreement: GrantAgreement, status: PaperStatus) -> None:
    """Put in what the program answers for: logo, marking, and at the foot what this copy is."""
    _keep_terms_with_signatures(word)
    for number, (header, footer) in enumerate(_heads_and_feet(word)):
        above = (marking_of(agreement), status.words if status.is_draft else "")
        put(_blank(header), " · ".join(filter(None, above)))
        if status.logo and not number:
            add_logo(header.add_paragraph(), status.logo, agreement.office)
        foot = _blank(footer)
        foot.paragraph_format.space_before = ABOVE_FOOT
        put(foot, f"{agreement.title}. {status.words}. ")
        add_page_numbers(foot)
    name_document(word, f"{agreement.title}, {agreement.organisation}", status.made_at)


def _heads_and_feet(word: WordDocument) -> Iterator[tuple[Any, Any]]:
    """Yield the head and foot of all pages, and those that first and even pages have of their own."""
    for number, section in enumerate(word.sections):
        pairs = [(section.header, section.footer)]
        if section.different_first_page_header_footer:
            pairs.insert(0, (section.first_page_header, section.first_page_footer))
        if word.settings.odd_and_even_pages_header_footer:
            pairs.append((section.even_page_header, section.even_page_footer))
        for head, foot in pairs:
            if not number or not (head.is_linked_to_previous and foot.is_linked_to_previous):
                yield head, foot


def _blank(part: Any) -> Paragraph:
    """Return the first paragraph of a head or foot, a new one where that is the office's own or is not."""
    first: Paragraph | None = next(iter(part.paragraphs), None)
    if first is not None and not first.text.strip():
        return first
    added: Paragraph = part.add_paragraph(style=None if first is None else first.style)
    return added

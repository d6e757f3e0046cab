"""One agreement written: in Word from the template, and as a PDF of the same words."""

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from exchange.atomic import laid_out_by, new_place, write_beside
from exchange.papers.agreements.columns import (
    leave_out_column,
    leave_out_signatures,
    leave_out_table,
)
from exchange.papers.agreements.next_steps import what_first
from exchange.papers.agreements.pages import TERMS_WITH_SIGNATURES, below_of, document_of, marking_of
from exchange.papers.agreements.placeholders import groups_of, values_of
from exchange.papers.agreements.template import template_of
from exchange.papers.document.docx import add_page_numbers
from exchange.papers.document.docx_blocks import add_logo
from exchange.papers.document.docx_styles import style_name
from exchange.papers.document.docx_text import hold_whole, plain, put
from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.headed import named
from exchange.papers.letters.filling import fill_in
from exchange.written_text import one_line
from exchange.xlsx.xlsx_book import check_book, write_deterministic
from models.papers.agreements.grant_agreement import GrantAgreement
from models.papers.status import PaperStatus
from scoring.written.days import full_day
from scoring.written.names import file_name, shortened
from scoring.written.text import with_article

if TYPE_CHECKING:
    from exchange.papers.drawing import Drawn

LONGEST_NAME = 60
ABOVE_FOOT = Pt(8)
SIGNED = "Both of us signed the agreement on {}. What stands here of payments is of {}."
"""What takes the signatures' place once they are given: the text may tell what came after them."""
SIGNED_BY = "Both of us signed the agreement on {0}. {2} Payments are shown as they stood on {1}."
"""The same where it is recorded who signed."""


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
    return write_beside(path, partial(_save, word), check_book)


def write_agreement_pdf(agreement: GrantAgreement, status: PaperStatus, path: Path, tick: Any = None) -> Path:
    """Write an agreement as a PDF and return the path it really has."""
    return write_document_pdf(document_of(filled(agreement, status), agreement, status), path, tick)


def filled(agreement: GrantAgreement, status: PaperStatus) -> WordDocument:
    """Return the template with everything in its place."""
    word = template_of(agreement.template, is_letter=agreement.is_letter)
    if not agreement.points:
        leave_out_table(word, "{outcome}")
    if all(point.target is None for point in agreement.points):
        leave_out_column(word, "{outcome_target}")
    if not any(point.target is not None or point.measure for point in agreement.points):
        leave_out_column(word, "{outcome_measure}")
    instead = _instead_of_signatures(agreement, status)
    place = leave_out_signatures(word) if instead else None
    fill_in(word, values_of(agreement, status.dated), groups_of(agreement, status.dated))
    if place is not None:
        place.text = plain(instead)
    return word


def _instead_of_signatures(agreement: GrantAgreement, status: PaperStatus) -> str:
    """Return what takes the signatures' place: that they are given, or not yet asked for; "" for neither."""
    if agreement.signed_on is None:
        return what_first(agreement)
    words = SIGNED_BY if any(agreement.signers) else SIGNED
    return words.format(full_day(agreement.signed_on), full_day(status.dated), who_signed(agreement))


def who_signed(agreement: GrantAgreement) -> str:
    """Return who signed for each side, as far as it is recorded, "" where nobody is."""
    sides = (with_article(named(agreement)), agreement.organisation)
    both = zip(agreement.signers, sides, strict=True)
    said = (f"{who}{',' if ',' in who else ''} signed for {one_line(side)}." for who, side in both if who)
    return one_line(" ".join(said))


def name_of(agreement: GrantAgreement, status: PaperStatus) -> str:
    """Return the name of its files without an ending: award, organisation, and which version it is."""
    version = "draft" if status.version is None else f"v{status.version}"
    version += " signed" if status.signed_on else ""
    who = shortened(one_line(agreement.organisation), LONGEST_NAME)
    return file_name(agreement.award, who, "agreement", version)


def _dress(word: WordDocument, agreement: GrantAgreement, status: PaperStatus) -> None:
    """Put in what the program answers for: logo, marking, and at the foot what this copy is."""
    for number, (header, footer) in enumerate(_heads_and_feet(word)):
        above = (marking_of(agreement), status.words if status.is_draft else "")
        put(_blank(header), " · ".join(filter(None, above)))
        if status.logo and not number:
            add_logo(header.add_paragraph(), status.logo, agreement.office)
        foot = _blank(footer)
        foot.paragraph_format.space_before = ABOVE_FOOT
        put(foot, " ".join((f"{agreement.title}.", f"{status.words}.", *below_of(status))))
        add_page_numbers(footer.add_paragraph(style=foot.style))
    _number(word, agreement)
    _keep_together(word)
    properties = word.core_properties
    properties.title = one_line(f"{agreement.title}, {agreement.organisation}")[:255]
    properties.author = properties.last_modified_by = "Grant Panel"
    properties.keywords = laid_out_by()
    properties.created = properties.modified = status.made_at.replace(tzinfo=None, microsecond=0)


def _number(word: WordDocument, agreement: GrantAgreement) -> None:
    """Give the title the award's reference, as the PDF has it; a template's own that names it stays."""
    title = next((one for one in word.paragraphs if style_name(one) == "Title"), None)
    if title is not None and title.runs and agreement.award not in title.text:
        title.runs[-1].text = f"{title.runs[-1].text} {agreement.award}"


def _keep_together(word: WordDocument) -> None:
    """Keep what leads to a table beside it, and the signatures on a page with the last terms."""
    for table in word.tables:
        before = table._tbl.getprevious()
        if before is not None and before.tag == qn("w:p"):
            Paragraph(before, word).paragraph_format.keep_with_next = True
    found = word.paragraphs
    heads = [n for n, each in enumerate(found) if style_name(each).startswith("Heading")]
    for paragraph in found[heads[-TERMS_WITH_SIGNATURES:][0] :] if heads else ():
        paragraph.paragraph_format.keep_with_next = True


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


def _save(word: WordDocument, part: Path) -> None:
    finished = BytesIO()
    hold_whole(word)
    word.save(finished)
    write_deterministic(finished, part)

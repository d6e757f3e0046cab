"""A template that an office edited in Word: what Word adds is kept, or refused with what to do."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from msgspec.structs import replace

from exchange.papers.agreements.template import read_template
from exchange.papers.agreements.writing import write_agreements
from scoring.refused import Refused
from tests.exchange.papers.agreements.test_agreement_files import AGREEMENT, STATUS, agreement_text

RUN = "<w:r><w:t>Kept for {fund}</w:t></w:r>"


def edited(*rows: Sequence[str]) -> WordDocument:
    word = docx.Document()
    for text in ("{recipient}", "{amount}", "{clause_words}"):
        word.add_paragraph(text)
    for row in rows:
        for cell, text in zip(word.add_table(1, len(row)).rows[0].cells, row, strict=True):
            cell.text = text
    return word


def taken(word: WordDocument, folder: Path) -> str:
    path = folder / "ours.docx"
    word.save(str(path))
    return read_template(path)


def put_xml(to: Any, xml: str) -> None:
    to.append(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))


def test_what_stands_in_a_repeated_row_is_never_read_as_a_placeholder(tmp_path: Path) -> None:
    content = taken(edited(("{organisation}", "{payment_amount}")), tmp_path)

    words = agreement_text(replace(AGREEMENT, organisation="{boo} Choir", template=content), STATUS)

    assert words.splitlines()[-4:] == ["{boo} Choir", "£2,250"] * 2


def test_a_table_with_no_row_left_goes_and_uneven_rows_stay(tmp_path: Path) -> None:
    word = edited(("{return_due}", "{return_on}"))
    table = word.add_table(2, 3)
    for row, texts in zip(table.rows, (("What", "How"), ("Whole", "", "Last")), strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text
    head = table.rows[0]._tr
    head.remove(head.tc_lst[2])
    put_xml(head.get_or_add_trPr(), "<w:tblHeader/>".replace("/>", "></w:tblHeader>"))
    table.rows[1].cells[0].merge(table.rows[1].cells[1])
    content = taken(word, tmp_path)

    made, pdf = write_agreements(replace(AGREEMENT, returns=(), template=content), STATUS, tmp_path / "out")

    assert len(docx.Document(str(made)).tables) == 1, "the table of returns has no row left"
    pages = pypdfium2.PdfDocument(pdf)
    printed = pages[0].get_textpage().get_text_range()
    pages.close()
    assert printed.count("Whole") == printed.count("Last") == 1


def test_content_controls_are_opened_up(tmp_path: Path) -> None:
    word = edited()
    put_xml(word.add_paragraph("")._p, f"<w:sdt><w:sdtContent>{RUN}</w:sdtContent></w:sdt>")
    content = taken(word, tmp_path)

    words = agreement_text(replace(AGREEMENT, template=content), STATUS)

    assert words.endswith("Kept for Active Citizens Fund")


def test_first_and_even_pages_say_what_the_copy_is(tmp_path: Path) -> None:
    word = edited()
    section = word.sections[0]
    section.different_first_page_header_footer = True
    word.settings.odd_and_even_pages_header_footer = True
    section.first_page_header.paragraphs[0].text = "For {award}"
    section.header.paragraphs[0]._p.getparent().append(section.header.add_table(1, 1, 1000)._tbl)
    section.header._element.remove(section.header.paragraphs[0]._p)
    word.add_section()
    content = taken(word, tmp_path)

    made, _ = write_agreements(replace(AGREEMENT, template=content), STATUS, tmp_path / "out")

    told = docx.Document(str(made)).sections[0]
    draft = "Draft, not issued"
    assert [p.text for p in told.first_page_header.paragraphs] == ["For A-031-01", draft]
    assert [p.text for p in told.header.paragraphs] == [draft]
    assert [p.text for p in told.even_page_header.paragraphs] == [draft]
    hidden, _ = write_agreements(replace(AGREEMENT, is_withheld=True), STATUS, tmp_path / "hidden")
    assert "OFFICIAL · " in docx.Document(str(hidden)).sections[0].header.paragraphs[0].text


def test_what_cannot_be_filled_in_is_refused(tmp_path: Path) -> None:
    tracked = edited()
    put_xml(tracked.add_paragraph("")._p, f'<w:ins w:id="1" w:author="Pat Example">{RUN}</w:ins>')

    with pytest.raises(Refused, match="has tracked changes, which nobody can sign"):
        taken(tracked, tmp_path)
    with pytest.raises(Refused, match="in one row or paragraph"):
        taken(edited(("{payment_amount}", "{outcome}")), tmp_path)

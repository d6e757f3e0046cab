"""A Word document's list of contents: links to its headings, with their pages."""

from collections.abc import Mapping
from typing import Any
from zlib import crc32

from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu

from exchange.papers.document.docx_text import add_field, plain, put
from exchange.papers.document.values import Contents
from scoring.written.text import one_line

ROOM_OF_A_NUMBER = Cm(1.2)
LONGEST_TITLE = 200
"""So much of a heading stands in the outline of a PDF."""


def put_link(paragraph: Any, text: str) -> None:
    """Put text into a paragraph as a link to the heading of that text."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), _anchor(plain(text)))
    put(paragraph, text)
    link.append(paragraph._p.find(qn("w:r")))
    paragraph._p.append(link)


def link_contents(word: WordDocument, contents: Contents, pages: Mapping[str, int]) -> None:
    """Mark the headings that a list of contents leads to, of two alike the first, and say their pages.

    `pages` are those of the same paper as a PDF. LibreOffice works them out anew when it opens the paper,
    Word when it prints it: to do so at opening it would ask first.
    """
    waits = {plain(text) for text in contents.headings}
    numbers: dict[str, int] = {}
    for paragraph in word.paragraphs:
        if paragraph.text in waits and str(paragraph._p.style).startswith("Heading"):
            waits.remove(paragraph.text)
            _bookmark(paragraph, _anchor(paragraph.text))
            numbers[_anchor(paragraph.text)] = pages.get(one_line(paragraph.text)[:LONGEST_TITLE], 1)
    for paragraph in word.paragraphs:
        for link in paragraph._p.findall(qn("w:hyperlink")):
            anchor = link.get(qn("w:anchor"))
            if anchor in numbers:
                _numbered(paragraph, link, anchor, numbers[anchor], word.sections[0])


def _numbered(paragraph: Any, link: Any, anchor: str, page: int, section: Any) -> None:
    """Put the page of a heading at the end of the line that leads to it, behind dots."""
    shape = paragraph.paragraph_format
    width = section.page_width - section.left_margin - section.right_margin
    shape.right_indent = ROOM_OF_A_NUMBER
    shape.tab_stops.add_tab_stop(Emu(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    tab, number = paragraph.add_run("\t"), paragraph.add_run()
    add_field(number, f"PAGEREF {anchor} \\h", str(page))
    for run in (tab, number):
        link.append(run.element)


def _bookmark(paragraph: Any, name: str) -> None:
    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (begin, end):
        element.set(qn("w:id"), str(int(name[1:], 16)))
    begin.set(qn("w:name"), name)
    paragraph._p.find(qn("w:r")).addprevious(begin)
    paragraph._p.append(end)


def _anchor(text: str) -> str:
    """Return the name of the bookmark at a heading, which may have few characters."""
    return f"h{crc32(text.encode('utf-8', 'surrogatepass')) >> 1:08x}"

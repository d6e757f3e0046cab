"""All letters in one document for printing, each with a foot and a count of pages of its own."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

FIRST_MARK = 1000
"""Bookmarks at the ends of letters are numbered from here, past those of a template."""
_RELATED = (qn("r:id"), qn("r:embed"), qn("r:link"))


def in_one(letters: Iterable[WordDocument]) -> WordDocument | None:
    """Return all letters one after the other, None where a template holds pictures or links of its own."""
    whole: WordDocument | None = None
    for number, word in enumerate(letters, 1):
        if _is_tied(word.element.body):
            return None
        _count_alone(word, number)
        if whole is None:
            whole = word
        else:
            _append(whole, word)
    return whole


def first_page_apart(section: Any) -> None:
    """Give the first page of a letter a head and a foot of its own, alike the others': its logo stands there.

    A template whose first page has its own keeps them.
    """
    if section.different_first_page_header_footer:
        return
    section.different_first_page_header_footer = True
    pairs = ((section.header, section.first_page_header), (section.footer, section.first_page_footer))
    for every, first in pairs:
        first.is_linked_to_previous = False
        _put_in_place(first.part.element, every.part.element)


def _append(whole: WordDocument, word: WordDocument) -> None:
    """Put a letter behind others, in a section of its own, whose pages are counted afresh."""
    section = whole.add_section(WD_SECTION.NEW_PAGE)
    body = whole.element.body
    _end_with_the_text(body)
    for element in word.element.body.iterchildren():
        if element.tag != qn("w:sectPr"):
            body.insert(len(body) - 1, deepcopy(element))
    for element in body[-1].findall(qn("w:pgNumType")):
        body[-1].remove(element)
    counted = OxmlElement("w:pgNumType")
    counted.set(qn("w:start"), "1")
    body[-1].insert_element_before(counted, "w:cols", "w:titlePg", "w:docGrid")
    of_letters = (one.sections[0].different_first_page_header_footer for one in (whole, word))
    section.different_first_page_header_footer = all(of_letters)
    for into, foot in zip(_feet(section), _feet(word.sections[0]), strict=False):
        _set_footer(into, foot.part.element)


def _end_with_the_text(body: Any) -> None:
    """End a section with its last paragraph: an empty one behind a full page would have a page of its own."""
    empty, last = body[-2], body[-3]
    if last.tag == qn("w:p"):
        last.get_or_add_pPr().append(empty.pPr.find(qn("w:sectPr")))
        body.remove(empty)


def _feet(section: Any) -> list[Any]:
    """Return the feet of a section, that of its first page where it has one of its own."""
    has_first = section.different_first_page_header_footer
    return [section.footer, *([section.first_page_footer] if has_first else [])]


def _set_footer(into: Any, foot: Any) -> None:
    """Give a section the foot of its letter, which names its reference, unless that holds pictures."""
    if not _is_tied(foot):
        into.is_linked_to_previous = False
        _put_in_place(into.part.element, foot)


def _put_in_place(into: Any, part: Any) -> None:
    """Put copies of what a head or foot holds into another in place of what that held."""
    for element in list(into):
        into.remove(element)
    for element in part:
        into.append(deepcopy(element))


def _count_alone(word: WordDocument, number: int) -> None:
    """Have "of 2" in "Page 1 of 2" count a letter's own pages: it is the page on which the letter ends.

    Word knows a count for a section, which LibreOffice does not; the page of a bookmark both know.
    """
    codes = [
        code
        for foot in _feet(word.sections[0])
        for code in foot.part.element.iter(qn("w:instrText"))
        if "NUMPAGES" in str(code.text)
    ]
    if codes:
        _mark_end(word, number)
    for code in codes:
        code.text = f" PAGEREF {_mark(number)} "
        paragraph = next(code.iterancestors(qn("w:p")))
        for part in paragraph.iter(qn("w:fldChar")):
            if part.get(qn("w:fldCharType")) == "begin":
                part.set(qn("w:dirty"), "true")  # worked out as the file is opened


def _mark_end(word: WordDocument, number: int) -> None:
    """Put a bookmark at the end of a letter."""
    paragraph = list(word.element.body.iter(qn("w:p")))[-1]
    for name in ("w:bookmarkStart", "w:bookmarkEnd"):
        element = OxmlElement(name)
        element.set(qn("w:id"), str(FIRST_MARK + number))
        if name == "w:bookmarkStart":
            element.set(qn("w:name"), _mark(number))
        paragraph.append(element)


def _mark(number: int) -> str:
    return f"end_of_letter_{number}"


def _is_tied(part: Any) -> bool:
    """Whether a part of a letter refers to pictures or links of its own file, which a copy would lose."""
    pages = (qn("w:headerReference"), qn("w:footerReference"))
    inner = (element for element in part.iter() if element.tag not in pages)
    return any(element.get(name) for element in inner for name in _RELATED)

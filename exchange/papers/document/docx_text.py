"""Plain text in the paragraphs of a Word document: never markup, never a field."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from exchange.written_text import clean, unbroken

_SPACES = re.compile(r"(\s+)")
_HELD = "\0"
"""Stands for a hyphen that does not break until it is one; no document holds it."""
_NUMBER = re.compile(r"\b[A-Z][A-Z0-9]{0,7}(?:-[A-Z0-9]{1,8})*-\d{1,6}\b")
"""The number of an award or an application (A-014-07, NTF-0008, ACF26-001), read out when somebody rings."""


def put(paragraph: Any, text: str) -> None:
    """Put plain text into a paragraph: never markup, never a field, nothing that breaks the file."""
    paragraph.add_run(plain(text))


def plain(text: str) -> str:
    """Return text without what a Word document cannot hold."""
    return clean(text).replace("\t", " ")


def add_field(run: Any, code: str, shown: str) -> None:
    """Put a field into a run that Word works out, such as the number of the page; `shown` until it has."""
    for kind in ("begin", "", "separate", "shown", "end"):
        if kind == "shown":
            run.add_text(shown)
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.set(qn("xml:space"), "preserve")
            element.text = code
        run.element.append(element)


def keep_with_next(paragraphs: Iterable[Any]) -> None:
    """Keep paragraphs with what follows them."""
    for paragraph in paragraphs:
        paragraph.get_or_add_pPr().get_or_add_keepNext()


def hold_whole(word: WordDocument) -> None:
    """Keep numbers of awards and applications, and what is read in one piece, each on one line.

    An e-mail address keeps its plain hyphens: whoever copies it out of a letter writes to it.
    """
    for text in [found for part in parts_of(word) for found in part.iter(qn("w:t"))]:
        if text.text:
            text.text = unbroken(text.text)
        if text.text and _NUMBER.search(text.text):
            _hold(text, "".join(map(_held, _SPACES.split(text.text))))


def parts_of(word: WordDocument) -> Iterator[Any]:
    """Yield the body and every head and foot, those of first and of even pages as well."""
    yield word.element.body
    for section in word.sections:
        for part in (
            *(section.header, section.first_page_header, section.even_page_header),
            *(section.footer, section.first_page_footer, section.even_page_footer),
        ):
            if not part.is_linked_to_previous:
                yield part.part.element


def _held(word: str) -> str:
    if "@" in word:
        return word
    return _NUMBER.sub(lambda number: number[0].replace("-", _HELD), word)


def _hold(text: Any, held: str) -> None:
    """Put hyphens that do not break, and the words between them, in the place of a text that has some."""
    if _HELD not in held:
        return
    for number, words in enumerate(held.split(_HELD)):
        if number:
            text.addprevious(OxmlElement("w:noBreakHyphen"))
        part = OxmlElement("w:t")
        part.text = words
        part.set(qn("xml:space"), "preserve")
        text.addprevious(part)
    text.getparent().remove(text)

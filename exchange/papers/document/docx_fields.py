"""Questions of a form in a Word document: each answer is a content control, found again by its tag."""

from collections.abc import Iterator, Mapping
from typing import Any
from zlib import crc32

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

from exchange.papers.document.docx_text import MUTED, add_line, element, keep_with_next, plain, put
from exchange.papers.document.values import Question
from models.papers.form_signs import PROMPTS, TICKED, UNTICKED

ANSWER = "Answer"
"""The style of a paragraph that holds an answer."""
_TICK_FACE = "MS Gothic"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_LONGEST_ALIAS = 64
_DAY = (
    '<w:date {}><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-GB"/>'
    '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
)
_TICK = (
    f'<w14:checkbox xmlns:w14="{_W14}"><w14:checked w14:val="0"/>'
    f'<w14:checkedState w14:val="{ord(TICKED):04X}" w14:font="{_TICK_FACE}"/>'
    f'<w14:uncheckedState w14:val="{ord(UNTICKED):04X}" w14:font="{_TICK_FACE}"/></w14:checkbox>'
)


def add_question(word: WordDocument, block: Question) -> None:
    """Add a question, its hint, and room for the answer, all on one page as far as it holds them."""
    lines = [] if block.kind == "agree" else [_line(word, "Question", block.label)]
    lines += [_line(word, "Hint", block.hint)] if block.hint else []
    if block.ticks:
        for name, words in block.ticks:
            tick = add_line(word, "Tick")
            tick._p.append(_control(name, words, [parse_xml(_TICK)], UNTICKED, face=_TICK_FACE))
            put(tick, f" {words}")
            lines.append(tick)
    else:
        answer = add_line(word, ANSWER)
        answer._p.append(_answer(block))
        lines.append(answer)
    keep_with_next(*(line._p for line in lines[:-1]))


def _line(word: WordDocument, style: str, text: str) -> Any:
    line = add_line(word, style)
    put(line, text)
    return line


def _answer(block: Question) -> Any:
    if block.kind == "code":
        return _control(block.name, block.label, _kind(block), *block.choices, is_locked=True)
    return _control(block.name, block.label, _kind(block), PROMPTS[block.kind], is_prompt=True)


def _kind(block: Question) -> list[Any]:
    """Return what makes a control one to choose in; others are of rich text, which LibreOffice keeps."""
    if block.kind == "day":
        return [parse_xml(_DAY.format(nsdecls("w")))]
    if block.kind != "choice":
        return []
    made = OxmlElement("w:dropDownList")
    for words in dict.fromkeys(map(plain, block.choices)):
        made.append(element("listItem", {"displayText": words, "value": words}))
    return [made]


def _control(
    name: str,
    label: str,
    kind: list[Any],
    shown: str,
    *,
    is_prompt: bool = False,
    is_locked: bool = False,
    face: str = "",
) -> Any:
    """Return a content control that nobody can delete; what is shown is a prompt until it is answered."""
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    control.append(properties := OxmlElement("w:sdtPr"))
    properties.extend(_properties(name, label, is_prompt=is_prompt, is_locked=is_locked))
    properties.extend(kind)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    if is_prompt or face:
        run.append(look := OxmlElement("w:rPr"))
        look.append(element("color", {"val": str(MUTED)}) if is_prompt else element("rFonts", _faces(face)))
    text.text = shown
    run.append(text)
    content.append(run)
    control.append(content)
    return control


def _properties(name: str, label: str, *, is_prompt: bool, is_locked: bool) -> Iterator[Any]:
    yield element("alias", {"val": plain(label)[:_LONGEST_ALIAS]})
    yield element("tag", {"val": name})
    yield element("id", {"val": str(crc32(name.encode()) >> 1 or 1)})
    yield element("lock", {"val": "sdtContentLocked" if is_locked else "sdtLocked"})
    if is_prompt:
        yield OxmlElement("w:showingPlcHdr")


def _faces(face: str) -> Mapping[str, str]:
    return dict.fromkeys(("ascii", "hAnsi", "eastAsia"), face)

"""The styles of a Word document, plain text in its paragraphs, never markup or a field, and questions.

Each answer of a form is a content control, found again by its tag.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any
from zlib import crc32

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from exchange.atomic import laid_out_by, write_beside
from exchange.papers.document.values import Question
from exchange.written_text import clean, one_line
from exchange.xlsx.xlsx_cells import check_book, write_deterministic
from models.papers.form_signs import PROMPTS, TICKED, UNTICKED


def put(paragraph: Any, text: str) -> None:
    """Put plain text into a paragraph: never markup, never a field, nothing that breaks the file."""
    paragraph.add_run(plain(text))


def plain(text: str) -> str:
    return clean(text).replace("\t", " ")


def element(name: str, values: Mapping[str, str]) -> Any:
    """Return an element of Word's own with its attributes."""
    made = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def add_field(run: Any, code: str, shown: str) -> None:
    """Put a field into a run that Word works out, such as the number of the page; `shown` until it has."""
    for kind in ("begin", "", "separate", "shown", "end"):
        if kind == "shown":
            run.add_text(shown)
            continue
        made = element("fldChar", {"fldCharType": kind}) if kind else OxmlElement("w:instrText")
        if not kind:
            made.set(qn("xml:space"), "preserve")
            made.text = code
        run.element.append(made)


def keep_with_next(*elements: Any) -> None:
    """Keep the paragraphs of these elements on the page of what follows them."""
    for each in elements:
        for paragraph in each.iter(qn("w:p")):
            paragraph.get_or_add_pPr().get_or_add_keepNext()


def name_document(word: WordDocument, title: str, made_at: datetime) -> Any:
    """Put what names a paper into the properties of its file, and return them."""
    properties = word.core_properties
    properties.title, properties.author = one_line(title)[:255], "Grant Panel"
    properties.last_modified_by, properties.keywords = "Grant Panel", laid_out_by()
    properties.created = properties.modified = made_at.replace(tzinfo=None, microsecond=0)
    return properties


def _keep_rows(word: WordDocument) -> None:
    """Keep each row of a table on one page, and the heading row with the row below it."""
    for row in word.element.body.iter(qn("w:tr")):
        look = row.get_or_add_trPr()
        if look.find(qn("w:cantSplit")) is None:
            look.append(OxmlElement("w:cantSplit"))
        if look.find(qn("w:tblHeader")) is not None:
            keep_with_next(row)


def save_word(word: WordDocument, path: Path) -> Path:
    """Write a document whose rows stay whole, and return the path it really has."""
    _keep_rows(word)
    finished = BytesIO()
    word.save(finished)
    return write_beside(path, partial(write_deterministic, finished), check_book)


FACE = "Arial"
INK, MUTED, ALERT = RGBColor(0x1F, 0x2A, 0x44), RGBColor(0x5B, 0x65, 0x79), RGBColor(0x9B, 0x1C, 0x1C)
MARKING, RUNNING, GAP = "Marking", "Running Foot", "Gap"
IN_TABLES = ("Cell", "Sum", "Column Head")
_SHED = ("stylesWithEffects", "customXml", "thumbnail")
"""Parts of a new document that nothing of it needs."""
_TABLES = ("TableNormal", "TableGrid")

_SIZES = {"Normal": 10.5, "Title": 22, "Subtitle": 12, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 11}


def new_document() -> WordDocument:
    return docx.Document(BytesIO(_dressed()))


def shed(word: WordDocument) -> None:
    """Take out what the library puts into every document: a hundred looks of tables, all styles again."""
    for part in (word.part, word.part.package):
        for key, relation in tuple(part.rels.items()):
            if relation.reltype.rpartition("/")[2] in _SHED:
                del part.rels[key]
    styles = word.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in _TABLES:
            styles.remove(style)


def section_of(word: WordDocument) -> Section:
    """Return the last section, which is at the end: the library looks through all paragraphs for it."""
    return Section(word.element.body[-1], word.part)


def add_line(word: WordDocument, style: str = "Normal") -> Any:
    """Add an empty paragraph in a style, by what paragraphs call it.

    The library looks for where the document ends, and for a style of that name: in a long paper nothing else
    of the program runs meanwhile.
    """
    paragraph = Paragraph(OxmlElement("w:p"), word)
    word.element.body[-1].addprevious(paragraph._p)
    if style != "Normal":
        paragraph._p.style = style.replace(" ", "")
    return paragraph


def style_name(paragraph: Any) -> str:
    """Return what a paragraph's style is called, "" where it names none.

    It is then in the document's own, for which all styles are gone through at each asking.
    """
    return str(paragraph.style.name) if paragraph._p.style is not None else ""


@cache
def _dressed() -> bytes:
    word, content = docx.Document(), BytesIO()
    shed(word)
    _dress(word)
    word.save(content)
    return content.getvalue()


def _dress(word: WordDocument) -> None:
    for name, size in _SIZES.items():
        _set(word.styles[name], size, bold=name not in ("Normal", "Subtitle"))
    _language(word)
    _set_spacing(word)
    _own(word, "Strong Line", 10.5, bold=True)
    _own(word, "Draft Line", 10.5, bold=True, colour=ALERT)
    _own(word, "Lead", 12)
    _own(word, "Small", 9, colour=MUTED)
    _own(word, "Numbered", 10.5)
    _own(word, "Cell", 9.5)
    _own(word, "Sum", 9.5, bold=True)
    _own(word, "Column Head", 9, bold=True, colour=MUTED)
    for name in IN_TABLES:
        shape = word.styles[name].paragraph_format
        shape.space_after, shape.line_spacing = Pt(0), 1.0
    _own(word, "Table Caption", 10.5, bold=True).paragraph_format.keep_with_next = True
    _dress_form(word)
    _own(word, GAP, 5).paragraph_format.space_after = Pt(0)
    _own(word, MARKING, 9, bold=True).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _own(word, RUNNING, 8, colour=MUTED).paragraph_format.space_after = Pt(0)


def _dress_form(word: WordDocument) -> None:
    """Add the looks of a form: questions close to their answers, each of which stands in a frame."""
    for name, size, bold, colour, below in (
        ("Question", 10.5, True, INK, 1),
        ("Hint", 10, False, MUTED, 2),
        ("Tick", 10.5, False, INK, 2),
        ("Answer", 10.5, False, INK, 10),
    ):
        shape = _own(word, name, size, bold=bold, colour=colour).paragraph_format
        shape.space_after, shape.line_spacing = Pt(below), 1.0
    word.styles["Question"].paragraph_format.space_before = Pt(8)
    frame = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        frame.append(element(side, {"val": "single", "sz": "4", "space": "4", "color": "5B6579"}))
    word.styles["Answer"].element.get_or_add_pPr().insert_element_before(
        frame, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )


def _set(style: Any, size: float, *, bold: bool = False, colour: RGBColor = INK) -> Any:
    font = style.font
    font.name, font.size, font.bold, font.italic, font.color.rgb = FACE, Pt(size), bold, False, colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FACE)
    return style


def _own(word: WordDocument, name: str, size: float, *, bold: bool = False, colour: RGBColor = INK) -> Any:
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Normal"]
    return _set(style, size, bold=bold, colour=colour)


def _set_spacing(word: WordDocument) -> None:
    normal = word.styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(6), 1.15
    for number, above in ((1, 16), (2, 12), (3, 9)):
        heading = word.styles[f"Heading {number}"].paragraph_format
        heading.space_before, heading.space_after, heading.keep_with_next = Pt(above), Pt(5), True
    title = word.styles["Title"]
    title.paragraph_format.space_after = Pt(4)
    for border in title.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _language(word: WordDocument) -> None:
    properties = word.styles["Normal"].element.get_or_add_rPr()
    properties.append(element("lang", {"val": "en-GB"}))


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
        faces = dict.fromkeys(("ascii", "hAnsi", "eastAsia"), face)
        look.append(element("color", {"val": str(MUTED)}) if is_prompt else element("rFonts", faces))
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

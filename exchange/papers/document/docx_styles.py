"""The look of our Word documents: one face, quiet rules, the same ink as the PDFs and workbooks."""

from functools import cache
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

FACE = "Arial"
INK, MUTED, ALERT = RGBColor(0x1F, 0x2A, 0x44), RGBColor(0x5B, 0x65, 0x79), RGBColor(0x9B, 0x1C, 0x1C)
MARKING, RUNNING, GAP = "Marking", "Running Foot", "Gap"
IN_TABLES = ("Cell", "Sum", "Column Head")
_SHED = ("stylesWithEffects", "customXml", "thumbnail")
"""Parts of a new document that nothing of it needs."""
_TABLES = ("TableNormal", "TableGrid")

_SIZES = {"Normal": 10.5, "Title": 22, "Subtitle": 12, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 11}


def new_document() -> WordDocument:
    """Return an empty document with the styles of the house."""
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


def add_line(word: WordDocument, style: str = "Normal") -> Any:
    """Add an empty paragraph in a style, by what paragraphs call it.

    To find that by the style's name goes through all styles, more than once.
    """
    paragraph = word.add_paragraph()
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
    _own(word, GAP, 5).paragraph_format.space_after = Pt(0)
    _own(word, MARKING, 9, bold=True).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _own(word, RUNNING, 8, colour=MUTED).paragraph_format.space_after = Pt(0)


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
    """Say that the text is British English, for spelling and for screen readers."""
    properties = word.styles["Normal"].element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    properties.append(language)

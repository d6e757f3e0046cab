"""What stands in a file of a paper beside its words, where a reader would see it or be misled by it.

A picture over a figure, white letters, a hidden sheet or a comment leave every word as it was. What a paper
holds beside its words, or hides of them, is named in words; how it looks otherwise is not.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from lxml import etree  # type: ignore[import-untyped]

from exchange.pdf.pdf_reading import printed_pdf
from models.papers.kinds import KINDS
from models.papers.letters.letters import LetterFiles
from models.papers.order import PaperValue
from models.trouble import Trouble
from scoring.written.text import first_of, noun


class NonText(NamedTuple):
    """What stands in one part of a file, a page or a sheet, beside its words, in words."""

    where: str
    words: str


def unseen(where: str, words: str) -> NonText:
    return NonText(where, f"words that cannot be seen “{' '.join(words.split())}”")


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_WORDS = {"document": "the text", "header": "the head", "footer": "the foot"}
_NOTES = re.compile(r"(?:word|xl)/(?:\w+/)*(?:comments|threadedComment|footnotes|endnotes)\w*\.xml")
_WITHIN = re.compile(r"(?:word|xl)/(?:embeddings|activeX|externalLinks|afchunk)\b|.*vbaProject\.bin|.*\.mht")
_PICTURE = re.compile(r"(?:word|xl)/media/[^/]+")
_DRAWN = re.compile(r"xl/(?:charts|drawings)/[^/]+\.xml")
_NO, _WHITE, _WHITE_OF_THEME = ("0", "false", "off"), "FFFFFF", "0"
_LEAST_SIZE = 3
"""Points below which letters cannot be read."""
_SAYS_OTHERWISE = re.compile(r'"[^"]*\d[^"]*"|^\s*;|;;|[0#?],(?![0#?])')
"""A number format that shows figures of its own, nothing, or thousands."""
_NUMBERS = re.compile(r"%\d")
_OWN_NUMBER = re.compile(r"[^\W_]")
_CODES = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&\d+|&[A-Z]')
_BUILT_IN_NAMES = "_xlnm."
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def non_text_of_word(path: Path) -> Iterator[NonText]:
    with ZipFile(path) as archive:
        for name in archive.namelist():
            kind = re.fullmatch(r"word/([a-z]+)\d*\.xml", name)
            if kind is not None and kind[1] in _WORDS:
                yield from _of_story(_WORDS[kind[1]], _parsed(archive, name))
            elif name == "word/styles.xml":
                styles = (one for one in _parsed(archive, name).iter("{*}style") if _is_unseen(one))
                named = (next((_value(each, "val") for each in one.iter("{*}name")), "") for one in styles)
                yield from (unseen("the file", f"in the style {each.casefold()}") for each in named)
            elif name == "word/numbering.xml":
                said = (_value(one, "val") for one in _parsed(archive, name).iter("{*}lvlText"))
                yield from (
                    NonText("the file", f"paragraphs that begin with “{one}”")
                    for one in said
                    if _OWN_NUMBER.search(_NUMBERS.sub("", one))
                )
        yield from _of_parts(archive)


def _of_story(where: str, root: Any) -> Iterator[NonText]:
    for one in root.iter("{*}ins", "{*}del", "{*}moveFrom", "{*}moveTo"):
        if words := "".join(one.itertext()).strip():
            yield NonText(where, f"a tracked change “{words}”")
    for one in root.iter("{*}sym", "{*}dataBinding", "{*}oMath", f"{{{_DRAWING}}}t"):
        yield NonText(where, f"a sign or words of another kind {''.join(one.itertext())}".rstrip())
    for one in root.iter("{*}instrText", "{*}fldSimple"):
        says = one.text if one.text and one.text.strip() else _value(one, "instr")
        yield NonText(where, f"a field {says.strip()}")
    for paragraph in root.iter("{*}p"):
        runs = (run for run in paragraph.iter("{*}r") if _is_unseen(run))
        if words := "".join(one.text or "" for run in runs for one in run.iter("{*}t")).strip():
            yield unseen(where, words)


def _is_unseen(element: Any) -> bool:
    for one in (one for properties in element.iterfind("{*}rPr") for one in properties):
        tag, says = etree.QName(one).localname, _value(one, "val")
        if tag in ("vanish", "webHidden") and says not in _NO:
            return True
        if (tag == "color" and says.upper() == _WHITE) or (
            tag == "sz" and float(says or 99) < 2 * _LEAST_SIZE
        ):
            return True
    return False


def non_text_of_book(path: Path) -> Iterator[NonText]:
    with ZipFile(path) as archive:
        book = _parsed(archive, "xl/workbook.xml")
        targets = {one.get("Id"): one.get("Target") for one in _parsed(archive, "xl/_rels/workbook.xml.rels")}
        formats = _formats(_parsed(archive, "xl/styles.xml"))
        for sheet in book.iter("{*}sheet"):
            name, target = sheet.get("name"), targets[_value(sheet, "id")]
            if sheet.get("state", "visible") != "visible":
                yield NonText(name, "the whole sheet is hidden")
            part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl", target))
            yield from _of_sheet(name, _parsed(archive, part), formats)
        for one in book.iter("{*}definedName"):
            if not one.get("name", "").startswith(_BUILT_IN_NAMES):
                yield NonText("the file", f"the name {one.get('name')} for {one.text}")
        yield from _of_parts(archive)


def _of_sheet(name: str, sheet: Any, formats: list[str]) -> Iterator[NonText]:
    for row in sheet.iter("{*}row"):
        if _is_hidden(row, "ht"):
            yield NonText(name, f"row {row.get('r')} is hidden")
        for cell in row:
            if len(cell):
                style = int(cell.get("s", "0"))
                if style < len(formats) and formats[style]:
                    yield NonText(name, f"{cell.get('r')} {formats[style]}")
            if (formula := cell.find("{*}f")) is not None:
                yield NonText(name, f"{cell.get('r')} is worked out as {formula.text}")
    for one in sheet.iter("{*}col"):
        if _is_hidden(one, "width"):
            yield NonText(name, f"columns {one.get('min')} to {one.get('max')} are hidden")
    for one in sheet.iter("{*}conditionalFormatting"):
        says = " ".join(" ".join(one.itertext()).split())
        yield NonText(name, f"a format of {one.get('sqref')} that depends on {says or 'its values'}")
    for one in sheet.iter("{*}headerFooter"):
        if words := " ".join(_CODES.sub(" ", " ".join(one.itertext())).split()):
            yield NonText(name, f"a head or foot “{words}”")


def _is_hidden(element: Any, size: str) -> bool:
    return element.get("hidden") in ("1", "true") or float(element.get(size, "1")) == 0


def _formats(styles: Any) -> list[str]:
    """Return what each format of a cell does to its value: "" where it is shown as it is."""
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iter("{*}numFmt")}
    fonts = [_is_hiding(font) for font in styles.iterfind("{*}fonts/{*}font")]
    return [
        "cannot be seen"
        if fonts[int(one.get("fontId", "0"))]
        else _shown_as(own.get(one.get("numFmtId"), ""))
        for one in styles.iterfind("{*}cellXfs/{*}xf")
    ]


def _shown_as(code: str) -> str:
    return f"is shown as {code}" if _SAYS_OTHERWISE.search(code) else ""


def _is_hiding(font: Any) -> bool:
    colours = list(font.iter("{*}color"))
    is_white = any(
        one.get("rgb", "").upper().endswith(_WHITE) or one.get("theme") == _WHITE_OF_THEME for one in colours
    )
    return is_white or any(float(one.get("val", "99")) < _LEAST_SIZE for one in font.iter("{*}sz"))


def _of_parts(archive: ZipFile) -> Iterator[NonText]:
    """Yield comments and notes, what comes from outside or lies within, pictures, and what drawings say."""
    for name in archive.namelist():
        if _NOTES.fullmatch(name):
            words = " ".join(" ".join(_parsed(archive, name).itertext()).split())
            yield from [NonText("the file", f"a comment or note “{words}”")] if words else []
        elif _WITHIN.match(name):
            yield NonText("the file", f"another file within it, {PurePosixPath(name).name}")
        elif _PICTURE.fullmatch(name):
            yield NonText("the file", f"a picture {hashlib.sha256(archive.read(name)).hexdigest()[:12]}")
        elif _DRAWN.fullmatch(name):
            said = (one.text or "" for one in _parsed(archive, name).iter(f"{{{_DRAWING}}}t"))
            if words := " ".join(" ".join(said).split()):
                yield NonText("the file", f"a drawing that says “{words}”")
        elif name.endswith(".rels"):
            for one in _parsed(archive, name):
                if one.get("TargetMode") == "External":
                    yield NonText("the file", f"a link to {one.get('Target')}")


def _parsed(archive: ZipFile, name: str) -> Any:
    return etree.fromstring(archive.read(name), _PARSER) if name in archive.namelist() else None


def _value(element: Any, name: str) -> str:
    """Return an attribute of any namespace, "" where there is none."""
    return next((text for key, text in element.attrib.items() if etree.QName(key).localname == name), "")


def non_text_of_pdf(path: Path) -> Iterator[NonText]:
    return (NonText(*beside) for beside in printed_pdf(path).beside)


_BROKEN = (BadZipFile, KeyError, IndexError, ValueError, TypeError, AttributeError, SyntaxError)
"""What comes of a file whose parts are not where its form has them."""


def non_text(path: Path, ending: str) -> tuple[NonText, ...]:
    """Return what stands in a file beside its words, in the order of its parts; plain data has nothing."""
    reader = _READERS.get(ending)
    try:
        return () if reader is None else tuple(dict.fromkeys(reader(path)))
    except _BROKEN as error:
        raise Trouble(
            f"{path.name} does not have the structure of a paper; choose the file that was issued."
        ) from error


_READERS: Mapping[str, Callable[[Path], Iterator[NonText]]] = {
    ".pdf": non_text_of_pdf,
    ".docx": non_text_of_word,
    ".xlsx": non_text_of_book,
}


MOST_NAMED = 4
"""The words that are named; a long text in another script has hundreds."""
PDF = ".pdf"


def not_shown_words(kind: str, value: PaperValue, files: LetterFiles | None = None) -> tuple[str, ...]:
    """Return what somebody is to be told of before a paper goes out, a sentence or two each; () for nothing.

    `files` are what is written beside letters: these have letters no font shows only where they are PDFs.
    """
    return tuple(filter(None, (_shortened(kind, value), _without_font(kind, value, files))))


def _shortened(kind: str, value: PaperValue) -> str:
    if kind != "panel-book":
        return ""
    from exchange.papers.panel_book import shortened_words
    from models.papers.panel_book import PanelBook

    assert isinstance(value, PanelBook), "a panel book is of one"
    return shortened_words(value)


def _without_font(kind: str, value: PaperValue, files: LetterFiles | None) -> str:
    """Return which words a PDF prints with signs in the place of letters, "" where it prints all of them."""
    if PDF not in KINDS[kind].endings and not (files is not None and files.pdfs):
        return ""
    text = KINDS[kind].text_of(value)
    if text.isascii():
        return ""
    from exchange.pdf.fonts import words_not_shown

    found = words_not_shown(" ".join(_texts(json.loads(text))))
    if not found:
        return ""
    named = first_of([f"“{word}”" for word in found], MOST_NAMED)
    return (
        f"The PDF has no font for {named}: signs stand in the place of letters. Ask how "
        f"{noun(len(found), 'it is', 'they are')} written in Latin letters, and enter that."
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)

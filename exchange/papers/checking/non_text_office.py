"""What a Word file or a workbook holds beside its words: comments, changes, pictures, what is hidden."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZipFile

from lxml import etree  # type: ignore[import-untyped]

from exchange.papers.checking.non_text_part import NonText, unseen

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
    """Yield what a Word file holds beside its words."""
    with ZipFile(path) as archive:
        for name in archive.namelist():
            kind = re.fullmatch(r"word/([a-z]+)\d*\.xml", name)
            if kind is not None and kind[1] in _WORDS:
                yield from _of_story(_WORDS[kind[1]], _parsed(archive, name))
            elif name == "word/styles.xml":
                styles = (one for one in _parsed(archive, name).iter("{*}style") if _is_unseen(one))
                yield from (unseen("the file", f"in the style {_name_of(one)}") for one in styles)
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
    """Whether the letters of a run or a style are hidden, white, or too small to be read."""
    for one in (one for properties in element.iterfind("{*}rPr") for one in properties):
        tag, says = etree.QName(one).localname, _value(one, "val")
        if tag in ("vanish", "webHidden") and says not in _NO:
            return True
        if (tag == "color" and says.upper() == _WHITE) or (
            tag == "sz" and float(says or 99) < 2 * _LEAST_SIZE
        ):
            return True
    return False


def _name_of(style: Any) -> str:
    return next((_value(one, "val") for one in style.iter("{*}name")), "").casefold()


def non_text_of_book(path: Path) -> Iterator[NonText]:
    """Yield what a workbook holds beside the values of its cells."""
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
    """Whether a font's letters are white, or too small to be read."""
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

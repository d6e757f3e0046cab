"""What a Word file or a workbook holds beside its words: comments, tracked changes, what is hidden, looks."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZipFile

from lxml import etree  # type: ignore[import-untyped]

from exchange.papers.checking.non_text_part import NonText, appearance

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_WORDS = {"document": "the text", "header": "the head", "footer": "the foot"}
_NOTES = re.compile(r"(?:word|xl)/(?:\w+/)*(?:comments|threadedComment|footnotes|endnotes)\w*\.xml")
_WITHIN = re.compile(r"(?:word|xl)/(?:embeddings|activeX|externalLinks|afchunk)\b|.*vbaProject\.bin|.*\.mht")
_PICTURE = re.compile(r"(?:word|xl)/(?:media|charts|drawings)/[^/]+")
_LOOKS = ("color", "vanish", "strike", "dstrike", "sz", "highlight", "shd", "webHidden", "position", "w")
_NUMBER_FORMAT = re.compile(r'\[\$(.)[^\]]*\]|["\\]')
_BUILT_IN_NAMES, _PRINTED = "_xlnm.", "_xlnm.Print_Area"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def non_text_of_word(path: Path) -> Iterator[NonText]:
    """Yield what a Word file holds beside its words."""
    with ZipFile(path) as archive:
        for name in archive.namelist():
            kind = re.fullmatch(r"word/([a-z]+)\d*\.xml", name)
            if kind is not None and kind[1] in _WORDS:
                yield from _of_story(_WORDS[kind[1]], _parsed(archive, name))
            elif name == "word/styles.xml":
                styles = _parsed(archive, name).iter("{*}style", "{*}rPrDefault")
                yield appearance("the file", sorted((_value(one, "styleId"), _looks(one)) for one in styles))
            elif name == "word/numbering.xml":
                before = {_value(one, "val") for one in _parsed(archive, name).iter("{*}lvlText")}
                yield appearance("the file", sorted(before))
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
    yield appearance(where, [_paragraph(one) for one in root.iter("{*}p") if "".join(one.itertext())])
    yield appearance(where, [tuple(sorted(one.attrib.values())) for one in root.iter("{*}extent")])


def _paragraph(paragraph: Any) -> tuple[object, ...]:
    """Return the style of a paragraph and its colours and sizes, one entry for runs that look alike."""
    style = next((_value(one, "val") for one in paragraph.iter("{*}pStyle")), "")
    looks: list[object] = []
    for run in paragraph.iter("{*}r"):
        seen = _looks(run)
        if any(one.text for one in run.iter("{*}t")) and (not looks or looks[-1] != seen):
            looks.append(seen)
    return style, *looks


def _looks(element: Any) -> tuple[tuple[str, str], ...]:
    found = (one for properties in element.iterfind("{*}rPr") for one in properties)
    return tuple(
        sorted((_tag(one), _value(one, "val") + _value(one, "fill")) for one in found if _tag(one) in _LOOKS)
    )


def non_text_of_book(path: Path) -> Iterator[NonText]:
    """Yield what a workbook holds beside the values of its cells."""
    with ZipFile(path) as archive:
        book = _parsed(archive, "xl/workbook.xml")
        targets = {one.get("Id"): one.get("Target") for one in _parsed(archive, "xl/_rels/workbook.xml.rels")}
        formats = _formats(_parsed(archive, "xl/styles.xml"))
        printed = {
            one.get("localSheetId"): one.text
            for one in book.iter("{*}definedName")
            if one.get("name") == _PRINTED
        }
        for number, sheet in enumerate(book.iter("{*}sheet")):
            name, target = sheet.get("name"), targets[_value(sheet, "id")]
            if sheet.get("state", "visible") != "visible":
                yield NonText(name, "the whole sheet is hidden")
            part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl", target))
            yield appearance(name, printed.get(str(number)))
            yield from _of_sheet(name, _parsed(archive, part), formats)
        for one in book.iter("{*}definedName"):
            if not one.get("name", "").startswith(_BUILT_IN_NAMES):
                yield NonText("the file", f"the name {one.get('name')} for {one.text}")
        yield from _of_parts(archive)


def _of_sheet(name: str, sheet: Any, formats: list[object]) -> Iterator[NonText]:
    seen = []
    for row in sheet.iter("{*}row"):
        if _is_hidden(row, "ht"):
            yield NonText(name, f"row {row.get('r')} is hidden")
        for cell in row:
            if len(cell):
                style = int(cell.get("s", "0"))
                seen.append((cell.get("r"), formats[style] if style < len(formats) else None))
            if (formula := cell.find("{*}f")) is not None:
                yield NonText(name, f"{cell.get('r')} is worked out as {formula.text}")
    for one in sheet.iter("{*}col"):
        if _is_hidden(one, "width"):
            yield NonText(name, f"columns {one.get('min')} to {one.get('max')} are hidden")
    for one in sheet.iter("{*}conditionalFormatting"):
        says = " ".join(" ".join(one.itertext()).split())
        yield NonText(name, f"a format of {one.get('sqref')} that depends on {says or 'its values'}")
    around = [" ".join(one.itertext()) for one in sheet.iter("{*}headerFooter")]
    yield appearance(name, [around, seen])


def _is_hidden(element: Any, size: str) -> bool:
    return element.get("hidden") in ("1", "true") or float(element.get(size, "1")) == 0


def _formats(styles: Any) -> list[object]:
    """Return how each format of a cell shows a value: its number format and the colour of its letters."""
    own = {
        one.get("numFmtId"): _NUMBER_FORMAT.sub(r"\1", one.get("formatCode", ""))
        for one in styles.iter("{*}numFmt")
    }
    fonts = [
        [tuple(sorted(one.attrib.items())) for one in font.iter("{*}color", "{*}sz", "{*}strike")]
        for font in styles.iterfind("{*}fonts/{*}font")
    ]
    return [
        (own.get(one.get("numFmtId"), one.get("numFmtId")), fonts[int(one.get("fontId", "0"))])
        for one in styles.iterfind("{*}cellXfs/{*}xf")
    ]


def _of_parts(archive: ZipFile) -> Iterator[NonText]:
    """Yield comments and notes, what comes from outside or lies within, and a sum of pictures and charts."""
    pictures = []
    for name in archive.namelist():
        if _NOTES.fullmatch(name):
            words = " ".join(" ".join(_parsed(archive, name).itertext()).split())
            yield from [NonText("the file", f"a comment or note “{words}”")] if words else []
        elif _WITHIN.match(name):
            yield NonText("the file", f"another file within it, {PurePosixPath(name).name}")
        elif _PICTURE.fullmatch(name):
            pictures.append(_sum_of(archive, name))
        elif name.endswith(".rels"):
            for one in _parsed(archive, name):
                if one.get("TargetMode") == "External":
                    yield NonText("the file", f"a link to {one.get('Target')}")
    yield appearance("the file", sorted(pictures))


def _sum_of(archive: ZipFile, name: str) -> str:
    """Return the sum of a picture, or of the words and figures of a chart."""
    data = archive.read(name)
    if name.endswith(".xml"):
        data = " ".join(etree.fromstring(data, _PARSER).itertext()).encode()
    return hashlib.sha256(data).hexdigest()


def _parsed(archive: ZipFile, name: str) -> Any:
    return etree.fromstring(archive.read(name), _PARSER) if name in archive.namelist() else None


def _value(element: Any, name: str) -> str:
    """Return an attribute of any namespace, "" where there is none."""
    return next((text for key, text in element.attrib.items() if etree.QName(key).localname == name), "")


def _tag(element: Any) -> str:
    return str(etree.QName(element).localname)

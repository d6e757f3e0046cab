"""What a document of Word, Excel or OpenDocument would fetch, run or take in, by the bytes of its parts.

Templates, forms and attached files ask it. No part is believed for its name, and nothing of it is opened.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from xml.etree import ElementTree

from exchange.reading.guard import DECLARATIONS
from exchange.reading.word_fields import WEB, FieldCodes, attribute, fetching, local_name

_HARMS = (
    ("a file that Word would read in (altChunk)", "altChunk", "aFChunk"),
    ("an embedded object (OLE)", "OLEObject object objectEmbed object-ole", "oleObject"),
    ("a linked object (OLE)", "objectLink", ""),
    ("a control that runs a program (ActiveX)", "control ocx", "control activeXControlBinary"),
    ("another document that Word would read in", "subDoc", "subDocument"),
    ("frames that show other files", "frameset floating-frame", "frame"),
    ("a source of data for a mail merge", "mailMerge", "mailMergeSource mailMergeHeaderSource recipientData"),
    ("a template of its own that Word would fetch", "attachedTemplate", "attachedTemplate"),
    ("a transformation that Word would fetch", "saveThroughXslt", "transform"),
    ("an add-in from the web", "webextension", "webextension webextensiontaskpanes"),
    ("a film or sound", "movie plugin", "video audio media"),
    ("an embedded file", "", "package"),
    ("macros", "event-listener script macrosheet", "vbaProject wordVbaData xlMacrosheet"),
    ("a source of data that would be fetched", "connection DataMashup", "connections"),
    ("keys or buttons of its own", "", "keyMapCustomizations attachedToolbars extensibility"),
    ("a link to another file", "", "externalLink externalLinkPath"),
    ("a link to another program (DDE)", "ddeLink dde-source dde-connection-decl dde-link", ""),
    ("a program (applet)", "applet", ""),
)
"""What may be in a part, as which elements it stands there, and by which ties it hangs on one."""
_ELEMENTS = {name: what for what, elements, _ in _HARMS for name in elements.split()}
_TIES = {name: what for what, _, ties in _HARMS for name in ties.split()}
_CONTENT = (
    (re.compile(r"macroenabled|vba|\.macro|/macrosheets/|^basic/|^scripts/", re.IGNORECASE), "macros"),
    (re.compile(r"activex", re.IGNORECASE), _ELEMENTS["control"]),
    (re.compile(r"oleobject", re.IGNORECASE), _ELEMENTS["OLEObject"]),
    (re.compile(r"/embeddings/", re.IGNORECASE), _TIES["package"]),
    (re.compile(r"/externallinks/", re.IGNORECASE), _TIES["externalLink"]),
)
_STARTS = (
    (bytes.fromhex("d0cf11e0a1b11ae1"), _ELEMENTS["OLEObject"]),
    (b"PK\x03\x04", "an embedded file"),
    (b"MZ", "an embedded program"),
    (b"\x7fELF", "an embedded program"),
    (b"#!", "an embedded program"),
    (b"\xfe\xed\xfa", "an embedded program"),
    (b"\xcf\xfa\xed\xfe", "an embedded program"),
    (b"{\\rtf", "an embedded file"),
    (b"%PDF", "an embedded file"),
)
_START = 64
_BEFORE = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"
"""What may stand before the first element of a part, in any coding that is read."""
_SIGNS = re.compile(
    rb"<(?:[\w.-]+:)?(?:Relationship|instrText|delInstrText|%s)\b|\b(?:src|althref|href|instr|ContentType)\s*=|%s"
    % ("|".join(_ELEMENTS).encode(), b"<!DOCTYPE|<!ENTITY")
)
"""One of these is in every part in which anything is to be found."""
_FORMULA = re.compile(
    rb"<(?:[\w.-]+:)?f\b[^>]*>(?:[^<]*\b(?:WEBSERVICE|IMAGE|RTD|CALL|EXEC|REGISTER(?:\.ID)?)\s*\("
    rb"|[^<]*\bHYPERLINK\s*\(\s*(?:\"|&quot;|&#34;)(?!https?:|mailto:|#)|[^<!\"(,]*\|[^<!\"]*!)",
    re.IGNORECASE,
)
"""A formula of a workbook that asks another program or place, by its name or as program|topic!item (DDE)."""
_AWAY = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|\\\\|//)", re.IGNORECASE)
_OPEN = "opendocument"
_UP_OR_AWAY = re.compile(rf"{_AWAY.pattern}|\s*\.\./", re.IGNORECASE)
"""How an address within an OpenDocument leads out of it: its parts are named from its root."""
ENTITIES = "entities of its own"
FETCHES = "something that Word would fetch from elsewhere"
A_FIELD = "a field that would fetch or run something ({})"
_FIELD_OF_RTF = re.compile(rb"\\fldinst\b([^\\{}]*(?:[{}\s]*\\[a-z]+-?\d* ?)*[^\\{}]*)", re.IGNORECASE)
_OF_RTF = (
    (re.compile(rb"\\obj(?:emb|ocx|data)\b"), _ELEMENTS["OLEObject"]),
    (re.compile(rb"\\obj(?:link|autlink|sub|pub)\b"), _ELEMENTS["objectLink"]),
    (re.compile(rb"\\\*\\template\b"), _ELEMENTS["attachedTemplate"]),
)
Judge = Callable[[str], str]
"""Says what a field does by its code, "" for nothing."""


def field_words(code: str) -> str:
    """Return what a field of a file would do, in words; "" for one that tells of the document alone."""
    name = fetching(code)
    return A_FIELD.format(name) if name else ""


def reach(parts: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
    """Return what is in the parts of a document, each once; a part that is damaged tells what it can."""
    found: dict[str, None] = {}
    for name, part in parts:
        with suppress(ElementTree.ParseError):
            for what in reach_of(name, part):
                found[what] = None
    return tuple(found)


def reach_of(name: str, part: bytes, judge: Judge = field_words) -> Iterator[str]:
    """Yield what one part would fetch, run or take in; of one that is no XML its first bytes tell."""
    yield from _of_content(name)  # also where no relationship leads to it
    if not is_xml(part):
        yield from (what for start, what in _STARTS if part.startswith(start))
        return
    plain = part.replace(b"\0", b"")
    if _FORMULA.search(plain):
        yield "a formula that would fetch or run something"
    if not _SIGNS.search(plain):
        return
    if any(word in part for word in DECLARATIONS):
        yield ENTITIES
        return
    codes = FieldCodes()
    for event, element in ElementTree.iterparse(io.BytesIO(part), ("start", "end")):
        if event == "start":
            yield from _of_element(element)
            yield from filter(None, map(judge, codes.begin(element)))
        else:
            yield from filter(None, map(judge, codes.end(element)))
            element.clear()
    yield from filter(None, map(judge, codes.rest()))


def is_xml(part: bytes) -> bool:
    """Whether a part is read as XML, whatever it is called."""
    return part.lstrip(_BEFORE).startswith(b"<")


def looked_at(
    package: zipfile.ZipFile, parts: Iterable[zipfile.ZipInfo], most: int
) -> Iterator[tuple[str, bytes]]:
    """Yield parts of a package, up to so many bytes: whole where they are XML, else how they begin."""
    for part in parts:
        with package.open(part) as stream:
            start = stream.read(_START)
            rest = stream.read(most) if is_xml(start) or not start.strip(_BEFORE) else b""
        most -= len(rest)
        yield part.filename, start + rest


def reach_of_rtf(text: bytes) -> Iterator[str]:
    """Yield what a document in rich text (RTF) would fetch, run or take in."""
    yield from (what for sign, what in _OF_RTF if sign.search(text))
    for found in _FIELD_OF_RTF.finditer(text):
        code = re.sub(rb"\\[a-z]+-?\d* ?|[{}\r\n]", b"", found[1], flags=re.IGNORECASE)
        yield from filter(None, [field_words(code.decode("latin-1"))])


def _of_content(kind: str) -> Iterator[str]:
    yield from (what for sign, what in _CONTENT if sign.search(kind))


def _of_element(element: ElementTree.Element) -> Iterator[str]:
    name = local_name(element.tag)
    is_field = name == "control" and _OPEN in element.tag  # a box of an OpenDocument form
    if name in _ELEMENTS and not is_field:
        yield _ELEMENTS[name]
    if name == "Relationship":
        yield from _of_tie(
            attribute(element, "Type").rpartition("/")[2],
            attribute(element, "Target"),
            attribute(element, "TargetMode"),
        )
    yield from _of_content(attribute(element, "ContentType"))
    yield from _of_addresses(element)


def _of_addresses(element: ElementTree.Element) -> Iterator[str]:
    """Yield that a picture, a shape or a section names a place elsewhere; a link to the web is none."""
    is_open = _OPEN in element.tag and local_name(element.tag) != "a"
    for key, value in element.items():
        name = local_name(key)
        is_read = name in ("src", "althref") or (name == "href" and "office:office" in key)
        is_away = bool(_AWAY.match(value))
        if (
            (is_read and is_away)
            or (name == "href" and is_away and not WEB.match(value))
            or (name == "href" and is_open and _UP_OR_AWAY.match(value))
        ):
            yield FETCHES


def _of_tie(name: str, target: str, mode: str) -> Iterator[str]:
    if name in _TIES:
        yield _TIES[name]
    is_away = mode.casefold() == "external" or bool(_AWAY.match(target))
    if is_away and (name != "hyperlink" or not WEB.match(target)):
        yield FETCHES

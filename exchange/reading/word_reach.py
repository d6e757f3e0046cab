"""What a document of Word, Excel or OpenDocument would fetch, run or take in, by the bytes of its parts.

Templates, forms and attached files ask it. No part is believed for its name, and nothing of it is opened.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from html import unescape
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
    (b"{\\rt", "an embedded file"),
    (b"%PDF", "an embedded file"),
)
_START = 64
_BEFORE = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"
"""What may stand before the first element of a part, in any coding that is read."""
_TELLING_ELEMENT = re.compile(
    rb"<(?:(?:[\w.-]+:)?(?:Relationship|instrText|delInstrText|%s)\b|!DOCTYPE|!ENTITY)"
    % "|".join(_ELEMENTS).encode()
)
_TELLING_NAMES = (b"src", b"href", b"instr", b"ContentType")
_TELLING_ATTRIBUTE = re.compile(rb"\b(?:src|althref|href|instr|ContentType)\s*=")
"""One of these elements or attributes is in every part in which anything is to be found."""
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?(f|formula[12]?|definedName)\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*(?<!/)>")
"""The beginning of a formula of a workbook: in a cell, a name, a rule of format or a list of choices."""
_FORMULA_WITHIN = re.compile(
    rb"\b(?:[\w.-]+:)?(?:formula|condition|expression)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')"
)
_NAMES_WITHIN = (b"formula", b"condition", b"expression")
"""A formula of OpenDocument, which stands in an attribute."""
_RUNS_WHEN_OPENED = re.compile(rb"_xlnm\.Auto_(?:Open|Close|Activate|Deactivate)", re.IGNORECASE)
_NOT_MEANT = re.compile(r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[|\]\]>", re.DOTALL)
_REACHES = re.compile(
    r"\b(?:WEBSERVICE|IMAGE|RTD|CALL|EXEC|DDE|REGISTER(?:\.ID)?)\s*\("
    r"|\bHYPERLINK\s*\(\s*\"(?!https?:|mailto:|#)"
    r"|\bHYPERLINK\s*\([^)]*\"\s*(?:file:|\\\\)"
    r"|^[^!\"]*\|[^!\"]*!"
    r"|'(?:file|https?|ftp|smb):[^']*'\s*#",
    re.IGNORECASE,
)
"""What in a formula asks another program or place, by its name or as program|topic!item (DDE)."""
_AWAY = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|\\\\|//)", re.IGNORECASE)
_OPEN = "opendocument"
_UP_OR_AWAY = re.compile(rf"{_AWAY.pattern}|\s*\.\./", re.IGNORECASE)
"""How an address within an OpenDocument leads out of it: its parts are named from its root."""
_LINK, _PLACES = b"HYPERLINK", (b"file:", b"smb:", b"\\\\")
_LINKS_A_CELL = re.compile(rb"\bHYPERLINK\s*\(\s*[^\s\"&)]")
"""A link whose address stands in a cell or is made up."""
_PLACE_IN_CELL = re.compile(
    rb"<(?:[\w.-]+:)?(?:t|p)\b[^>]*>\s*(?:file:|\\\\|smb:)|=[\"']\s*(?:file:|\\\\|smb:)", re.IGNORECASE
)
"""A text of a cell that names a place which is no web page."""
A_FORMULA = "a formula that would fetch or run something"
ENTITIES = "entities of its own"
FETCHES = "something that Word would fetch from elsewhere"
NOT_LOOKED_INTO = "parts that could not be looked into"
A_FIELD = "a field that would fetch or run something ({})"
_TOKEN_OF_RTF = re.compile(
    rb"\\'([0-9a-f]{2})|\\u(-?\d{1,6}) ?|\\([a-z]+)(?:-?\d+)? ?|([{}])|\\[^a-z]|([^\\{}]+)", re.IGNORECASE
)
"""A sign by its byte or its number, a word, a group's beginning or end, or plain words."""
MOST_FIELDS = 20
"""Fields within fields that are read: more are no document."""
_TELLING = (
    *("objemb", "objocx", "objdata", "objlink", "objautlink", "objsub", "objpub"),
    *("fldinst", "template"),
)
"""The words of a rich text that begin what fetches, runs or is embedded."""
_LEAST_TOLD = 3
_BEGINNINGS = {word[:end] for word in _TELLING for end in range(_LEAST_TOLD, len(word))}
_BEGUN = re.compile(rb"\\(?:%s)(?![a-z])" % "|".join(sorted(_BEGINNINGS)).encode(), re.IGNORECASE)
_TOLD = re.compile(rb"\\(?:%s)" % "|".join(_TELLING).encode(), re.IGNORECASE)
_EMPTY_GROUP = re.compile(rb"\{\s*\}")
_LINES_OF_RTF = dict.fromkeys(map(ord, "\r\n"))
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
    links, places = False, False
    for name, part in parts:
        links = links or (_LINK in part and bool(_LINKS_A_CELL.search(part)))
        places = places or (_has_place(part) and bool(_PLACE_IN_CELL.search(part)))
        with suppress(ElementTree.ParseError):
            for what in reach_of(name, part):
                found[what] = None
    return (*found, *((A_FORMULA,) if links and places and A_FORMULA not in found else ()))


def _has_place(part: bytes) -> bool:
    """Whether a place that is no web page may be named: far sooner known than where."""
    lower = part.lower()
    return any(sign in lower for sign in _PLACES)


def reach_of(name: str, part: bytes, judge: Judge = field_words) -> Iterator[str]:
    """Yield what one part would fetch, run or take in; of one that is no XML its first bytes tell."""
    yield from _of_content(name)  # also where no relationship leads to it
    if not is_xml(part):
        yield from (what for start, what in _STARTS if part.startswith(start))
        return
    plain = part.replace(b"\0", b"")
    if any(map(_REACHES.search, _formulas(plain))):
        yield A_FORMULA
    if _RUNS_WHEN_OPENED.search(plain):
        yield _TIES["vbaProject"]
    if not _may_reach(plain):
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


def _may_reach(part: bytes) -> bool:
    """Whether a part has what may reach out; that a name is in it is sooner known than where."""
    if _TELLING_ELEMENT.search(part):
        return True
    return any(name in part for name in _TELLING_NAMES) and bool(_TELLING_ATTRIBUTE.search(part))


def _formulas(part: bytes) -> Iterator[str]:
    """Yield the formulas of a part as they are meant: without comments, with what stands for a sign."""
    start = _FORMULA.search(part)
    while start is not None:
        closing = re.compile(rb"</(?:[\w.-]+:)?" + start[1] + rb"\s*>", re.IGNORECASE)
        closed = closing.search(part, start.end())
        stop = len(part) if closed is None else closed.start()
        yield _as_meant(part[start.end() : stop])
        start = _FORMULA.search(part, stop)
    if any(name in part for name in _NAMES_WITHIN):  # far sooner known than where
        for found in _FORMULA_WITHIN.finditer(part):
            yield _as_meant(found[1] or found[2] or b"")


def _as_meant(written: bytes) -> str:
    return unescape(_NOT_MEANT.sub("", written.decode("utf-8", "replace")))


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
    yield from filter(None, map(field_words, _fields_of_rtf(text)))
    if _is_broken(text):
        yield NOT_LOOKED_INTO


def _is_broken(text: bytes) -> bool:
    """Whether a group breaks a telling word off: a program that joins them reads more than is read here."""
    joined = _EMPTY_GROUP.sub(b"", text)
    return bool(_BEGUN.search(text)) or len(_TOLD.findall(joined)) > len(_TOLD.findall(text))


def _fields_of_rtf(text: bytes) -> Iterator[str]:
    """Yield the codes of fields as they are meant: without formats and groups, signs for their numbers."""
    depth, skip = 0, 0
    open_fields: list[tuple[int, list[str]]] = []
    for found in _TOKEN_OF_RTF.finditer(text):
        byte, sign, word, brace, plain = found.groups()
        words = ""
        if brace == b"{":
            depth += 1
        elif brace == b"}":
            depth -= 1
            while open_fields and open_fields[-1][0] > depth:
                yield "".join(open_fields.pop()[1])
        elif word == b"fldinst" and len(open_fields) < MOST_FIELDS:
            open_fields.append((depth, []))
        elif sign:
            words, skip = chr(int(sign) % 65_536), 1
        elif byte:
            words, skip = ("", 0) if skip else (bytes([int(byte, 16)]).decode("cp1252", "replace"), 0)
        elif plain:
            words, skip = plain.decode("latin-1").translate(_LINES_OF_RTF)[skip:], 0
        for _, said in open_fields if words else ():
            said.append(words)
    for _, said in open_fields:
        yield "".join(said)


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

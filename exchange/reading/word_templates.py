"""Read an office's Word template safely: looked at in the reading process, then opened.

A template is text. One that fetches, runs or embeds something is refused, with what it has and where; what
is not known to be harmless counts as harm. No part is believed for its name: each is looked at by its bytes.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree

from exchange.reading.guard import DAMAGE, DECLARATIONS
from exchange.reading.sheets import TEMPLATE, require_file, said_of
from exchange.reading.word_fields import (
    HYPERLINK,
    WEB,
    FieldCodes,
    attribute,
    field_name,
    leads_away,
    local_name,
)
from models.trouble import Trouble

MOST_BYTES = 20_000_000
MOST_PARTS = 1_000
MOST_UNPACKED = 50_000_000
MOST_PARAGRAPHS = 3_000
FIELDS = frozenset(
    {
        *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "CREATEDATE", "SAVEDATE"),
        *("PRINTDATE", "TITLE", "SUBJECT", "AUTHOR", "KEYWORDS", "COMMENTS", "LASTSAVEDBY"),
        *("DOCPROPERTY", "FILENAME", "STYLEREF", "REF", "PAGEREF", "NOTEREF", "TOC", "TC", "XE", "INDEX"),
        *("SEQ", "LISTNUM", "HYPERLINK", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "MERGEFIELD"),
        *("PRINTDATE", "SYMBOL", "EQ", "=", "NUMWORDS"),
    }
)
"""The fields that tell of the document alone."""
_HARMS = (
    ("a file that Word would read in (altChunk)", "altChunk", "aFChunk"),
    ("an embedded object (OLE)", "OLEObject object objectEmbed", "oleObject"),
    ("a linked object (OLE)", "objectLink", ""),
    ("a control that runs a program (ActiveX)", "control ocx", "control activeXControlBinary"),
    ("another document that Word would read in", "subDoc", "subDocument"),
    ("frames that show other files", "frameset", "frame"),
    ("a source of data for a mail merge", "mailMerge", "mailMergeSource mailMergeHeaderSource recipientData"),
    ("a template of its own that Word would fetch", "attachedTemplate", "attachedTemplate"),
    ("a transformation that Word would fetch", "saveThroughXslt", "transform"),
    ("an add-in from the web", "webextension", "webextension webextensiontaskpanes"),
    ("a film or sound", "movie", "video audio media"),
    ("an embedded file", "", "package"),
    ("macros", "", "vbaProject wordVbaData"),
    ("keys or buttons of its own", "", "keyMapCustomizations attachedToolbars extensibility"),
    ("a link to another file", "", "externalLink externalLinkPath"),
)
"""What is refused, as which elements it stands in a part, and by which ties it hangs on one."""
_ELEMENTS = {name: what for what, elements, _ in _HARMS for name in elements.split()}
_TIES = {name: what for what, _, ties in _HARMS for name in ties.split()}
_CONTENT = (
    (re.compile(r"macroenabled|vba|\.macro", re.IGNORECASE), "macros"),
    (re.compile(r"activex", re.IGNORECASE), _ELEMENTS["control"]),
    (re.compile(r"oleobject", re.IGNORECASE), _ELEMENTS["OLEObject"]),
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
_PLACES = {
    "document": "its text",
    "footnotes": "its footnotes",
    "endnotes": "its endnotes",
    "comments": "its comments",
    "settings": "its settings",
    "numbering": "its lists",
    "styles": "its styles",
}
_BEFORE = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"
"""What may stand before the first element of a part, in any coding that is read."""
_AWAY = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|\\\\|//)", re.IGNORECASE)
_FETCHES = "something that Word would fetch from elsewhere"


def template_line(content: bytes) -> dict[str, object]:
    """Return the sum of a template that may be opened; raises `Trouble` for any other."""
    try:
        paragraphs = 0
        for name, data in _parts(content):
            if what := next((words for sign, words in _CONTENT if sign.search(name)), ""):
                raise refusal(what, _place(name))  # also where no relationship leads to it
            if data.lstrip(_BEFORE).startswith(b"<"):  # it is read as XML, whatever it is called
                paragraphs += _Part(name, data).paragraphs
            elif what := next((words for start, words in _STARTS if data.startswith(start)), ""):
                raise refusal(what, _place(name))
            if paragraphs > MOST_PARAGRAPHS:
                raise too_large(f"has more than {MOST_PARAGRAPHS:,} paragraphs")
    except (*DAMAGE, KeyError, ValueError) as error:
        raise Trouble("is not a Word document; save it from Word as .docx; nothing was changed") from error
    except RuntimeError as error:
        raise Trouble("has a passphrase; save it from Word without one; nothing was changed") from error
    return {"sha256": hashlib.sha256(content).hexdigest()}


def too_large(what: str) -> Trouble:
    return Trouble(f"{what}; shorten it, or take out its pictures; nothing was changed")


def refusal(what: str, where: str) -> Trouble:
    return Trouble(
        f"has {what} in {where}, and it would go into every letter; "
        "take it out in Word and save it; nothing was changed"
    )


def _parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of a package by their names, unpacked and counted; each name stands for one part."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts, left = package.infolist(), MOST_UNPACKED
        names = {part.filename.casefold().lstrip("/") for part in parts}
        if len(names) < len(parts) or "[content_types].xml" not in names:
            raise zipfile.BadZipFile
        if len(parts) > MOST_PARTS:
            raise too_large(f"has more than {MOST_PARTS:,} parts")
        for part in parts:
            with package.open(part) as stream:
                data = stream.read(left + 1)
            left -= len(data)
            if left < 0:
                raise too_large("unpacks to more than a letter holds")
            yield part.filename, data


def _place(name: str) -> str:
    """Return what people call a part of a Word document."""
    of = name.casefold().replace("_rels/", "").removesuffix(".rels").rpartition("/")[2].partition(".")[0]
    within = "its building blocks" if "glossary/" in name.casefold() else ""
    if of.startswith(("header", "footer")):
        return within or f"a {of[:6]}"
    return within or _PLACES.get(of, f"its part {name}")


class _Part:
    """One part that is XML, gone through from its start to its end."""

    def __init__(self, name: str, data: bytes) -> None:
        self._where = _place(name)
        self.paragraphs = 0
        codes = FieldCodes()
        if any(word in data for word in DECLARATIONS):
            raise refusal("entities of its own, which Word never writes,", self._where)
        for event, element in ElementTree.iterparse(io.BytesIO(data), ("start", "end")):
            if event == "start":
                self._look_at(element)
                self._judge(codes.begin(element))
            else:
                self._judge(codes.end(element))
                element.clear()
        self._judge(codes.rest())

    def _look_at(self, element: ElementTree.Element) -> None:
        name = local_name(element.tag)
        if name in _ELEMENTS:
            raise refusal(_ELEMENTS[name], self._where)
        self.paragraphs += name == "p"
        if name == "Relationship":
            self._tie(
                attribute(element, "Type"), attribute(element, "Target"), attribute(element, "TargetMode")
            )
        self._look_at_content(attribute(element, "ContentType"))
        self._look_at_addresses(element)

    def _look_at_content(self, kind: str) -> None:
        for form, what in _CONTENT:
            if form.search(kind):
                raise refusal(what, self._where)

    def _look_at_addresses(self, element: ElementTree.Element) -> None:
        """Refuse a picture or a shape that names where it lies; a link to the web stays."""
        for key, value in element.items():
            name = local_name(key)
            is_picture = name in ("src", "althref") or (name == "href" and "office:office" in key)
            if (is_picture and _AWAY.match(value)) or (
                name == "href" and _AWAY.match(value) and not WEB.match(value)
            ):
                raise refusal(_FETCHES, self._where)

    def _judge(self, codes: Iterable[str]) -> None:
        """Refuse fields by their codes: any but those of the document alone, and a link to no web page."""
        for code, name in ((code, field_name(code)) for code in codes):
            if name == HYPERLINK and leads_away(code):
                raise refusal("a link that is not to the web (HYPERLINK)", self._where)
            if name and name not in FIELDS:
                raise refusal(f"a field that is not for a letter ({name[:20]})", self._where)

    def _tie(self, kind: str, target: str, mode: str) -> None:
        name = kind.rpartition("/")[2]
        if name in _TIES:
            raise refusal(_TIES[name], self._where)
        is_away = mode.casefold() == "external" or bool(_AWAY.match(target))
        if is_away and (name != "hyperlink" or not WEB.match(target)):
            raise refusal(_FETCHES, self._where)


_CHOOSE = "choose a Word document (.docx)"
_TOO_LARGE = f"larger than {MOST_BYTES // 1_000_000} MB; take out its pictures"
_UNSAFE = "could not be read safely; make it anew in Word and try again"
_SOUND: set[str] = set()
"""The sums of what was looked at: a template is opened for each of its letters."""


def read_template_file(path: Path) -> bytes:
    """Return the bytes of a template that may be opened; `Trouble` with one sentence for any other."""
    shown = require_file(path, _CHOOSE, MOST_BYTES, _TOO_LARGE)
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 not in _SOUND:
        *_, found = said_of(path, TEMPLATE, _CHOOSE, MOST_BYTES, _TOO_LARGE, _UNSAFE)
        if found["sha256"] != sha256:
            raise Trouble(f"{shown} {_UNSAFE}; nothing was changed.")
        _SOUND.add(sha256)
    return content


def require_sound(name: str, content: bytes) -> None:
    """Refuse a template that a record holds, looked at when it was chosen, where it may not be opened."""
    if (sha256 := hashlib.sha256(content).hexdigest()) in _SOUND:
        return
    try:
        template_line(content)
    except Trouble as error:
        raise Trouble(f"{name} {error}.") from error
    _SOUND.add(sha256)

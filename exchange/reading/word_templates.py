"""Read an office's Word template safely: looked at in the reading process, then opened.

A template is text. One that fetches, runs or embeds something is refused, with what it has and where; what
is not known to be harmless counts as harm. No part is believed for its name: each is looked at by its bytes.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from exchange.reading.guard import DAMAGE
from exchange.reading.sheets import TEMPLATE, require_file, said_of
from exchange.reading.word_fields import HYPERLINK, field_name, leads_away, local_name
from exchange.reading.word_reach import is_xml, reach_of
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
_PLACES = {
    "document": "its text",
    "footnotes": "its footnotes",
    "endnotes": "its endnotes",
    "comments": "its comments",
    "settings": "its settings",
    "numbering": "its lists",
    "styles": "its styles",
}


def template_line(content: bytes) -> dict[str, object]:
    """Return the sum of a template that may be opened; raises `Trouble` for any other."""
    try:
        paragraphs = 0
        for name, data in _parts(content):
            if what := next(reach_of(name, data, _not_for_letters), ""):
                raise refusal(what, _place(name))
            paragraphs += _paragraphs(data) if is_xml(data) else 0
            if paragraphs > MOST_PARAGRAPHS:
                raise too_large(f"has more than {MOST_PARAGRAPHS:,} paragraphs")
    except (*DAMAGE, KeyError, ValueError) as error:
        raise Trouble("is not a Word document; save it from Word as .docx; nothing was changed") from error
    except RuntimeError as error:
        raise Trouble("has a passphrase; save it from Word without one; nothing was changed") from error
    return {"sha256": hashlib.sha256(content).hexdigest()}


def _paragraphs(part: bytes) -> int:
    count = 0
    for _, element in ElementTree.iterparse(io.BytesIO(part)):
        count += local_name(element.tag) == "p"
        element.clear()
    return count


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


def _not_for_letters(code: str) -> str:
    """Return what is refused of a field by its code: any but those of the document alone, and web links."""
    name = field_name(code)
    if name == HYPERLINK and leads_away(code):
        return "a link that is not to the web (HYPERLINK)"
    return f"a field that is not for a letter ({name[:20]})" if name and name not in FIELDS else ""


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

"""Unpack a Word or OpenDocument file, counted while it is inflated, and parse its parts without entities."""

import io
import zipfile
from collections.abc import Mapping
from itertools import chain
from xml.etree import ElementTree

from exchange.application_forms.blocks import DEEPEST
from exchange.reading.guard import DAMAGE, DECLARATIONS, MAX_PARTS, MAX_RATIO, RATIO_FROM
from exchange.reading.word_reach import looked_at, reach
from models.trouble import Trouble

MOST_UNPACKED = 100_000_000
_CHUNK = 1 << 20
_READ = (".xml", ".rels", ".docx", ".htm", ".html", ".xhtml", ".txt", ".mht", ".rtf", ".bin", "mimetype")
_DEEPEST_ELEMENT = DEEPEST * 20
REACHES = "It has {}. None of it was run or fetched."

Element = ElementTree.Element


class Package:
    """The parts of a file that may be read, by their names as other parts call them."""

    def __init__(self, content: bytes) -> None:
        self._parts, self._others = _unpacked(content)

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what the file would fetch, run or take in, as one sentence; none where it would not."""
        found = reach(chain(self._parts.items(), self._others.items()))
        return (REACHES.format("; ".join(found)),) if found else ()

    def part(self, name: str) -> bytes:
        """Return a part's bytes, none for one that is not there."""
        return self._parts.get(name.lstrip("/").casefold(), b"")

    def tree(self, name: str) -> Element | None:
        """Return a part's elements, None for no such part; raises `Trouble` for what is no XML."""
        content = self.part(name)
        return parsed(content) if content else None


def _unpacked(content: bytes) -> tuple[Mapping[str, bytes], Mapping[str, bytes]]:
    """Return the parts that may be read, and others: whole where they are XML, else how they begin."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts, found, left = package.infolist(), dict[str, bytes](), MOST_UNPACKED
            others = dict(looked_at(package, [part for part in parts if not _is_read(part)], MOST_UNPACKED))
            if len(parts) > MAX_PARTS:
                raise Trouble(
                    f"has more than {MAX_PARTS:,} parts; save it again in the program it was made with"
                )
            for part in parts:
                name = part.filename.lstrip("/").casefold()
                if _is_read(part) and name not in found:
                    found[name] = _inflated(package, part, left)
                    left -= len(found[name])
    except RuntimeError as error:
        raise Trouble("has a passphrase; save it without one and try again") from error
    except (*DAMAGE, KeyError, ValueError) as error:
        raise damaged() from error
    return found, others


def _is_read(part: zipfile.ZipInfo) -> bool:
    return part.filename.casefold().endswith(_READ)


def _inflated(package: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> bytes:
    found = bytearray()
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            found += chunk
            is_bomb = len(found) > RATIO_FROM and len(found) > MAX_RATIO * max(part.compress_size, 1)
            if is_bomb or len(found) > left:
                raise Trouble(
                    "unpacks to far more than a form holds; save it again in the program it was made with"
                )
    return bytes(found)


def parsed(content: bytes) -> Element:
    """Return the elements of XML.

    Raises `Trouble` for what declares entities, is nested too deep or is damaged.
    """
    if any(word in content for word in DECLARATIONS):
        raise Trouble(
            "declares its own entities, which no word processor writes; save it again and try once more"
        )
    try:
        root = ElementTree.fromstring(content)
    except (*DAMAGE, ValueError, LookupError) as error:
        raise damaged() from error
    level = [root]
    for _ in range(_DEEPEST_ELEMENT):
        level = [below for element in level for below in element]
        if not level:
            return root
    raise Trouble("is nested deeper than any form; save it again in the program it was made with")


def damaged() -> Trouble:
    return Trouble("is damaged; open it in the program it was made with, save it again and try once more")


def local(element: Element) -> str:
    """Return an element's name without its namespace, of which there are several for the same."""
    return str(element.tag).rpartition("}")[2]


def value(element: Element | None, name: str = "val") -> str:
    """Return an attribute by its name without its namespace, "" without one."""
    if element is None:
        return ""
    return next((text for key, text in element.items() if key.rpartition("}")[2] == name), "")


def child(element: Element | None, *names: str) -> Element | None:
    """Return the element that is reached by these names one in another, None where there is none."""
    for name in names:
        element = None if element is None else next((one for one in element if local(one) == name), None)
    return element

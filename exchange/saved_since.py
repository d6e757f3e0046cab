"""Whether a person saved an office file since it was written here: what they wrote in it is not replaced."""

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from exchange.atomic import free_name, kept_beside

CORE = "docProps/core.xml"
"""The part of a Word document or workbook that says who saved it last, and when."""
LONGEST_CORE = 65_536
OURS = b"Grant Panel"


def is_saved_since(path: Path) -> bool:
    """Whether a Word document or workbook was saved by another program after it was written.

    It is so where its day of change is not that of its making, or its last writer is not this program. A file
    that is not there, or of another form, is not.
    """
    try:
        with ZipFile(path) as whole, whole.open(CORE) as part:
            core = part.read(LONGEST_CORE)
    except (OSError, BadZipFile, KeyError):
        return False
    return _told(core, b"dcterms:created") != _told(core, b"dcterms:modified") or (
        _told(core, b"cp:lastModifiedBy") not in (b"", OURS)
    )


def new_place(wanted: Path) -> Path:
    """Return where a new file goes: under a free name beside one of that name that a person changed."""
    return free_name(wanted) if is_saved_since(wanted) else wanted


def beside_words(wanted: Path, place: Path, written: Path) -> str:
    """Say why a file stands beside the one of its name: a person changed that, or a program has it open.

    "" where it was written as it was `wanted`; `place` is where it was to go.
    """
    if place == wanted:
        return kept_beside(wanted, written)
    return f"“{wanted.name}” was changed since it was written, so it stays; the new one is “{written.name}”."


def _told(core: bytes, name: bytes) -> bytes:
    found = re.search(rb"<%s(?:\s[^>]*)?>([^<]*)</%s>" % (name, name), core)
    return found[1].strip() if found else b""

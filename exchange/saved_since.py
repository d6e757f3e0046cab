"""Whether a person saved an office file since it was written here: what they wrote in it is not replaced."""

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

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


def kept_words(stays: Path, written: Path) -> str:
    """Say that a file which a person changed stays beside the new one."""
    return f"“{stays.name}” was changed since it was written, so it stays; the new one is “{written.name}”."


def _told(core: bytes, name: bytes) -> bytes:
    found = re.search(rb"<%s(?:\s[^>]*)?>([^<]*)</%s>" % (name, name), core)
    return found[1].strip() if found else b""

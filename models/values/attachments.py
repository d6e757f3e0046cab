"""What is kept of a file that is attached to something, to what, and the kinds that ship (guide, files 2)."""

import hashlib
import re
from datetime import datetime

from msgspec import Struct, toml

import resources
from models.schema.personal import TextAbout


class AttachmentKind(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind by its code, with its words; one that `leaves` may be shown to members once it was read."""

    code: str
    words: str
    leaves: bool = False


class _Kinds(Struct, frozen=True):
    kind: tuple[AttachmentKind, ...]


KINDS = {one.code: one for one in toml.decode(resources.text("forms/attachments.toml"), type=_Kinds).kind}
"""Every kind by its code, in the order in which they are offered."""
LEAVING = frozenset(code for code, kind in KINDS.items() if kind.leaves)
NOT_SORTED, FORM, EMAIL, QUOTE = "not sorted", "form", "e-mail", "quote"


def kind_words(code: str) -> str:
    """Return the words of a kind; those of one that no longer ships are its code."""
    return KINDS[code].words if code in KINDS else code


APPLICATION, AWARD, ORGANISATION, ROUND = "application", "award", "organisation", "round"
MOST_BYTES = 25 * 1024 * 1024
"""The most bytes of a file, attached or read as a form."""
_MOST_LETTERS, _MOST_ON_DISK = 200, 200
_NOT_ON_DISK = re.compile(r'[<>:"|?*]')
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³]) *(\.|$)", re.IGNORECASE)
_UNNAMED = "unnamed file"


class Subject(Struct, frozen=True):
    """What files are attached to: `about` says of which kind it is.

    An application, and an award, is known by its round and the application's reference; a round by its
    number; an organisation by its identity.
    """

    about: str
    round_id: int = 0
    application: str = ""
    organisation: str = ""


class KeptFile(Struct, frozen=True):
    """A file that is attached: its name, its kind's code, and the length and SHA-256 of its bytes.

    `received_at` is when it came, as a wall clock showed it, None where nobody knows.
    """

    name: TextAbout
    kind: str
    size: int
    sha256: str
    received_at: datetime | None = None


class FileOf(Struct, frozen=True):
    """A file that comes with an application of the same change, or with its round where that is ""."""

    application: str
    file: KeptFile

    def subject(self, round_id: int) -> Subject:
        """Return what it is attached to, in a round."""
        return Subject(APPLICATION if self.application else ROUND, round_id, self.application)


def safe_name(name: str) -> str:
    """Return a file's name without folders, controls and marks of direction, shortened before its ending."""
    last = re.split(r"[/\\]", name)[-1]
    plain = " ".join("".join(one if one.isprintable() else " " for one in last).split())
    stem, dot, ending = plain.rpartition(".")
    if len(plain) > _MOST_LETTERS and dot and len(ending) < _MOST_LETTERS:
        return f"{stem[: _MOST_LETTERS - len(ending) - 1]}.{ending}"
    return plain[:_MOST_LETTERS].rstrip() or _UNNAMED


def disk_name(name: str) -> str:
    """Return a name under which a copy can be saved on any system."""
    plain = _NOT_ON_DISK.sub("-", safe_name(name)).rstrip(". ").lstrip(".")
    stem, dot, ending = plain.rpartition(".")
    if len(plain.encode()) > _MOST_ON_DISK:  # a system may count bytes, and has 255 of them
        room = _MOST_ON_DISK - len(f"{dot}{ending}".encode())
        plain = (
            f"{_bytes_of(stem, room)}{dot}{ending}" if stem and room > 0 else _bytes_of(plain, _MOST_ON_DISK)
        )
    return f"_{plain}" if _DEVICES.match(plain) else plain or _UNNAMED


def _bytes_of(text: str, most: int) -> str:
    """Return the beginning of a text that has no more bytes than that."""
    return text.encode()[:most].decode(errors="ignore").rstrip(". ")


def size_fault(name: str, size: int) -> str:
    """Say why a file of so many bytes is not taken, "" where it can be."""
    if size < 1:
        return f"{name} is empty. Ask for it again."
    if size > MOST_BYTES:
        return f"{name} has {size:,} bytes, and a file may have {MOST_BYTES:,} (25 MB). Make it smaller."
    return ""


def size_words(size: int) -> str:
    """Return a size as people say it: "412 KB", "3.1 MB"."""
    return f"{size / 1_000_000:,.1f} MB" if size >= 999_500 else f"{max(1, round(size / 1000))} KB"


def kept_file(
    name: str, content: bytes, kind: str = NOT_SORTED, received_at: datetime | None = None
) -> KeptFile:
    """Return what is kept of a file of these bytes, under a name that is safe to show."""
    return KeptFile(safe_name(name), kind, len(content), hashlib.sha256(content).hexdigest(), received_at)

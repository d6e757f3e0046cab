"""Make the shipped licences of what is installed; run it after a lock changed.

python -m tests.resources.licences
"""

import hashlib
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackagePath, distribution
from pathlib import Path

from msgspec import Struct

import resources

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "resources"
WHOLE = FOLDER / "licences/licences.txt"
_LOCKED = re.compile(r"^(?P<name>[A-Za-z0-9_.-]+)==(?P<version>[^ \\;]+)", re.MULTILINE)
_LICENCE = re.compile(r"licen[cs]e|copying|notice|authors|copyright", re.IGNORECASE)
_IN_FOLDER = re.compile(r"\.dist-info/(?:licenses|license_files)/", re.IGNORECASE)
_NOT_NAMED = {
    "sqlcipher3": "Zlib, with SQLCipher (BSD-3-Clause), SQLite (public domain) and OpenSSL (Apache-2.0)",
    "reportlab": "BSD-3-Clause",
    "psycopg-binary": "LGPL-3.0-only, with libpq (PostgreSQL) and OpenSSL (Apache-2.0)",
    "jinja2": "BSD-3-Clause",
    "pypdfium2": "BSD-3-Clause, Apache-2.0; PDFium and what it is built of as below",
}
"""Licences that the metadata does not name, or not in a word."""
_MORE = {
    "docxtpl": ("licences/lgpl-2.1.txt",),
    "sqlcipher3": ("licences/sqlcipher.txt",),
    "pyside6-essentials": ("licences/lgpl-3.0.txt",),
    "shiboken6": ("licences/lgpl-3.0.txt",),
}
"""Texts that a distribution does not bring itself."""
OWN = (
    (
        "Noto Sans",
        "typefaces of the window and the papers, for twelve more scripts too",
        "OFL-1.1",
        "fonts/NotoSans-OFL.txt",
    ),
    ("DejaVu Sans", "typeface for signs and other scripts", "Bitstream Vera", "fonts/DejaVuSans-LICENSE.txt"),
    (
        "Droid Sans Fallback",
        "typeface for Chinese and Japanese in papers",
        "Apache-2.0",
        "fonts/DroidSansFallback-LICENSE.txt",
    ),
    ("Python", "in the installed program", "PSF-2.0", "licences/python.txt"),
    (
        "PyInstaller",
        "starts the installed program",
        "GPL-2.0-or-later with an exception for programs that it starts",
        "licences/pyinstaller.txt",
    ),
    ("Icons", "drawn for Grant Panel", "free for any purpose", "icons/LICENCE.txt"),
    ("Words for passphrases", "list of the mnemonic package", "MIT", "words/LICENSE.txt"),
    (
        "360Giving Data Standard",
        "schemas and code lists",
        "CC-BY-4.0 and others, as its notice says",
        "schemas/360giving/LICENSE.md",
    ),
    ("Notice of 360Giving", "where the schemas are from", "as above", "schemas/360giving/NOTICE.md"),
)
"""What ships beside the libraries: name, what it is, licence, and the file with its text."""
_RULE = "=" * 100


class Section(Struct, frozen=True):
    """One thing that ships: its name, version or kind, licence, and the texts of it."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]

    @property
    def head(self) -> str:
        """Return the line that its texts stand under."""
        return f"{self.name} {self.version}: {self.licence}"


def locked() -> dict[str, str]:
    """Return the versions of the locked distributions by name."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return {found["name"].casefold(): found["version"] for found in _LOCKED.finditer(text)}


def sections() -> Iterator[Section]:
    """Yield what ships: the locked distributions as they are installed, then our own files."""
    for name in sorted(locked()):
        yield _of_distribution(name, distribution(name))
    for name, what, licence, file in OWN:
        yield Section(name, f"({what})", licence, (resources.text(file).strip(),))


def _of_distribution(name: str, found: Distribution) -> Section:
    texts = [_text(file) for file in sorted(found.files or (), key=str) if _is_licence(file)]
    texts += [resources.text(file).strip() for file in _MORE.get(name, ())]
    return Section(name, found.version, _licence(name, found), tuple(dict.fromkeys(texts)))


def _is_licence(file: PackagePath) -> bool:
    said = str(file).replace("\\", "/")
    return bool(_IN_FOLDER.search(said)) or (".dist-info/" in said and bool(_LICENCE.search(file.name)))


def _text(file: PackagePath) -> str:
    return Path(str(file.locate())).read_text(encoding="utf-8", errors="replace").replace("\f", "").strip()


def _licence(name: str, found: Distribution) -> str:
    said = found.metadata.get("License-Expression") or found.metadata.get("License") or ""
    return _NOT_NAMED.get(name) or " ".join(said.split())


def whole(found: tuple[Section, ...]) -> str:
    """Return all texts in one; a text that stood already is named, not repeated."""
    lines, seen = ["Licences of all that ships with Grant Panel", ""], dict[str, str]()
    for section in found:
        lines += [_RULE, section.head, _RULE, ""]
        for text in section.texts:
            digest = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
            first = seen.setdefault(digest, section.name)
            lines += [text if first == section.name else f"The text is that under {first}.", ""]
    return "\n".join(" ".join(line.split("\t")).rstrip() for line in "\n".join(lines).splitlines()) + "\n"


def make() -> None:
    """Write the file."""
    WHOLE.write_text(whole(tuple(sections())), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    make()

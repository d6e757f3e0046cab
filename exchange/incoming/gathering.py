"""Find all files of an import: those named, in folders, in .zip files of uploads, and with e-mails.

Links are not followed, hidden and lock files are passed over, a .zip or an e-mail within two others is kept
closed, and each is said once.
"""

import os
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from exchange.reading.guard import DAMAGE
from exchange.reading.messages import Message, is_message, read_message
from exchange.reading.sheets import Tick, shown_name
from models.store.private_files import NotAFile, open_regular
from models.trouble import Trouble
from models.values.attachments import safe_name
from scoring.written.text import counted, first_few

TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
MOST_FILES, MOST_BYTES, MOST_OF_ONE, MOST_DEEP = 5_000, 500_000_000, 60_000_000, 12
MOST_OPENED = 2
"""How many .zip files and e-mails, one in another, are looked into."""
MOST_LISTED = 4_000_000
"""Bytes of the list of its files that a .zip has at its end: of many times as many as are taken."""
_RATIO, _RATIO_FROM, _PIECE = 200, 10_000_000, 1 << 20
_HIDDEN = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_NAMED = 5
_CHOSEN = "as a list of applications is to be chosen itself"


class Incoming(Struct, frozen=True):
    """One file: its name, the folders or messages that it lies in, and its bytes; all names safe to show.

    `message` is the e-mail that it is, `came_with` the one that it came with. It is the `nth` of its name
    there: an e-mail may hold several files of one name.
    """

    name: str
    content: bytes
    within: tuple[str, ...] = ()
    message: Message | None = None
    came_with: Message | None = None
    nth: int = 1

    @property
    def shown(self) -> str:
        """Return what a file is called among all of an import, which no two of them share."""
        called = " › ".join((*self.within, self.name))
        return called if self.nth == 1 else f"{called} ({self.nth})"

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


class Gathered(Struct, frozen=True):
    """All files of an import; `table` is the workbook or CSV file of applications, None where none was named.

    `faults` are sentences on files that could not be read, `notes` on what was passed over.
    """

    files: tuple[Incoming, ...] = ()
    table: Path | None = None
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class _Found(NamedTuple):
    """A file before it is looked into, `opened` .zip files and e-mails within one another."""

    within: tuple[str, ...]
    name: str
    content: bytes
    opened: int = 0
    came_with: Message | None = None

    def inner(self, within: tuple[str, ...], name: str, content: bytes, message: Message | None) -> "_Found":
        """Return a file that lies in this one."""
        return _Found((*self.within, self.name, *within), name, content, self.opened + 1, message)


def is_table(path: Path) -> bool:
    """Say whether a file is called as spreadsheets are."""
    return path.name.casefold().endswith(TABLES)


def gather(paths: Sequence[Path], tick: Tick | None = None) -> Gathered:
    """Return all files of an import; raises `Trouble` for a path that is not there, or more than is taken."""
    tables = [path for path in paths if is_table(path) and not path.is_dir()]
    if len(tables) > 1:
        named = " and ".join(map(shown_name, tables[:2]))
        raise Trouble(f"{named} are both lists of applications. Import one after the other.")
    gatherer = _Gatherer(tick)
    for path in paths:
        if path not in tables:
            gatherer.take(path)
    return gatherer.gathered(tables[0] if tables else None)


def gather_content(name: str, content: bytes) -> Gathered:
    """Return a file by its bytes, and all files in it where it is an e-mail or a .zip."""
    gatherer = _Gatherer(None)
    gatherer.take_content(name, content)
    return gatherer.gathered(None)


class _Gatherer:
    """Goes through what is named, counting files and bytes."""

    def __init__(self, tick: Tick | None) -> None:
        self._tick, self._bytes, self._listed = tick, 0, 0
        self._files: list[Incoming] = []
        self._faults: list[str] = []
        self._hidden: list[str] = []
        self._links: list[str] = []
        self._closed: list[str] = []

    def gathered(self, table: Path | None) -> Gathered:
        return Gathered(tuple(self._numbered()), table, tuple(self._faults), tuple(self._notes(table)))

    def _numbered(self) -> Iterator[Incoming]:
        before: Counter[str] = Counter()
        for file in self._files:
            before[file.shown] += 1
            yield replace(file, nth=before[file.shown])

    def _notes(self, table: Path | None) -> Iterator[str]:
        lists = [one.name for one in self._files if table is None and one.name.casefold().endswith(TABLES)]
        for names, does, one, several in (
            (self._hidden, "Passed over", "hidden or lock file", "hidden or lock files"),
            (self._links, "Passed over", "link", "links, which are not followed"),
            (self._closed, "Not looked into", "packed file", "packed files, which are kept as they came"),
            (lists, "Not read", f"spreadsheet, {_CHOSEN}", f"spreadsheets, {_CHOSEN}"),
        ):
            if names:
                said = first_few(names, _NAMED, "other", "others")
                yield f"{does} {counted(len(names), one, several)}: {said}."

    def take(self, path: Path) -> None:
        """Take what a path leads to: a file, or all of a folder."""
        try:
            for found in self._in_folder(path) if path.is_dir() else self._at(path, ()):
                self._look_into(found)
        except FileNotFoundError as error:
            raise Trouble(f"{shown_name(path)} is not there; check the name and the folder.") from error

    def take_content(self, name: str, content: bytes) -> None:
        """Take a file by its bytes."""
        self._look_into(_Found((), safe_name(name), content))

    def _in_folder(self, top: Path) -> Iterator[_Found]:
        for folder, folders, names in os.walk(top, onerror=self._pass_over):
            at = Path(folder)
            within = tuple(map(safe_name, at.relative_to(top).parts))
            folders[:] = [one for one in sorted(folders) if self._is_taken(at / one)]
            if folders and len(within) >= MOST_DEEP:
                folders.clear()
                self._faults.append(
                    f"{' › '.join(within)} lies too deep: what is in its folders was not read."
                )
            for name in sorted(names):
                if self._is_taken(at / name):
                    yield from self._at(at / name, within)

    def _pass_over(self, error: OSError) -> None:
        """Tell of a folder that cannot be read; what else there is, is taken."""
        self._faults.append(f"The folder {shown_name(Path(error.filename))} was not read: {error.strerror}.")

    def _is_taken(self, path: Path) -> bool:
        if path.is_symlink():
            self._links.append(safe_name(path.name))
            return False
        return self._is_shown(path.name)

    def _is_shown(self, name: str) -> bool:
        is_hidden = name.startswith((".", "~$")) or name.casefold() in _HIDDEN
        if is_hidden:
            self._hidden.append(safe_name(name))
        return not is_hidden

    def _at(self, path: Path, within: tuple[str, ...]) -> Iterator[_Found]:
        name = safe_name(path.name)
        try:
            with open_regular(path) as file:
                if is_packed(path.name):
                    yield from self._in_zip(file, _Found(within, name, b""))
                elif len(content := file.read(MOST_OF_ONE + 1)) > MOST_OF_ONE:
                    self._faults.append(f"{name} is larger than 60 MB and was not read.")
                else:
                    yield _Found(within, name, content)
        except FileNotFoundError:
            raise
        except NotAFile as error:
            self._faults.append(f"{name} was not read: {error.strerror}.")
        except OSError:
            self._faults.append(f"{name} could not be opened; close it in other programs and try again.")

    def _in_zip(self, file: BinaryIO, whole: _Found) -> Iterator[_Found]:
        try:
            with zipfile.ZipFile(_InPieces(file)) as packed:
                self._list(len(packed.infolist()))
                for part in packed.infolist():
                    yield from self._part(packed, part, whole)
        except (*DAMAGE, KeyError, ValueError):
            self._faults.append(f"{whole.name} is damaged or incomplete; save it again and try once more.")
        except RuntimeError:
            self._faults.append(
                f"{whole.name} is protected with a password; unpack it and import the folder."
            )

    def _part(self, packed: zipfile.ZipFile, part: zipfile.ZipInfo, whole: _Found) -> Iterator[_Found]:
        folders = [
            one for one in PurePosixPath(part.filename.replace("\\", "/")).parts if one not in ("/", "..")
        ]
        if not folders or part.is_dir() or not all(map(self._is_shown, folders)):
            return
        *around, name = map(safe_name, folders)
        most = max(_RATIO_FROM, min(MOST_OF_ONE, part.compress_size * _RATIO))
        content = _inflated(packed, part, most)
        if len(content) > most:
            self._add(most)
            self._faults.append(f"{name} in {whole.name} unpacks to far more than it says and was not read.")
        else:
            yield whole.inner(tuple(around[:MOST_DEEP]), name, content, whole.came_with)

    def _look_into(self, found: _Found) -> None:
        """Take a file, and what lies in it: one that is packed is taken itself where nothing comes out."""
        is_closed = found.opened >= MOST_OPENED
        if is_closed and (is_packed(found.name) or is_message(found.name)):
            self._closed.append(found.name)
        elif is_packed(found.name):
            taken = len(self._files)
            for one in self._in_zip(BytesIO(found.content), found):
                self._look_into(one)
            if len(self._files) > taken:
                return
        self._count()
        self._add(len(found.content))
        if self._tick:
            self._tick(len(self._files), len(self._files) + 1)
        message = self._message(found) if is_message(found.name) and not is_closed else None
        self._files.append(Incoming(found.name, found.content, found.within, message, found.came_with))
        for part in () if message is None else message.files:
            self._look_into(found.inner(part.within, part.name, part.content, message))

    def _message(self, found: _Found) -> Message | None:
        """Read an e-mail; one that is attached to another came in when that one did."""
        try:
            message = read_message(found.content, found.name)
        except Trouble as error:
            self._faults.append(str(error))
            return None
        return message if found.came_with is None else replace(message, received=found.came_with.received)

    def _add(self, size: int) -> None:
        """Count bytes that were read or, of what is not taken, unpacked."""
        self._bytes += size
        if self._bytes > MOST_BYTES:
            raise Trouble("The files hold more than 500 MB together. Import them in several parts.")

    def _list(self, more: int) -> None:
        """Count what a .zip lists, of which not all need be taken."""
        self._listed += more
        self._count(more)
        if self._listed > 4 * MOST_FILES:
            raise _too_many()

    def _count(self, more: int = 0) -> None:
        if len(self._files) + more > MOST_FILES:
            raise _too_many()


def _too_many() -> Trouble:
    return Trouble(f"There are more than {MOST_FILES:,} files. Import them in several parts.")


class _InPieces:
    """A .zip read in pieces, of which the list of its files is one: refused where that is too long."""

    def __init__(self, file: BinaryIO) -> None:
        self.seek, self.tell, self.seekable, self._read = file.seek, file.tell, file.seekable, file.read

    def read(self, size: int = -1) -> bytes:
        if size > MOST_LISTED:
            raise _too_many()
        return self._read(size if size >= 0 else MOST_LISTED)


def _inflated(packed: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    """Return a part's bytes, counted while they are unpacked; more than `most` where there are more."""
    found = bytearray()
    with packed.open(part) as stream:
        while len(found) <= most and (piece := stream.read(_PIECE)):
            found += piece
    return bytes(found)


def is_packed(name: str) -> bool:
    """Say whether a file is called as packed ones are."""
    return name.casefold().endswith(".zip")

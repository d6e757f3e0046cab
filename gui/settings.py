"""What this computer remembers: looks, sizes, where the last records lie, and nothing of what they hold.

Its file is read once and written by another thread, so that the window waits for no disk: Qt's own settings
are written in the window's thread, at its next turn, and wait for the disk twice; from another thread they
would keep the window waiting, too, for Qt holds Python meanwhile.
"""

import hashlib
import json
import os
from collections.abc import Callable, Container, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Generic, TypeVar

from msgspec import convert
from platformdirs import user_data_path
from PySide6.QtCore import QByteArray, QLockFile, QObject, QTimer, Signal, Slot

from gui.theme.glyphs import Lettering
from gui.theme.look import TEXT_PERCENTS, Choice, Density
from models.reference.defaults import LOCK_MINUTES, NONE, OrganisationDefaults
from models.store.private_files import FILE, FOLDER, make_file, write_file
from models.store.record_file import in_part
from models.values.canonical import whole_number

WRITTEN_AFTER_MS = 1_500
"""What was chosen meanwhile is written together."""
PATIENCE_MS = 5_000
"""How long another window on this computer may take to write the same file."""
Change = str | None


class SettingsFile(QObject):
    """Texts by name; `folders/import` stands in the part `folders`. What cannot be written is tried again."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._values = read_settings(path)
        self._changes: dict[str, Change] = {}
        self._unwritten: list[Mapping[str, Change]] = []
        self._thread: Thread | None = None
        self._later = QTimer(self, singleShot=True, interval=WRITTEN_AFTER_MS)
        self._later.timeout.connect(self._write_beside)

    def get(self, name: str) -> str:
        """Return a text, "" without one."""
        return self._values.get(name, "")

    def keep(self, name: str, text: str) -> None:
        """Keep a text; the one that stands there is not written again."""
        if self._values.get(name) != text:
            self._values[name] = self._changes[name] = text
            self._later.start()

    def forget(self, name: str) -> None:
        """Keep a text no longer, nor those in the part of that name."""
        for each in [held for held in self._values if held == name or held.startswith(f"{name}/")]:
            del self._values[each]
            self._changes[each] = None
            self._later.start()

    def write(self) -> None:
        """Write at once what was not written yet."""
        if self._thread is not None:
            self._thread.join()
        self._later.stop()
        self._save(self._to_write())

    @Slot()
    def _write_beside(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            self._later.start()
            return
        self._thread = Thread(target=self._save, args=(self._to_write(),), name="settings")
        self._thread.start()

    def _to_write(self) -> dict[str, Change]:
        """Take what is to be written, with what could not be before."""
        unwritten, self._unwritten = self._unwritten, []
        changes, self._changes = self._changes, {}
        return {name: text for each in (*unwritten, changes) for name, text in each.items()}

    def _save(self, changes: Mapping[str, Change]) -> None:
        try:
            if changes:
                save_settings(self.path, changes)
        except OSError:
            self._unwritten.append(changes)


def read_settings(path: Path) -> dict[str, str]:
    """Return the texts of a file by their names; none of one that is empty or damaged."""
    with suppress(OSError, ValueError):
        return convert(json.loads(path.read_bytes()), dict[str, str])
    return {}


def save_settings(path: Path, changes: Mapping[str, Change]) -> None:
    """Change some of the texts of a file, None being none; OSError leaves it as it was."""
    lock = QLockFile(f"{path}.lock")
    if not lock.tryLock(PATIENCE_MS):
        raise OSError(f"{path.name} is being written by another window")
    try:
        held = {**read_settings(path), **changes}
        left = {name: text for name, text in held.items() if text is not None}
        with in_part(path) as part:
            write_file(part, json.dumps(left, indent=1, sort_keys=True).encode())
            os.replace(part, path)
    finally:
        lock.unlock()


USUAL_IDLE_MINUTES = 15


T = TypeVar("T")


class Kept(Generic[T]):
    """A setting that is one text of the file: how that is read ("" where nobody said), and how written."""

    def __init__(self, name: str, read: Callable[[str], T], write: Callable[[T], str] = str) -> None:
        self._name, self._read, self._write = name, read, write

    def __get__(self, settings: "Settings", _of: type) -> T:
        return self._read(settings.get(self._name))

    def __set__(self, settings: "Settings", value: T) -> None:
        settings.keep(self._name, self._write(value))


def _density(text: str) -> Density:
    return next((one for one in Density if one.name.lower() == text), Density.TWO_LINE)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _records(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (line.partition("\t") for line in text.splitlines())
    return tuple((path, at) for at, _, path in pairs if path)


def _record_lines(records: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f"{at}\t{path}" for path, at in records)


class Settings(SettingsFile):
    """The window's settings, kept in a file in the person's own data folder."""

    single_keys_turned = Signal()
    """Keys of one character are switched on or off."""
    choice = Kept("look", lambda text: Choice(text) if text in list(Choice) else Choice.SYSTEM)
    percent = Kept("text percent", lambda text: _one_of(text, TEXT_PERCENTS, 100))
    """The text size in percent."""
    density = Kept("row height", _density, lambda density: density.name.lower())
    """The height of table rows."""
    person, role, member = Kept("person", str), Kept("role", str), Kept("member", str)
    """Who used this computer last, in which role, and under which code of a panel; "" where nobody said."""
    tour_step = Kept("tour step", _number)
    """The step at which the tour of the sample was left, counted from 0."""
    columns = Kept("columns", lambda text: tuple(text.split()), " ".join)
    """The further columns of the ranked list that are chosen."""
    recent = Kept("recent", _records, _record_lines)
    """Where the records opened last lie, and when each was opened, the newest first."""
    geometry = Kept(
        "geometry",
        lambda text: QByteArray.fromHex(QByteArray(text.encode())),
        lambda held: held.toHex().toStdString(),
    )
    """Where the window was."""

    def __init__(self, folder: Path | None = None, organisation: OrganisationDefaults = NONE) -> None:
        path = (folder or user_data_path("grant-panel", appauthor=False)) / "window.json"
        _keep_private(path)
        super().__init__(path)
        self.organisation = organisation

    @property
    def lettering(self) -> Lettering:
        """Return whose letters are chosen: those that ship, or the computer's own."""
        text = self.get("letters") or self.organisation.font
        return Lettering(text) if text in list(Lettering) else Lettering.SHIPPED

    @lettering.setter
    def lettering(self, lettering: Lettering) -> None:
        self.keep("letters", str(lettering))

    @property
    def single_keys(self) -> bool:
        """Return whether keys of one character do something in tables and on marks."""
        return self.get("single keys") != "off"

    @single_keys.setter
    def single_keys(self, is_on: bool) -> None:
        self.keep("single keys", "on" if is_on else "off")
        self.single_keys_turned.emit()

    @property
    def idle_lock(self) -> int:
        """Return after how many idle minutes the record is locked, 0 for never; the organisation's hold."""
        if self.organisation.lock_minutes is not None:
            return self.organisation.lock_minutes
        return _one_of(self.get("idle lock"), LOCK_MINUTES, USUAL_IDLE_MINUTES)

    @idle_lock.setter
    def idle_lock(self, minutes: int) -> None:
        self.keep("idle lock", str(minutes))

    def keys_of(self, action: str) -> str:
        """Return the keys chosen for an action, "" where it has those it came with."""
        return self.get(f"keys/{action}")

    def set_keys(self, action: str, keys: str) -> None:
        """Keep the keys chosen for an action; "" forgets them."""
        if keys:
            self.keep(f"keys/{action}", keys)
        else:
            self.forget(f"keys/{action}")

    def head_of(self, identity: str) -> tuple[int, str]:
        """Return the row and hash with which a record's journal was last known to end; 0 and "" if never."""
        row, _, code = self.get(f"heads/{identity}").partition(" ")
        try:
            return whole_number(row), code
        except ValueError:
            return 0, ""

    def keep_head(self, identity: str, row: int, code: str) -> None:
        """Keep the row and hash with which a record's journal ends."""
        self.keep(f"heads/{identity}", f"{row} {code}")

    def origin_of(self, record: str) -> str:
        """Return where a record was copied from to be worked on here, "" when it was not."""
        return self.get(f"copied from/{_name_of(record)}")

    def keep_origin(self, record: str, origin: str) -> None:
        self.keep(f"copied from/{_name_of(record)}", origin)

    def round_of(self, record: str) -> int:
        """Return which round of a record was on show last, 0 when none was."""
        return _number(self.get(f"rounds/{_name_of(record)}"))

    def keep_round(self, record: str, round_id: int) -> None:
        self.keep(f"rounds/{_name_of(record)}", str(round_id))

    def folder_of(self, kind: str) -> str:
        """Return the folder in which a file of a kind was chosen last, "" when none was."""
        return self.get(f"folders/{kind}")

    def keep_folder(self, kind: str, folder: str) -> None:
        self.keep(f"folders/{kind}", folder)


def _name_of(path: str) -> str:
    """Return a name for a path that is of one piece."""
    return hashlib.sha256(path.encode()).hexdigest()[:16]


def _keep_private(path: Path) -> None:
    """Let nobody else read where the records lie; it goes without where the disk does not take it."""
    with suppress(OSError):
        path.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
        if path.exists():
            path.chmod(FILE)
        else:
            make_file(path)


def _one_of(text: str, known: Container[int], usual: int) -> int:
    """Return a whole number that is among those there are, else the usual one."""
    try:
        number = whole_number(text)
    except ValueError:
        return usual
    return number if number in known else usual

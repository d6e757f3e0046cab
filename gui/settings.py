"""What this computer remembers: looks, sizes, where the last records lie, and nothing of what they hold."""

import hashlib
from collections.abc import Callable, Container
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

from platformdirs import user_data_path
from PySide6.QtCore import QByteArray, Signal

from gui.performance.settings_file import SettingsFile
from gui.theme.fonts import Lettering
from gui.theme.look import TEXT_PERCENTS, Choice, Density
from models.reference.defaults import LOCK_MINUTES, NONE, OrganisationDefaults
from models.store.private_files import FILE, FOLDER, make_file
from models.values.canonical import whole_number

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
        """Keep where a record was copied from."""
        self.keep(f"copied from/{_name_of(record)}", origin)

    def round_of(self, record: str) -> int:
        """Return which round of a record was on show last, 0 when none was."""
        return _number(self.get(f"rounds/{_name_of(record)}"))

    def keep_round(self, record: str, round_id: int) -> None:
        """Keep which round of a record is on show."""
        self.keep(f"rounds/{_name_of(record)}", str(round_id))

    def folder_of(self, kind: str) -> str:
        """Return the folder in which a file of a kind was chosen last, "" when none was."""
        return self.get(f"folders/{kind}")

    def keep_folder(self, kind: str, folder: str) -> None:
        """Keep the folder in which a file of a kind was chosen."""
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

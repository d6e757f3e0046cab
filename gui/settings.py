"""What this computer remembers: looks, sizes, where the last records lie, and nothing of what they hold."""

import hashlib
from collections.abc import Callable, Container
from contextlib import suppress
from pathlib import Path

from platformdirs import user_data_path
from PySide6.QtCore import QByteArray

from gui.performance.settings_file import SettingsFile
from gui.tables.density import Density
from gui.theme.fonts import Lettering
from gui.theme.look import TEXT_PERCENTS, Choice
from models.reference.defaults import LOCK_MINUTES, NONE, OrganisationDefaults
from models.store.private_files import FILE, FOLDER, make_file
from models.values.canonical import whole_number

USUAL_IDLE_MINUTES = 15


class Settings:
    """The window's settings, kept in an ini file in the person's own data folder."""

    def __init__(self, folder: Path | None = None, organisation: OrganisationDefaults = NONE) -> None:
        self.organisation = organisation
        path = (folder or user_data_path("grant-panel", appauthor=False)) / "window.ini"
        _keep_private(path)
        self._store = SettingsFile(path)
        self._watching_keys: list[Callable[[], object]] = []

    @property
    def choice(self) -> Choice:
        """Return the chosen look."""
        text = self._text("look")
        return Choice(text) if text in list(Choice) else Choice.SYSTEM

    @choice.setter
    def choice(self, choice: Choice) -> None:
        self._keep("look", str(choice))

    @property
    def lettering(self) -> Lettering:
        """Return whose letters are chosen: those that ship, or the computer's own."""
        text = self._text("letters") or self.organisation.font
        return Lettering(text) if text in list(Lettering) else Lettering.SHIPPED

    @lettering.setter
    def lettering(self, lettering: Lettering) -> None:
        self._keep("letters", str(lettering))

    @property
    def percent(self) -> int:
        """Return the text size in percent."""
        return _one_of(self._text("text percent"), TEXT_PERCENTS, 100)

    @percent.setter
    def percent(self, percent: int) -> None:
        self._keep("text percent", str(percent))

    @property
    def density(self) -> Density:
        """Return the height of table rows."""
        text = self._text("row height")
        return next((one for one in Density if one.name.lower() == text), Density.TWO_LINE)

    @density.setter
    def density(self, density: Density) -> None:
        self._keep("row height", density.name.lower())

    @property
    def person(self) -> str:
        """Return who used this computer last, "" when nobody said."""
        return self._text("person")

    @person.setter
    def person(self, person: str) -> None:
        self._keep("person", person)

    @property
    def role(self) -> str:
        """Return the role in which that person acted, "" when nobody said."""
        return self._text("role")

    @role.setter
    def role(self, role: str) -> None:
        self._keep("role", role)

    @property
    def member(self) -> str:
        """Return the code under which that person sat on a panel, "" beside it."""
        return self._text("member")

    @member.setter
    def member(self, member: str) -> None:
        self._keep("member", member)

    @property
    def tour_step(self) -> int:
        """Return the step at which the tour of the sample was left, counted from 0."""
        text = self._text("tour step")
        return int(text) if text.isdecimal() else 0

    @tour_step.setter
    def tour_step(self, number: int) -> None:
        self._keep("tour step", str(number))

    @property
    def single_keys(self) -> bool:
        """Return whether keys of one character do something in tables and on marks."""
        return self._text("single keys") != "off"

    @single_keys.setter
    def single_keys(self, is_on: bool) -> None:
        self._keep("single keys", "on" if is_on else "off")
        for told in self._watching_keys:
            told()

    @property
    def idle_lock(self) -> int:
        """Return after how many idle minutes the record is locked, 0 for never; the organisation's hold."""
        if self.organisation.lock_minutes is not None:
            return self.organisation.lock_minutes
        return _one_of(self._text("idle lock"), LOCK_MINUTES, USUAL_IDLE_MINUTES)

    @idle_lock.setter
    def idle_lock(self, minutes: int) -> None:
        self._keep("idle lock", str(minutes))

    def watch_single_keys(self, told: Callable[[], object]) -> None:
        """Tell somebody when keys of one character are switched on or off."""
        self._watching_keys.append(told)

    def keys_of(self, action: str) -> str:
        """Return the keys chosen for an action, "" where it has those it came with."""
        return self._text(f"keys/{action}")

    def set_keys(self, action: str, keys: str) -> None:
        """Keep the keys chosen for an action; "" forgets them."""
        if keys:
            self._keep(f"keys/{action}", keys)
        else:
            self._store.forget(f"keys/{action}")

    def head_of(self, identity: str) -> tuple[int, str]:
        """Return the row and hash with which a record's journal was last known to end; 0 and "" if never."""
        row, _, code = self._text(f"heads/{identity}").partition(" ")
        try:
            return whole_number(row), code
        except ValueError:
            return 0, ""

    def keep_head(self, identity: str, row: int, code: str) -> None:
        """Keep the row and hash with which a record's journal ends."""
        self._keep(f"heads/{identity}", f"{row} {code}")

    def origin_of(self, record: str) -> str:
        """Return where a record was copied from to be worked on here, "" when it was not."""
        return self._text(f"copied from/{_name_of(record)}")

    def keep_origin(self, record: str, origin: str) -> None:
        """Keep where a record was copied from."""
        self._keep(f"copied from/{_name_of(record)}", origin)

    def round_of(self, record: str) -> int:
        """Return which round of a record was on show last, 0 when none was."""
        text = self._text(f"rounds/{_name_of(record)}")
        return int(text) if text.isdecimal() else 0

    def keep_round(self, record: str, round_id: int) -> None:
        """Keep which round of a record is on show."""
        self._keep(f"rounds/{_name_of(record)}", str(round_id))

    def folder_of(self, kind: str) -> str:
        """Return the folder in which a file of a kind was chosen last, "" when none was."""
        return self._text(f"folders/{kind}")

    def keep_folder(self, kind: str, folder: str) -> None:
        """Keep the folder in which a file of a kind was chosen."""
        self._keep(f"folders/{kind}", folder)

    def forget_folders(self) -> None:
        """Keep no folder of a file any more."""
        self._store.forget("folders")

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the further columns of the ranked list that are chosen."""
        return tuple(name for name in self._text("columns").split(" ") if name)

    @columns.setter
    def columns(self, names: tuple[str, ...]) -> None:
        self._keep("columns", " ".join(names))

    @property
    def recent(self) -> tuple[tuple[str, str], ...]:
        """Return where the records opened last lie, and when each was opened, the newest first."""
        lines = self._text("recent").splitlines()
        pairs = (line.partition("\t") for line in lines)
        return tuple((path, at) for at, _, path in pairs if path)

    @recent.setter
    def recent(self, records: tuple[tuple[str, str], ...]) -> None:
        self._keep("recent", "\n".join(f"{at}\t{path}" for path, at in records))

    @property
    def geometry(self) -> QByteArray:
        """Return where the window was."""
        return QByteArray.fromHex(QByteArray(self._text("geometry").encode()))

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._keep("geometry", geometry.toHex().toStdString())

    def write(self) -> None:
        """Write at once what was not written yet."""
        self._store.write()

    def _keep(self, name: str, text: str) -> None:
        self._store.keep(name, text)

    def _text(self, name: str) -> str:
        return self._store.get(name)


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

"""Asking for files in the system's own box: each kind of file opens where one of it was chosen last."""

import re
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from gui.folders import documents, with_ending
from gui.settings import Settings

APPLICATIONS = (
    "Lists, forms and e-mails (*.xlsx *.xlsm *.xls *.ods *.csv *.docx *.odt *.pdf *.eml *.msg *.zip)"
    ";;All files (*)"
)
RECORDS = "Grant Panel records (*.panel);;All files (*)"
SPREADSHEETS = "Spreadsheets (*.xlsx *.xlsm *.xls *.ods *.csv);;All files (*)"
ENDINGS = re.compile(r"\*(\.\w+)")
"""Finds the endings that a filter names."""


class Kind(StrEnum):
    """What is asked for; the folder of each is remembered apart."""

    RECORD = "record"
    COPY = "copy"
    APPLICATIONS = "applications"
    PACK = "pack"
    RETURN = "return"
    MONITORING = "monitoring"
    SPENDING = "spending"
    LEDGER = "ledger"
    PAPERS = "papers"
    HELD = "held"
    SUPPORT = "support"
    FUND = "fund"
    LOGO = "logo"
    NEWS = "news"
    REGISTER = "register"
    ATTACHED = "attached"


class FileDialogs:
    """Each opens where one of its kind was chosen last, else where it is near, else among one's papers."""

    def __init__(self, window: QWidget, settings: Settings) -> None:
        self._window, self._settings = window, settings

    def folder(self, kind: Kind, near: Path | None = None) -> Path:
        """Return the folder in which to look for a kind of file; `near` is a folder."""
        last = self._settings.folder_of(kind)
        if last and Path(last).is_dir():
            return Path(last)
        if near is not None:
            return near
        theirs = self._settings.organisation.record_folder if kind is Kind.RECORD else None
        return theirs if theirs is not None and _is_there(theirs) else documents()

    def note(self, kind: Kind, folder: Path) -> None:
        """Remember the folder of a file that was chosen."""
        self._settings.keep_folder(kind, str(folder))

    def open(self, kind: Kind, title: str, filters: str, near: Path | None = None) -> Path | None:
        """Ask for a file that is there; None where nobody chose one."""
        start = str(self.folder(kind, near))
        return self._noted(kind, QFileDialog.getOpenFileName(self._window, title, start, filters)[0])

    def open_several(self, kind: Kind, title: str, filters: str) -> tuple[Path, ...]:
        """Ask for files that are there."""
        start = str(self.folder(kind))
        chosen, _ = QFileDialog.getOpenFileNames(self._window, title, start, filters)
        return tuple(path for path in (self._noted(kind, one) for one in chosen) if path is not None)

    def choose_folder(self, kind: Kind, title: str) -> Path | None:
        """Ask for a folder of files that are there; None where nobody chose one."""
        return self._noted(kind, choose_folder(self._window, title, str(self.folder(kind))))

    def save(self, kind: Kind, title: str, suggested: Path | str, filters: str) -> Path | None:
        """Ask where a file is to go; a suggested path names the folder for the first time as well.

        The form is that of the ending that is typed, else of the filter that is chosen, else the suggested.
        """
        path = Path(suggested)
        near = path.parent if path.is_absolute() else None
        start = str(self.folder(kind, near) / path.name)
        chosen, form = QFileDialog.getSaveFileName(self._window, title, start, filters)
        place = self._noted(kind, chosen)
        if place is None or place.suffix.casefold() in ENDINGS.findall(filters):
            return place
        return with_ending(place, (ENDINGS.findall(form) or [path.suffix])[0])

    def _noted(self, kind: Kind, chosen: str) -> Path | None:
        if not chosen:
            return None
        self.note(kind, Path(chosen).parent)
        return Path(chosen)


def open_beside(window: QWidget, title: str, path: Path, filters: str) -> Path | None:
    """Ask for one certain file, at its own place: nothing is remembered."""
    chosen, _ = QFileDialog.getOpenFileName(window, title, str(path), filters)
    return Path(chosen) if chosen else None


def choose_folder(parent: QWidget, title: str, start: str) -> str:
    """Ask for a folder over a form that keeps it itself; "" where nobody chose one."""
    return QFileDialog.getExistingDirectory(parent, title, start)


def _is_there(folder: Path) -> bool:
    """Say whether a folder is there, or could be made in the one above it, as on a new computer."""
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
    return folder.is_dir()

"""Files: asked for in the system's own box, where one was chosen last; called, shown, told as written."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from enum import StrEnum
from errno import EIO
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from gui.record.runner import Ticket
from gui.settings import Settings
from gui.theme.look import Tone
from gui.widgets.message_area import Notice, NoticeBar, Remedy

VISITED = ("FileDialog/history", "FileDialog/lastVisited")
"""Where Qt's own file dialog keeps the folders of the last files, beside the window's settings."""


def open_folder(folder: Path) -> str:
    """Show a folder in the computer's own file manager; return why it could not be, "" where it was."""
    return "" if _shown(folder) else f"This computer could not show the folder. It is {folder}."


def open_file(path: Path) -> str:
    """Show a file in the program that the computer has for it; return why it could not be likewise."""
    if _shown(path):
        return ""
    return f"This computer could not open “{path.name}”. It is in {path.parent}."


def _shown(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def forget_visited() -> None:
    """Take the folders that were gone to out of Qt's own settings, where its file dialog keeps them.

    It keeps them for every program of this person that shows the same dialog; the folders that somebody put
    into its side bar stay.
    """
    store = QSettings(QSettings.Scope.UserScope, "QtProject")
    for name in VISITED:
        store.remove(name)
    store.sync()


def documents() -> Path:
    """Return where a person's papers lie: their documents, or their home where there are none.

    A file dialog that is told nothing opens where the program was started, which may be its own folder.
    """
    found = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return found if found.is_dir() else Path.home()


def with_ending(chosen: str | Path, ending: str) -> Path:
    """Return a path with its ending; "Autumn.v2" becomes "Autumn.v2.gpack".

    The system's own box asks before a file is replaced, but knows the name only as it was typed: where the
    ending had to be added and such a file is there, it stays, and the next free name is taken.
    """
    from exchange.atomic import free_name  # the window starts without what writes files

    path = Path(chosen)
    if path.suffix.casefold() == ending:
        return path
    named = path.with_name(path.name.rstrip(". ") + ending)
    return free_name(named) if named.exists() else named


WRITTEN = "written"
"""What the message is about: a newer file takes the place of the one before."""
SHOWN = "shown"
"""What the message is about where the computer cannot show one."""
OPEN_FOLDER = "Open folder"
SEALED = (".gpack", ".greturn", ".panel")
"""What no other program opens."""


def tell_written(
    notices: NoticeBar,
    words: str,
    paths: Sequence[Path],
    tone: Tone = Tone.FUND,
    *,
    is_opened: bool = False,
) -> None:
    """Say that files are written; one that a program shows can be opened, and the folder of all of them.

    Without a path it is only said, as of something that was cancelled. The folder `is_opened` at once where
    the computer can show it.
    """
    remedies: tuple[Remedy, ...] = ()
    if len(paths) == 1 and paths[0].suffix.casefold() not in ("", *SEALED):
        remedies += (Remedy("Open", partial(show, notices, open_file, paths[0])),)
    if paths:
        remedies += (Remedy(OPEN_FOLDER, partial(show, notices, open_folder, paths[0].parent)),)
    notices.show_notice(Notice(WRITTEN, tone, words, remedies))
    if is_opened and paths:
        open_folder(paths[0].parent)


def show(notices: NoticeBar, how: Callable[[Path], str], path: Path) -> None:
    """Show a file or folder by the computer's own means, or say where it is."""
    problem = how(path)
    if problem:
        notices.show_notice(Notice(SHOWN, Tone.WARNING, problem))


def write_whole(content: bytes, path: Path, ticket: Ticket, *, is_private: bool = False) -> Path:
    """Write bytes to a file and read them back; gives the path that it really has."""
    from exchange.atomic import write_beside  # the window's start need not wait for it

    def check(part: Path) -> None:
        if part.read_bytes() != content:
            raise OSError(EIO, "it is not whole", str(part))

    return write_beside(path, partial(Path.write_bytes, data=content), check, is_private=is_private)


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

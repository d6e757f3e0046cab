"""Folders and files, shown by the computer's own file manager, and the names of files."""

from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

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

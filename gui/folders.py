"""Folders, shown by the computer's own file manager."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices


def open_folder(folder: Path) -> None:
    """Show a folder in the computer's own file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def documents() -> Path:
    """Return where a person's papers lie: their documents, or their home where there are none.

    A file dialog that is told nothing opens where the program was started, which may be its own folder.
    """
    found = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return found if found.is_dir() else Path.home()

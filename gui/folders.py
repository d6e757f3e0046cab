"""Folders, shown by the computer's own file manager."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_folder(folder: Path) -> None:
    """Show a folder in the computer's own file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

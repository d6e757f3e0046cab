"""Folders and files: shown by the computer's own file manager, told as written, and what they are called."""

from collections.abc import Callable, Sequence
from errno import EIO
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

from gui.record.runner import Ticket
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice, NoticeBar, Remedy

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

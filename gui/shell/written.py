"""The one place that says of a file that it is written, and leads to it: Open, Open folder; bytes written."""

from collections.abc import Callable, Sequence
from errno import EIO
from functools import partial
from pathlib import Path

from gui.folders import open_file, open_folder
from gui.record.runner import Ticket
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice, NoticeBar, Remedy

WRITTEN = "written"
"""What the message is about: a newer file takes the place of the one before."""
SHOWN = "shown"
"""What the message is about where the computer cannot show one."""
OPEN_FOLDER = "Open folder"
SEALED = (".gpack", ".greturn", ".panel")
"""What no other program opens."""


def tell_written(
    notices: NoticeBar, words: str, paths: Sequence[Path], tone: Tone = Tone.FUND, subject: str = WRITTEN
) -> None:
    """Say that files are written; one that a program shows can be opened, and the folder of all of them.

    Without a path it is only said, as of something that was cancelled.
    """
    remedies: tuple[Remedy, ...] = ()
    if len(paths) == 1 and paths[0].suffix.casefold() not in ("", *SEALED):
        remedies += (Remedy("Open", partial(show, notices, open_file, paths[0])),)
    if paths:
        remedies += (Remedy(OPEN_FOLDER, partial(show, notices, open_folder, paths[0].parent)),)
    notices.show_notice(Notice(subject, tone, words, remedies))


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

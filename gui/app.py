"""Put the window together and run it: `grant-panel-window [RECORD]`."""

import locale
import os
import sys
from collections.abc import Sequence
from getpass import getuser
from pathlib import Path

from PySide6.QtCore import QLocale, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from gui.keys.behaviour import EmptyUndo, FieldStart, SingleKeys
from gui.pages.page import SOMEONE
from gui.performance.preload import Preload
from gui.performance.turns import GarbageCollection, PaintTurn
from gui.record.runner import InlineRunner, Runner
from gui.record.workspace import Workspace
from gui.settings import Settings
from gui.shell.controller import Controller
from gui.shell.errors import Errors
from gui.shell.main_window import MainWindow
from gui.theme.glyphs import drawn
from gui.theme.look import Tone, fill_with, look, smooth
from gui.widgets.message_area import Notice
from gui.widgets.ring import FocusRing
from gui.widgets.speech.reader_stops import ReaderStops
from models.reference.defaults import organisation_defaults
from models.store.places import Address, address_of
from models.store.private_files import forbid_core_dumps, temporary_folder

SIZES = (16, 32, 64)


def window_icon() -> QIcon:
    """Return the mark in the sizes that desktops ask for; it is the same at every text size."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(_mark(size))
    return icon


def _mark(size: int) -> QPixmap:
    mark = QPixmap(size, size)
    mark.fill(Qt.GlobalColor.transparent)
    with smooth(mark) as painter:
        fill_with(painter, look.theme.accent)
        painter.drawRoundedRect(QRectF(0, 0, size, size), size / 4, size / 4)
        inset = size * 0.14
        inner = QRectF(inset, inset, size - 2 * inset, size - 2 * inset)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(inner, drawn("logo", look.theme.on_accent, size))
    return mark


FIXED = ("LC_TIME", "LC_NUMERIC", "LC_COLLATE", "LC_MONETARY", "LC_MESSAGES")
"""All but how letters are encoded, which is the computer's to say; Windows has no messages."""


def keep_english() -> None:
    """Undo what Qt did; to be called once the application is made, before any widget is."""
    for part in FIXED:
        if hasattr(locale, part):
            locale.setlocale(getattr(locale, part), "C")
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


SWITCH_SECONDS = 0.0001
"""How long sums in the work queue may keep the window's thread waiting, each time it comes back from Qt.

It does so some fifty times to paint a page: beside sums that was 20 to 25 ms more with 0.5 ms, and is 5 to
10. With Python's own 5 ms nine keys of ten were painted within 25 to 80 (`benchmarks/window/beside.py`).
"""
LIBRARY_THREADS = "OPENBLAS_NUM_THREADS"
"""How many processors numpy's library may take; by itself it takes all, and the window waits for one."""


class Window:
    """The window with all that stands behind it; whoever holds this holds the program."""

    def __init__(
        self, app: QApplication, runner: Runner, settings: Settings, record: Address | None = None
    ) -> None:
        self._record = record
        self.settings = settings
        look.begin(app, settings.choice, settings.percent, settings.lettering)
        self.workspace = Workspace(
            runner, settings.person or login_name(), settings.organisation.backup_folder
        )
        self.errors = Errors()
        self.main = MainWindow(self.workspace, settings)
        look.dress(self.main)
        self.ring = FocusRing(app, self.main)
        self.reader_stops = ReaderStops(app, self.main)
        self.empty_undo = EmptyUndo(app, self.main)
        self.field_start = FieldStart(app, self.main)
        self.single_keys = SingleKeys(app, settings, self.main)
        self.controller = Controller(self.main, self.workspace, settings, self.errors)
        if record is None:
            self.controller.welcome()

    def show(self) -> None:
        """Show the window, and open the record that it begins with."""
        self.main.show()
        self.tell_faults()
        if self._record is not None:
            self.controller.open(self._record)

    def tell_faults(self) -> None:
        """Say what of the organisation's settings makes no sense."""
        faults = self.settings.organisation.to_correct
        if faults:
            self.main.notices.show_notice(Notice("defaults", Tone.WARNING, " ".join(faults), stays=True))


def login_name() -> str:
    """Return the name that the computer knows its user by."""
    try:
        return getuser()
    except (OSError, KeyError):
        return SOMEONE


class Program:
    """The application with its window, on the record that is named, if one is."""

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        self._app = application()
        self._runner = Runner()
        record = _named(arguments[0]) if arguments else None
        self.window = Window(self._app, self._runner, Settings(None, organisation_defaults()), record)
        self.window.errors.catch_all()
        main = self.window.main
        self._garbage_collection = GarbageCollection(main)
        self._preload = Preload(main.pages, main.tools, main, self._runner.turns)
        heavy = (self._runner.started, self._runner.landed, main.pages.currentChanged, main.messages.moved)
        PaintTurn(main, self._runner.turns, *heavy).painted.connect(self._preload.load_figures)
        self._app.setWindowIcon(window_icon())
        self.window.show()

    def run(self) -> int:
        """Run until the window is closed; return the exit status."""
        status = self._app.exec()
        self._runner.finish()
        self.window.settings.write()
        return status


def _named(argument: str) -> Address:
    """Return the record that was named when the program was started, wherever its folder is by then."""
    found = address_of(argument)
    return found.absolute() if isinstance(found, Path) else found


def application() -> QApplication:
    """Return the application, as the window needs it."""
    sys.setswitchinterval(SWITCH_SECONDS)
    os.environ.setdefault(LIBRARY_THREADS, "1")
    app = QApplication(["grant-panel-window"])
    keep_english()
    app.setApplicationName("Grant Panel")
    app.setApplicationDisplayName("Grant Panel")
    app.setDesktopFileName("grant-panel")
    return app


def _draw_itself(record: Path, folder: Path) -> int:
    """Draw every page into a folder instead of waiting for anybody; used by `grant-panel screenshots`."""
    from gui.screenshots import draw  # nothing of it is needed to open the window

    app = application()
    with temporary_folder() as kept:
        window = Window(app, InlineRunner(), Settings(kept))
        for picture in draw(app, window, record, folder):
            print(picture)
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, on a record if one is named; return the exit status."""
    forbid_core_dumps()
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["--screenshots"] and len(arguments) == 3:
        return _draw_itself(Path(arguments[2]), Path(arguments[1]))
    return Program(arguments).run()


if __name__ == "__main__":
    sys.exit(main())

"""Starting the window as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from cli.frame.record import is_record
from models.store.places import address_of
from models.trouble import Trouble
from scoring.written.text import Refused

PROGRAM = "grant-panel-window"


def has_display() -> bool:
    """Whether a window can be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def open_window(record: str | None) -> int:
    """Open the window, on a record if one is given, and return its exit status once it is closed."""
    if record is not None and isinstance(address := address_of(record), Path) and not is_record(address):
        raise Refused(
            f"{address.name} is not a record, so the window cannot open it. "
            "grant-panel rank ranks a round workbook; grant-panel import imports an export of a form."
        )
    if not has_display() and not os.environ.get("QT_QPA_PLATFORM"):
        raise Trouble(
            "There is no display here to open the window on. "
            "Give a subcommand instead; grant-panel --help lists them."
        )
    given = [] if record is None else [record]
    return subprocess.call([*window_command(), *given])


def window_command() -> list[str]:
    """Return how the window is started: its program beside ours, or through the interpreter."""
    ending = ".exe" if sys.platform == "win32" else ""
    beside = Path(sys.executable).with_name(PROGRAM + ending)
    if beside.exists():
        return [str(beside)]
    return [sys.executable, "-c", "import sys; from gui.start import main; sys.exit(main())"]

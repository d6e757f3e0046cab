"""The file of the settings, read once and written by another thread, so that the window waits for no disk.

Qt's own settings are written in the window's thread, at its next turn, and wait for the disk twice; from
another thread they would keep the window waiting, too, for Qt holds Python meanwhile.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread

from msgspec import convert
from PySide6.QtCore import QLockFile, QObject, QTimer, Slot

from models.store.private_files import write_file

WRITTEN_AFTER_MS = 1_500
"""What was chosen meanwhile is written together."""
PATIENCE_MS = 5_000
"""How long another window on this computer may take to write the same file."""
Change = str | None


class SettingsFile(QObject):
    """Texts by name; `folders/import` stands in the part `folders`. What cannot be written is tried again."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._values = read_settings(path)
        self._changes: dict[str, Change] = {}
        self._unwritten: list[Mapping[str, Change]] = []
        self._thread: Thread | None = None
        self._later = QTimer(self, singleShot=True, interval=WRITTEN_AFTER_MS)
        self._later.timeout.connect(self._write_beside)

    def get(self, name: str) -> str:
        """Return a text, "" without one."""
        return self._values.get(name, "")

    def keep(self, name: str, text: str) -> None:
        """Keep a text; the one that stands there is not written again."""
        if self._values.get(name) != text:
            self._values[name] = self._changes[name] = text
            self._later.start()

    def forget(self, name: str) -> None:
        """Keep a text no longer, nor those in the part of that name."""
        for each in [held for held in self._values if held == name or held.startswith(f"{name}/")]:
            del self._values[each]
            self._changes[each] = None
            self._later.start()

    def write(self) -> None:
        """Write at once what was not written yet."""
        if self._thread is not None:
            self._thread.join()
        self._later.stop()
        self._save(self._to_write())

    @Slot()
    def _write_beside(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            self._later.start()
            return
        self._thread = Thread(target=self._save, args=(self._to_write(),), name="settings")
        self._thread.start()

    def _to_write(self) -> dict[str, Change]:
        """Take what is to be written, with what could not be before."""
        unwritten, self._unwritten = self._unwritten, []
        changes, self._changes = self._changes, {}
        return {name: text for each in (*unwritten, changes) for name, text in each.items()}

    def _save(self, changes: Mapping[str, Change]) -> None:
        try:
            if changes:
                save_settings(self.path, changes)
        except OSError:
            self._unwritten.append(changes)


def read_settings(path: Path) -> dict[str, str]:
    """Return the texts of a file by their names; none of one that is empty or damaged."""
    with suppress(OSError, ValueError):
        return convert(json.loads(path.read_bytes()), dict[str, str])
    return {}


def save_settings(path: Path, changes: Mapping[str, Change]) -> None:
    """Change some of the texts of a file, None being none; OSError leaves it as it was."""
    lock = QLockFile(f"{path}.lock")
    if not lock.tryLock(PATIENCE_MS):
        raise OSError(f"{path.name} is being written by another window")
    part = path.with_name(f"{path.name}.part")
    try:
        held = {**read_settings(path), **changes}
        left = {name: text for name, text in held.items() if text is not None}
        write_file(part, json.dumps(left, indent=1, sort_keys=True).encode())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
        lock.unlock()

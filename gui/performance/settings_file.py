"""The file of the settings, read once and written by another thread, so that the window waits for no disk.

Qt writes such a file in the window's thread, at its next turn, and waits for the disk twice; from another
thread it would keep the window waiting, too, for it holds Python meanwhile.
"""

import os
import re
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QByteArray, QLockFile, QObject, QSettings, QTimer, Slot

from models.store.private_files import write_file

WRITTEN_AFTER_MS = 1_500
"""What was chosen meanwhile is written together."""
PATIENCE_MS = 5_000
"""How long another window on this computer may take to write the same file."""
UNNAMED = "General"
"""The part of the file that holds the names without a stroke."""
QUOTED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
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
    """Return the texts of a file by their names, bytes in hexadecimal; what is neither is left."""
    held = QSettings(str(path), QSettings.Format.IniFormat)
    found = {name: held.value(name) for name in held.allKeys()}
    bytes_of = {name: each for name, each in found.items() if isinstance(each, QByteArray)}
    texts = {name: each for name, each in found.items() if isinstance(each, str)}
    return texts | {name: each.toHex().toStdString() for name, each in bytes_of.items()}


def save_settings(path: Path, changes: Mapping[str, Change]) -> None:
    """Change some of the texts of a file, None being none; OSError leaves it as it was."""
    lock = QLockFile(f"{path}.lock")
    if not lock.tryLock(PATIENCE_MS):
        raise OSError(f"{path.name} is being written by another window")
    part = path.with_name(f"{path.name}.part")
    try:
        held = {**read_settings(path), **changes}
        left = {name: text for name, text in held.items() if text is not None}
        write_file(part, _text(left).encode(errors="replace"))
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
        lock.unlock()


def _text(held: Mapping[str, str]) -> str:
    """Return the file, as Qt reads it and the versions before this one wrote it."""
    placed = sorted((*_place(name), text) for name, text in held.items())
    parts = (
        "".join((f"[{part}]\n", *(f"{name}={_quoted(text)}\n" for _, name, text in lines)))
        for part, lines in groupby(placed, key=lambda line: line[0])
    )
    return "\n".join(parts)


def _place(name: str) -> tuple[str, str]:
    """Return the part in which a name stands, and the name there, both as they are written."""
    part, stroke, rest = name.partition("/")
    return (_escaped(part), _escaped(rest)) if stroke else (UNNAMED, _escaped(part))


def _escaped(name: str) -> str:
    return "".join(_letter(each) for each in name).replace("/", "\\")


def _letter(letter: str) -> str:
    """Return a letter of a name as Qt writes it."""
    if re.fullmatch(r"[A-Za-z0-9_.\-/]", letter):
        return letter
    units = letter.encode("utf-16-be", "surrogatepass").hex().upper()
    codes = (units[at : at + 4] for at in range(0, len(units), 4))
    return "".join(f"%{code[2:]}" if code.startswith("00") else f"%U{code}" for code in codes)


def _quoted(text: str) -> str:
    """Return a text in quotes; one that begins with @ would be taken for another kind of value."""
    marked = f"@{text}" if text.startswith("@") else text
    return f'"{marked.translate(QUOTED)}"'

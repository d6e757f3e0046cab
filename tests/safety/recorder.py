"""What the database engine asks of the disk, noted in order, so that a power cut can be played after it.

The engine reaches its files through a table of functions (its "VFS"). Some of them are replaced here by ones
that note what is written, cut, flushed, made and removed, and then call the real ones. A folder counts as
flushed when the engine itself opens it to flush it.
"""

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3._sqlite3 as built
from msgspec import Struct, field

Pointer, Int, Long, Text = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64, ctypes.c_char_p
OPEN = ctypes.CFUNCTYPE(Int, Pointer, Pointer, Pointer, Int, Pointer)
DELETE = ctypes.CFUNCTYPE(Int, Pointer, Text, Int)
WRITE = ctypes.CFUNCTYPE(Int, Pointer, Pointer, Int, Long)
TRUNCATE = ctypes.CFUNCTYPE(Int, Pointer, Long)
SYNC = ctypes.CFUNCTYPE(Int, Pointer, Int)
OPEN_FOLDER = ctypes.CFUNCTYPE(Int, Text, ctypes.POINTER(Int))
SET_CALL = ctypes.CFUNCTYPE(Int, Pointer, Text, Pointer)
GET_CALL = ctypes.CFUNCTYPE(Pointer, Pointer, Text)
WORD = ctypes.sizeof(Pointer)
FOLDER_CALL = b"openDirectory"


class Vfs(ctypes.Structure):
    """`sqlite3_vfs`, version 3."""

    _fields_ = (
        ("version", Int), ("os_file", Int), ("longest", Int), ("next", Pointer), ("name", Text),
        ("app", Pointer), ("open", Pointer), ("delete", Pointer), ("access", Pointer), ("full", Pointer),
        ("dl", Pointer * 4), ("randomness", Pointer), ("sleep", Pointer), ("time", Pointer),
        ("error", Pointer), ("time64", Pointer), ("set_call", Pointer), ("get_call", Pointer),
        ("next_call", Pointer),
    )  # fmt: skip


class Methods(ctypes.Structure):
    """`sqlite3_io_methods`, version 3."""

    _fields_ = (
        ("version", Int), ("close", Pointer), ("read", Pointer), ("write", Pointer), ("truncate", Pointer),
        ("sync", Pointer), ("others", Pointer * 13),
    )  # fmt: skip


class Event(Struct, frozen=True):
    """One thing asked of the disk: "make", "write", "cut", "flush", "remove", "flush folder", or "told"."""

    what: str
    name: str = ""
    at: int = 0
    content: bytes = b""


class Recorder(Struct):
    """What is asked of the files of one folder."""

    folder: Path
    events: list[Event] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)

    def told(self, number: int) -> None:
        """Note that a save was told of."""
        self.events.append(Event("told", at=number))

    def note(self, what: str, name: str, at: int = 0, content: bytes = b"") -> None:
        """Note one event of a file of the folder."""
        self.events.append(Event(what, name, at, content))

    def name_of(self, path: bytes | None) -> str | None:
        """Return the name of a file of the folder; None of any other."""
        found = Path(os.fsdecode(path)) if path else None
        return found.name if found is not None and found.parent == self.folder else None


@contextmanager
def recorded(folder: Path) -> Iterator[Recorder]:
    """Note what the engine asks of the files of a folder, in this process, while this lasts."""
    engine = ctypes.CDLL(built.__file__)
    engine.sqlite3_vfs_find.restype = ctypes.POINTER(Vfs)
    engine.sqlite3_vfs_find.argtypes = [Text]
    vfs = engine.sqlite3_vfs_find(None).contents
    recorder = Recorder(folder.resolve())
    kept: list[object] = []  # what the engine calls must not be collected meanwhile
    real_open, real_delete = vfs.open, vfs.delete
    set_call, get_call = SET_CALL(vfs.set_call), GET_CALL(vfs.get_call)
    here = ctypes.addressof(vfs)
    real_folder = get_call(here, FOLDER_CALL)
    opening = _opening(recorder, OPEN(real_open), kept)
    deleting = _deleting(recorder, DELETE(real_delete))
    flushing = _opening_folder(recorder, OPEN_FOLDER(real_folder))
    vfs.open, vfs.delete = _address(opening), _address(deleting)
    set_call(here, FOLDER_CALL, _address(flushing))
    try:
        yield recorder
    finally:
        vfs.open, vfs.delete = real_open, real_delete
        set_call(here, FOLDER_CALL, real_folder)


def _address(function: Callable[..., object]) -> int | None:
    return ctypes.cast(function, Pointer).value  # type: ignore[arg-type]


def _opening(recorder: Recorder, real: Callable[..., int], kept: list[object]) -> Callable[..., int]:
    """Note a file that is made, and put functions that take notes in the place of its own."""

    @OPEN
    def opened(vfs: int, path: int | None, file: int, flags: int, out: int | None) -> int:
        name = recorder.name_of(ctypes.string_at(path) if path else None)
        is_new = name is not None and not (recorder.folder / name).exists()
        status = real(vfs, path, file, flags, out)
        if status == 0 and name is not None:
            if is_new:
                recorder.note("make", name)
            recorder.names[file] = name
            own = ctypes.cast(file, ctypes.POINTER(Pointer))
            noting, functions = _noting(recorder, Methods.from_address(own[0] or 0))
            kept.extend((noting, functions))
            own[0] = ctypes.addressof(noting)
        return status

    kept.append(opened)
    return opened


def _noting(recorder: Recorder, real: Methods) -> tuple[Methods, tuple[object, ...]]:
    """Return the functions of a file with three that take notes first."""
    really_write, really_cut, really_flush = WRITE(real.write), TRUNCATE(real.truncate), SYNC(real.sync)

    @WRITE
    def write(file: int, content: int, size: int, at: int) -> int:
        recorder.note("write", recorder.names[file], at, ctypes.string_at(content, size))
        return really_write(file, content, size, at)

    @TRUNCATE
    def cut(file: int, size: int) -> int:
        recorder.note("cut", recorder.names[file], size)
        return really_cut(file, size)

    @SYNC
    def flush(file: int, flags: int) -> int:
        status = really_flush(file, flags)
        recorder.note("flush", recorder.names[file])
        return status

    noting = Methods.from_buffer_copy(real)
    noting.write, noting.truncate, noting.sync = _address(write), _address(cut), _address(flush)
    return noting, (write, cut, flush)


def _deleting(recorder: Recorder, real: Callable[..., int]) -> Callable[..., int]:
    @DELETE
    def delete(vfs: int, path: bytes, flush_folder: int) -> int:
        name = recorder.name_of(path)
        if name is not None:
            recorder.note("remove", name)
        return real(vfs, path, flush_folder)

    return delete


def _opening_folder(recorder: Recorder, real: Callable[..., int]) -> Callable[..., int]:
    @OPEN_FOLDER
    def opened(path: bytes, handle: object) -> int:
        if recorder.name_of(path) is not None:
            recorder.note("flush folder", "")
        return real(path, handle)

    return opened

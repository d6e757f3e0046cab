"""What goes into the frozen folder and what stays out of it; `grant-panel.spec` asks."""

from __future__ import annotations

import os
import re
import sys
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

from parts import BESIDE_THE_PROGRAM

ROOMS = ("cli", "exchange", "gui", "models", "scoring", "resources")
MIGRATIONS = "models/migrations"
LOCKED = re.compile(r"^([A-Za-z0-9_.-]+)==", re.MULTILINE)
PARTS_LEFT_OUT = (
    "PySide6.QtNetwork",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtTest",
    "setuptools",
    "tkinter",
)
"""Parts that no page has, the network first of all, and what only building needs."""
NOT_FOR_READER = ["PySide6", "numpy", "sqlalchemy", "reportlab", "openpyxl", "cryptography"]
"""The reader of files from outside knows no more: it reads books and pages, and fills Word templates."""
AS_FILES = dict.fromkeys(BESIDE_THE_PROGRAM, "py")
"""How modules are put in: these as files, so that whoever has the program can replace them (LGPL)."""
UNWANTED = (
    "Qt/translations",
    "PySide6/translations",
    "egldeviceintegrations",
    "libQt6EglFS",
    "libQt6Network",
    "libQt6Pdf",
    "libQt6Qml",
    "libQt6Quick",
    "libQt6VirtualKeyboard",
    "libQt6WaylandEgl",
    "libqeglfs",
    "libqgtk3",
    "libgtk-3",
    "libgdk-3",
    "platforminputcontexts/libqtvirtualkeyboard",
    "qvirtualkeyboard",
    "opengl32sw.dll",
    "Qt6Network.dll",
    "Qt6Pdf.dll",
    "plugins/networkinformation",
    "plugins/tls",
    "platforms/libqvnc",
    "platforms/libqlinuxfb",
    "platforms/libqminimalegl",
    "platforms/libqvkkhrdisplay",
    "generic/libqtuiotouchplugin",
    "generic/qtuiotouchplugin",
    "Qt6Qml",
    "Qt6Quick",
    "Qt6VirtualKeyboard",
    "numpy/_core/tests",
)
"""Parts of names of files that no window of ours loads."""


def files(root: Path, aside: Path) -> list[tuple[str, str]]:
    """Return the files that are read as files: what ships, the migrations, and the version's own record.

    A build for release is given the makers' public key in `RELEASE_PUBLIC_KEY`; it is written `aside`.
    """
    metadata = Path(str(distribution("grant-panel").locate_file(""))) / _metadata_folder()
    docx = Path(str(distribution("python-docx").locate_file("docx/parts/__init__.py")))
    return [
        (str(docx), "docx/parts"),  # its templates are sought by way of this folder
        (str(root / "resources"), "resources"),
        (str(root / MIGRATIONS), MIGRATIONS),
        (str(metadata / "METADATA"), _metadata_folder()),
        *_makers_key(aside),
    ]


def _makers_key(aside: Path) -> list[tuple[str, str]]:
    key = os.environ.get("RELEASE_PUBLIC_KEY", "")
    if not key:
        return []
    path = aside / "key.txt"
    path.write_text(key, encoding="ascii")
    return [(str(path), "resources/release")]


def left_out(root: Path) -> list[str]:
    """Return what stays out: all that is installed without being locked, and parts of the rest."""
    locked = {
        _plain(name) for name in LOCKED.findall((root / "requirements.lock").read_text(encoding="utf-8"))
    }
    ours = {*locked, "grant-panel"}
    installed = packages_distributions().items()
    strangers = [name for name, of in installed if not ours & {_plain(one) for one in of}]
    return [*PARTS_LEFT_OUT, *strangers]


def modules(root: Path) -> list[str]:
    """Return every module of ours: pages, papers and operations are loaded by name."""
    found = (path.relative_to(root) for room in ROOMS for path in sorted((root / room).rglob("*.py")))
    names = (path.with_suffix("").as_posix() for path in found if not _is_read_as_file(path))
    return [
        "logging.config",
        "psycopg_binary.pq",
        *(name.removesuffix("/__init__").replace("/", ".") for name in names),
    ]


def facts(root: Path) -> list[str]:
    """Return the modules of what papers say, by name: the reader fills an office's own Word templates."""
    return [name for name in modules(root) if name.startswith("models.papers.")]


def needed(entries: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Return the entries of a table of contents that a window, the command or the reader loads."""
    return [one for one in entries if not any(part in one[0].replace("\\", "/") for part in UNWANTED)]


def version_resource(version: str, program: str) -> object:
    """Return what Windows shows under a program's properties; nothing elsewhere."""
    if sys.platform != "win32":
        return None
    from PyInstaller.utils.win32 import versioninfo as windows

    numbers = (*map(int, version.split(".")), 0, 0, 0)[:4]
    texts = {
        "CompanyName": "Grant Panel",
        "FileDescription": "Grant Panel",
        "FileVersion": version,
        "InternalName": program,
        "OriginalFilename": f"{program}.exe",
        "ProductName": "Grant Panel",
        "ProductVersion": version,
    }
    table = windows.StringTable("080904B0", [windows.StringStruct(*pair) for pair in texts.items()])
    return windows.VSVersionInfo(
        ffi=windows.FixedFileInfo(filevers=numbers, prodvers=numbers, OS=0x40004),
        kids=[
            windows.StringFileInfo([table]),
            windows.VarFileInfo([windows.VarStruct("Translation", [0x0809, 1200])]),
        ],
    )


def _is_read_as_file(path: Path) -> bool:
    return path.as_posix().startswith(MIGRATIONS) and path.name != "__init__.py"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _metadata_folder() -> str:
    return f"grant_panel-{distribution('grant-panel').version}.dist-info"

"""What packaging is made of: contents, icon, locks, release papers. Nothing is frozen here."""

import importlib
import io
import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication

from models.papers.kinds import KINDS
from tests.exchange.forked_readers import LOADED

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "packaging"


@pytest.fixture
def of(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Load a file of `packaging/`, which is no package: that name is a library's."""
    monkeypatch.syspath_prepend(str(FOLDER))
    before = set(sys.modules)
    yield importlib.import_module
    for name in set(sys.modules) - before:
        if (FOLDER / f"{name}.py").exists():
            del sys.modules[name]


def test_the_library_of_the_same_name_is_still_found() -> None:
    assert not (FOLDER / "__init__.py").exists()
    assert "site-packages" in str(importlib.import_module("packaging").__file__)


@pytest.mark.parametrize("name", ["build.py", "smoke.py", "wine_smoke.py"])
def test_a_frozen_folder_is_tried_by_a_python_without_libraries(name: str) -> None:
    done = subprocess.run([sys.executable, "-S", FOLDER / name, "--help"], capture_output=True, text=True)

    assert (done.returncode, done.stdout[:5], done.stderr) == (0, "usage", "")


def test_every_module_is_frozen_and_migrations_are_files(of: object, tmp_path: Path) -> None:
    contents = of("contents")  # type: ignore[operator]

    names = set(contents.modules(ROOT))

    assert {
        "gui.start",
        "models.papers.kinds",
        "exchange.reading.reading_worker",
        "models.migrations",
    } <= names
    assert not [name for name in names if re.match(r"models\.migrations\.(env|versions\.)", name)]
    placed = {place for _, place in contents.files(ROOT, tmp_path)}
    assert {"resources", "models/migrations", "docx/parts"} <= placed
    assert any(re.fullmatch(r"grant_panel-[\d.]+\.dist-info", place) for place in placed)


READ = """
import sys
from importlib import import_module
sys.modules.update(dict.fromkeys(sys.argv[1].split(), None))
import_module(sys.argv[2])
"""
LOADED_LATER = tuple(f"exchange.application_forms.{kind}" for kind in ("open_document", "pdf", "word"))
"""What reads a form is loaded once it is seen of which kind it is."""


def test_the_reader_does_without_what_it_is_built_without(of: object) -> None:
    without = " ".join(of("contents").NOT_FOR_READER)  # type: ignore[operator]

    for name in (*LOADED.values(), *LOADED_LATER):
        done = subprocess.run(
            [sys.executable, "-c", READ, without, name], cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr


def test_what_the_lock_does_not_name_stays_out_and_every_kind_of_paper_is_tried(of: object) -> None:
    left_out = of("contents").left_out(ROOT)  # type: ignore[operator]

    assert {"pytest", "mypy", "hypothesis", "PySide6.QtNetwork"} <= set(left_out)
    assert not {"sqlalchemy", "numpy", "PySide6", "gui", "psycopg"} & set(left_out)

    assert {kind for kind, _, _ in of("smoke").PAPERS} == {
        name for kind in KINDS.values() for name in kind.asked
    }  # type: ignore[operator]


def test_a_build_for_release_holds_the_makers_key(
    of: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELEASE_PUBLIC_KEY", "abc")

    placed = {place: source for source, place in of("contents").files(ROOT, tmp_path)}  # type: ignore[operator]

    assert Path(placed["resources/release"]).read_text() == "abc"


def test_the_icon_is_one_that_each_system_reads(of: object, qapp: QGuiApplication) -> None:
    icons: ModuleType = of("icons")  # type: ignore[operator]

    ico, icns = icons.ico(), icons.icns()

    read = Image.open(io.BytesIO(ico))
    assert read.format == "ICO"
    assert read.info["sizes"] == {(size, size) for size in icons.ICO_SIZES}
    assert icns[:4] == b"icns"
    assert struct.unpack(">I", icns[4:8]) == (len(icns),)
    corner, middle = (read.convert("RGBA").getpixel(at) for at in ((0, 0), (128, 128)))
    assert isinstance(corner, tuple)
    assert isinstance(middle, tuple)
    assert (corner[3], middle[3]) == (0, 255)

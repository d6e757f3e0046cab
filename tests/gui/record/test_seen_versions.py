"""A diverged copy from the record last used here is told on opening, and nothing else is."""

import shutil
from pathlib import Path

import pytest

from gui.app import Window
from models.copies.restore import restore_over
from models.operation import Actor
from models.operations.set_up.areas import MoveArea
from models.record import Opener, Record

CHAIR = Actor("Priya Nair", "chair")


@pytest.fixture
def two(record_path: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A record, and a copy of its file."""
    return record_path, Path(shutil.copy(record_path, tmp_path / "a copy.panel"))


def move(path: Path, area: str) -> None:
    with Record.open(path, Opener("Priya Nair", "tests")) as record:
        record.perform(MoveArea(1, area, "scoring"), CHAIR)


def said(window: Window, path: Path) -> str:
    window.controller.open(path)
    notice = window.main.notices.current
    return notice.words if notice is not None and notice.subject == "diverged" else ""


def test_a_record_that_went_on_is_no_news(window: Window, two: tuple[Path, Path]) -> None:
    mine, _ = two
    assert said(window, mine) == ""
    window.workspace.close()
    move(mine, "Coventry")

    assert said(window, mine) == ""


def test_an_older_copy_is_told_until_the_newer_is_opened(window: Window, two: tuple[Path, Path]) -> None:
    mine, copy = two
    move(mine, "Coventry")
    assert said(window, mine) == ""

    assert said(window, copy).startswith("This file ends with row 3; ")
    assert said(window, copy).startswith("This file ends with row 3; ")
    assert said(window, mine) == ""


def test_diverged_copy_is_told(window: Window, two: tuple[Path, Path]) -> None:
    mine, copy = two
    move(mine, "Coventry")
    move(copy, "Dudley")
    said(window, mine)

    assert said(window, copy).startswith("This file is a copy that was changed separately")
    assert window.main.notices.current is not None
    assert [one.words for one in window.main.notices.current.remedies] == ["Compare with the other…"]


def test_a_change_in_the_window_is_known_the_next_time(window: Window, two: tuple[Path, Path]) -> None:
    mine, copy = two
    said(window, mine)
    window.workspace.perform(MoveArea(1, "Coventry", "scoring"))
    window.controller.seen_versions._save()

    assert said(window, copy).startswith("This file ends with row 3; ")


def test_a_restored_record_is_rightly_another(window: Window, two: tuple[Path, Path]) -> None:
    mine, copy = two
    move(mine, "Coventry")
    move(mine, "Dudley")
    said(window, mine)
    window.workspace.close()
    restore_over(copy, mine, Opener("Priya Nair", "tests"))

    assert said(window, mine) == ""


def test_no_name_of_a_record_is_kept_with_its_head(
    window: Window, two: tuple[Path, Path], tmp_path: Path
) -> None:
    said(window, two[0])
    window.settings.write()

    (heads,) = (tmp_path / "settings" / "window.ini").read_text(encoding="utf-8").split("[heads]")[1:]
    assert two[0].stem not in heads.partition("\n[")[0]

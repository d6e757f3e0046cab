"""Files put in place whole or not at all, what was saved since, and the guide on paper."""

import errno
import os
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from exchange import atomic
from exchange.atomic import kept_beside, require_place, require_whole, write_beside
from exchange.guide import blocks_of
from exchange.papers.document.values import Bullets, Column, Heading, Look, Para, Picture, Table
from models.store.leftovers import clear_parts
from models.store.private_files import own_mark
from models.trouble import Trouble
from tests.safety.table import Reached

ROOT = Path(__file__).parent.parent.parent


def write_new(part: Path) -> None:
    part.write_bytes(b"new")


def accept(part: Path) -> None:
    assert part.read_bytes() == b"new"


def old_file(folder: Path) -> Path:
    path = folder / "Award schedule.xlsx"
    path.write_bytes(b"old")
    return path


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_the_new_file_takes_the_place_of_the_old_to_which_a_link_keeps_pointing(tmp_path: Path) -> None:
    path = old_file(tmp_path)

    written = write_beside(path, write_new, accept)

    assert (written, path.read_bytes(), names(tmp_path)) == (path, b"new", [path.name])
    assert kept_beside(path, written) == ""

    path.write_bytes(b"old")
    link = tmp_path / "link.xlsx"
    link.symlink_to(path)

    write_beside(link, write_new, accept)

    assert link.is_symlink()
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("problem", [ValueError("bad"), KeyboardInterrupt(), Trouble("It is not whole.")])
@pytest.mark.parametrize("when", ["write", "check"])
def test_what_fails_or_is_cancelled_leaves_the_old_file_and_no_part(
    tmp_path: Path, problem: BaseException, when: str
) -> None:
    path = old_file(tmp_path)

    def fail(part: Path) -> None:
        part.write_bytes(b"half")
        raise problem

    with pytest.raises(type(problem)):
        write_beside(path, *((fail, accept) if when == "write" else (write_new, fail)))

    assert (path.read_bytes(), names(tmp_path)) == (b"old", [path.name])


def test_where_nothing_can_be_written_nor_removed_is_one_sentence_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "unlink", refuse)

    with pytest.raises(Trouble, match=r"choose another folder; nothing was changed\.$"):
        write_beside(tmp_path / "Award schedule.xlsx", refuse, accept)


def test_a_missing_folder_and_a_folder_of_that_name_are_named(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="is not there; choose another one"):
        write_beside(tmp_path / "none" / "a.xlsx", write_new, accept)
    with pytest.raises(Trouble, match="is a folder; choose another name"):
        write_beside(tmp_path, write_new, accept, wait=lambda seconds: None)

    assert names(tmp_path) == []


@pytest.mark.safety(23)
def test_an_open_target_is_tried_again_and_then_kept_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reached: Reached
) -> None:
    path = old_file(tmp_path)
    (tmp_path / "Award schedule (2).xlsx").write_bytes(b"earlier")
    waited: list[float] = []
    hold(monkeypatch, path, times=99)

    written = write_beside(path, write_new, accept, wait=waited.append)

    assert sum(waited) == pytest.approx(2.0)
    assert len(waited) == 5
    assert written == tmp_path / "Award schedule (3).xlsx"
    assert (path.read_bytes(), written.read_bytes()) == (b"old", b"new")
    assert kept_beside(path, written) == (
        "Award schedule.xlsx is open in another program, probably Excel. Your new copy was saved as Award "
        "schedule (3).xlsx. "
        "Close the other one and export again if you want the same name."
    )
    reached("a target held open: tried for 2 s, the new one kept beside it and named, 0 exceptions")


@pytest.mark.parametrize("times", [1, 5])
def test_a_target_held_for_a_moment_is_replaced_after_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    path = old_file(tmp_path)
    hold(monkeypatch, path, times=times)

    written = write_beside(path, write_new, accept, wait=lambda seconds: None)

    assert (written, path.read_bytes(), names(tmp_path)) == (path, b"new", [path.name])


def hold(monkeypatch: pytest.MonkeyPatch, path: Path, *, times: int) -> None:
    """Let putting a file in place fail so many times, as when another program holds it."""
    real, left = os.replace, [times]

    def replace(source: Path, target: Path) -> None:
        if target == path and left[0] > 0:
            left[0] -= 1
            raise PermissionError(errno.EACCES, "held", str(source))
        real(source, target)

    monkeypatch.setattr(atomic.os, "replace", replace)


OTHERS = (
    *("a.xlsx", "my.part-time.xlsx", "a.part-12.xlsx", "scan.part-1.pdf", "archive.part-3", "x.part01.rar"),
    *(
        "x.part-2.rar",
        ".part-2026.pdf",
        "a.part-1.20261103.pdf",
        "a.part-2.0.zip",
        "a.part-2.beef.zip",
        "a.part-1.tar.gz",
    ),
    *("film.part-1.20261103.mp4.crdownload", ".part-1.gp00000000", "a.part-.gp00000000.pdf"),
)
"""Names that other programs and people give to files."""


def test_own_parts_older_than_a_day_are_swept_and_nothing_else(tmp_path: Path) -> None:
    now = time.time()
    ages = {"a.part-12.gp00000000.xlsx": 90_000, "b.part-13.gp00000000.xlsx": 3_600}
    for name, age in {**ages, **dict.fromkeys(OTHERS, 90_000)}.items():
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (now - age, now - age))

    clear_parts(tmp_path, now=now)

    assert names(tmp_path) == sorted((*OTHERS, "b.part-13.gp00000000.xlsx"))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes with names")
def test_no_file_takes_the_place_of_a_pipe_or_a_device(tmp_path: Path) -> None:
    path = tmp_path / "Award schedule.xlsx"
    os.mkfifo(path)

    for refused in (lambda: write_beside(path, write_new, accept), lambda: require_place(path)):
        with pytest.raises(Trouble, match="is a pipe or a device, not a file; choose another name"):
            refused()

    assert path.is_fifo()
    assert names(tmp_path) == [path.name]


def test_a_part_of_a_process_that_is_gone_is_swept_at_once_and_of_one_at_work_not(tmp_path: Path) -> None:
    ours = own_mark()
    where = ours.partition(".")[2]
    gone, elsewhere = f"a.part-999999999.{where}.xlsx", "b.part-999999999.gp00000000.xlsx"
    for name in (gone, elsewhere, f"c.part-{ours}.xlsx"):
        (tmp_path / name).write_bytes(b"half")

    clear_parts(tmp_path)

    assert names(tmp_path) == [elsewhere, f"c.part-{ours}.xlsx"]


@pytest.mark.parametrize(("name", "is_whole"), [("a.pdf", True), ("a.pdf", False), ("b.part-9 c.csv", False)])
def test_a_file_cut_short_is_told_by_the_name_it_was_to_have(
    tmp_path: Path, name: str, *, is_whole: bool
) -> None:
    path = tmp_path / name
    write, check = partial(Path.write_text, data="x"), partial(require_whole, is_whole=is_whole)

    if is_whole:
        assert write_beside(path, write, check) == path
        return
    with pytest.raises(Trouble, match=f"^{name} was not written in full; try again") as told:
        write_beside(path, write, check)
    assert ".part-" not in str(told.value).replace(name, "")
    assert list(tmp_path.iterdir()) == []


PAGE = """# First list

Press *Declare interests*, see [What to do when](trouble.md) or type
`grant-panel rank`. **Never** twice.

![The list](pictures/list.png)

## Steps

1. Open it.
2. Close it
   again.

Three ways:
- one
- two

    grant-panel new office.panel \\
        --no-funds

| word | meaning |
|---|---|
| pot | the **money** |
"""


def test_a_page_becomes_blocks_in_its_order() -> None:
    blocks = list(blocks_of(PAGE, lambda name: name.encode()))

    assert blocks == [
        Heading("First list", 1),
        Para("Press “Declare interests”, see What to do when or type grant-panel rank. Never twice."),
        Picture(b"pictures/list.png", "The list"),
        Heading("Steps", 2),
        Para("Open it.", number="1."),
        Para("Close it again.", number="2."),
        Para("Three ways:"),
        Bullets(("one", "two")),
        Para("grant-panel new office.panel \\\n    --no-funds", Look.SMALL),
        Table("", (Column("word", 2), Column("meaning", 4)), (("pot", "the money"),)),
    ]

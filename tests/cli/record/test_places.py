"""Records and papers where nothing can be written: read as a copy, refused before anything is issued."""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.record import Opener, Record
from models.store import chain as journal
from tests.cli.conftest import Run
from tests.safety.forked import Forks, forks


@pytest.fixture(scope="module")
def limited() -> Iterator[Forks]:
    """The command, loaded, to be forked for each task."""
    with forks("tests.cli.record.limited") as server:
        yield server


@pytest.fixture
def sealed(record: Path) -> Path:
    """A record marked read-only."""
    record.chmod(0o444)
    return record


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rows_of(path: Path) -> int:
    with Record.open(path, Opener("tests", "tests")) as opened:
        return opened.ask(journal.head).seq


@pytest.mark.parametrize(
    "arguments",
    [
        ["rank", "RECORD", "--json"],
        ["explain", "RECORD", "--application", "ACF-001"],
        ["recommend", "RECORD", "--round", "Autumn"],
        ["save", "RECORD", "--round", "Autumn", "OUT.xlsx"],
        ["export", "RECORD", "schedule-xlsx", "--round", "Autumn", "--out", "OUT.xlsx"],
        ["export", "RECORD", "schedule-pdf", "--round", "Autumn", "--out", "OUT.pdf"],
        ["verify", "RECORD"],
        ["backup", "RECORD", "OUT.panel"],
        ["import", "RECORD", "round.xlsx", "--round", "New", "--sheet", "Applications", "--dry-run"],
    ],
)
def test_what_only_reads_reads_a_sealed_record_as_a_copy(
    run: Run, sealed: Path, tmp_path: Path, arguments: list[str]
) -> None:
    before = digest(sealed)
    out = tmp_path / "elsewhere"
    out.mkdir()
    places = {"RECORD": str(sealed), "round.xlsx": str(sealed.with_name("round.xlsx"))}

    done = run(*(places.get(a, a.replace("OUT", f"{out}/paper")) for a in arguments))

    assert (done.status, done.err) == (0, "")
    assert digest(sealed) == before
    assert not sealed.with_name(f"{sealed.name}.lock").exists()


def test_a_sealed_record_ranks_as_it_did(run: Run, record: Path) -> None:
    before = run("rank", record, "--json").out
    record.chmod(0o444)

    assert run("rank", record, "--json").out == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["recommend", "--round", "Autumn", "--accept"],
        ["export", "schedule-xlsx", "--round", "Autumn", "--issue", "--out", "paper.xlsx"],
    ],
)
def test_what_changes_a_sealed_record_is_refused(
    run: Run, sealed: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sealed.parent)

    done = run(arguments[0], sealed, *arguments[1:])

    assert done.status == 1
    assert "is marked read-only" in done.err
    assert not sealed.with_name("paper.xlsx").exists()


@pytest.mark.parametrize("place", ["none/there.xlsx", "folder.xlsx"])
def test_nothing_is_issued_for_a_place_that_cannot_be_written(
    run: Run, record: Path, tmp_path: Path, place: str
) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    before = rows_of(record)

    done = run("export", record, "schedule-xlsx", "--round", "Autumn", "--issue", "--out", tmp_path / place)

    assert done.status == 1
    assert "Nothing was issued" in done.err
    assert rows_of(record) == before


def test_a_paper_that_fails_after_its_issue_says_that_the_version_stands(
    run: Run, record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.trouble import Trouble

    def full(drawn: object, path: Path) -> Path:
        raise Trouble(f"{path.name} could not be written because the disk is full.")

    monkeypatch.setattr("exchange.papers.drawing.Drawn.write", full)

    done = run("export", record, "schedule-pdf", "--round", "Autumn", "--issue", "--out", tmp_path / "s.pdf")

    assert done.status == 1
    assert done.err.splitlines() == [
        "s.pdf could not be written because the disk is full. "
        "Version 1 was still issued in the record: run the same command again to write it."
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on a file's size there")
@pytest.mark.parametrize(
    ("arguments", "made"),
    [
        (["new", "n.panel"], "n.panel"),
        (["save", "office.panel", "--round", "Autumn", "saved.xlsx"], "saved.xlsx"),
        (["export", "office.panel", "schedule-pdf", "--round", "Autumn", "--out", "s.pdf"], "s.pdf"),
        (["export", "office.panel", "schedule-xlsx", "--round", "Autumn", "--out", "s.xlsx"], "s.xlsx"),
        (["backup", "office.panel", "copy.panel"], "copy.panel"),
        (["restore", "office.panel", "back.panel"], "back.panel"),
    ],
)
def test_a_full_disk_is_one_plain_line_and_leaves_nothing(
    limited: Forks, record: Path, tmp_path_factory: pytest.TempPathFactory, arguments: list[str], made: str
) -> None:
    """A limit on the size of files stands in for the disk: both stop a write half way."""
    said = tmp_path_factory.mktemp("said")
    before = digest(record)

    done = limited.run("run", record.parent, 4096, said / "out", said / "err", *arguments)

    told = (said / "err").read_text("utf-8")
    assert (done.status, (said / "out").read_text("utf-8")) == (1, "")
    assert len(told.splitlines()) == 1, told
    assert "fault in the program" not in told
    assert {path.name for path in record.parent.iterdir()} == {"office.panel", "round.xlsx"}
    assert digest(record) == before
    assert not (record.parent / made).exists()


def test_a_record_in_a_folder_kept_in_step_is_made_and_opened_with_a_warning(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "OneDrive - Example Office" / "office.panel"
    path.parent.mkdir()

    made, ranked = run("new", path), run("rank", path)

    assert made.status == 0
    for ran in (made, ranked):
        assert ran.err.startswith("Warning: office.panel is in a folder that OneDrive synchronises")


def test_a_record_in_a_folder_of_its_own_is_not_warned_of(run: Run, tmp_path: Path) -> None:
    assert run("new", tmp_path / "office.panel").err == ""

"""Encrypted, unwritable and damaged records by the command, and what is erased of one."""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.journal import erasing
from models.record import Opener, Record
from models.store import chain as journal
from models.store.sqlite import engine
from tests.cli.conftest import Run, Says
from tests.models.conftest import OPENER
from tests.safety.forked import Forks, forks

PASSPHRASE = "orbit kettle maple signal ridge canoe"
PAGE = 4096


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "key.txt"
    path.write_text(f"{PASSPHRASE}\nanother line\n", "utf-8")
    return path


@pytest.fixture
def secret(tmp_path: Path, key_file: Path, done: Says) -> Path:
    """An encrypted record."""
    path = tmp_path / "secret.panel"
    assert "nobody can recover it" in done("new", path, "--encrypt", "--passphrase-file", key_file)
    return path


def test_nothing_of_it_or_its_backup_is_readable_without_the_passphrase(
    secret: Path, key_file: Path, workbook: Path, run: Run, tmp_path: Path
) -> None:
    assert run("load", secret, workbook, "--passphrase-file", key_file).status == 0

    content = secret.read_bytes()
    assert b"Made-up Youth Club" not in content
    assert not content.startswith(b"SQLite format 3")
    ranked = run("rank", secret, "--json", "--passphrase-file", key_file)
    assert ranked.json == run("rank", workbook, "--json").json
    assert run("verify", secret, "--passphrase-file", key_file).status == 0

    copy, back, new = (tmp_path / f"{name}.panel" for name in ("copy", "back", "new"))

    assert run("backup", secret, copy, "--passphrase-file", key_file).status == 0
    assert not copy.read_bytes().startswith(b"SQLite format 3")
    assert run("restore", copy, back, "--passphrase-file", key_file).status == 0
    assert run("verify", back, "--passphrase-file", key_file).status == 0

    spoil_table(secret, "holds", PASSPHRASE)

    assert run("salvage", secret, new, "--passphrase-file", key_file).status == 0
    assert b"Made-up Youth Club" not in new.read_bytes()
    assert run("rank", new, "--json", "--passphrase-file", key_file).json == ranked.json


def test_without_a_passphrase_and_without_a_terminal_it_says_so(secret: Path, refused: Says) -> None:
    for command in (("rank", secret), ("verify", secret), ("save", secret, "--round", "Autumn", "x.xlsx")):
        assert "is encrypted. Give its passphrase with --passphrase-file" in refused(*command)


def test_a_wrong_passphrase_changes_nothing_one_that_is_not_needed_is_told_and_a_descriptor_gives_one(
    secret: Path, record: Path, tmp_path: Path, run: Run, refused: Says
) -> None:
    (wrong := tmp_path / "wrong.txt").write_text("six other words of no use here", "utf-8")
    assert "opened without the passphrase" in run("rank", record, "--passphrase-file", wrong).err
    before = (secret.read_bytes(), secret.stat().st_mtime_ns)

    assert "the passphrase is wrong" in refused("rank", secret, "--passphrase-file", wrong)
    assert (secret.read_bytes(), secret.stat().st_mtime_ns) == before

    reader, writer = os.pipe()
    os.write(writer, f"{PASSPHRASE}\r\n".encode())
    os.close(writer)
    try:
        assert run("verify", secret, "--passphrase-file", f"fd:{reader}").status == 0
    finally:
        os.close(reader)


@pytest.mark.parametrize(
    "passphrase",
    [
        *("", "short one", "x'" + "ab" * 32 + "'", "aaaaaaaaaaaaaaaaaa"),
        *("orbit orbit orbit orbit orbit orbit", "kettle Maple kettle maple", " orbit kettle maple"),
    ],
)
def test_a_passphrase_that_would_not_protect_is_refused(
    tmp_path: Path, refused: Says, passphrase: str
) -> None:
    weak = tmp_path / "weak.txt"
    weak.write_text(passphrase, "utf-8")

    refused("new", tmp_path / "new.panel", "--encrypt", "--passphrase-file", weak)

    assert not (tmp_path / "new.panel").exists()


def test_a_passphrase_file_alone_makes_an_encrypted_record_and_damaged_it_is_not_copied(
    tmp_path: Path, key_file: Path, run: Run
) -> None:
    path, copy = tmp_path / "office.panel", tmp_path / "copy.panel"

    assert run("new", path, "--passphrase-file", key_file).status == 0
    content = bytearray(path.read_bytes())
    assert not content.startswith(b"SQLite format 3")
    content[-3 * PAGE + 100] ^= 1
    path.write_bytes(content)

    ran = run("backup", path, copy, "--passphrase-file", key_file)

    assert (ran.status, "office.panel is damaged" in ran.err) == (1, True)
    assert "fault in the program" not in ran.err
    assert not copy.exists()


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
        ["recommend", "RECORD", "--round", "Autumn"],
        ["export", "RECORD", "schedule-xlsx", "--round", "Autumn", "--out", "OUT.xlsx"],
        ["export", "RECORD", "schedule-pdf", "--round", "Autumn", "--out", "OUT.pdf"],
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


@pytest.mark.parametrize(
    "arguments",
    [
        ["recommend", "--round", "Autumn", "--accept"],
        ["export", "schedule-xlsx", "--round", "Autumn", "--issue", "--out", "paper.xlsx"],
    ],
)
def test_what_changes_a_sealed_record_is_refused(
    refused: Says, sealed: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sealed.parent)

    assert "is marked read-only" in refused(arguments[0], sealed, *arguments[1:])
    assert not sealed.with_name("paper.xlsx").exists()


@pytest.mark.parametrize("place", ["none/there.xlsx", "folder.xlsx"])
def test_nothing_is_issued_for_a_place_that_cannot_be_written(
    refused: Says, record: Path, tmp_path: Path, place: str
) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    before = rows_of(record)

    said = refused(
        "export", record, "schedule-xlsx", "--round", "Autumn", "--issue", "--out", tmp_path / place
    )

    assert "Nothing was issued" in said
    assert rows_of(record) == before


def test_a_paper_that_fails_after_its_issue_says_that_the_version_stands(
    run: Run, refused: Says, record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.trouble import Trouble

    def full(drawn: object, path: Path) -> Path:
        raise Trouble(f"{path.name} could not be written because the disk is full.")

    monkeypatch.setattr("exchange.papers.drawing.Drawn.write", full)

    said = refused(
        "export", record, "schedule-pdf", "--round", "Autumn", "--issue", "--out", tmp_path / "s.pdf"
    )

    assert said.splitlines() == [
        "s.pdf could not be written because the disk is full. "
        "Version 1 was still issued in the record: run the same command again to write it."
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on a file's size there")
@pytest.mark.parametrize(
    ("arguments", "made"),
    [
        (["new", "n.panel"], "n.panel"),
        (["save", "office.panel", "--round", "Autumn", "saved.xlsx"], "saved.xlsx"),
        (["export", "office.panel", "schedule-xlsx", "--round", "Autumn", "--out", "s.xlsx"], "s.xlsx"),
        (["backup", "office.panel", "copy.panel"], "copy.panel"),
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


def spoil(path: Path, start: int, many: int) -> None:
    content = bytearray(path.read_bytes())
    content[start : start + many] = bytes(many)
    path.write_bytes(content)


def backed_up(path: Path) -> Path:
    with Record.open(path, Opener("Ida Check", "tests")) as record:
        copy = record.copies.keep_before("a test")
    assert copy is not None
    return copy


def test_a_damaged_record_is_told_with_its_newest_good_backup(record: Path, run: Run) -> None:
    copy = backed_up(record)
    spoil(record, 0, PAGE)

    ran = run("rank", record)

    assert ran.status == 1
    assert f"{record.name} is damaged at its beginning, so nothing of it can be read." in ran.err
    assert f"Its newest good backup is {copy}, of " in ran.err
    assert "grant-panel salvage" not in ran.err  # nothing can be read without the first page

    ran = run("salvage", record, record.with_name("new.panel"))

    assert ran.status == 1
    assert f"no record was made from it. Nothing was changed. Its newest undamaged copy is {copy.name}" in (
        ran.err
    )


def spoil_table(path: Path, name: str, key: str | None = None) -> None:
    """Spoil the first page of a table."""
    with closing(engine.connect_to_read(path, key)) as raw:
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
    spoil(path, (root - 1) * PAGE, PAGE)


def test_a_damaged_journal_leads_to_a_copy_and_a_salvage_which_names_the_copy_too(
    record: Path, tmp_path: Path, run: Run
) -> None:
    copy = backed_up(record)
    spoil_table(record, "journal")

    ran = run("rank", record)

    assert ran.status == 1
    assert f"Its newest good backup is {copy}, of " in ran.err
    assert f"grant-panel salvage {record.name} NEW.panel" in ran.err

    ran = run("salvage", record, tmp_path / "new.panel", "--as", "Ida Check")

    assert ran.status == 0
    assert "What the tables held after row 0 was imported as found" in ran.out
    assert f"Its newest undamaged copy is {copy.name}, of " in ran.out


def test_a_record_with_a_spoilt_page_is_not_changed(tmp_path: Path, refused: Says) -> None:
    path, key = tmp_path / "office.panel", PASSPHRASE
    (tmp_path / "words.txt").write_text(key, encoding="utf-8")
    Record.create(path, Opener("Priya Nair", "tests"), key=key).close()
    with closing(engine.connect_to_read(path, key)) as raw:
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'holds'").fetchone()[0]
    content = bytearray(path.read_bytes())
    content[root * PAGE - 100] ^= 1
    path.write_bytes(content)

    said = refused("load-history", path, "--passphrase-file", tmp_path / "words.txt")

    assert "office.panel is damaged: 1 of its" in said
    assert path.read_bytes() == content


def test_salvage_makes_a_sound_record_and_says_what_it_read(
    record: Path, tmp_path: Path, run: Run, done: Says
) -> None:
    ranked = run("rank", record, "--json").json
    spoil_table(record, "holds")
    before = record.read_bytes()

    shown = done("salvage", record, tmp_path / "new.panel", "--as", "Ida Check")

    assert "rows of the journal were read and done over again." in shown
    assert record.read_bytes() == before
    assert run("verify", tmp_path / "new.panel").status == 0
    assert run("rank", tmp_path / "new.panel", "--json").json == ranked


def test_a_record_whose_name_is_missing_names_its_copy_and_how_it_comes_back(
    tmp_path: Path, run: Run, refused: Says
) -> None:
    path = tmp_path / "office.panel"
    with Record.create(path, Opener("Grace Okoro", "tests")) as record:
        copy = record.copies.make_if_due()
    assert copy is not None
    path.unlink()

    for command in ("verify", "rank", "salvage"):
        said = refused(command, path, *([tmp_path / "new.panel"] if command == "salvage" else []))

        assert f"There is no file office.panel in {tmp_path}." in said
        assert said.endswith(f"this puts it back: grant-panel restore '{copy}' {path}\n")
    assert run("restore", copy, path).status == 0
    assert run("verify", path).status == 0


ERASE = ("--ground", "asked for by the applicant", "--as", "Ida Protect")


def test_what_is_named_wrongly_is_refused(record: Path, run: Run) -> None:
    unknown = run("retention", record, "erase", "ACF-999", *ERASE)
    assert (unknown.status, "no application ACF-999" in unknown.err) == (1, True)
    assert run("retention", record, "erase", "ACF-001").status == 2
    within = run("retention", record, "erase", "acf-001", *ERASE, "--round", "Autumn", "--json")
    assert within.json == {"erased": ["ACF-001"], "whole": True, "copies": within.json["copies"]}


def test_what_is_erased_already_is_told_and_not_erased_again(record: Path, run: Run) -> None:
    with Record.open(record, OPENER) as opened:
        opened.copies.keep_before("a test")
    first = run("retention", record, "erase", "ACF-001", *ERASE, "--json")
    with Record.open(record, OPENER) as opened:
        opened.copies.keep_before("a later test")

    again = run("retention", record, "erase", "ACF-001", *ERASE)
    more = run("retention", record, "erase", "ACF-001", "ACF-002", *ERASE)
    last = run("retention", record, "erase", "ACF-001", *ERASE, "--json")

    told = "at the word of Ida Protect: asked for by the applicant"
    assert (again.status, told in again.out) == (0, True)
    assert "Nothing of it was written since.\nNothing was left to erase.\nCopies made before" in again.out
    assert told in more.out
    assert "What was written in and of 1 application is erased" in more.out
    assert last.json == {"erased": [], "whole": True, "copies": first.json["copies"]}
    assert len(first.json["copies"]) == 1, "a copy made since does not hold it"
    assert "2 applications: erased on " in run("verify", record).out

    held = [Path(one) for one in last.json["copies"]]
    replaced = run("retention", record, "erase", "ACF-001", *ERASE, "--replace-copies")
    assert "1 copy that held it was deleted, once a new copy was made and checked." in replaced.out
    assert not any(one.exists() for one in held)
    assert any(one.is_file() for one in held[0].parent.iterdir()), "a new one is there"


def test_an_erasure_that_replay_has_to_be_told_of_is_asked_about(
    record: Path, run: Run, done: Says, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing.Erasing, "is_whole", False)

    asked = run("retention", record, "erase", "ACF-001", *ERASE)

    assert (asked.status, "Give --all-the-same" in asked.err) == (1, True)
    done("retention", record, "erase", "ACF-001", *ERASE, "--all-the-same", "--authorised-by", "Dee")


def test_an_organisation_and_a_person_are_written_and_printed(record: Path, tmp_path: Path, run: Run) -> None:
    book = tmp_path / "held.xlsx"

    written = run("held", record, "--organisation", "imaginary choir", "--out", book)

    assert written.out == (
        f"All that is held on Imaginary Choir was written to {book}. It is sensitive: keep it safe.\n"
    )
    assert "Applications" in load_workbook(book).sheetnames
    person = run("held", record, "--person", "Sam Sample", "--json", "--out", book).json
    assert person["held_on"] == "Sam Sample, M2 on the panel of Autumn"
    assert {"people", "members", "interests"} <= {table["name"] for table in person["tables"]}
    assert "Treasurer" in str(person["tables"])
    assert "Pat Example" not in str(person["tables"])
    assert "Members" in load_workbook(book).sheetnames

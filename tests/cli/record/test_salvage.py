"""`grant-panel verify` and `salvage`: whether a record is whole, and what can be read of a damaged one."""

from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.record import Opener, Record
from models.store.sqlite import engine
from tests.cli.conftest import Run

PASSPHRASE = "orbit kettle maple signal ridge canoe"
PAGE = 4096


def spoil(path: Path, start: int, many: int) -> None:
    content = bytearray(path.read_bytes())
    content[start : start + many] = bytes(many)
    path.write_bytes(content)


def backed_up(path: Path, key: str | None = None) -> Path:
    with Record.open(path, Opener("Ida Check", "tests"), key=key) as record:
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


def test_a_record_with_a_spoilt_page_is_not_changed(tmp_path: Path, run: Run) -> None:
    path, key = tmp_path / "office.panel", PASSPHRASE
    (tmp_path / "words.txt").write_text(key, encoding="utf-8")
    Record.create(path, Opener("Priya Nair", "tests"), key=key).close()
    with closing(engine.connect_to_read(path, key)) as raw:
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'holds'").fetchone()[0]
    content = bytearray(path.read_bytes())
    content[root * PAGE - 100] ^= 1
    path.write_bytes(content)

    ran = run("load-history", path, "--passphrase-file", tmp_path / "words.txt")

    assert ran.status == 1
    assert "office.panel is damaged: 1 of its" in ran.err
    assert path.read_bytes() == content


def test_a_backup_that_is_damaged_itself_is_not_offered(record: Path, run: Run) -> None:
    copy = backed_up(record)
    spoil(copy, 2 * PAGE, 40 * PAGE)
    record.write_bytes(b"")

    ran = run("rank", record)

    assert ran.status == 1
    assert "is empty, so it is not a record" in ran.err
    assert str(copy) not in ran.err
    assert "It has no automatic copy that is undamaged." in ran.err


def test_salvage_makes_a_sound_record_and_says_what_it_read(record: Path, tmp_path: Path, run: Run) -> None:
    ranked = run("rank", record, "--json").json
    spoil_table(record, "holds")
    before = record.read_bytes()

    ran = run("salvage", record, tmp_path / "new.panel", "--as", "Ida Check")

    assert ran.status == 0
    assert "rows of the journal were read and done over again." in ran.out
    assert record.read_bytes() == before
    assert run("verify", tmp_path / "new.panel").status == 0
    assert run("rank", tmp_path / "new.panel", "--json").json == ranked


def test_an_encrypted_record_is_salvaged_with_its_passphrase(
    tmp_path: Path, workbook: Path, run: Run
) -> None:
    key, secret = tmp_path / "key.txt", tmp_path / "secret.panel"
    key.write_text(PASSPHRASE, "utf-8")
    run("new", secret, "--encrypt", "--passphrase-file", key)
    run("load", secret, workbook, "--passphrase-file", key)
    ranked = run("rank", secret, "--json", "--passphrase-file", key).json
    spoil_table(secret, "holds", PASSPHRASE)

    ran = run("salvage", secret, tmp_path / "new.panel", "--passphrase-file", key)

    assert ran.status == 0
    assert b"Made-up Youth Club" not in (tmp_path / "new.panel").read_bytes()
    assert run("rank", tmp_path / "new.panel", "--json", "--passphrase-file", key).json == ranked


@pytest.mark.parametrize("there", [True, False])
def test_salvage_writes_over_nothing_and_wants_a_record(
    there: bool, record: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    to = record if there else tmp_path / "new.panel"
    damaged = record if there else Path("nothing.panel")

    ran = run("salvage", damaged, to)

    assert ran.status == 1
    assert ("is there already" if there else f"There is no file nothing.panel in {tmp_path}.") in ran.err


def test_a_record_whose_name_is_missing_names_its_copy_and_how_it_comes_back(
    tmp_path: Path, run: Run
) -> None:
    path = tmp_path / "office.panel"
    with Record.create(path, Opener("Grace Okoro", "tests")) as record:
        copy = record.copies.make_if_due()
    assert copy is not None
    path.unlink()

    for command in ("verify", "rank", "salvage"):
        ran = run(command, path, *([tmp_path / "new.panel"] if command == "salvage" else []))

        assert ran.status == 1
        assert f"There is no file office.panel in {tmp_path}." in ran.err
        assert ran.err.endswith(f"this puts it back: grant-panel restore '{copy}' {path}\n")
    assert run("restore", copy, path).status == 0
    assert run("verify", path).status == 0


def issue(run: Run, record: Path, kind: str) -> Path:
    out = record.parent / f"schedule.{kind}"
    assert run("export", record, f"schedule-{kind}", "--round", "Autumn", "--issue", "--out", out).status == 0
    return out


def test_a_sound_record_says_so_check_by_check(run: Run, record: Path) -> None:
    done = run("verify", record, "--json")

    assert (done.status, done.json["sound"]) == (0, True)
    assert {tuple(check) for check in done.json["checks"]} == {("name", "ok", "words", "row")}
    assert {check["ok"] for check in done.json["checks"]} == {True}


def test_a_damaged_record_is_not_sound(run: Run, record: Path) -> None:
    content = bytearray(record.read_bytes())
    content[8192:12288] = b"\xff" * 4096
    record.write_bytes(content)

    done = run("verify", record, "--json")

    assert (done.status, done.json["sound"]) == (1, False)


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_an_issued_paper_agrees_with_the_record(run: Run, record: Path, kind: str) -> None:
    paper = issue(run, record, kind)

    done = run("verify", record, "--against", paper, "--json")

    assert (done.status, done.json["sound"]) == (0, True)
    assert done.json["checks"][-1]["name"] == "paper"


def test_a_paper_whose_amount_was_changed_is_named_cell_by_cell(run: Run, record: Path) -> None:
    paper = issue(run, record, "xlsx")
    book = load_workbook(paper)
    changed = next(cell for row in book["Schedule"].iter_rows() for cell in row if cell.value == 4500)
    changed.value = 4600
    book.save(paper)

    done = run("verify", record, "--against", paper)

    assert done.status == 1
    assert "FAULT paper: schedule.xlsx, Schedule, G5: “4600” on the paper, “4500” in the record." in done.out


def test_a_draft_was_not_issued(run: Run, record: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.xlsx"
    assert run("export", record, "schedule-xlsx", "--round", "Autumn", "--out", draft).status == 0

    done = run("verify", record, "--against", draft)

    assert done.status == 1
    assert "draft.xlsx was not issued from this record" in done.out

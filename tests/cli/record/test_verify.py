"""`verify`: the record's own soundness, and an issued paper against it."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Run


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

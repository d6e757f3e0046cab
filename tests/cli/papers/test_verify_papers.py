"""`verify --against` every other paper: issued, edited by hand, and of no issue."""

from contextlib import closing
from pathlib import Path

import docx
import pypdfium2
import pytest
from openpyxl import load_workbook
from PIL import Image

from exchange.papers.paper_reading import read_paper
from models.journal.verify import verify_at
from models.queries.papers.issues import every_issue
from models.record import Opener, Record
from tests.cli.conftest import Run

FORMS = (
    ("schedule-xlsx", "xlsx"),
    ("schedule-pdf", "pdf"),
    ("finance", "xlsx"),
    ("notice", "pdf"),
    ("notice", "docx"),
    ("decision-report", "docx"),
    ("minutes", "pdf"),
    ("call", "docx"),
    ("panel-book", "pdf"),
    ("monitoring", "xlsx"),
    ("publication", "xlsx"),
    ("publication", "csv"),
    ("360giving", "json"),
    ("360giving", "xlsx"),
    ("tables", "xlsx"),
    ("governance", "pdf"),
)

LONG = ("panel-book", "minutes")
"""Papers of tens of pages for the whole round: one area's has all that they hold."""


def issued(run: Run, record: Path, kind: str, ending: str, folder: Path) -> Path:
    paper = folder / f"{kind}.{ending}"
    asked = ["export", record, kind, "--issue", "--leave-empty", "--reasons-read", "--out", paper]
    if kind == "publication":
        asked += ["--month", "2026-11"]
    elif kind not in ("tables", "governance"):
        asked += ["--round", "Round 2"]
    if kind in LONG:
        asked += ["--area", "Walsall"]
    if kind == "notice":
        asked += ["--notice", "031/2026"]
    if kind == "360giving":
        asked += ["--prefix", "360G-sample", "--funder", "GB-GOR-SAMPLE"]
    ran = run(*asked)
    assert ran.status == 0, ran.err
    return paper


def test_an_issued_paper_agrees_with_the_record_and_says_the_same_saved_again_by_another_program(
    sample: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGBA", (60, 20), (10, 20, 30, 255)).save(logo)
    assert run("office", sample, "--logo", logo).status == 0
    papers = [issued(run, sample, kind, ending, tmp_path) for kind, ending in FORMS]
    whole = verify_at(sample, Opener("tests", "tests"))
    monkeypatch.setattr("cli.record.record.verify_at", lambda *_, **__: whole)  # once for all papers

    for paper in papers:
        ran = run("verify", sample, "--against", paper, "--json")
        checks = [check for check in ran.json["checks"] if check["name"] == "paper"]
        assert (ran.status, [check["ok"] for check in checks]) == (0, [True]), checks
        assert checks[0]["words"].endswith("byte for byte.")

    for name in ("notice.docx", "notice.pdf", "finance.xlsx"):
        saved_again(tmp_path / name)
        ran = run("verify", sample, "--against", tmp_path / name)
        assert ran.status == 0, ran.out
        assert "saved again by another program" in ran.out
        assert "The layout was not compared." in ran.out


def saved_again(paper: Path) -> None:
    """Save a paper again as a viewer, an editor or a script does."""
    if paper.suffix == ".docx":
        docx.Document(str(paper)).save(str(paper))
    elif paper.suffix == ".xlsx":
        load_workbook(paper).save(paper)
    else:
        with closing(pypdfium2.PdfDocument(paper.read_bytes())) as document:
            document.save(paper)


def test_every_form_is_kept_at_once_bears_one_sum_and_is_given_back_as_it_was(
    sample: Path, run: Run, tmp_path: Path
) -> None:
    paper = issued(run, sample, "notice", "pdf", tmp_path)
    rows = run("verify", sample, "--json").json["checks"][2]["words"]

    word, again = (
        issued(run, sample, "notice", "docx", tmp_path),
        issued(run, sample, "notice", "pdf", tmp_path),
    )

    assert read_paper(word).digests == read_paper(paper).digests
    assert again.with_stem("notice (2)").exists() is False
    assert again.read_bytes() == paper.read_bytes()
    assert run("verify", sample, "--json").json["checks"][2]["words"] == rows, "no other row of the journal"


def test_a_paper_of_no_issue_and_a_changed_cell_are_named(sample: Path, run: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.pdf"
    exported = run("export", sample, "call", "--round", "Round 2", "--out", draft)
    assert exported.status == 0

    ran = run("verify", sample, "--against", draft)

    assert ran.status == 1
    assert "draft.pdf was not issued from this record: no issue has the SHA-256 that it prints." in ran.out

    paper = issued(run, sample, "finance", "xlsx", tmp_path)
    book = load_workbook(paper)
    sheet = book["Payments"]
    changed = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "0004127")
    changed.value = "0009999"
    book.save(paper)

    ran = run("verify", sample, "--against", paper)

    assert ran.status == 1
    where = f"finance.xlsx, Payments, {changed.coordinate}"
    assert f"FAULT paper: {where}: “0009999” on the paper, “0004127” in the record." in ran.out


def test_a_letter_agrees_and_one_with_another_sum_does_not(sample: Path, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    asked = ("export", sample, "letters", "--round", "Round 2", "--pdfs", "--issue", "--reasons-read")
    assert run(*asked, "--out", folder).status == 0
    letter = next(path for path in sorted(folder.glob("*.docx")) if "offer" in path.name)
    as_written = run("verify", sample, "--against", letter)
    as_pages = run("verify", sample, "--against", letter.with_suffix(".pdf"))
    all_pages = run("verify", sample, "--against", folder / "All letters.pdf")
    word = docx.Document(str(letter))
    paragraph = next(p for p in word.paragraphs if "£" in p.text)
    paragraph.text = paragraph.text.replace("£", "£1")
    word.save(str(letter))

    edited = run("verify", sample, "--against", letter)

    checked = (as_written, as_pages, all_pages, edited)
    assert [one.status for one in checked] == [0, 0, 0, 1]
    assert f"The file {letter.name} of version 1 of the paper Letters to applicants is not kept" in edited.out


def test_each_agreement_of_a_round_has_its_own_version_and_agrees(
    sample: Path, run: Run, tmp_path: Path
) -> None:
    folder, again = tmp_path / "agreements", tmp_path / "again"
    asked = ("export", sample, "agreement", "--round", "Round 2", "--issue", "--out")
    first = run(*asked, folder)
    assert first.status == 0, first.err
    written = sorted(path.name for path in folder.iterdir())
    paper = next(folder.glob("*.pdf")).rename(tmp_path / "as signed.pdf")
    word = next(folder.glob("*.docx"))

    one = run(*asked, again, "--award", "A-031-01")

    assert len(written) == 6
    assert all(" agreement v1." in name for name in written)
    assert one.status == 0
    assert sorted(path.name for path in again.iterdir()) == written[:2], "the version that holds them already"
    assert run("verify", sample, "--against", paper).status == 0
    assert run("verify", sample, "--against", word).status == 0
    with Record.open(sample, Opener("Grace Okoro", "tests")) as record:
        assert {of.subject for of in record.ask(lambda s: tuple(every_issue(s)))} == {
            *("A-031-01", "A-031-02", "A-031-03")
        }

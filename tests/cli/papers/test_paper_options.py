"""What `export` does with its options, and an award's one list of conditions on every paper."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from cli.papers import export as paper_export
from exchange.papers.paper_reading import read_paper
from exchange.papers.schedule.schedule_sheets import BESIDE_THE_LIST
from models.operation import Actor
from models.queries.deciding.reasons import standard_conditions
from models.record import Opener, Record
from models.values.recommending import LineDecision
from tests.cli.conftest import Run, Says
from tests.cli.decided_rounds import PUBLISHER
from tests.exchange.reading.test_word_templates import HOSTILE
from tests.models.operations.deciding_rounds import last_from_paper
from tests.paper_text import word_text

ROUND = ("--round", "Round 2")


@pytest.mark.parametrize("kind", ["minutes", "agreement"])
def test_a_word_draft_that_somebody_changed_stays_beside_the_new_one(
    sample: Path, run: Run, tmp_path: Path, kind: str
) -> None:
    place = tmp_path / kind / (f"{kind}.docx" if kind == "minutes" else "")
    place.parent.mkdir(exist_ok=True)
    assert run("export", sample, kind, *ROUND, "--out", place).status == 0
    (first, *_) = drafts = sorted((tmp_path / kind).glob("*.docx"))
    changed = Document(str(first))
    changed.core_properties.last_modified_by = "Ann Sample"
    changed.save(str(first))
    before = first.read_bytes()

    ran = run("export", sample, kind, *ROUND, "--out", place)

    beside = first.with_name(f"{first.stem} (2).docx")
    assert sorted((tmp_path / kind).glob("*.docx")) == sorted([*drafts, beside])
    assert first.read_bytes() == before
    assert beside.name in ran.out


def test_draft_e_mails_are_written_with_the_letters(sample: Path, done: Says, tmp_path: Path) -> None:
    folder = tmp_path / "letters"

    assert "no e-mail address" not in done("export", sample, "letters", *ROUND, "--emails", "--out", folder)
    mails = {path.name[:6]: path.read_bytes() for path in (folder / "E-mails").glob("*.eml")}
    assert sorted(mails) == ["WA-001", "WA-002", "WA-003", "WA-004"]
    assert b"\r\nTo: wa-002@example.org\r\n" in mails["WA-002"]
    assert all(b"\r\nSubject: Draft, not issued: " in mail for mail in mails.values())


def test_no_letter_is_issued_where_a_template_is_wrong_or_the_folder_is_a_file(
    sample: Path, run: Run, tmp_path: Path
) -> None:
    wrong, file, before = tmp_path / "wrong", tmp_path / "file", sample.read_bytes()
    (wrong / "templates").mkdir(parents=True)
    word = Document()
    word.add_paragraph("{{ nonsense }}")
    word.save(str(wrong / "templates" / "decline.docx"))
    file.write_text("x")

    asked = ("export", sample, "letters", *ROUND, "--issue", "--reasons-read", "--out")
    template, place = run(*asked, wrong), run(*asked, file)
    (wrong / "templates" / "decline.docx").write_bytes(HOSTILE["in a footer"][0])
    hostile = run(*asked, wrong)

    assert (template.status, place.status, hostile.status) == (1, 1, 1)
    assert hostile.err.startswith("decline.docx has a field that is not for a letter (DDE) in a footer, ")
    assert template.err.startswith(
        "decline.docx cannot be used: at “{{ nonsense }}”: there is no fact “nonsense”; there are about,"
    )
    assert "Letters cannot be written to" in place.err
    assert [path.name for path in wrong.iterdir()] == ["templates"]
    assert sample.read_bytes() == before


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        ("finance", ("--month", "2026-11"), "--month says nothing about finance"),
        ("notice", ("--pdfs",), "--pdfs says nothing about notice"),
        ("minutes", ("--with-marks",), "--with-marks says nothing about minutes"),
        ("minutes", ("--how-sure",), "--how-sure says nothing about minutes"),
        ("letters", ("--award", "A-9"), "--award says nothing about letters"),
        ("to-sign", ("--issue",), "--issue says nothing about to-sign: leave it out"),
        (
            "minutes",
            ("--area", "Dudley", "--area", "Walsall"),
            "given more than once says nothing about minutes",
        ),
        ("notice", PUBLISHER, "go together, with 360giving alone"),
    ],
)
def test_an_option_that_says_nothing_is_wrong_usage(
    sample: Path, run: Run, tmp_path: Path, kind: str, options: tuple[str, ...], said: str
) -> None:
    ran = run("export", sample, kind, *ROUND, *options, "--out", tmp_path / "paper.pdf")

    assert ran.status == 2
    assert said in ran.err


def test_open_data_of_every_round_is_one_file_that_is_issued_and_verified(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    path = tmp_path / "all.json"

    drafted = run("export", sample, "360giving", "--area", "Walsall", "--out", path)
    ran = run("export", sample, "360giving", "--year", "2026/27", *PUBLISHER, "--issue", "--out", path)

    assert (drafted.status, ran.status) == (2, 0)
    assert "--area keeps to an area of one round" in drafted.err
    assert "version 1, 3 grants, £8,950.00." in ran.out
    assert json.loads(path.read_text("utf-8"))["title"] == "Sample office 2026/27 awards"
    assert run("verify", sample, "--against", path).status == 0


def test_a_schedule_with_how_sure_is_drawn_once_and_each_form_of_its_version_verifies(
    run: Run, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = (*ROUND, "--area", "Walsall")
    with monkeypatch.context() as held:
        held.setattr(paper_export, "write_paper", None)  # nothing is drawn but for the issue
        ran = run("export", sample, "schedule-pdf", *of, "--how-sure", "--issue", "--out", tmp_path / "s.pdf")
    again = run("export", sample, "schedule-xlsx", *of, "--issue", "--out", tmp_path / "again.xlsx")

    assert (ran.status, again.status) == (0, 0)
    assert BESIDE_THE_LIST in [words for _, words in read_paper(tmp_path / "s.pdf").places]
    assert "How sure" in load_workbook(tmp_path / "again.xlsx").sheetnames, (
        "it is given back as it was issued"
    )
    for name in ("s.pdf", "again.xlsx"):
        checked = run("verify", sample, "--against", tmp_path / name)
        assert (checked.status, checked.err) == (0, "")


def test_what_would_be_empty_and_what_nobody_read_is_refused_until_it_is_answered(
    sample: Path, run: Run, tmp_path: Path
) -> None:
    report = ("export", sample, "decision-report", *ROUND, "--issue", "--out", tmp_path / "report.docx")
    letters = ("export", sample, "letters", *ROUND, "--issue", "--out", tmp_path / "letters")

    refused, unread = run(*report), run(*letters)

    assert (refused.status, unread.status) == (1, 1)
    assert refused.err.startswith("This would be printed empty: ")
    assert "--leave-empty" in refused.err
    assert "nobody has looked at for them yet" in unread.err
    assert "--reasons-read" in unread.err
    assert "“" in unread.out, "each of them is listed"
    assert not (tmp_path / "report.docx").exists()
    assert run(*report, "--leave-empty").status == 0
    words = [
        cell.text for row in Document(str(tmp_path / "report.docx")).tables[-1].rows for cell in row.cells
    ]
    assert "n/a" not in words
    assert run(*letters, "--reasons-read").status == 0
    assert run(*letters[:-1], tmp_path / "again").status == 0, "each is looked at once"


def test_minutes_are_issued_with_their_annex_of_marks_and_written_beside_it(
    sample: Path, run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "minutes.docx"

    order = ("export", sample, "minutes", *ROUND, "--issue")
    asked = run(*order, "--out", out)
    told = run(*order, "--issue-as-it-is", "--json", "--out", out).json
    again = run(*order, "--issue-as-it-is", "--out", out)

    assert asked.status == 1
    assert asked.err.startswith("This paper may be too early: the panel has not met for Birmingham West; ")
    assert (told["version"], told["annex"]["version"]) == (1, 1)
    assert told["annex"]["files"] == [str(tmp_path / "minutes annex.docx")]
    assert again.err.count("nothing changed since version 1") == 2
    marks = "Each cell has the mark agreed"
    paper, annex = ("".join(words for _, words in read_paper(one).places) for one in _both(told))
    assert marks not in paper
    assert marks in annex


def _both(told: Any) -> tuple[Path, Path]:
    return Path(told["files"][0]), Path(told["annex"]["files"][0])


AUTUMN = ("--round", "Autumn")
OWN = "Tell the office the dates of the sessions."


def standard(record: Path) -> tuple[str, ...]:
    with Record.open(record, Opener("tests", "tests")) as opened:
        return opened.ask(partial(standard_conditions, round_id=1))


def printed(run: Run, record: Path) -> dict[str, str]:
    """Return all that the award schedule, a letter and the list of a month print, by kind."""
    folder = record.parent
    found = {}
    for kind, more in (("schedule-xlsx", AUTUMN), ("publication", ("--month", "2026-12"))):
        path = folder / f"{kind}.xlsx"
        assert run("export", record, kind, *more, "--out", path).status == 0
        cells = (cell.value for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row)
        found[kind] = "\n".join(str(value) for value in cells if value is not None)
    assert run("export", record, "letters", *AUTUMN, "--out", folder / "letters").status == 0
    (letter,) = (folder / "letters").glob("*ACF-001*.docx")
    found["letters"] = word_text(letter)
    return found


def test_what_the_office_changed_is_on_every_paper_and_nothing_else(run: Run, recommended: Path) -> None:
    conditions = standard(recommended)
    line = LineDecision("ACF-001", conditions=(conditions[0], OWN))
    with Record.open(recommended, Opener("tests", "tests")) as opened:
        opened.perform(last_from_paper(opened, 1, line, notice="031/2026"), Actor("Grace Okoro"))

    papers = printed(run, recommended)

    for text in papers.values():
        assert OWN in text
        assert [c for c in conditions if c in text] == [conditions[0]]

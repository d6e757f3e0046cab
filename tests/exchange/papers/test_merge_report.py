"""The report of a merge: figures that add up, both sides of each difference, and who decided."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import docx
import pypdfium2
import pytest

from exchange.papers.document.values import Document, Pairs, Para, Table
from exchange.papers.record_papers import merge_document, write_merge_report
from exchange.written_text import NO_BREAK
from models.values import canonical
from models.values.pack_plans import (
    Count,
    Decided,
    Difference,
    Done,
    Item,
    MemberReport,
    MergeReport,
    Side,
    Source,
    file_named,
)
from models.values.revisions import Key
from scoring.written.text import Refused

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
HERE, THEIRS = Side("aa", "3", is_here=True), Side("bb", "4", is_here=False)
DIFFERS = Difference("r", "m", "M1", "ACF-001", Key("u1", "mark:A1"), "3", (HERE, THEIRS))


def report(*decided: Decided) -> MergeReport:
    """A report on one member, with one value taken and one refused."""
    member = MemberReport(
        code="M1",
        name="Ann Sample",
        round="“Autumn” (Active Citizens Fund 2026/27)",
        key="ab12 cd34 ef56",
        is_key_changed=False,
        counts=(Count("Marks", before=3, new=2, gone=1, changed=1, after=4),),
        taken=(Item("M1", "ACF-002", "reason:A1", '""', '"asked <b>the</b> street"'),),
        decided=decided,
        refused=(Item("M1", "ACF-003", "mark:A2", "null", "5", "the panel has agreed marks on it"),),
    )
    source = Source("ann.greturn", "Ann Sample (M1)", "Return 2", "ab12 cd34 ef56", is_new=True)
    return MergeReport(
        "Sample office", "office.panel", "OFFICIAL", (source,), (member,), ("It expired.",), 41
    )


def rows(paper: Document) -> list[tuple[str, ...]]:
    return [row for block in paper.blocks if isinstance(block, Table) for row in block.rows]


def test_counts_that_do_not_add_up_are_no_report() -> None:
    with pytest.raises(ValueError, match=r"3 \+ 2 - 1 is not 5"):
        Count("Marks", before=3, new=2, gone=1, changed=1, after=5)


def test_a_dry_run_says_so_and_leaves_the_choice_open() -> None:
    paper = merge_document(report(Decided(DIFFERS)), AT)

    assert (paper.is_draft, paper.status) == (True, "Dry run: nothing was changed")
    assert rows(paper) == [
        ("ann.greturn", "Ann Sample (M1)", "Return 2", "ab12 cd34 ef56", "yes"),
        ("Marks", "3", "2", "1", "4", "1"),
        ("ACF-001", "A1", "3", "4", "To be decided", "–"),
        ("ACF-002", "A1 reason", "no reason", "asked <b>the</b> street"),
        ("ACF-003", "A2", "no mark", "5", "the panel has agreed marks on it"),
    ]
    assert paper.blocks[0] == Para(
        "1 new, 1 differ, 1 refused. Dry run: nothing was changed.", paper.blocks[0].look
    )  # type: ignore[union-attr]


def test_what_is_done_says_who_decided_what_and_why() -> None:
    done = report(Decided(DIFFERS, THEIRS, "she marked it last")).as_done(
        Done("Grace Okoro", AT, 42, "0123 4567 89ab", "office before merge.panel")
    )
    paper = merge_document(done, AT)

    assert ("ACF-001", "A1", "3", "4", "4, Grace Okoro", "she marked it last") in rows(paper)
    assert done.result == "1 new, 1 decided, 0 differ, 1 refused."
    (facts,) = (block for block in paper.blocks if isinstance(block, Pairs))
    assert ("Journal", "row 42, code 0123 4567 89ab") in facts.rows
    assert ("Copy saved before", "office before merge.panel") in facts.rows
    assert not paper.is_draft


def test_it_is_a_pdf_or_a_word_document_and_nothing_else(tmp_path: Path) -> None:
    for name in ("report.pdf", "report.DOCX"):
        assert write_merge_report(report(), tmp_path / name, AT).stat().st_size > 1000
    with pytest.raises(Refused, match="neither"):
        write_merge_report(report(), tmp_path / "report.xlsx", AT)


def test_its_file_name_is_of_whose_returns_it_tells() -> None:
    assert file_named(report(), is_dry=True) == "Dry run of M1.pdf"


def test_hostile_words_of_members_stand_in_both_forms_as_they_were_written(tmp_path: Path) -> None:
    hostile = '=1+1 <b>unclosed <img src="/etc/passwd"> R&D <12 months'
    side = Side("bb", canonical.dumps(hostile), is_here=False)
    here = Side("aa", '""', is_here=True)
    found = Difference("r", "m", "M1", "ACF-001", Key("u1", "reason:A1"), '""', (here, side))
    paper = report(Decided(found, side, hostile))

    for name in ("report.pdf", "report.docx"):
        write_merge_report(paper, tmp_path / name, AT)
    book = docx.Document(str(tmp_path / "report.docx"))
    cells = [
        cell.text.replace(NO_BREAK, " ") for table in book.tables for row in table.rows for cell in row.cells
    ]
    assert cells.count(hostile) == 3  # what came, what was chosen, and why
    with closing(pypdfium2.PdfDocument(tmp_path / "report.pdf")) as pages:
        words = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    assert "R&D <12 months" in " ".join(words.split())

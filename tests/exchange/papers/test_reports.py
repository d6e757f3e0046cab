"""Reports as they are printed: the call, decisions, what is held and disclosed, and a merge."""

from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pypdfium2
import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from exchange.papers.document.values import Document, Pairs, Para, Table
from exchange.papers.paper_writing import write_paper
from exchange.papers.prose_papers import decision_report_document
from exchange.papers.public_lists import disclosure_document
from exchange.papers.record_papers import merge_document, write_merge_report
from models.papers.call import CallArea, CallCriterion, CallForApplications
from models.papers.decision_report import AreaDecided, DecisionReport, NoticeTold
from models.papers.governance import (
    GovernanceReport,
    ReportedFund,
    ReportedPlan,
    ReportedRound,
    ReportedSource,
)
from models.papers.notice import Allocation
from models.papers.order import PaperValue
from models.papers.status import PaperStatus
from models.papers.transparency.lists import Criterion, Disclosure, Given, GivenRound
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
)
from models.values.revisions import Key
from scoring.budget.figures import Figures
from scoring.budget.limits import PlanLine, SpendingPlan
from tests.exchange.schedule_rounds import AUTUMN
from tests.paper_text import AT, HOSTILE, assert_read_back, lines_of

STATUS = PaperStatus(datetime(2026, 9, 1, 9, 0, tzinfo=UTC), "a" * 64)


def call(*areas: CallArea) -> CallForApplications:
    nothing = "about", "purposes", "criteria", "scale", "checks", "rules", "who_may", "how", "contact"
    return CallForApplications(
        **dict.fromkeys(nothing, ()),
        office="Office of Westmarch",
        **AUTUMN,
        subject="Call for applications",
        areas=areas,
        quality="80%",
        cost="20%",
    )


NAMES = "Appendix 2 names each recipient, project and amount"
DECISION_REPORT_STATUS = PaperStatus(datetime(2026, 12, 3, tzinfo=UTC), "")
TEXTS = ("Panel", "", "Decisions", "")
OF = {"office": "Office", "fund": "Victims Fund", "round": "Small grants", "year": "2026/27"}
LINE = Allocation("ACF-001", "Choir", "Songs", "", "Coventry", 100_000)


def report(awarded: int, unnamed: int = 0) -> DecisionReport:
    return DecisionReport(
        *(*TEXTS, ("Why.",), ("What.",), ("To note.",), (("Finance", "n/a"),), ()),
        **OF,
        marking="OFFICIAL",
        notices=(NoticeTold("031/2026", date(2026, 12, 2), ""),),
        areas=(AreaDecided("Coventry", 2, 2, awarded, 0, awarded, awarded, 0),),
        allocations=(LINE,),
        unnamed=unnamed,
    )


@pytest.mark.parametrize(
    ("awarded", "unnamed", "less"),
    [
        (100_000, 0, "."),
        (150_000, 0, ", but for £500 that is awarded under a notice that is withheld."),
        (
            *(150_000, 1),
            ", but for 1 recipient whose name is withheld and £500 that is awarded under a notice that is "
            "withheld.",
        ),
    ],
)
def test_what_the_appendix_leaves_out_is_said_where_it_is_named(
    awarded: int, unnamed: int, less: str
) -> None:
    paper = decision_report_document(report(awarded, unnamed), DECISION_REPORT_STATUS)

    said = [block.text for block in paper.blocks if isinstance(block, Para)]

    assert f"{NAMES}{less}" in said
    assert ("£500 more is awarded under a notice that is withheld." in said) == (awarded > 100_000)


DISCLOSURE_LINE = Given(
    *("Choir", "ACF-001", "Songs", "To sing.", "Dudley", 5_000_00, "funded", 4_000_00),
    *("72.00", "1", (("A1", "4"),), "Good.", "031/2026"),
)
ROUND = GivenRound(
    "Spring", ("Two members marked",), (Criterion("A1", "Need", "100"),), (("Dudley", 9_000_00),), ()
)
VALUE = Disclosure(
    office="Office",
    fund="Active Citizens Fund",
    round="",
    year="2026/27",
    marking="OFFICIAL",
    lines=(DISCLOSURE_LINE,),
    rounds=(ROUND, replace(ROUND, name="Autumn")),
)


def told(value: Disclosure) -> list[str]:
    return lines_of(disclosure_document(value, PaperStatus(AT, "ab" * 32)))


def test_a_line_tells_what_there_is_of_it_and_what_stands_today() -> None:
    said = told(replace(VALUE, lines=(replace(DISCLOSURE_LINE, decided_pence=4_500_00, place="–"),)))

    assert "Awarded | £4,500; £4,000 today" in said
    assert "The panel's marks | A1 4" in said
    assert not any(line.startswith("Place in") for line in said), "what there is none of has no line"
    gone = told(replace(VALUE, lines=(replace(DISCLOSURE_LINE, awarded_pence=None, gone_pence=4_000_00),)))
    assert "Awarded | £4,000, not taken up" in gone


def test_awards_without_a_competition_have_sheets_without_marks(tmp_path: Path) -> None:
    line = replace(DISCLOSURE_LINE, came_about="by invitation")
    told = (replace(ROUND, rules=(("Post", "the commander"),)),)

    for rounds, sheets in (((ROUND,), ["Awards"]), (told, ["Awards", "Who decided"])):
        value = replace(VALUE, lines=(line,), rounds=rounds)
        path = write_paper("disclosure", value, PaperStatus(AT, "ab" * 32), tmp_path / "given.xlsx")
        with closing(load_workbook(path)) as book:
            assert book.sheetnames == sheets
            heads, row = book["Awards"].iter_rows(min_row=4, values_only=True)
    assert row[heads.index("How it came about")] == "by invitation"
    assert {"Total, of 100", "Place in its area", "A1"}.isdisjoint(heads)


AREA = Figures(28_000_00, 19_658_00, 15_773_00, 458_00, 8_342_00)


FUNDS = tuple(
    ReportedFund(
        words,
        30_000_00,
        AREA,
        ((words, AREA),),
        (ReportedSource(words, 30_000_00, date(2027, 3, 31)),),
        (ReportedRound(words, "meeting", 3, 1),),
        (words,),
        (ReportedPlan(words, SpendingPlan(words, lines=(PlanLine(words, 1, 2, 3),)), ()),),
    )
    for words in HOSTILE
)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (
            "call",
            replace(
                call(CallArea("Coventry", 100, 0, None, None, None, None)),
                checks=HOSTILE,
                contact=(("By", HOSTILE[0]),),
                criteria=tuple(CallCriterion(words, words, words) for words in HOSTILE),
            ),
        ),
        (
            "decision-report",
            replace(
                report(100_000),
                allocations=tuple(replace(LINE, recipient=words, service=words) for words in HOSTILE),
                purpose=HOSTILE,
                contact=(("By", HOSTILE[0]),),
            ),
        ),
        (
            "disclosure",
            replace(
                VALUE,
                lines=tuple(
                    replace(DISCLOSURE_LINE, who=words, purpose=words, reasons=words) for words in HOSTILE
                ),
            ),
        ),
        ("governance", GovernanceReport("2026/27", FUNDS, office="Office", marking="OFFICIAL")),
    ],
)
def test_hostile_texts_are_read_back_as_they_were_and_equal_facts_give_equal_bytes(
    tmp_path: Path, kind: str, value: PaperValue
) -> None:
    assert_read_back(kind, value, tmp_path)


MERGE_REPORT_AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
HERE, THEIRS = Side("aa", "3", is_here=True), Side("bb", "4", is_here=False)
DIFFERS = Difference("r", "m", "M1", "ACF-001", Key("u1", "mark:A1"), "3", (HERE, THEIRS))


def merge_report_report(*decided: Decided) -> MergeReport:
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


def test_what_is_done_says_who_decided_what_and_counts_that_do_not_add_up_are_no_report() -> None:
    done = merge_report_report(Decided(DIFFERS, THEIRS, "she marked it last")).as_done(
        Done("Grace Okoro", MERGE_REPORT_AT, 42, "0123 4567 89ab", "office before merge.panel")
    )
    paper = merge_document(done, MERGE_REPORT_AT)

    assert ("ACF-001", "A1", "3", "4", "4, Grace Okoro", "she marked it last") in rows(paper)
    assert done.result == "1 new, 1 decided, 0 differ, 1 refused."
    (facts,) = (block for block in paper.blocks if isinstance(block, Pairs))
    assert ("Journal", "row 42, code 0123 4567 89ab") in facts.rows
    assert ("Copy saved before", "office before merge.panel") in facts.rows
    assert not paper.is_draft

    with pytest.raises(ValueError, match=r"3 \+ 2 - 1 is not 5"):
        Count("Marks", before=3, new=2, gone=1, changed=1, after=5)


def test_hostile_words_of_members_stand_in_both_forms_as_they_were_written(tmp_path: Path) -> None:
    hostile = '=1+1 <b>unclosed <img src="/etc/passwd"> R&D <12 months'
    side = Side("bb", canonical.dumps(hostile), is_here=False)
    here = Side("aa", '""', is_here=True)
    found = Difference("r", "m", "M1", "ACF-001", Key("u1", "reason:A1"), '""', (here, side))
    paper = merge_report_report(Decided(found, side, hostile))

    for name in ("report.pdf", "report.docx"):
        write_merge_report(paper, tmp_path / name, MERGE_REPORT_AT)
    book = docx.Document(str(tmp_path / "report.docx"))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    assert cells.count(hostile) == 3  # what came, what was chosen, and why
    with closing(pypdfium2.PdfDocument(tmp_path / "report.pdf")) as pages:
        words = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    assert "R&D <12 months" in " ".join(words.split())

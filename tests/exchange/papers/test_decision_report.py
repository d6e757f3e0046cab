"""A report to a committee says of its appendix on awards what that keeps from the public."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from exchange.papers.document.values import Para, Table
from exchange.papers.prose_papers import decision_report_document
from models.papers.decision_report import AreaDecided, DecisionReport
from models.papers.notice import Allocation
from models.papers.status import PaperStatus
from tests.paper_text import HOSTILE, assert_read_back

NAMES = "Appendix 2 names each recipient, project and amount"
STATUS = PaperStatus(datetime(2026, 12, 3, tzinfo=UTC), "")
TEXTS = ("Panel", "", "Decisions", "")
OF = {"office": "Office", "fund": "Victims Fund", "round": "Small grants", "year": "2026/27"}
LINE = Allocation("ACF-001", "Choir", "Songs", "", "Coventry", 100_000)


def report(awarded: int, unnamed: int = 0) -> DecisionReport:
    return DecisionReport(
        *(*TEXTS, ("Why.",), ("What.",), ("To note.",), (("Finance", "n/a"),), ()),
        **OF,
        marking="OFFICIAL",
        notices=(("031/2026", date(2026, 12, 2)),),
        areas=(AreaDecided("Coventry", 2, 2, awarded, 0, awarded, awarded, 0),),
        allocations=(LINE,),
        unnamed=unnamed,
    )


@pytest.mark.parametrize(
    ("awarded", "unnamed", "less"),
    [
        (100_000, 0, "."),
        (100_000, 1, ", but for 1 recipient whose name is withheld."),
        (100_000, 2, ", but for 2 recipients whose names are withheld."),
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
    paper = decision_report_document(report(awarded, unnamed), STATUS)

    said = [block.text for block in paper.blocks if isinstance(block, Para)]

    assert f"{NAMES}{less}" in said
    assert ("£500 more is awarded under a notice that is withheld." in said) == (awarded > 100_000)


def test_each_award_has_its_application_beside_it_for_what_the_report_says_of_that() -> None:
    line = replace(LINE, reference="ACF-004", award="A-031-01")

    paper = decision_report_document(replace(report(100_000), allocations=(line,)), STATUS)

    (table,) = [b for b in paper.blocks if isinstance(b, Table) and b.columns[0].heading.startswith("Award")]
    assert table.columns[0].heading == "Award and application"
    assert table.rows[0][0] == "A-031-01\nACF-004"


def test_notices_of_one_decider_stand_in_one_paragraph_and_others_apart() -> None:
    days = date(2026, 11, 18), date(2026, 11, 24), date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)
    numbers = [f"0{number}/2026" for number in (31, 42, 43, 44, 45)]
    by = [f"by {name}, Chief" for name in ("Magnus", "Magnus", "Magnus", "Eve", "Magnus")]
    several = replace(
        report(100_000),
        notices=tuple(zip(numbers, days, strict=True)),
        decided_by=tuple(zip(numbers, by, strict=True)),
        withheld=(("045/2026", 0, "The ground: it names a refuge."),),
    )

    said = [b.text for b in decision_report_document(several, STATUS).blocks if isinstance(b, Para)]

    assert [words for words in said if words.startswith("Notice")] == [
        "Notices 031/2026 of 18 November 2026, 042/2026 of 24 November 2026 and 043/2026 of 24 November 2026 "
        "were decided by Magnus, Chief; their annexes name each recipient, project and amount.",
        "Notice 044/2026 of 25 November 2026 was decided by Eve, Chief; its annex names each recipient, "
        "project and amount.",
        "Notice 045/2026 of 26 November 2026, which is withheld from the public, was decided by Magnus, "
        "Chief. The ground: it names a refuge.",
    ]


def test_a_report_bears_the_day_of_its_version_where_no_day_of_a_meeting_is_written() -> None:
    told = report(100_000)

    found = [told, replace(told, meeting="10 December 2026")]

    said = [decision_report_document(one, STATUS).subtitle for one in found]
    assert said == ["Panel · 3 December 2026", "Panel · 10 December 2026"]


def test_hostile_texts_are_read_back_as_they_were_and_equal_facts_give_equal_bytes(tmp_path: Path) -> None:
    lines = tuple(replace(LINE, recipient=words, service=words) for words in HOSTILE)
    told = replace(report(100_000), allocations=lines, purpose=HOSTILE, contact=(("By", HOSTILE[0]),))

    assert_read_back("decision-report", told, tmp_path)

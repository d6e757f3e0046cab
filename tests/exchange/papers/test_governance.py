"""The report across funds as it is printed."""

from datetime import date
from pathlib import Path

from models.papers.governance import (
    GovernanceReport,
    ReportedFund,
    ReportedPlan,
    ReportedRound,
    ReportedSource,
)
from scoring.budget.figures import Figures
from scoring.budget.limits import PlanLine, SpendingPlan
from tests.paper_text import HOSTILE, assert_read_back

AREA = Figures(28_000_00, 19_658_00, 15_773_00, 458_00, 8_342_00)


def test_hostile_texts_are_read_back_as_they_were_and_equal_facts_give_equal_bytes(tmp_path: Path) -> None:
    funds = tuple(
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

    assert_read_back(
        "governance", GovernanceReport("2026/27", funds, office="Office", marking="OFFICIAL"), tmp_path
    )

"""Every template that ships may be used: it asks for facts that there are, and does nothing else."""

import pytest

import resources
from exchange.papers.panel_book import ItemFacts
from exchange.papers.templates.sandbox import environment, faults
from models.papers.call import CallForApplications
from models.papers.decision_report import DecisionReport
from models.papers.governance import GovernanceReport
from models.papers.minutes import AnnexOfMarks, Minutes
from models.papers.notice import NoticeOfDecision
from models.papers.panel_book import PanelBook
from models.papers.to_sign import ToSign
from models.papers.transparency.disclosure import Disclosure
from models.values.pack_plans import MergeReport

FACTS: dict[str, type] = {
    "call": CallForApplications,
    "decision_report": DecisionReport,
    "disclosure": Disclosure,
    "governance": GovernanceReport,
    "merge_report": MergeReport,
    "minutes": Minutes,
    "minutes_annex": AnnexOfMarks,
    "notice": NoticeOfDecision,
    "panel_book": PanelBook,
    "panel_book_item": ItemFacts,
    "score_sheet": ItemFacts,
    "to_sign": ToSign,
}


def test_each_template_is_named_here_with_its_facts() -> None:
    there = {path.stem for path in resources.path("papers").iterdir()}

    assert there == FACTS.keys()


@pytest.mark.parametrize("name", FACTS)
def test_a_shipped_template_has_no_fault(name: str) -> None:
    found = faults(environment(), resources.text(f"papers/{name}.j2"), FACTS[name])

    assert [f"{name}.j2, line {each.line}: {each.words}" for each in found] == []

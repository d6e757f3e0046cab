"""The class of values of each kind of paper, and a stored issue's values read again."""

from collections.abc import Mapping
from typing import Any

from models.journal import canonical
from models.papers.decision_report import DecisionReport
from models.papers.finance import FinanceSchedule
from models.papers.letters import Letters
from models.papers.minutes import Minutes
from models.papers.monitoring import Monitoring
from models.papers.notice import NoticeOfDecision
from models.papers.open_data import OpenData
from models.papers.order import PaperValue
from models.papers.panel_book import PanelBook
from models.papers.publication import PublicationList
from models.papers.year.year_tables import YearTables

VALUES: Mapping[str, Any] = {
    "notice": NoticeOfDecision,
    "decision-report": DecisionReport,
    "panel-book": PanelBook,
    "minutes": Minutes,
    "letters": Letters,
    "finance": FinanceSchedule,
    "monitoring": Monitoring,
    "publication": PublicationList,
    "360giving": OpenData,
    "tables": YearTables,
}
"""By kind; each is a frozen dataclass that `models.journal.canonical` writes and reads."""


def value_of(paper: str, content: str) -> PaperValue:
    """Return the values that the canonical JSON of an issue stands for."""
    found: PaperValue = canonical.from_text(VALUES[paper], content)
    return found

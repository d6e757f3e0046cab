"""Every page of the window, in the sidebar's order."""

from collections.abc import Callable
from dataclasses import dataclass

from gui.pages.applications.page import ApplicationsPage
from gui.pages.awards.page import AwardsPage
from gui.pages.criteria.page import CriteriaPage
from gui.pages.decisions.page import DecisionsPage
from gui.pages.exports.page import ExportsPage
from gui.pages.help import HelpPage
from gui.pages.history.page import HistoryPage
from gui.pages.meeting.page import MeetingPage
from gui.pages.overview.page import OverviewPage
from gui.pages.page import Page, PageTools, Place
from gui.pages.panel.page import PanelPage
from gui.pages.ranking.page import RankingPage
from gui.pages.scoring.page import ScoringPage
from gui.pages.settings.page import SettingsPage


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page: its words, glyph and group ("" for the foot), its key, who may see it and when it opens.

    `roles` is None for everyone. `opens_when` returns "" when the page is open, else a sentence that says
    when it will be.
    """

    key: str
    words: str
    icon: str
    group: str
    key_sequence: str
    make: Callable[[PageTools], Page]
    roles: frozenset[str] | None = None
    opens_when: Callable[[Place | None], str] | None = None


PANEL_READERS = frozenset({"chair", "member", "adviser", "officer"})
AWARD_KEEPERS = frozenset({"officer", "finance", "commander", "decider"})
EXPORTERS = frozenset({"officer", "chair", "finance"})
SCORERS = frozenset({"chair", "member", "officer"})

PAGES: tuple[PageEntry, ...] = (
    PageEntry("overview", "Overview", "overview", "top", "Ctrl+1", OverviewPage),
    PageEntry("applications", "Applications", "file", "Prepare", "Ctrl+2", ApplicationsPage),
    PageEntry("criteria", "Criteria & scale", "criteria", "Prepare", "Ctrl+3", CriteriaPage),
    PageEntry("panel", "Panel & interests", "panel", "Prepare", "Ctrl+4", PanelPage, PANEL_READERS),
    PageEntry("scoring", "Scoring", "scoring", "Assess", "Ctrl+5", ScoringPage, SCORERS),
    PageEntry("meeting", "Meeting", "meeting", "Assess", "Ctrl+6", MeetingPage),
    PageEntry("ranking", "Ranking & budget", "ranking", "Recommend", "Ctrl+7", RankingPage),
    PageEntry("decisions", "Decisions", "decisions", "Recommend", "Ctrl+8", DecisionsPage),
    PageEntry("awards", "Awards & payments", "awards", "Recommend", "Ctrl+9", AwardsPage, AWARD_KEEPERS),
    PageEntry("exports", "Exports", "export", "Share", "", ExportsPage, EXPORTERS),
    PageEntry("history", "History", "history", "Share", "", HistoryPage),
    PageEntry("settings", "Settings", "settings", "", "", SettingsPage),
    PageEntry("help", "Help", "help", "", "", HelpPage),
)

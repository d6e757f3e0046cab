"""Every page of the window, in the sidebar's order."""

from collections.abc import Callable
from importlib import import_module

from msgspec import Struct

from gui.pages.page import Page, PageTools, Place
from gui.shell.page_opens import DECIDING, MEETING, RECOMMENDING, opens_at, scored_at
from models.role import (
    AWARD_READERS,
    CHALLENGE_READERS,
    EXPORTING,
    MONEY,
    MONITORS,
    OFFICE,
    PANEL_READERS,
    REGISTER,
    SCORERS,
    Role,
    Roles,
)


class Later(Struct, frozen=True):
    """A page whose code is loaded when it is first wanted, so that the window is there sooner."""

    module: str
    name: str

    def load(self) -> Callable[[PageTools], Page]:
        """Return what makes the page, its code loaded."""
        made: Callable[[PageTools], Page] = getattr(import_module(self.module), self.name)
        return made


class PageEntry(Struct, frozen=True):
    """A page: its words, glyph and group ("" for the foot), its key, who may see it and when it opens.

    `roles` is None for everyone. `opens_when` returns "" when the page is open, else a sentence that says
    when it will be. `holds` names what is done there, by which search finds the page.
    """

    key: str
    words: str
    icon: str
    group: str
    key_sequence: str
    page: Later
    roles: Roles | None = None
    opens_when: Callable[[Place | None], str] | None = None
    holds: str = ""


PAGES: tuple[PageEntry, ...] = (
    PageEntry(
        "overview", "Overview", "overview", "top", "Ctrl+1", Later("gui.pages.overview.page", "OverviewPage")
    ),
    PageEntry(
        "applications",
        "Applications",
        "file",
        "Prepare",
        "Ctrl+2",
        Later("gui.pages.applications.page", "ApplicationsPage"),
        holds="import a workbook, new by hand, gates, eligibility, duplicates, withdraw",
    ),
    PageEntry(
        "criteria",
        "Criteria & scale",
        "criteria",
        "Prepare",
        "Ctrl+3",
        Later("gui.pages.set_up.criteria.page", "CriteriaPage"),
        opens_when=scored_at(0),
        holds="weights, areas, pots, dates, tie-break rules, minimums, floors, publish, amend, add a gate",
    ),
    PageEntry(
        "panel",
        "Panel & interests",
        "panel",
        "Prepare",
        "Ctrl+4",
        Later("gui.pages.panel.page", "PanelPage"),
        PANEL_READERS,
        holds="people, members, quorum, declare, declarations, interests, deputy, who signs, substitute, "
        "remind",
    ),
    PageEntry(
        "scoring",
        "Scoring",
        "scoring",
        "Assess",
        "Ctrl+5",
        Later("gui.pages.panel.scoring.page", "ScoringPage"),
        SCORERS,
        opens_when=scored_at(0),
        holds="marks, score sheets, hand in, paper sheet, abstain",
    ),
    PageEntry(
        "meeting",
        "Meeting",
        "meeting",
        "Assess",
        "Ctrl+6",
        Later("gui.pages.panel.meeting.page", "MeetingPage"),
        opens_when=scored_at(MEETING),
        holds="minutes, attendance, when and where, dissent, agreed marks, spread",
    ),
    PageEntry(
        "ranking",
        "Ranking & budget",
        "ranking",
        "Recommend",
        "Ctrl+7",
        Later("gui.pages.deciding.ranking.page", "RankingPage"),
        opens_when=scored_at(MEETING),
        holds="recommendations, places, part-fund, decline, reserve, what if, sensitivity, decide a tie, "
        "exception",
    ),
    PageEntry(
        "decisions",
        "Decisions",
        "decisions",
        "Recommend",
        "Ctrl+8",
        Later("gui.pages.deciding.decisions.page", "DecisionsPage"),
        opens_when=opens_at(RECOMMENDING),
        holds="sign, sign-off, approval, notice number",
    ),
    PageEntry(
        "awards",
        "Awards & payments",
        "awards",
        "Recommend",
        "Ctrl+9",
        Later("gui.pages.awards.page", "AwardsPage"),
        AWARD_READERS,
        opens_when=opens_at(DECIDING),
        holds="agreements, bank details, instalments, pay, variations, due diligence checks, registers, "
        "sanctions, finance's ledger, late payments, subsidy control",
    ),
    PageEntry(
        "challenges",
        "Challenges",
        "challenge",
        "Recommend",
        "",
        Later("gui.pages.deciding.challenges", "PAGE"),
        CHALLENGE_READERS,
        holds="reviews, complaints, appeals",
    ),
    PageEntry(
        "monitoring",
        "Monitoring",
        "monitoring",
        "Share",
        "",
        Later("gui.pages.awards.monitoring.page", "MonitoringPage"),
        MONITORS,
        opens_when=opens_at(DECIDING),
        holds="returns to the Ministry, visits, evidence",
    ),
    PageEntry(
        "exports",
        "Exports",
        "export",
        "Share",
        "",
        Later("gui.pages.papers.exports.page", "ExportsPage"),
        EXPORTING,
        holds="papers, letters, notices, schedule, agreement, publication, 360Giving, payment layouts, "
        "minimal financial assistance",
    ),
    PageEntry(
        "packs",
        "Packs",
        "packs",
        "Share",
        "",
        Later("gui.pages.packs.page", "PacksPage"),
        OFFICE,
        opens_when=scored_at(0),
        holds="pack for a member, returns of members, import a return, passphrase",
    ),
    PageEntry(
        "reports", "Reports", "reports", "Share", "", Later("gui.pages.papers.reports.page", "ReportsPage")
    ),
    PageEntry(
        "budget",
        "Budget",
        "money",
        "Share",
        "",
        Later("gui.pages.awards.budget", "PAGE"),
        MONEY,
        holds="allocations, carry forward, pots of the year, contributions",
    ),
    PageEntry(
        "organisations",
        "Organisations",
        "person",
        "Share",
        "",
        Later("gui.pages.applications.organisations", "PAGE"),
        REGISTER,
        holds="merge, separate, all held on an organisation",
    ),
    PageEntry(
        "office",
        "Office",
        "office",
        "Share",
        "",
        Later("gui.pages.set_up.office.page", "OfficePage"),
        EXPORTING,
        holds="address, logo, people, roles, who signs, chief executive, commissioner, letterhead",
    ),
    PageEntry(
        "year-end",
        "Year end",
        "year-end",
        "Share",
        "",
        Later("gui.pages.awards.year_end", "PAGE"),
        MONEY,
        holds="expenditure, underspend, carry forward",
    ),
    PageEntry(
        "retention",
        "Retention",
        "clock",
        "Share",
        "",
        Later("gui.pages.retention", "PAGE"),
        (Role.OFFICER,),
        holds="all held on a person, erase",
    ),
    PageEntry("funds", "Funds", "folder", "Share", "", Later("gui.pages.set_up.funds", "PAGE"), OFFICE),
    PageEntry("history", "History", "history", "Share", "", Later("gui.pages.history", "PAGE")),
    PageEntry("settings", "Settings", "settings", "", "", Later("gui.pages.settings.page", "SettingsPage")),
    PageEntry("help", "Help", "help", "", "", Later("gui.pages.help", "HelpPage")),
)

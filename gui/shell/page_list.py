"""Every page of the window, in the sidebar's order."""

from collections.abc import Callable
from functools import partial
from importlib import import_module

from msgspec import Struct

from gui.pages.page import NO_ROUND, Page, PageTools, Place
from gui.text import counted, listed
from gui.theme.office_words import ours
from models.role import (
    AWARD_READERS,
    CHALLENGE_READERS,
    EXPORTING,
    MONEY,
    MONITORS,
    OFFICE,
    PANEL,
    PANEL_READERS,
    REGISTER,
    SCORERS,
    SIGNING,
    SITTING,
    Role,
    Roles,
)
from models.values.rounds import DONE, WORDS, AreaLine, RoundLine, counts, stage_of

MEETING, RECOMMENDING, DECIDING = 2, 3, 4
NO_COMPETITION = (
    "This round holds awards without a competition, so nothing is scored or ranked in it. They are decided "
    "on Decisions and paid on Awards & payments."
)
PUBLISH = "This round is still being set up. Publishing its scheme on Criteria & scale opens it."
MOVE_ON = "The chair moves an area on, with the stages at the top of the window."


def opens_at(stage: int) -> Callable[[Place | None], str]:
    """Return what says why a page of a stage is not open yet and what opens it, "" once it is open."""
    return partial(_opens_words, stage)


def scored_at(stage: int) -> Callable[[Place | None], str]:
    """Return the same for a page of the panel's work, which is closed where nobody competes."""
    return partial(_scored_words, stage)


def _scored_words(stage: int, place: Place | None) -> str:
    if place is not None and place.line.is_direct:
        return NO_COMPETITION
    return _opens_words(stage, place) if stage else ""


def _opens_words(stage: int, place: Place | None) -> str:
    opens = ours(f"This page opens when an area comes to {WORDS[stage]}.")
    if place is None:
        return f"{opens} {NO_ROUND}"
    if any(_reached(place.line, area) >= stage for area in place.line.areas):
        return ""
    if place.line.is_direct and not place.line.areas:
        return ""  # no panel works an area through its stages: what is proposed is decided
    if place.line.stage == "set up":
        return f"{opens} {PUBLISH}"
    return ours(f"{opens} {_standing(place.line)} {MOVE_ON}")


def _standing(line: RoundLine) -> str:
    """Say where the areas stand: "Now 3 areas are at Set up and 1 at Score."."""
    numbers = counts([stage_of(line, area) for area in line.areas])
    there = [(number, WORDS[at]) for at, number in enumerate(numbers[:DONE]) if number]
    if not there:
        return ours("It has no area yet.")
    first, *rest = there
    verb = "is" if first[0] == 1 else "are"
    told = f"{ours(counted(first[0], 'area', 'areas'))} {verb} at {first[1]}"
    return f"Now {listed([told, *(f'{number} at {word}' for number, word in rest)])}."


def _reached(line: RoundLine, area: AreaLine) -> int:
    """Return how far an area has come; one that was loaded with its sheets was at its meeting elsewhere."""
    stage = stage_of(line, area)
    return RECOMMENDING if area.was_scored and stage == 0 else stage


_ROUND: Roles = (*PANEL, Role.OFFICER, Role.NOTE_TAKER, Role.READER)
_RANKING: Roles = (*OFFICE, Role.READER)


class PageEntry(Struct, frozen=True):
    """A page: its words, glyph and group ("" for the foot), its key, who may see it and when it opens.

    `page` is the module and what makes it there, loaded when it is first wanted: the window is there sooner.
    `roles` is None for everyone. `opens_when` returns "" when the page is open, else a sentence that says
    when it will be. `holds` names what is done there, by which search finds the page, and `holds_less` what
    some roles alone find of it. It stands in the `bar` of those who need it, None for everyone, or for nobody
    where it is `within` another: of who writes papers it stands there beside that one, and all who may see it
    reach it by search. Who sits on a panel has `panel_words` for it.
    """

    key: str
    words: str
    icon: str
    group: str
    key_sequence: str
    page: str
    roles: Roles | None = None
    opens_when: Callable[[Place | None], str] | None = None
    holds: str = ""
    holds_less: tuple[tuple[Roles, str], ...] = ()
    bar: Roles | None = None
    within: str = ""
    panel_words: str = ""

    def is_needed(self, role: str) -> bool:
        """Whether it stands in the bar of a role, whichever page is on show."""
        return not self.within if self.bar is None else role in self.bar

    @property
    def module(self) -> str:
        return self.page.rpartition(":")[0]

    def load(self) -> Callable[[PageTools], Page]:
        """Return what makes the page, its code loaded."""
        name = self.page.rpartition(":")[2]
        made: Callable[[PageTools], Page] = getattr(import_module(self.module), name)
        return made

    def words_for(self, role: str) -> str:
        """Return what the page is called to who acts in a role."""
        return self.panel_words if self.panel_words and role in SITTING else self.words

    def holds_for(self, role: str) -> str:
        """Return what is done there by who acts in a role."""
        return next((words for roles, words in self.holds_less if role in roles), self.holds)


PAGES: tuple[PageEntry, ...] = (
    PageEntry("overview", "Overview", "overview", "top", "Ctrl+1", "gui.pages.overview.page:OverviewPage"),
    PageEntry(
        "history",
        "History",
        "history",
        "top",
        "",
        "gui.pages.history:PAGE",
        bar=(Role.READER,),
        within="overview",
    ),
    PageEntry(
        "applications",
        "Applications",
        "file",
        "Prepare",
        "Ctrl+2",
        "gui.pages.applications.page:ApplicationsPage",
        holds="import a workbook, new by hand, gates, eligibility, duplicates, withdraw",
        bar=_ROUND,
    ),
    PageEntry(
        "organisations",
        "Organisations",
        "person",
        "Prepare",
        "",
        "gui.pages.applications.organisations:PAGE",
        REGISTER,
        holds="merge, separate, all held on an organisation",
        within="applications",
    ),
    PageEntry(
        "criteria",
        "Criteria & scale",
        "criteria",
        "Prepare",
        "Ctrl+3",
        "gui.pages.set_up.criteria.page:CriteriaPage",
        opens_when=scored_at(0),
        holds="weights, areas, pots, dates, tie-break rules, minimums, floors, publish, amend, add a gate",
        bar=(Role.OFFICER, Role.READER),
    ),
    PageEntry(
        "funds",
        "Funds",
        "folder",
        "Prepare",
        "",
        "gui.pages.set_up.funds:PAGE",
        OFFICE,
        within="criteria",
    ),
    PageEntry(
        "panel",
        "Panel & interests",
        "panel",
        "Prepare",
        "Ctrl+4",
        "gui.pages.panel.page:PanelPage",
        PANEL_READERS,
        holds="people, add a member, members, quorum, declare, declarations, interests, deputy, who signs, "
        "substitute, remind",
        bar=(*PANEL, Role.OFFICER),
        panel_words="Interests",
    ),
    PageEntry(
        "packs",
        "Packs",
        "packs",
        "Prepare",
        "",
        "gui.pages.packs.page:PacksPage",
        OFFICE,
        opens_when=scored_at(0),
        holds="pack for a member, returns of members, import a return, passphrase",
        within="panel",
    ),
    PageEntry(
        "scoring",
        "Scoring",
        "scoring",
        "Assess",
        "Ctrl+5",
        "gui.pages.panel.scoring.page:ScoringPage",
        SCORERS,
        opens_when=scored_at(0),
        holds="marks, score sheets, hand in, paper sheet, abstain",
        bar=(Role.CHAIR, Role.MEMBER),
        within="meeting",
    ),
    PageEntry(
        "return",
        "Return",
        "packs",
        "Assess",
        "",
        "gui.pages.packs.return_page:PAGE",
        PANEL,
        holds="make the return, send marks to the office",
    ),
    PageEntry(
        "meeting",
        "Meeting",
        "meeting",
        "Assess",
        "Ctrl+6",
        "gui.pages.panel.meeting.page:MeetingPage",
        opens_when=scored_at(MEETING),
        holds="minutes, attendance, when and where, dissent, agreed marks, spread",
        bar=(*PANEL, Role.OFFICER, Role.NOTE_TAKER),
    ),
    PageEntry(
        "ranking",
        "Ranking & budget",
        "ranking",
        "Assess",
        "Ctrl+7",
        "gui.pages.deciding.ranking.page:RankingPage",
        opens_when=scored_at(MEETING),
        holds="recommendations, places, part-fund, decline, reserve, what if, sensitivity, decide a tie, "
        "exception",
        bar=_RANKING,
    ),
    PageEntry(
        "decisions",
        "Decisions",
        "decisions",
        "Decide",
        "Ctrl+8",
        "gui.pages.deciding.decisions.page:DecisionsPage",
        opens_when=opens_at(RECOMMENDING),
        holds="sign, sign-off, approval, notice number, send back",
        bar=(*_RANKING, *SIGNING),
    ),
    PageEntry(
        "challenges",
        "Challenges",
        "challenge",
        "Decide",
        "",
        "gui.pages.deciding.challenges:PAGE",
        CHALLENGE_READERS,
        holds="reviews, complaints, appeals",
        within="decisions",
    ),
    PageEntry(
        "exports",
        "Papers",
        "export",
        "Decide",
        "",
        "gui.pages.papers.exports.page:ExportsPage",
        (*EXPORTING, *SIGNING),
        holds="exports, issue papers, letters, notices, schedule, agreement, publication, 360Giving, "
        "payment layouts, minimal financial assistance",
        holds_less=(
            (SIGNING, "what you sign, read before signing"),
            ((Role.CHAIR,), "schedule, minutes, panel book, what you sign, read before signing"),
        ),
    ),
    PageEntry(
        "reports",
        "Reports",
        "reports",
        "Decide",
        "",
        "gui.pages.papers.reports:PAGE",
        bar=(Role.READER,),
        within="exports",
    ),
    PageEntry(
        "awards",
        "Awards & payments",
        "awards",
        "After",
        "Ctrl+9",
        "gui.pages.awards.page:PAGE",
        AWARD_READERS,
        opens_when=opens_at(DECIDING),
        holds="agreements, bank details, instalments, pay, record proof, hold payments, money returned, vary "
        "the award, variations, due diligence checks, registers, sanctions, withhold the name, finance's "
        "ledger, late payments, subsidy control, purpose for the public",
        bar=MONEY,
    ),
    PageEntry(
        "monitoring",
        "Monitoring",
        "monitoring",
        "After",
        "",
        "gui.pages.awards.monitoring.page:PAGE",
        MONITORS,
        opens_when=opens_at(DECIDING),
        holds="returns to the Ministry, record a visit, visits, evidence",
        within="awards",
    ),
    PageEntry(
        "budget",
        "Budget",
        "money",
        "After",
        "",
        "gui.pages.awards.budget:PAGE",
        MONEY,
        holds="allocations, carry forward, pots of the year, contributions, close a round, reopen a round",
        bar=(Role.OFFICER,),
        within="awards",
    ),
    PageEntry(
        "year-end",
        "Year end",
        "year-end",
        "After",
        "",
        "gui.pages.awards.year_end:PAGE",
        MONEY,
        holds="expenditure, underspend, carry forward",
        within="budget",
    ),
    PageEntry(
        "office",
        "Office",
        "office",
        "Office",
        "",
        "gui.pages.set_up.office:PAGE",
        EXPORTING,
        holds="address, logo, people, roles, who signs, chief executive, commissioner, letterhead",
        bar=(Role.OFFICER,),
    ),
    PageEntry(
        "retention",
        "Retention",
        "clock",
        "Office",
        "",
        "gui.pages.retention:PAGE",
        (Role.OFFICER,),
        holds="all held on a person, erase",
        within="office",
    ),
    PageEntry(
        "copies",
        "Copies",
        "copy",
        "",
        "",
        "gui.pages.copies:PAGE",
        holds="backup, restore, go back, compare, copy back, bring in, salvage",
        within="settings",
    ),
    PageEntry("settings", "Settings", "settings", "", "", "gui.pages.settings.page:SettingsPage"),
    PageEntry("help", "Help", "help", "", "", "gui.help.guide:HelpPage"),
)

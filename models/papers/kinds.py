"""The kinds of paper, each registered once: what it is, who makes its values and who writes them.

A query, a class of values and a writer stand here by their names ("module:name") and are loaded when they are
first asked for: the list of papers is wanted long before any of their libraries.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from importlib import import_module
from typing import Any

from models.papers.order import PaperOrder, PaperValue
from scoring.refused import Refused

SCHEDULE, FINANCE, OPEN_DATA, AGREEMENT = "schedule", "finance", "360giving", "agreement"
MINISTRY = "ministry"
PROSE = (".pdf", ".docx")


class Scope(Enum):
    """What a paper is made of: a round, a month, any financial years and funds, or a fund's period."""

    ROUND = "round"
    MONTH = "month"
    YEARS = "years"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper.

    `writers` are by ending, the usual form first, "" for one that fills a folder; each takes the values,
    their status, a path and a tick. A paper in prose is a `document`, made of values and status, in the
    forms of `prose`. `to_text` gives the canonical text that the SHA-256 is of. What tells of single
    applications before the public may read it is not `is_kept_open` for whoever stands aside on one.
    `as_asked` is what the command calls it, by ending, where that is not its code. One that `may_be_of_all`
    is of a round, or of every round of the office, a fund or a year. One that `needs_panel` tells of what
    was scored, and is not made of awards without a competition. Beside one that `has_layout` goes a
    payment file in a layout of the office's own.
    """

    code: str
    words: str
    about: str
    group: str
    query: str
    values: str
    writers: Mapping[str, str] = field(default_factory=dict)
    document: str = ""
    prose: tuple[str, ...] = ()
    scope: Scope = Scope.ROUND
    to_text: str = "models.journal.canonical:to_text"
    is_kept_open: bool = True
    is_for_chair: bool = False
    has_area: bool = True
    has_notice: bool = False
    has_award: bool = False
    may_be_of_all: bool = False
    has_marks: bool = False
    has_sensitivity: bool = False
    has_names: bool = False
    has_layout: bool = False
    needs_panel: bool = False
    as_asked: Mapping[str, str] = field(default_factory=dict)

    @property
    def endings(self) -> tuple[str, ...]:
        """Return its forms, the usual one first; none where it fills a folder."""
        return (*filter(None, self.writers), *self.prose)

    @property
    def fills_a_folder(self) -> bool:
        """Whether it is written as files in a folder."""
        return not self.endings

    @property
    def is_of_one_award(self) -> bool:
        """Whether each file of it is of one award; letters are of all awards or of the one named."""
        return self.has_award and not self.fills_a_folder

    @property
    def asked(self) -> Mapping[str, tuple[str, ...]]:
        """Return the words by which the command is asked for it, each with the endings it may have."""
        if not self.as_asked:
            return {self.code: self.endings}
        return {name: (ending,) for ending, name in self.as_asked.items()}

    @property
    def is_of_round(self) -> bool:
        """Whether it is of one round."""
        return self.scope is Scope.ROUND

    @property
    def is_on_exports(self) -> bool:
        """Whether it is written on the page of a round's papers; a fund's period has a place of its own."""
        return self.scope is not Scope.PERIOD

    @property
    def is_read_back(self) -> bool:
        """Whether its values can be made again from their canonical text."""
        return self.to_text == "models.journal.canonical:to_text"

    def ask(self, session: Any, order: PaperOrder) -> PaperValue:
        """Return its values as the record has them; raises Refused when they are not to be had."""
        if self.needs_panel and order.round_id is not None and _named(_IS_DIRECT)(session, order.round_id):
            raise Refused(
                "Nothing is scored where nobody competes, so there is no such paper of these awards. "
                "The notice, the finance schedule and the letters say what was decided."
            )
        value: PaperValue = _named(self.query)(session, order)
        return value

    def text_of(self, value: PaperValue) -> str:
        """Return values as canonical JSON."""
        return str(_named(self.to_text)(value))

    def value_of(self, content: str) -> PaperValue:
        """Return the values that the canonical JSON of an issue stands for, where it `is_read_back`."""
        value: PaperValue = _named("models.journal.canonical:from_text")(_named(self.values), content)
        return value

    def load(self, name: str) -> Callable[..., Any]:
        """Return what one of its names stands for."""
        return _named(name)


_IS_DIRECT = "models.queries.awards.direct.direct_rounds:is_direct"


def _named(name: str) -> Callable[..., Any]:
    module, _, attribute = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), attribute)
    return found


FOR_FINANCE, FOR_DECISION, FOR_APPLICANTS = "For finance", "For the decision", "For applicants"
FOR_PANEL, FOR_PUBLIC, FOR_YEAR = "For the panel", "For the public", "For the year"

_OFFERED: tuple[PaperKind, ...] = (
    PaperKind(
        SCHEDULE,
        "Award schedule",
        "What finance pays from: each line with score, place and amount",
        FOR_FINANCE,
        needs_panel=True,
        query="models.queries.papers.award_schedule:schedule",
        values="scoring.schedule.values:AwardSchedule",
        writers={
            ".xlsx": "exchange.papers.schedule.schedule_xlsx:write_schedule_xlsx",
            ".pdf": "exchange.papers.schedule.schedule_pdf:write_schedule_pdf",
        },
        to_text="scoring.schedule.canonical:canonical_text",
        is_kept_open=False,
        is_for_chair=True,
        has_sensitivity=True,
        as_asked={".xlsx": "schedule-xlsx", ".pdf": "schedule-pdf"},
    ),
    PaperKind(
        FINANCE,
        "Finance schedule",
        "Every payment by area, code and month: what is paid and due",
        FOR_FINANCE,
        query="models.queries.awards.finance:finance",
        values="models.papers.finance:FinanceSchedule",
        writers={".xlsx": "exchange.papers.finance.finance:write_finance_xlsx"},
        has_layout=True,
    ),
    PaperKind(
        "notice",
        "Notice of decision",
        "What was decided under one notice number, with its annex",
        FOR_DECISION,
        query="models.queries.papers.notices.notice:notice",
        values="models.papers.notice:NoticeOfDecision",
        document="exchange.papers.notice:notice_document",
        prose=PROSE,
        has_notice=True,
    ),
    PaperKind(
        "decision-report",
        "Decision report",
        "The round's decisions for a committee, with implications",
        FOR_DECISION,
        needs_panel=True,
        query="models.queries.papers.decision_report:decision_report",
        values="models.papers.decision_report:DecisionReport",
        document="exchange.papers.decision_report:decision_report_document",
        prose=PROSE,
    ),
    PaperKind(
        "call",
        "Call for applications",
        "What the round offers, how it is judged and how to apply",
        FOR_APPLICANTS,
        needs_panel=True,
        query="models.queries.papers.call:call_for_applications",
        values="models.papers.call:CallForApplications",
        document="exchange.papers.call:call_document",
        prose=PROSE,
    ),
    PaperKind(
        "letters",
        "Letters to applicants",
        "A Word letter to each applicant: offer, reserve or decline",
        FOR_APPLICANTS,
        query="models.queries.papers.letters:letters",
        values="models.papers.letters:Letters",
        writers={"": "exchange.papers.letters.writing:write_letters"},
        is_kept_open=False,
    ),
    PaperKind(
        "award-letters",
        "Letters on awards",
        "Word letters: variations, money asked back, minimal assistance",
        FOR_APPLICANTS,
        query="models.queries.awards.variations.letters:award_letters",
        values="models.papers.letters:Letters",
        writers={"": "exchange.papers.letters.writing:write_letters"},
        has_award=True,
        is_kept_open=False,
    ),
    PaperKind(
        "challenge-letters",
        "Letters on challenges",
        "A Word letter that a challenge has come, and one with its answer",
        FOR_APPLICANTS,
        query="models.queries.deciding.challenges.letters:challenge_letters",
        values="models.papers.letters:Letters",
        writers={"": "exchange.papers.letters.writing:write_letters"},
        is_kept_open=False,
    ),
    PaperKind(
        AGREEMENT,
        "Grant agreement",
        "What office and recipient sign for one award, in Word and PDF",
        FOR_APPLICANTS,
        query="models.queries.awards.agreements.grant_agreement:grant_agreement",
        values="models.papers.agreements.grant_agreement:GrantAgreement",
        writers={
            ".pdf": "exchange.papers.agreements.writing:write_agreement_pdf",
            ".docx": "exchange.papers.agreements.writing:write_agreement_docx",
        },
        has_area=False,
        has_award=True,
        is_kept_open=False,
    ),
    PaperKind(
        "panel-book",
        "Panel book",
        "Running order, who stands aside, and each application",
        FOR_PANEL,
        needs_panel=True,
        query="models.queries.papers.panel_book:panel_book",
        values="models.papers.panel_book:PanelBook",
        document="exchange.papers.panel_book:panel_book_document",
        prose=PROSE,
        is_kept_open=False,
        is_for_chair=True,
        has_marks=True,
    ),
    PaperKind(
        "minutes",
        "Moderation record and minutes",
        "Who was there, each mark, what was agreed and why, dissent",
        FOR_PANEL,
        needs_panel=True,
        query="models.queries.papers.minutes:round_minutes",
        values="models.papers.minutes:Minutes",
        document="exchange.papers.minutes:minutes_document",
        prose=PROSE,
        is_kept_open=False,
        is_for_chair=True,
    ),
    PaperKind(
        "publication",
        "Publication list",
        "Grants of a month, quarter or year with purpose and reasons",
        FOR_PUBLIC,
        query="models.queries.papers.publication:publication",
        values="models.papers.publication:PublicationList",
        writers={
            ".xlsx": "exchange.papers.publication:write_publication_xlsx",
            ".csv": "exchange.papers.publication:write_publication_csv",
        },
        document="exchange.papers.publication:publication_document",
        prose=(".pdf",),
        scope=Scope.MONTH,
        has_area=False,
    ),
    PaperKind(
        "spending",
        "Spending list",
        "Payments above the office's limit in a month, quarter or year",
        FOR_PUBLIC,
        query="models.queries.papers.transparency.spending:spending",
        values="models.papers.transparency.spending:SpendingList",
        writers={
            ".xlsx": "exchange.papers.transparency.spending:write_spending_xlsx",
            ".csv": "exchange.papers.transparency.spending:write_spending_csv",
        },
        document="exchange.papers.transparency.spending:spending_document",
        prose=(".pdf",),
        scope=Scope.MONTH,
        has_area=False,
    ),
    PaperKind(
        "contracts",
        "Contract list",
        "Contracts above the office's limit in a month, quarter or year",
        FOR_PUBLIC,
        query="models.queries.papers.transparency.contracts:contracts",
        values="models.papers.transparency.contracts:ContractList",
        writers={
            ".xlsx": "exchange.papers.transparency.contracts:write_contracts_xlsx",
            ".csv": "exchange.papers.transparency.contracts:write_contracts_csv",
        },
        document="exchange.papers.transparency.contracts:contracts_document",
        prose=(".pdf",),
        scope=Scope.MONTH,
        has_area=False,
    ),
    PaperKind(
        "disclosure",
        "Information on request",
        "A round, or all, for a request for information, with names as ticked",
        FOR_PUBLIC,
        may_be_of_all=True,
        query="models.queries.papers.transparency.disclosure:disclosure",
        values="models.papers.transparency.disclosure:Disclosure",
        writers={".xlsx": "exchange.papers.transparency.disclosure:write_disclosure_xlsx"},
        document="exchange.papers.transparency.disclosure:disclosure_document",
        prose=PROSE,
        is_kept_open=False,
        has_names=True,
    ),
    PaperKind(
        OPEN_DATA,
        "360Giving open data",
        "The awards of a round, or of all, in the 360Giving standard",
        FOR_PUBLIC,
        may_be_of_all=True,
        query="models.queries.papers.open_data:open_data",
        values="models.papers.open_data:OpenData",
        writers={
            ".json": "exchange.papers.open_data:write_open_data_json",
            ".xlsx": "exchange.papers.open_data:write_open_data_xlsx",
        },
    ),
    PaperKind(
        "tables",
        "Year tables",
        "Tables 1 to 5 and Appendices 1 and 2 of any fund and year",
        FOR_YEAR,
        query="models.queries.papers.year_tables:year_tables",
        values="models.papers.year.year_tables:YearTables",
        writers={
            ".xlsx": "exchange.papers.year.year_tables_xlsx:write_year_tables_xlsx",
        },
        document="exchange.papers.year.year_tables_document:year_tables_document",
        prose=(".pdf",),
        scope=Scope.YEARS,
        has_area=False,
    ),
    PaperKind(
        "governance",
        "Report across funds",
        "A year's money of every fund for the grant governance group",
        FOR_YEAR,
        query="models.queries.papers.governance:governance_report",
        values="models.papers.governance:GovernanceReport",
        document="exchange.papers.governance:governance_document",
        prose=PROSE,
        scope=Scope.YEARS,
        has_area=False,
    ),
    PaperKind(
        "monitoring",
        "Monitoring workbook",
        "Progress, returns and what is overdue, with sheets to fill in",
        FOR_YEAR,
        query="models.queries.awards.monitoring:monitoring",
        values="models.papers.monitoring.monitoring:Monitoring",
        writers={".xlsx": "exchange.papers.monitoring.monitoring:write_monitoring_xlsx"},
        has_area=False,
    ),
    PaperKind(
        MINISTRY,
        "Return to the Ministry",
        "A fund's period: people, spending and what is missing",
        FOR_YEAR,
        query="models.queries.awards.returns.ministry:ministry_return",
        values="models.papers.ministry.values:MinistryReturn",
        writers={".xlsx": "exchange.papers.monitoring.ministry:write_ministry_xlsx"},
        document="exchange.papers.monitoring.ministry_pages:ministry_document",
        prose=PROSE,
        scope=Scope.PERIOD,
        has_area=False,
    ),
)

KINDS = {kind.code: kind for kind in _OFFERED}
"""Every kind by its code, in the order in which they are offered."""

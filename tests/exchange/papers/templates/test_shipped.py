"""Every template that ships may be used: it asks for facts that there are, and does nothing else."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from jinja2.nodes import Macro

import resources
from exchange.papers.panel_book import ItemFacts
from exchange.papers.sensitivity_words import FILTERS, Known
from models.operations.awards.monitoring import ReturnPut
from models.operations.awards.year_end import DecisionChange
from models.papers.blank_form import BlankForm
from models.papers.call import CallForApplications
from models.papers.decision_report import DecisionReport
from models.papers.finance import AskedBack, DecidedAgain, EarlierPayee, FinanceAward, MoneySum
from models.papers.governance import GovernanceReport
from models.papers.grant_agreement import GrantAgreement
from models.papers.issued import Issued
from models.papers.letters.letter import Letter
from models.papers.letters.letters import Letters
from models.papers.ministry.summing import MinistryReturn, ProviderLine
from models.papers.minutes import AnnexOfMarks, Interest, MinuteItem, Minutes
from models.papers.monitoring.monitoring import (
    AgreedOutput,
    AwardMonitoring,
    OutputProgress,
    ReturnContent,
    SupportedNumber,
)
from models.papers.notice import Allocation, NoticeOfDecision
from models.papers.order import PaperOrder
from models.papers.panel_book import PanelBook
from models.papers.paper_words import environment
from models.papers.to_sign import ToSign
from models.papers.transparency.lists import Disclosure, Given, SpendingList
from models.papers.year.year_end_lines import YearEndLine
from models.papers.year.year_facts import FundYear, Spent, YearAward, YearDecision, YearLine
from models.queries.applications.attachments import Attachment
from models.queries.awards.award_checks import MinimalTotal
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.budget import ContributionLine, MoveLine
from models.queries.awards.direct_awards import ROUTES
from models.queries.awards.ministry import PeriodState
from models.queries.awards.variations import Recovery, VariationRow, VariationSignature
from models.queries.deciding.challenges import HeldChallenge
from models.queries.deciding.panels_own import Recorded
from models.queries.deciding.signatories import Signatory
from models.queries.packs.member_record import PackNews
from models.queries.packs.pack_lines import AreaOut
from models.queries.panel.panel import MemberDetails
from models.queries.papers.decision_report import Implied
from models.queries.papers.notices.pots import Drawn
from models.queries.papers.to_check.otherwise import Otherwise as OtherPaper
from models.queries.papers.to_check.recipients import OtherLetter
from models.queries.papers.year_charts import BarLine, PairLine, StripLine
from models.queries.set_up.funds import Fund, FundYearMoney
from models.reference.clauses import Ending, ProcurementThreshold
from models.reference.defaults import FundDefaults, Source
from models.reference.shipped_history import PrintedTable
from models.reference.sign_off import SignOff
from models.values.awards import (
    AgreementDetails,
    Amendment,
    Challenge,
    Instalment,
    PlannedReturn,
    Subsidy,
    Successor,
    Terms,
)
from models.values.diligence import CheckResult, Extract
from models.values.direct_award import DirectAward, OnwardGrant
from models.values.pack_plans import MergeReport
from models.values.packs import Pack
from models.values.payments import LayoutColumn
from models.values.recommending import DecisionRow, LineDecision, RecommendationRow
from models.values.rounds import AreaDates, RoundLine
from models.values.rows import ApplicationRow
from scoring.allocating.causes import HeldCause, PassedBy
from scoring.budget.figures import AreaBudget
from scoring.explaining.what_if import MeetingEffect, Moved, Otherwise, Without
from scoring.marks.sheets import Severity
from scoring.ranking import Allowance, PotUse, Standing
from scoring.round import Area
from scoring.schedule.values import AreaMoney
from scoring.scheme import Combine, Scheme
from scoring.sensitivity.agreement import Agreement
from scoring.sensitivity.list_sensitivity import AwardRobustness, End, ListSensitivity, Swap
from scoring.sensitivity.split import DrawnApplication, DrawTest
from tests.exchange.papers.templates.shipped_checks import ShippedChecker, faults

FACTS: dict[str, type] = {
    "call": CallForApplications,
    "decision_report": DecisionReport,
    "disclosure": Disclosure,
    "form": BlankForm,
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


NAMED: dict[str, Any] = {
    **dict.fromkeys(("award", "row"), AwardRow),
    **dict.fromkeys(("later", "made"), DecisionRow | None),
    **dict.fromkeys(("after", "becomes"), Terms),
    **dict.fromkeys(("allowed", "kept", "now"), YearDecision),
    **dict.fromkeys(("below", "may_change", "names_area", "names_declined", "on_mean", "waits"), bool),
    **dict.fromkeys(("decided_on", "received_on", "today"), date),
    **dict.fromkeys(("asked_on", "gone_on", "on", "signed_on"), date | None),
    **dict.fromkeys(
        (
            *("gone", "many", "mean", "more", "most", "most_name", "most_years", "number", "off_1e2"),
            *("open", "over", "rest", "scored", "shared", "small", "waiting", "withdrawn"),
        ),
        int,
    ),
    **dict.fromkeys(("answered", "for_children", "here"), tuple[ApplicationRow, ...]),
    **dict.fromkeys(("due", "further", "to_come"), tuple[date, ...]),
    **dict.fromkeys(
        ("amounts", "away", "counts", "figures", "late", "looked", "marked", "sums", "whole"), tuple[int, ...]
    ),
    **dict.fromkeys(
        (
            *("back", "bare", "capped", "cost", "days", "declared", "empty", "equals", "fields"),
            *("freed", "funded", "grants", "groups", "kinds", "lacking", "less", "letters", "members"),
            *("of_kind", "outcomes", "posts", "pots", "profiles", "references", "reports", "results"),
            *("roles", "rules", "shown", "signed", "silent", "there", "unmet", "verdicts", "without"),
        ),
        tuple[str, ...],
    ),
    **dict.fromkeys(("dates", "found"), tuple[tuple[str, str, str], ...]),
    "again": tuple[DecidedAgain, ...],
    "agreement": Agreement,
    "answer": LineDecision,
    "apart": StripLine,
    "areas": tuple[AreaBudget, ...],
    "asked": Recovery,
    "asked_back": tuple[tuple[Recovery, int], ...],
    "best": Standing,
    "between": tuple[float, float] | None,
    "cells": tuple[int | None, ...],
    "challenge": Challenge,
    "change": DecisionChange,
    "changes": tuple[tuple[str, str], ...],
    "column": LayoutColumn,
    "combine": Combine,
    "dearest": PairLine,
    "decided": DecisionRow,
    "details": AgreementDetails,
    "direct": DirectAward,
    "drawn": DrawnApplication | None,
    "draws": DrawTest | None,
    "each": OutputProgress,
    "end": End,
    "ending": Ending,
    "ends": tuple[date | None, ...],
    "extract": Extract | None,
    "given": ContributionLine,
    "grant": OnwardGrant,
    "held": HeldChallenge,
    "hold": AwardRobustness,
    "item": RecommendationRow,
    "items": tuple[RecommendationRow, ...],
    "known": Known,
    "last": PlannedReturn,
    "line": ProviderLine,
    "lines": tuple[BarLine, ...],
    "member": MemberDetails,
    "money": FundYearMoney | None,
    "move": MoveLine,
    "note": str | int | None,
    "of": MinistryReturn,
    "of_notice": tuple[tuple[str, tuple[str, ...]], ...],
    "of_row": ApplicationRow,
    "one": Amendment,
    "onward": tuple[tuple[OnwardGrant, str], ...],
    "order": PaperOrder,
    "otherwise": Otherwise,
    "output": AgreedOutput,
    "part": Instalment,
    "past": PassedBy,
    "people": SupportedNumber,
    "plan": PlannedReturn | None,
    "plans": tuple[PlannedReturn, ...],
    "result": CheckResult,
    "said": ReturnContent,
    "scheme": Scheme,
    "several": tuple[Given, ...],
    "effect": MeetingEffect,
    "severity": Severity,
    "share": Decimal,
    "signer": Signatory,
    "source": Source,
    "spent": tuple[tuple[int, int], ...],
    "state": PeriodState,
    "step": SignOff,
    "subsidy": Subsidy,
    "successor": Successor,
    "swap": Swap,
    "taken": Drawn,
    "told": tuple[Allocation, ...],
    "total": MinimalTotal | None,
    "uses": tuple[PotUse, ...],
    "value": Disclosure,
    "varied": tuple[tuple[VariationRow, str], ...],
    "wholes": tuple[tuple[str, int], ...],
    "year_line": YearLine,
}
"""What macros of sentences are called with, by name; else it is a flag, pence, or words: see `kind_of`."""
OWN: dict[str, dict[str, Any]] = {
    "award": {"half": tuple[tuple[AwardRow, int], ...], "changes": tuple[tuple[date, str, str], ...]},
    "charts": {"many": PairLine, "most": BarLine | None},
    "direct": {"award": DirectAward, "threshold": ProcurementThreshold | None},
    "finance": {
        "asked": AskedBack,
        "award": str,
        "before": EarlierPayee,
        "left": tuple[int, ...],
        "of": FinanceAward,
        "one": DecidedAgain,
        "whole": MoneySum,
        "total": MoneySum,
    },
    "gaps": {
        **dict.fromkeys(("one", "several", "kinds"), str),
        "value": Letters,
        "names": tuple[str, ...],
        "letters": tuple[Letter, ...],
        "agreements": tuple[GrantAgreement, ...],
    },
    "given": {
        **dict.fromkeys(("payments", "back"), int),
        "spent": SpendingList,
        "attached": Attachment,
        "held": HeldCause,
        "named": tuple[str, ...],
        "posts": tuple[tuple[str, tuple[tuple[tuple[str, ...], date, str], ...]], ...],
    },
    "governance": {"line": str, "of": str, "allowance": Allowance},
    "meeting": {
        "others": tuple[str, ...],
        "was": RecommendationRow,
        "now": RecommendationRow | None,
        "back": DecisionRow | None,
        "change": Recorded,
    },
    "monitoring": {"award": AwardMonitoring, **dict.fromkeys(("start_on", "due_on"), date)},
    "packs": {"of": PackNews, "again": AreaOut | None, **dict.fromkeys(("here", "pack"), Pack)},
    "refused_award": {
        **dict.fromkeys(("before", "later"), VariationSignature),
        **dict.fromkeys(("newest", "row"), VariationRow),
        "again": tuple[str, ...],
    },
    "refused_deciding": {
        "line": LineDecision,
        "allowance": Allowance,
        "against": DecisionRow | None,
        "held": HeldChallenge | None,
        "may": tuple[str, ...],
        "step_number": int,
        "stood": RecommendationRow,
    },
    "refused_file": {"file": Attachment, "known_name": str | None},
    "refused_paper": {
        "table": PrintedTable,
        "notice": NoticeOfDecision,
        "call": CallForApplications,
        "form": BlankForm,
    },
    "refused_return": {"came": tuple[int, ...]},
    "refused_setting": {
        **dict.fromkeys(("again", "markings", "names"), tuple[str, ...]),
        **dict.fromkeys(("most_quorum", "most_mark"), int),
        "area": Area,
        "dates": AreaDates,
        "figure": Spent,
        "fund": Fund,
        "new_rules": FundDefaults,
        "signs_nothing": bool,
        "steps": int,
    },
    "report": {"funded": tuple[ApplicationRow, ...], "of": Implied, "pence": tuple[int, ...]},
    "round": {
        "purposes": tuple[str, ...],
        "award": Allocation,
        "line": RoundLine,
        "row": DecisionRow,
        "shared": tuple[str, ...],
    },
    "schedule": {
        **dict.fromkeys(("of", "others"), int),
        **dict.fromkeys(("state", "told"), str),
        "area": AreaMoney,
        "ends": date | None,
        "held": tuple[str, ...],
    },
    "sensitivity": {"found": ListSensitivity, "one": Moved, "without": Without},
    "signatures": {"lines": int, "on": date, "said": str, "several": tuple[tuple[str, int], ...]},
    "signing": {
        "areas": tuple[str, ...],
        "declared": tuple[Interest, ...],
        "given": str,
        "item": MinuteItem,
        "pence": int | None,
    },
    "to_check": {
        "agreement": GrantAgreement,
        "of": int,
        "award": str,
        "paper": OtherPaper,
        "issued": Issued,
        "one": OtherLetter,
        **dict.fromkeys(("papers", "awards"), tuple[str, ...]),
        "first": tuple[tuple[str, int], ...],
    },
    "told": {
        **dict.fromkeys(("answer", "deed", "following", "state"), str),
        **dict.fromkeys(("funded", "over"), int),
        "puts": tuple[ReturnPut, ...],
        "rows": tuple[ApplicationRow, ...],
        "was": Challenge | None,
        "year_changes": tuple[DecisionChange, ...],
    },
    "varied": {"before": tuple[date, ...], "row": VariationRow, "told": bool},
    "year": {"found": tuple[YearAward, ...], "line": YearEndLine, "note": str, "of": FundYear},
}
"""The names that one file has for something else than the others."""


def kind_of(name: str, of: str) -> Any:
    """Return the type of what a macro of a file is called with."""
    is_pence = name == "pence" or name.endswith("_pence")
    usual = bool if name.startswith(("is_", "has_")) else int if is_pence else str
    return OWN.get(of, {}).get(name, NAMED.get(name, usual))


@pytest.mark.parametrize("name", [path.stem for path in resources.path("sentences").iterdir()])
def test_the_sentences_that_ship_have_no_fault(name: str) -> None:
    env = environment()
    env.filters |= {"sensitivity": FILTERS, "direct": ROUTES}.get(name, {})
    tree = env.parse(resources.text(f"sentences/{name}.j2"))
    check, known = ShippedChecker(env), dict[str, Any]()

    check.body([each for each in tree.body if isinstance(each, Macro)], known)
    for macro in tree.find_all(Macro):
        check.body(macro.body, known | {each.name: kind_of(each.name, name) for each in macro.args})

    unused = "is never used"  # each is called by its name
    assert [f"{name}.j2, line {e.line}: {e.words}" for e in check.found if unused not in e.words] == []


def test_each_template_is_named_here_with_its_facts() -> None:
    there = {path.stem for path in resources.path("papers").iterdir()}

    assert there == FACTS.keys()


@pytest.mark.parametrize("name", FACTS)
def test_a_shipped_template_has_no_fault(name: str) -> None:
    found = faults(environment(), resources.text(f"papers/{name}.j2"), FACTS[name])

    assert [f"{name}.j2, line {each.line}: {each.words}" for each in found] == []

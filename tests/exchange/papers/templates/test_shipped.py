"""Every template that ships may be used: it asks for facts that there are, and does nothing else."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from jinja2.nodes import Macro

import resources
from exchange.papers.panel_book import ItemFacts
from exchange.papers.sensitivity_words import FILTERS, Known
from models.operations.awards.year_end import DecisionChange
from models.papers.blank_form import BlankForm
from models.papers.call import CallForApplications
from models.papers.decision_report import DecisionReport
from models.papers.finance import AskedBack, DecidedAgain, MoneySum
from models.papers.governance import GovernanceReport
from models.papers.ministry.summing import MinistryReturn, ProviderLine
from models.papers.minutes import AnnexOfMarks, MinuteItem, Minutes
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
from models.papers.transparency.disclosure import Disclosure, Given
from models.papers.year.year_end_lines import YearEndLine
from models.papers.year.year_facts import FundYear, YearAward, YearDecision, YearLine
from models.queries.awards.award_checks import MinimalTotal
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.budget import ContributionLine, MoveLine
from models.queries.awards.direct_awards import ROUTES
from models.queries.awards.ministry import PeriodState
from models.queries.awards.variations import Recovery, VariationRow
from models.queries.deciding.challenges import HeldChallenge
from models.queries.deciding.signatories import Signatory
from models.queries.packs.member_record import PackNews
from models.queries.panel.panel import MemberDetails
from models.queries.papers.decision_report import Implied
from models.queries.papers.notices.pots import Drawn
from models.queries.papers.year_charts import BarLine, PairLine, StripLine
from models.queries.set_up.funds import FundYearMoney
from models.reference.clauses import Ending
from models.reference.defaults import Source
from models.reference.sign_off import SignOff
from models.values.awards import (
    AgreementDetails,
    Amendment,
    Challenge,
    Instalment,
    PlannedReturn,
    Subsidy,
    Terms,
)
from models.values.diligence import CheckResult, Extract
from models.values.direct_award import DirectAward, OnwardGrant
from models.values.pack_plans import MergeReport
from models.values.payments import LayoutColumn
from models.values.recommending import DecisionRow, LineDecision, RecommendationRow
from models.values.rounds import RoundLine
from models.values.rows import ApplicationRow
from scoring.allocating.causes import HeldCause, PassedBy
from scoring.budget.figures import AreaBudget
from scoring.explaining.what_if import Moved, Otherwise, Without
from scoring.ranking import PotUse, Standing
from scoring.round import Area
from scoring.schedule.values import AreaMoney
from scoring.scheme import Combine, Scheme
from scoring.sensitivity.agreement import Agreement, Severity
from scoring.sensitivity.list_sensitivity import End, ListSensitivity, Swap
from scoring.sensitivity.robustness import AwardRobustness
from scoring.sensitivity.split import DrawTest
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


REFUSED: dict[str, Any] = {
    "direct": DirectAward,
    "grant": OnwardGrant,
    "challenge": Challenge,
    "subsidy": Subsidy,
    "award": AwardRow,
    "becomes": Terms,
    "after": Terms,
    "number": int,
    "is_endless": bool,
    "most": int,
    "most_pence": int,
    "most_years": int,
    "beyond_pence": int,
    "is_told": bool,
    "may_change": bool,
    "kinds": tuple[str, ...],
    "is_early": bool,
    "to_come": tuple[date, ...],
    "profiles": tuple[str, ...],
    "is_blank": bool,
    "details": AgreementDetails,
    "is_long": bool,
    "signed_on": date | None,
    "today": date,
    "result": CheckResult,
    "named": str,
    "results": tuple[str, ...],
    "change": DecisionChange,
    "now": YearDecision,
    "area": Area,
    "part": Instalment,
    "left_pence": int,
    "is_back": bool,
    "has_hold": bool,
    "scheme": Scheme,
    "is_uncoded": bool,
    "is_twice": bool,
    "is_weightless": bool,
    "item": RecommendationRow,
    "asked_pence": int,
    "outcomes": tuple[str, ...],
    "funded": tuple[str, ...],
    "is_silent": bool,
    "line": LineDecision,
    "is_direct": bool,
    "verdicts": tuple[str, ...],
    "column": LayoutColumn,
    "fields": tuple[str, ...],
    "is_line": bool,
    "has_headings": bool,
    "said": ReturnContent,
    "is_apart": bool,
    "is_once": bool,
    "each": OutputProgress,
    "people": SupportedNumber,
    "groups": tuple[str, ...],
    "member": MemberDetails,
    "roles": tuple[str, ...],
    "of_kind": tuple[str, ...],
    "most_name": int,
    "output": AgreedOutput,
    "signer": Signatory,
    "is_plain": bool,
    "year_line": YearLine,
}
"""What the macros of refusals are called with."""
SENTENCES: dict[str, dict[str, Any]] = {
    "charts": {
        **dict.fromkeys(("chart", "who"), str),
        **dict.fromkeys(("over_pence", "shared", "mean", "off_1e2"), int),
        **dict.fromkeys(("figures", "sums", "whole"), tuple[int, ...]),
        "note": str | int | None,
        "lines": tuple[BarLine, ...],
        "most": BarLine | None,
        **dict.fromkeys(("many", "dearest"), PairLine),
        "apart": StripLine,
    },
    "award": {
        "award": AwardRow,
        "total": MinimalTotal | None,
        "subsidy": Subsidy,
        "varied": tuple[tuple[VariationRow, str], ...],
        "asked_back": tuple[tuple[Recovery, int], ...],
        "made": DecisionRow | None,
        "is_withdrawn": bool,
        **dict.fromkeys(("others", "first", "agreed", "proposed", "paid", "returned"), str),
        "row": AwardRow,
        **dict.fromkeys(("parts_pence", "more_pence", "less_pence", "decided_pence"), int),
    },
    "decided": {
        "held": HeldChallenge,
        "changed": str,
        "today": date,
        "of_notice": tuple[tuple[str, tuple[str, ...]], ...],
        **dict.fromkeys(("most", "more"), int),
        "found": tuple[tuple[str, str, str], ...],
    },
    "direct": {
        "award": DirectAward,
        "ending": Ending,
        **dict.fromkeys(("area", "year", "reason", "left"), str),
        "onward": tuple[tuple[OnwardGrant, str], ...],
    },
    "given": {
        "value": Disclosure,
        "state": PeriodState,
        "of": MinistryReturn,
        "line": ProviderLine,
        "posts": tuple[tuple[str, tuple[tuple[tuple[str, ...], date, str], ...]], ...],
        "held": HeldCause,
        "names_declined": bool,
        "past": PassedBy,
        "decided": DecisionRow,
        **dict.fromkeys(("pence", "rest"), int),
        **dict.fromkeys(("since", "became", "why", "whose"), str),
        "several": tuple[Given, ...],
        "named": tuple[str, ...],
        "on": date | None,
    },
    "governance": {
        "whose": str,
        "row": AwardRow,
        "decided_on": date,
        "gone_on": date | None,
        "why": str,
        "asked": Recovery,
        "due_pence": int,
        "move": MoveLine,
        "day": str,
        "given": ContributionLine,
        "of": str,
        "allowed": YearDecision,
        **dict.fromkeys(("words", "by", "before", "line"), str),
        **dict.fromkeys(("days", "signed"), tuple[str, ...]),
        **dict.fromkeys(("waits_pence", "over_pence", "awarded_pence", "decided_pence", "left_pence"), int),
        "one": Amendment,
        "kept": YearDecision,
        "areas": tuple[AreaBudget, ...],
    },
    "refused_award": REFUSED,
    "refused_deciding": REFUSED,
    "refused_direct": REFUSED,
    "refused_return": REFUSED,
    "refused_setting": REFUSED,
    "meeting": {
        **dict.fromkeys(("counts", "away", "marked", "late"), tuple[int, ...]),
        "best": Standing,
        **dict.fromkeys(("equals", "others", "rules"), tuple[str, ...]),
    },
    "monitoring": {
        "award": AwardMonitoring,
        "plans": tuple[PlannedReturn, ...],
        **dict.fromkeys(("number", "over_pence", "left_pence", "many"), int),
        **dict.fromkeys(("received_on", "today"), date),
        "plan": PlannedReturn | None,
        "last": PlannedReturn,
        "references": tuple[str, ...],
    },
    "packs": {"of": PackNews, "most": int},
    "told": {
        "award": AwardRow,
        **dict.fromkeys(("number", "pence", "withdrawn", "funded"), int),
        **dict.fromkeys(("state", "outcome", "called"), str),
        "posts": tuple[str, ...],
        "items": tuple[RecommendationRow, ...],
        "extract": Extract | None,
        "looked": tuple[int, ...],
    },
    "report": {
        "funded": tuple[ApplicationRow, ...],
        "lacking": tuple[str, ...],
        "for_children": tuple[ApplicationRow, ...],
        "kinds": tuple[str, ...],
        "pence": tuple[int, ...],
        "of": Implied,
        "cost": tuple[str, ...],
        "share": Decimal,
        **dict.fromkeys(("corrected", "heading", "named", "whose", "words", "stays"), str),
        "is_asked": bool,
        "answered": tuple[ApplicationRow, ...],
    },
    "round": {
        "line": RoundLine,
        "money": FundYearMoney | None,
        "planned_pence": int,
        "over_pence": int,
        "uses": tuple[PotUse, ...],
        "year": str,
        "taken": Drawn,
        "start_up_pence": int,
        "freed": tuple[str, ...],
        "freed_pence": int,
        "shared": tuple[str, ...],
        "areas": tuple[AreaBudget, ...],
        "whole_pence": int,
        "before_pence": int,
        "left_pence": int,
        "held_pence": int,
        "is_start_up": bool,
        "is_draft": bool,
        "told": tuple[Allocation, ...],
        "panel": str,
        "is_given": bool,
        "where": str,
        "here": tuple[ApplicationRow, ...],
        "gone": int,
        "scored": int,
        "corrected": str,
        "met": str,
        "source": Source,
        "words": str,
        "when": str,
        "ends": tuple[date | None, ...],
        "over": int,
        "open": int,
        "which": str,
        "of_row": ApplicationRow,
        "pence": int,
        "letters": tuple[str, ...],
        "named": str,
        "today": date,
        **dict.fromkeys(("reference", "why", "by", "written", "became", "advice"), str),
        "later": DecisionRow | None,
        **dict.fromkeys(("references", "pots"), tuple[str, ...]),
        "award": Allocation,
        "asked_pence": int,
        **dict.fromkeys(("is_corrected", "below", "is_one"), bool),
        "row": DecisionRow,
        "asked_on": date | None,
    },
    "signing": {
        "item": MinuteItem,
        "away": tuple[str, ...],
        "late": tuple[str, ...],
        "outcome": str,
        "step": SignOff,
        "posts": tuple[str, ...],
        **dict.fromkeys(("word", "given", "post", "name", "who"), str),
        "areas": tuple[str, ...],
        **dict.fromkeys(("is_some", "is_direct", "is_told"), bool),
        "pence": int | None,
        "answer": LineDecision,
        "on": date | None,
    },
    "signatures": {
        **dict.fromkeys(("lines", "many"), int),
        **dict.fromkeys(("said", "name", "post", "done", "why"), str),
        "several": tuple[tuple[str, int], ...],
        "on": date,
    },
    "finance": {
        **dict.fromkeys(("amounts", "left"), tuple[int, ...]),
        **dict.fromkeys(("more_pence", "less_pence"), int),
        **dict.fromkeys(("who", "award", "why", "words"), str),
        "total": MoneySum,
        "again": tuple[DecidedAgain, ...],
        "one": DecidedAgain,
        "asked": AskedBack,
        "references": tuple[str, ...],
    },
    "schedule": {
        **dict.fromkeys(("is_proposed", "has_awards", "waits", "is_closed"), bool),
        **dict.fromkeys(("given_pence", "asked_pence", "left_pence", "over_pence", "pots_pence"), int),
        "stands_pence": int,
        "area": AreaMoney,
        **dict.fromkeys(("many", "of", "others", "open"), int),
        **dict.fromkeys(("verb", "told", "because"), str),
        **dict.fromkeys(("without", "lacking", "bare", "less", "capped", "held"), tuple[str, ...]),
        "ends": date | None,
    },
    "sensitivity": {
        "found": ListSensitivity,
        "known": Known,
        "end": End,
        "hold": AwardRobustness,
        "draws": DrawTest | None,
        "without": Without,
        "on_mean": bool,
        "members": tuple[str, ...],
        "otherwise": Otherwise,
        "combine": Combine,
        "one": Moved,
        "agreement": Agreement,
        "between": tuple[float, float] | None,
        "severity": Severity,
        "swap": Swap,
        "names_area": bool,
    },
    "varied": {
        "row": VariationRow,
        "dates": tuple[tuple[str, str, str], ...],
        "returns": str | None,
        **dict.fromkeys(("is_past", "told"), bool),
        **dict.fromkeys(("due", "before", "further"), tuple[date, ...]),
        "reports": tuple[str, ...],
        "changes": tuple[tuple[str, str], ...],
        "pence": int,
        "back": tuple[str, ...],
    },
    "to_check": {
        **dict.fromkeys(
            ("unmet", "empty", "silent", "declared", "references", "shown", "first"), tuple[str, ...]
        ),
        **dict.fromkeys(("standing", "named", "what"), str),
        "more": int,
        "is_every": bool,
    },
    "year": {
        "order": PaperOrder,
        "there": tuple[str, ...],
        "of": FundYear,
        "line": YearEndLine,
        "found": tuple[YearAward, ...],
        "cells": tuple[int | None, ...],
        "spent": tuple[tuple[int, int], ...],
        "wholes": tuple[tuple[str, int], ...],
        "grants": tuple[str, ...],
        "gave_pence": int,
        "waiting": int,
        "small": int,
        "note": str,
        "is_beyond": bool,
        "has_services": bool,
    },
}
"""The types of what macros of sentences are called with, by their names."""


@pytest.mark.parametrize("name", SENTENCES)
def test_the_sentences_that_ship_have_no_fault(name: str) -> None:
    env = environment()
    env.filters |= {"sensitivity": FILTERS, "direct": ROUTES}.get(name, {})
    tree = env.parse(resources.text(f"sentences/{name}.j2"))
    check, known = ShippedChecker(env), dict[str, Any]()

    check.body([each for each in tree.body if isinstance(each, Macro)], known)
    for macro in tree.find_all(Macro):
        check.body(macro.body, known | {each.name: SENTENCES[name][each.name] for each in macro.args})

    unused = "is never used"  # each is called by its name
    assert [f"{name}.j2, line {e.line}: {e.words}" for e in check.found if unused not in e.words] == []


def test_each_file_of_sentences_is_named_here() -> None:
    assert {path.stem for path in resources.path("sentences").iterdir()} == SENTENCES.keys()


def test_each_template_is_named_here_with_its_facts() -> None:
    there = {path.stem for path in resources.path("papers").iterdir()}

    assert there == FACTS.keys()


@pytest.mark.parametrize("name", FACTS)
def test_a_shipped_template_has_no_fault(name: str) -> None:
    found = faults(environment(), resources.text(f"papers/{name}.j2"), FACTS[name])

    assert [f"{name}.j2, line {each.line}: {each.words}" for each in found] == []

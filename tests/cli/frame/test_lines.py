"""Every template of the command's lines asks for facts that there are; the manual makes the command."""

import os
import sys
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest
from msgspec import defstruct

import resources
from cli.frame.output import lines, table
from cli.frame.parser import loaded, manual
from exchange.applications.importer import Reading
from exchange.applications.preview import PreviewRow
from exchange.applications.row_sorter import Point
from exchange.incoming.placing import Keeping
from exchange.papers.finance.returned import LedgerReading
from exchange.written_text import plain_environment
from models.queries.applications.organisations import AppliedFor, Organisation, ReturnDue
from models.queries.awards.award_checks import DueDiligence
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards_page import AwardLine
from models.queries.awards.budget import BudgetPage
from models.queries.awards.registers import LoadedRegister
from models.queries.deciding.challenges import HeldChallenge
from models.queries.set_up.funds import Fund, FundYearMoney
from models.reference.fund_facts import Line
from models.values.awards import Instalment
from models.values.pack_plans import Plan
from models.values.payments import PaymentLayout
from scoring.allocating.over_pot import Overspend
from scoring.budget.limits import SpendingPlan
from scoring.ranking import Allowance, PotUse
from tests.cli.conftest import Run
from tests.exchange.papers.templates.shipped_checks import faults

Texts = tuple[str, ...]
Words = Mapping[str, str]

FACTS: dict[str, dict[str, Any]] = {
    "area": {
        "offered_pence": int,
        "use": PotUse,
        **dict.fromkeys(("closed", "shared", "over", "otherwise", "changed_pot"), str),
        "allowed": tuple[tuple[Allowance, str], ...],
        **dict.fromkeys(("ranked", "unranked"), Texts),
        "recalculated": tuple[tuple[str, str], ...],
    },
    "award": {
        "line": AwardLine,
        "amount_pence": int,
        "signing": Texts,
        "agreed": int,
        "subsidy": str,
        "withheld": str,
        "is_late": bool,
        "parts": tuple[tuple[int, Instalment, str, date | None, bool, bool], ...],
    },
    "budget": {
        "page": BudgetPage,
        "without": Texts,
        "allowed": tuple[tuple[Overspend, str], ...],
        "plans": tuple[tuple[str, SpendingPlan, Texts], ...],
    },
    "challenge": {"held": HeldChallenge, "state": str, "against": str, "letters_to": Texts},
    "checks": {"one": DueDiligence, "results": Words},
    "fund": {
        "fund": Fund,
        "renamed": tuple[tuple[str, date], ...],
        "facts": tuple[tuple[str, str], ...],
        "required": Texts,
        "years": tuple[tuple[FundYearMoney, Texts], ...],
        "lists": tuple[tuple[str, Line], ...],
    },
    "layout": {"layout": PaymentLayout, "covers": str, "separator": str},
    "layouts": {"layouts": tuple[PaymentLayout, ...]},
    "ledger": {"reading": LedgerReading, "open_checks": tuple[tuple[str, str], ...], "is_tried": bool},
    "merge": {"planned": Plan, "codes": Words, "theirs": str, "result": str, "is_dry": bool},
    "organisation": {
        "found": Organisation,
        "paid": str,
        "applied": tuple[tuple[str, AppliedFor], ...],
        "returns": tuple[tuple[ReturnDue, int], ...],
        "checks": Words,
    },
    "preview": {
        "points": tuple[tuple[PreviewRow, Point], ...],
        "suggestions": tuple[tuple[str, int], ...],
        "rows": int,
        "counts": Texts,
    },
    "proposed": {
        **dict.fromkeys(("tied", "unranked", "signed", "differing", "over", "without_reason"), Texts),
        **dict.fromkeys(("is_kept", "is_to_sign"), bool),
        **dict.fromkeys(("words", "drafted", "command"), str),
        "early": tuple[tuple[str, Texts], ...],
    },
    "reading": {
        "reading": Reading,
        "duplicates": tuple[tuple[str, str], ...],
        "left_out": int,
        "new_areas": tuple[tuple[str, int], ...],
        "asked_pence": int,
    },
    "registers": {
        "registers": tuple[tuple[str, LoadedRegister | None], ...],
        "checked": tuple[DueDiligence, ...],
    },
    "incoming": {"files": tuple[Keeping, ...], "faults": Texts, "notes": Texts},
    "round": {"copied": Texts, "allowed": tuple[tuple[Allowance, datetime], ...]},
    "varied": {"award": AwardRow},
}


@pytest.mark.parametrize("name", FACTS)
def test_a_template_has_no_fault(name: str) -> None:
    source = resources.text(f"command/{name}.j2")

    found = faults(plain_environment(), source, defstruct(name, list(FACTS[name].items())))

    assert [f"{name}.j2, line {each.line}: {each.words}" for each in found] == []


def test_words_of_a_record_never_pass_for_a_line_of_the_commands_own() -> None:
    layout = PaymentLayout("Monthly\nRemoved", ())

    assert list(lines("layouts", layouts=[layout])) == ["Monthly Removed: "]


def test_every_paragraph_without_actions_names_a_function_that_is_there() -> None:
    above = {path[:-1] for path in manual()}

    for path, said in manual().items():
        assert (path in above) is not bool(said.function), path
        assert path in above or callable(loaded(said.function)), path


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["rnak", "round.xlsx"], "there is no 'rnak'. Did you mean rank?"),
        (["award", "office.panel", "lst"], "there is no 'lst'. Did you mean list?"),
        (["rank", "round.xlsx", "--rond", "Autumn"], "arguments: --rond Autumn. Did you mean --round?"),
        (["export", "x.panel", "minuts", "--out", "x.pdf"], "there is no 'minuts'. Did you mean minutes?"),
    ],
)
def test_wrong_usage_says_what_was_perhaps_meant(run: Run, typed: list[str], meant: str) -> None:
    ran = run(*typed)

    assert ran.status == 2
    assert meant in ran.err.splitlines()[0]


ROWS = [("ACF-001", "The Allotment Friends of Lower Harrowmere", "£4,500.00", "x" * 40)]
HEADINGS = ("Reference", "Organisation", "Asked", "Why")


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print on a terminal of sixty columns."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((60, 24)))


@pytest.mark.usefixtures("narrow")
def test_a_table_is_no_wider_than_the_terminal_and_cuts_no_figure() -> None:
    found = table(HEADINGS, ROWS, right=(2,))

    assert max(map(len, found)) <= 58
    assert "£4,500.00" in found[1]
    assert found[1].startswith("ACF-001")
    assert found[1].count("…") == 2

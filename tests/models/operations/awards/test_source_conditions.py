"""What the law asks of money from a source is asked of each award, kept, and said in its agreement."""

from datetime import date

import pytest
from msgspec.structs import replace

from models.operations.awards.checks import SetCheck
from models.operations.set_up.office import SetFundYear
from models.papers.grant_agreement import GrantAgreement
from models.queries.awards.agreements import grant_agreement
from models.queries.awards.direct_awards import signing_facts
from models.queries.set_up.funds import FundYearMoney, fund_list
from models.record import Record
from models.reference.clauses import procurement_threshold
from models.reference.defaults import SOURCE_CONDITIONS, Source, SourceKind
from models.values.diligence import NOT_NEEDED, PASSED, CheckResult
from models.values.direct_award import CONTRACTS, DirectAward, Route
from tests.models.both_signed import both_sign
from tests.models.conftest import brought_to
from tests.models.operations.awards.checked_awards import LOOKED, PASS, awarded, check, diligence, require
from tests.models.operations.awards.test_set_check import SCHEDULE
from tests.models.operations.deciding_rounds import DAY, FINANCE
from tests.models.rounds import OFFICER, refused, refuses, undo

granted = brought_to(awarded)
PURPOSE = CheckResult(PASSED, LOOKED, "the relief of those in need.")
CODE = "charitable_purpose"
YEAR = "2026/27"


def pay_from(record: Record, *kinds: SourceKind) -> None:
    """Say where the money of the fund's year is from, the same from each source."""
    fund = next(one for one in record.ask(fund_list) if one.rounds)
    sources = tuple(Source(YEAR, kind, 10_000_000) for kind in kinds)
    money = FundYearMoney(YEAR, 10_000_000 * len(kinds), sources)
    record.perform(SetFundYear(fund.code, YEAR, money, fund.year(YEAR)), OFFICER)


def agreement(record: Record) -> GrantAgreement:
    order = replace(SCHEDULE, kind="agreement", award=diligence(record).award)
    return record.ask(lambda session: grant_agreement(session, order))


@pytest.mark.parametrize("kind", list(SourceKind))
def test_each_source_asks_for_its_own_condition_and_no_other(granted: Record, kind: SourceKind) -> None:
    pay_from(granted, kind)

    asked = {line.code: line.is_required for line in diligence(granted).lines}
    due = [one.check for one in SOURCE_CONDITIONS if one.source is kind]

    assert [code for code in asked if code not in diligence_without(granted)] == due
    assert all(asked[code] for code in due)
    assert diligence(granted).barring == ("charitable purpose is not settled" if due else "")


def diligence_without(record: Record) -> set[str]:
    return {line.code for line in diligence(record).lines} - {one.check for one in SOURCE_CONDITIONS}


def test_money_of_the_police_property_fund_asks_once_for_the_purpose_and_the_agreement_says_it(
    granted: Record,
) -> None:
    pay_from(granted, SourceKind.CRIME, SourceKind.PROPERTY)
    signed = both_sign("ACF-001", DAY)
    refused("charitable purpose is not settled", granted.perform, signed, OFFICER)
    (line,) = (one for one in diligence(granted).lines if one.code == CODE)
    assert line.finding.words.endswith("(Police (Property) Regulations 1997, regulation 6).")

    refuses(
        granted, "Say in the note which charitable purpose", SetCheck(1, "ACF-001", CODE, PASS, None), FINANCE
    )
    done = granted.perform(SetCheck(1, "ACF-001", CODE, PURPOSE, None), FINANCE)

    assert agreement(granted).conditions[-1] == (
        "Spend the grant only on this charitable purpose: the relief of those in need. We pay it from the "
        "police property fund (Police (Property) Regulations 1997, regulation 6)."
    )
    undo(granted, done)
    assert not any("charitable" in one for one in agreement(granted).conditions)

    check(granted, CODE, PURPOSE)
    granted.perform(signed, OFFICER)
    assert diligence(granted).barring == ""


def test_an_award_from_other_money_of_the_fund_says_so_and_its_agreement_asks_no_purpose(
    granted: Record,
) -> None:
    pay_from(granted, SourceKind.CRIME, SourceKind.PROPERTY)

    check(granted, CODE, CheckResult(NOT_NEEDED, LOOKED, "paid from the proceeds of crime"))

    assert diligence(granted).barring == ""
    assert not any("charitable" in one for one in agreement(granted).conditions)


def test_a_fund_can_ask_for_it_whatever_its_money(granted: Record) -> None:
    require(granted, CODE, "number")

    assert [line.code for line in diligence(granted).lines] == ["number", CODE]


def contract(pence: int, route: Route = Route.TENDER, starts_on: date | None = DAY, extends: str = "") -> str:
    """Return what those who sign a contract are told of the threshold, "" for nothing."""
    award = DirectAward("Made-up Ltd", pence, route, "a reason", starts_on=starts_on, extends=extends)
    return " ".join(words for words in signing_facts(award) if "including VAT" in words)


@pytest.mark.parametrize("route", list(Route))
def test_a_contract_at_or_above_the_threshold_says_so_and_a_grant_does_not(route: Route) -> None:
    told = contract(20_772_000, route)

    assert bool(told) == (route in CONTRACTS)
    assert told in (
        "",
        "At £207,720.00 it is at or above the procurement threshold of £207,720.00 including VAT for goods "
        "and services, and below the £663,540.00 for light-touch services (1 January 2026 to 31 December "
        "2027)",
    )
    assert contract(20_771_999, route) == ""


def test_light_touch_days_and_extensions() -> None:
    assert ", and at or above the £663,540.00 for light-touch services" in contract(66_354_000)
    assert contract(66_354_000, starts_on=date(2025, 12, 31)) == "", "before the first day that is known"
    assert contract(66_354_000, starts_on=date(2028, 1, 1)) == "", "after the last"
    assert contract(66_354_000, starts_on=None), "without a start, by what holds last"
    assert contract(100, Route.EXTENSION, extends="VF-001").startswith(
        "Add the value of VF-001: a whole contract of £207,720.00 or more including VAT"
    )
    held = procurement_threshold(date(2026, 1, 1))
    assert held is not None
    assert held.works_pence == 519_300_000

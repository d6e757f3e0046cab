"""Whoever writes an agreement on money that lapses before its project ends is told so."""

from datetime import date
from functools import partial

from msgspec.structs import replace

from models.operations.awards.agreements import SignAgreement
from models.operations.awards.variations import VaryAward
from models.operations.set_up.fund_changes import SetFundYear
from models.queries.awards.agreements import lapsing_words
from models.queries.set_up.funds import FundYearMoney
from models.record import Record
from models.reference.defaults import Source, SourceKind
from models.values.awards import Terms
from tests.models.operations.deciding_rounds import DAY, decided
from tests.models.queries.awards.test_grant_agreement import OFFICER, ORDER, drafted


def told(record: Record) -> str:
    return record.ask(partial(lapsing_words, order=replace(ORDER, award="ACF-001")))


def lapses(record: Record, day: date | None) -> None:
    sources = (Source("2026/27", SourceKind.MINISTRY, 20_000_000, "", day),)
    money = FundYearMoney("2026/27", 20_000_000, sources)
    record.perform(SetFundYear("ACF", "2026/27", money, None), OFFICER)


def test_whoever_writes_an_agreement_is_told_that_its_money_lapses_before_the_project_ends(
    record: Record,
) -> None:
    decided(record)
    end = drafted(record).end_on
    assert told(record) == ""

    lapses(record, date(2027, 1, 31))

    assert end > date(2027, 1, 31)
    assert "money of the fund lapses where it is not spent by 31 January 2027, and the project" in told(
        record
    )
    record.perform(SignAgreement(1, "ACF-001", DAY, None), OFFICER)
    assert told(record) == ""


def test_a_project_that_ends_before_its_money_lapses_is_nothing_to_tell(record: Record) -> None:
    decided(record)
    lapses(record, date(2027, 1, 31))

    early = Terms(100_000, end_on=date(2027, 1, 30))
    record.perform(VaryAward(1, "ACF-001", 1, early, "It ends before", DAY), OFFICER)

    assert told(record) == ""


def test_money_that_does_not_lapse_is_nothing_to_tell(record: Record) -> None:
    decided(record)
    lapses(record, None)

    assert told(record) == ""

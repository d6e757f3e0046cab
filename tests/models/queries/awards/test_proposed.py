"""A variation is proposed until both have signed: each reader counts what is agreed, and says what is not."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from models.operations.set_up.office import SetPublisher
from models.papers.order import PaperOrder
from models.papers.year.round_year import ASKED, SIZES
from models.papers.year.year_end_tables import AWARD_RATES, YEAR_END
from models.papers.year.year_facts import awarded_pence
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.organisations import _of_award, organisations
from models.queries.awards.budget import round_budget
from models.queries.awards.year_facts import record_years, year_end
from models.queries.papers.papers import paper_value
from models.record import Record
from scoring.budget.figures import AreaBudget, Outside, together
from scoring.money import without_noughts
from tests.models.operations.awards.varied_awards import (
    OF,
    half_paid,
    sign_anew,
    sign_both,
    the_award,
    vary,
)
from tests.models.operations.deciding_rounds import DAY, decided
from tests.models.rounds import OFFICER

AT = datetime(2027, 1, 5, 10, 0, tzinfo=UTC)
PROPOSED = "£1,000 becomes £900 (proposed: not signed by both yet)"


def paper(record: Record, kind: str, **asked: Any) -> Any:
    order = PaperOrder(kind, AT, **({"round_id": 1} | asked))
    return record.ask(partial(paper_value, order=order))


def lowered(record: Record) -> Record:
    half_paid(record)
    vary(record, amount_pence=90_000)
    return record


def test_an_award_says_what_is_agreed_and_what_proposed(record: Record) -> None:
    row = the_award(lowered(record))
    assert (row.agreed_pence, row.proposed_pence, row.stands_pence) == (100_000, 90_000, 100_000)
    assert row.proposed_words == "£900.00 is proposed, £1,000.00 agreed"
    assert row.pence_on(DAY) == 100_000

    sign_anew(record)

    row = the_award(record)
    assert (row.agreed_pence, row.proposed_pence, row.proposed_words) == (90_000, None, "")
    assert row.pence_on(DAY) == 90_000


def test_a_new_name_is_said_to_be_proposed(record: Record) -> None:
    half_paid(record)
    before = the_award(record).organisation
    vary(record, recipient="Allotment Friends Trust")

    assert (
        the_award(record).proposed_words == f"the name Allotment Friends Trust is proposed, {before} agreed"
    )
    sign_anew(record)
    assert the_award(record).proposed_words == ""


def test_the_budget_says_what_of_it_is_agreed_and_organisations_have_that(record: Record) -> None:
    lowered(record)

    def told() -> tuple[int, int, int]:
        draw = record.ask(partial(round_budget, round_id=1)).areas[0].rounds[0]
        line = next(
            one
            for one in record.ask(partial(organisations, today=DAY, viewer=OFFICE_VIEWER))
            if one.name == the_award(record).organisation
        )
        return draw.decided_pence, draw.agreed_pence, line.awarded_pence

    decided, agreed, awarded = told()
    assert (agreed - decided, awarded) == (10_000, 100_000)
    sign_anew(record)
    assert told() == (decided, decided, 90_000)


def test_each_sum_of_the_year_says_what_of_it_is_proposed(record: Record) -> None:
    lowered(record)
    said = "Counted as proposed, not signed by both yet: A-031-01, £900 (agreed £1,000)."
    of_budget = "is decided with what is proposed and not signed by both"

    def told() -> dict[str, bool]:
        return {table.code: said in without_noughts(table.base) for table in paper(record, "tables").tables}

    def sums() -> tuple[int, int, int]:
        year = next(one for one in record.ask(record_years).years if one.awards)
        schedule = paper(record, "finance").whole
        areas = record.ask(partial(round_budget, round_id=1)).areas
        assert sum(one.agreed_pence for one in year.awards) == schedule.amount_pence - schedule.proposed_pence
        return awarded_pence(year.awards), schedule.amount_pence, sum(one.decided_pence for one in areas)

    assert len(set(sums())) == 1
    of_awards = {"Table 2", "Table 3", SIZES, "Appendix 1", YEAR_END, AWARD_RATES, ASKED}
    assert {code for code, says in told().items() if says} == of_awards
    ending = record.ask(partial(year_end, fund="ACF", year="2026/27"))
    assert [said in note for note in ending.notes] == [True]
    (fund,) = paper(record, "governance").funds
    assert [of_budget in words for words in fund.shared] == [True]

    sign_anew(record)

    assert len(set(sums())) == 1
    assert not any(told().values())
    assert not record.ask(partial(year_end, fund="ACF", year="2026/27")).notes
    assert not paper(record, "governance").funds[0].shared


def test_start_up_money_says_so_too() -> None:
    beside = Outside(start_up_pence=90_000, proposed_pence=-10_000)
    area = AreaBudget("Northmarch", outside=beside + Outside(start_up_pence=20_000))

    assert (area.decided_pence, area.agreed_pence) == (110_000, 120_000)
    assert together((area, area)).agreed_pence == 240_000
    assert area.proposed_words.endswith("signed by both; £1,200 is agreed.")


def test_more_money_is_proposed_before_the_chain_signs_and_until_the_recipient_does(record: Record) -> None:
    half_paid(record)
    vary(record, amount_pence=120_000)
    assert (the_award(record).agreed_pence, the_award(record).proposed_pence) == (100_000, 120_000)
    sign_both(record)
    assert (the_award(record).agreed_pence, the_award(record).proposed_pence) == (100_000, 120_000)
    sign_anew(record)
    assert (the_award(record).agreed_pence, the_award(record).proposed_pence) == (120_000, None)


def test_what_nobody_signed_stands_as_decided(record: Record) -> None:
    decided(record)
    vary(record, amount_pence=90_000)

    assert the_award(record).proposed_words == "£900.00 is proposed, £1,000.00 decided"


def test_the_report_counts_what_is_agreed_and_says_what_is_proposed(record: Record) -> None:
    report = paper(lowered(record), "decision-report")
    assert report.areas[0].stands_pence is None, "what was awarded stands"
    assert any(PROPOSED in one for one in report.changes)

    sign_anew(record)

    report = paper(record, "decision-report")
    assert report.areas[0].stands_pence == report.areas[0].awarded_pence - 10_000
    assert any("£1,000 became £900" in one and "proposed" not in one for one in report.changes)


def test_public_lists_have_what_is_agreed(record: Record) -> None:
    lowered(record)
    record.perform(SetPublisher("360G-Example", "GB-GOR-PB999"), OFFICER)

    def amounts() -> tuple[int, int, int]:
        month = DAY.replace(day=1)
        (published,) = (a for a in paper(record, "publication", month=month).awards if a.award[-2:] == "01")
        grants = paper(record, "360giving").grants
        line = next(one for one in paper(record, "disclosure").lines if one.awarded_pence)
        return published.amount_pence, grants[0].awarded_pence, line.awarded_pence

    assert amounts() == (100_000,) * 3
    month = DAY.replace(day=1)
    assert any(PROPOSED in one.amended for one in paper(record, "publication", month=month).awards)
    sign_anew(record)
    assert amounts() == (90_000,) * 3


def test_schedules_and_the_workbook_tell_both_sums(record: Record) -> None:
    lowered(record)

    (finance,) = (one for one in paper(record, "finance").awards if one.application == OF)
    assert finance.agreement_waits.endswith("; £900.00 is proposed, £1,000.00 agreed")
    assert PROPOSED in without_noughts(finance.amendments[0].words)
    (of,) = (one for one in paper(record, "monitoring").awards if one.application == OF)
    assert (of.stands_pence, of.proposed) == (100_000, "£900 is proposed, £1,000 agreed.")
    schedule = paper(record, "schedule")
    assert any(
        reference == OF and PROPOSED in without_noughts(words) for reference, words in schedule.amended
    )
    sign_anew(record)
    (of,) = (one for one in paper(record, "monitoring").awards if one.application == OF)
    assert (of.stands_pence, of.proposed) == (90_000, "")


def test_what_an_organisation_had_before_says_both(record: Record) -> None:
    row = the_award(lowered(record))

    told = "".join(_of_award(row, row.decision, is_withdrawn=False))

    assert told.startswith("£1,000 awarded")
    assert ", £900 proposed" in told

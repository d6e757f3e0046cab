"""What a notice of awards without a competition says of the money of their areas, and of what is left."""

from datetime import UTC, date, datetime

from msgspec.structs import replace

from models.operations.awards.paying import PayInstalment, SetReturned
from models.papers.order import PaperOrder
from models.queries.papers.notices.notice import notice
from models.record import Record
from models.values.awards import Returned
from tests.models.operations.awards.proposals import BOXING, START_UP, award, direct, propose
from tests.models.operations.budgets import allocate, allow, area_of, opened
from tests.models.operations.deciding_rounds import DAY, FINANCE
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import set_up_office

NOW = datetime(2026, 12, 20, tzinfo=UTC)


def left(record: Record, number: str) -> str:
    """Return what a notice says of the year's money after what it commits."""
    order = PaperOrder("notice", NOW, round_id=direct(record), notice=number)
    return record.ask(lambda s: notice(s, order)).financial[0].partition("This notice commits ")[2]


def test_a_notice_says_what_was_set_aside_for_an_area_and_what_it_leaves(record: Record) -> None:
    set_up_office(record)
    allocate(record, Coventry=(2_000_000, 100_025))
    award(record)
    award(record, START_UP, notice="041/2026")
    award(record, replace(BOXING, organisation="Canal Scouts", amount_pence=50_000), notice="042/2026")

    # £20,000 less £12,000, and that less £500: no start-up money, and no later award, counts.
    assert (
        left(record, "040/2026")
        == "£12,000. Of the £20,000 set aside for Coventry in 2026/27, £8,000 is left."
    )
    assert left(record, "042/2026") == (
        "£500. Of the £20,000 set aside for Coventry in 2026/27, £12,000 was decided earlier and "
        "£7,500 is left."
    )
    assert left(record, "041/2026") == (
        "£600. Of the £1,000.25 of start-up money set aside for Coventry in 2026/27, £400.25 is left."
    )


def test_a_draft_says_what_open_rounds_hold_of_what_would_be_left(record: Record) -> None:
    set_up_office(record)
    allocate(record, Coventry=2_000_000)
    award(record)
    opened(record, "Winter 2026", Coventry=300_000)
    propose(record, replace(BOXING, organisation="Canal Scouts", amount_pence=50_000))

    told = left(record, "041/2026")

    assert told == (
        "£500. Of the £20,000 set aside for Coventry in 2026/27, £12,000 was decided earlier and £7,500 "
        "would be left, of which open rounds hold £3,000."
    )
    # The budget leaves £20,000 less £12,000 and £3,000: what is proposed holds nothing yet.
    assert area_of(record).left_pence == 500_000
    assert "hold" not in left(record, "040/2026"), "the round was not open then"


def test_what_is_beyond_the_money_of_an_area_is_said(record: Record) -> None:
    set_up_office(record)
    allocate(record, Coventry=1_000_000)
    allow(record, "Coventry", 300_000)
    award(record)

    assert left(record, "040/2026").endswith(
        "set aside for Coventry in 2026/27, £2,000 more than that is awarded."
    )


def test_of_all_that_is_set_aside_nothing_is_left(record: Record) -> None:
    set_up_office(record)
    allocate(record, Coventry=1_200_000)
    award(record)

    assert left(record, "040/2026").endswith("set aside for Coventry in 2026/27, nothing is left.")


def test_what_came_back_by_the_day_of_a_notice_may_be_awarded_again(record: Record) -> None:
    set_up_office(record)
    allocate(record, Coventry=2_000_000)
    award(record)
    number = direct(record)
    ready_to_pay(record, "ACF-D26-001", DAY, FINANCE)
    record.perform(PayInstalment(number, "ACF-D26-001", 1, DAY, None), FINANCE)
    back = Returned(10_000, DAY, "one evening fewer"), Returned(1_000, date(2027, 3, 1), "a receipt missing")
    record.perform(SetReturned(number, "ACF-D26-001", back, ()), FINANCE)
    award(record, replace(BOXING, organisation="Canal Scouts", amount_pence=50_000), notice="041/2026")

    # £12,000 less £100 by that day, and £20,000 less £11,900 less £500; £10 came after it.
    assert left(record, "041/2026").endswith("£11,900 was decided earlier and £7,600 is left.")

"""What a decision is held to as it is made, and a journal that is done again is not."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from models.operation import Outcome
from models.operations.awards.paying import PayInstalment
from models.operations.awards.variations import VaryAward
from models.operations.deciding.decision_lines import require_in_order, require_paid_nothing
from models.operations.deciding.recommendations import RecordRecommendations
from models.record import Record
from models.values.awards import Terms
from models.values.recommending import LineDecision, RecommendationRow
from models.values.rows import InterestRow, MemberRow, SheetRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.operations.deciding.challenged import ANEW, anew, upheld
from tests.models.operations.deciding_rounds import (
    COMMANDER,
    DAY,
    DECIDER,
    FINANCE,
    decided,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    recommended,
    signed,
)
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER

BEFORE = DAY - timedelta(days=1)


def test_a_step_is_not_dated_before_the_step_that_it_follows(record: Record) -> None:
    signed(record)
    with pytest.raises(Refused, match="for the panel, signed ACF-001, ACF-002, ACF-003 on 2 December 2026"):
        record.perform(replace(first_step(*every_line()), on=BEFORE), COMMANDER)
    record.perform(first_step(*every_line()), COMMANDER)

    with pytest.raises(Refused) as no:
        record.perform(replace(last_step(*every_line()), on=BEFORE), DECIDER)

    assert str(no.value) == (
        "Cora Command, NPU commander, signed ACF-001, ACF-002, ACF-003 on 2 December 2026, and this comes "
        "after it, on 1 December 2026. Correct the day."
    )
    record.perform(last_step(*every_line()), DECIDER)


def test_a_new_decision_is_not_dated_before_the_one_whose_place_it_takes(record: Record) -> None:
    upheld(record)

    with pytest.raises(Refused, match="Dan Decides, Chief Executive, signed ACF-003 on 2 December 2026"):
        record.perform(replace(anew(50_000), on=BEFORE), DECIDER)
    record.perform(anew(50_000), DECIDER)
    with pytest.raises(Refused, match="16 December 2026"):
        record.ask(lambda s: require_in_order(s, 1, 1, ANEW - timedelta(days=1), {"ACF-003"}))


def test_who_authorised_a_payment_decides_nothing_in_the_round(record: Record) -> None:
    decided(record)
    record.ask(lambda s: require_paid_nothing(s, 1, FINANCE.name))
    ready_to_pay(record, "ACF-001", DAY, FINANCE)
    record.perform(PayInstalment(1, "ACF-001", 1, DAY, None), FINANCE)

    for name in (FINANCE.name, FINANCE.name.upper()):
        with pytest.raises(Refused, match="nobody who authorises payments decides in it"):
            record.perform(replace(anew(50_000), by=name, from_paper=True), OFFICER)
    record.ask(lambda s: require_paid_nothing(s, 1, DECIDER.name))


def test_an_award_is_not_varied_from_a_day_before_it_was_decided(record: Record) -> None:
    decided(record)
    less = VaryAward(1, "ACF-001", 1, Terms(90_000), "less to do", BEFORE)

    with pytest.raises(Refused) as no:
        record.perform(less, OFFICER)

    assert str(no.value) == (
        "A-031-01 was decided on 2 December 2026, after 1 December 2026 on which it is said to be varied. "
        "Correct the day."
    )
    record.perform(replace(less, on=DAY), OFFICER)


def on_paper(record: Record, *lines: LineDecision) -> Outcome:
    paper = replace(last_step(*lines), from_paper=True, unsigned_because="The commander was away.")
    return record.perform(paper, OFFICER)


def test_what_is_signed_on_paper_waits_for_the_chair_to_decide_a_tie_on_the_line(record: Record) -> None:
    rows = deciding_rows()
    marks = ((5, 5, 5), (4, 4, 4), (4, 4, 4))
    sheets = tuple(SheetRow("M1", f"ACF-00{n}", True, given) for n, given in enumerate(marks, 1))
    asked = tuple(replace(row, requested_pence=200_000) for row in rows.applications)  # of £3,500
    recommended(record, replace(rows, applications=asked, sheets=sheets))
    first = every_line()[0]

    with pytest.raises(Refused) as no:
        on_paper(record, first)

    assert str(no.value) == (
        "The tie of ACF-002 and ACF-003 on the budget line of Coventry is open. The panel's chair decides it "
        "first; then what follows from it is recommended and signed."
    )
    by_hand = tuple(RecommendationRow(f"ACF-00{n}", "decline", None, "Too little money.") for n in (2, 3))
    record.perform(RecordRecommendations(1, by_hand), OFFICER)
    assert "1 application decided" in on_paper(record, first).words


def test_who_declared_an_interest_in_a_line_signs_it_on_no_paper_either(record: Record) -> None:
    rows = deciding_rows()
    rows = replace(
        rows,
        members=(*rows.members, MemberRow("M3", "Dan Decides")),
        interests=(InterestRow("M3", "ACF-002", InterestKind.PECUNIARY),),
    )
    recommended(record, rows)

    with pytest.raises(Refused, match=r"Dan Decides declared an interest in ACF-002\. Somebody else"):
        on_paper(record, *every_line())
    first, _, third = every_line()
    assert "2 applications decided" in on_paper(record, first, third).words


def test_what_is_signed_on_paper_is_of_what_is_recommended(record: Record) -> None:
    recommended(record)

    with pytest.raises(Refused, match="Nothing is recommended on ACF-009, so there is nothing to decide"):
        on_paper(record, LineDecision("ACF-009"))

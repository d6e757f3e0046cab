"""Recording what the panel recommends."""

import pytest
from msgspec.structs import replace

from models.operation import Operation
from models.operations.applications.applications import RemoveApplications
from models.operations.applications.corrections import SetWithdrawn
from models.operations.deciding.recommendations import (
    RecordRecommendations,
    WithdrawRecommendations,
    proposed,
)
from models.operations.set_up.load import RemoveRound
from models.queries.deciding.decisions import recommendations
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.values.recommending import RecommendationRow
from models.values.rows import RoundRows, SheetRow, scored_round
from scoring.rank import rank
from scoring.round import Area
from scoring.scheme import Allocation
from scoring.written.text import Refused
from tests.models.rounds import (
    OFFICER,
    SCHEME,
    application,
    assert_replays,
    import_operation,
    load,
    set_up_office,
    undo,
    workbook_rows,
)

FUNDED = RecommendationRow("ACF-001", "fund", 100_000, "fits", conditions=("agreement",), total_1e2=7_500)
DECLINED = RecommendationRow("ACF-002", "decline", None, "weak need", code="weak-need")


def recorded(record: Record) -> tuple[RecommendationRow, ...]:
    return record.ask(lambda session: recommendations(session, 1))


def test_recommendations_are_kept_with_their_figures(record: Record) -> None:
    load(set_up_office(record))

    outcome = record.perform(RecordRecommendations(1, (FUNDED, DECLINED)), OFFICER)

    assert recorded(record) == (DECLINED, FUNDED)  # the order of the round's applications
    assert outcome.words == "2 applications recorded, 1 of them to fund, £1,000.00 in all."
    assert_replays(record)


def test_recording_is_undone_and_done_again(record: Record) -> None:
    load(set_up_office(record))

    undone = undo(record, record.perform(RecordRecommendations(1, (FUNDED,)), OFFICER))
    assert recorded(record) == ()

    undo(record, undone)
    assert recorded(record) == (FUNDED,)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (RecommendationRow("ACF-001", "fund", 90_000, "fits"), "Recommended on ACF-001: fund £900.00."),
        (RecommendationRow("ACF-001", "decline", None, "weak"), "Recommended on ACF-001: decline."),
    ],
)
def test_one_recommendation_is_told_by_what_it_is(record: Record, row: RecommendationRow, words: str) -> None:
    load(set_up_office(record))

    assert record.perform(RecordRecommendations(1, (row,)), OFFICER).words == words


def test_a_later_recommendation_takes_the_place_of_the_earlier_and_undo_brings_that_back(
    record: Record,
) -> None:
    load(set_up_office(record))
    record.perform(RecordRecommendations(1, (FUNDED,)), OFFICER)
    deferred = RecommendationRow("ACF-001", "defer", None, "ask for quotes")

    outcome = record.perform(RecordRecommendations(1, (deferred, DECLINED)), OFFICER)
    assert recorded(record) == (DECLINED, deferred)

    undo(record, outcome)
    assert recorded(record) == (FUNDED,)
    assert_replays(record)


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (replace(FUNDED, application="ACF-9"), "ACF-9 is not in the round"),
        (replace(DECLINED, outcome="defer", reason="  "), "ACF-002 needs a reason"),
        (replace(FUNDED, outcome="approve"), "“approve” is not one of"),
        (replace(FUNDED, amount_pence=None), "an amount can be given only with"),
        (replace(DECLINED, amount_pence=1), "an amount can be given only with"),
        (replace(FUNDED, amount_pence=100_001), "£1,000.01 is not within the £1,000.00 requested"),
        (replace(FUNDED, amount_pence=0), "£0.00 is not within"),
    ],
)
def test_a_recommendation_that_does_not_hold_together_is_refused(
    record: Record, item: RecommendationRow, words: str
) -> None:
    load(set_up_office(record))

    with pytest.raises(Refused, match=words):
        record.perform(RecordRecommendations(1, (item,)), OFFICER)

    assert recorded(record) == ()


def test_nothing_is_recommended_before_the_round_is_open(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)

    with pytest.raises(Refused, match="still being set up"):
        record.perform(RecordRecommendations(1, (FUNDED,)), OFFICER)


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (RecordRecommendations(1, ()), "no recommendation to record"),
        (WithdrawRecommendations(1, ()), "no recommendation to withdraw"),
    ],
)
def test_nothing_is_not_recorded(record: Record, operation: Operation, words: str) -> None:
    load(set_up_office(record))

    with pytest.raises(Refused, match=words):
        record.perform(operation, OFFICER)


def test_only_what_is_recommended_can_be_withdrawn(record: Record) -> None:
    load(set_up_office(record))

    with pytest.raises(Refused, match="Nothing is recommended on ACF-001"):
        record.perform(WithdrawRecommendations(1, ("ACF-001",)), OFFICER)


def test_a_round_with_recommendations_keeps_its_applications_and_itself(record: Record) -> None:
    load(set_up_office(record))
    record.perform(import_operation(application(8), application(9, area="Dudley"), areas=()), OFFICER)
    record.perform(RecordRecommendations(1, (FUNDED,)), OFFICER)  # of Coventry, as is ACF-008

    with pytest.raises(Refused, match="Coventry has recommendations"):
        record.perform(RemoveApplications(1, ("ACF-008",)), OFFICER)
    record.perform(RemoveApplications(1, ("ACF-009",)), OFFICER)
    with pytest.raises(Refused, match="these are kept"):
        record.perform(RemoveRound(1, ""), OFFICER)


def test_what_the_rule_proposes_is_offered_for_recording(record: Record) -> None:
    load(set_up_office(record), round_to_rank())
    ranked = rank(scored_round(record.ask(lambda s: round_rows(s, 1))))

    items = proposed(ranked)
    record.perform(RecordRecommendations(1, items), OFFICER)

    # £3,000.00 in the pot: 1 asks £1,000.00, 2 asks £2,000.00 of which £2,000.00 are left, 3 finds nothing
    # left; 4 has 1 on A1, whose floor is 2
    assert [(i.application, i.outcome, i.amount_pence, i.code) for i in items] == [
        ("ACF-001", "fund", 100_000, ""),
        ("ACF-002", "fund", 200_000, ""),
        ("ACF-003", "reserve", None, ""),
        ("ACF-004", "decline", None, "below-threshold"),
    ]
    assert [item.reason for item in items] == [""] * 4  # a reason is a person's, not the rule's
    assert [item.place for item in items] == [1, 2, 3, 4]
    assert recorded(record) == items


def test_what_is_offered_can_be_kept_to_one_area(record: Record) -> None:
    ranked = rank(scored_round(round_to_rank()))

    assert proposed(ranked, "Dudley") == ()
    assert len(proposed(ranked, "Coventry")) == 4


def round_to_rank() -> RoundRows:
    """Return four applications to Coventry with one member's marks, in the order of their numbers."""
    marks = ((5, 5, 5), (4, 4, 4), (3, 3, 3), (1, 1, 1))
    return replace(
        workbook_rows(),
        scheme=replace(SCHEME, allocation=Allocation.STOP),
        areas=(Area("Coventry", 300_000), Area("Dudley", 0)),
        applications=tuple(application(number) for number in (1, 2, 3, 4)),
        interests=(),
        sheets=tuple(SheetRow("M1", f"ACF-00{n}", True, given) for n, given in enumerate(marks, 1)),
        agreed=(),
        not_applicable=(),
        chair_decisions=(),
    )


WITHDRAWING = SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="the applicant asked")
DEFERRED = RecommendationRow("ACF-001", "defer", None, "withdrawn for now")


def test_a_withdrawn_application_gets_no_money(record: Record) -> None:
    load(set_up_office(record))
    record.perform(WITHDRAWING, OFFICER)

    with pytest.raises(Refused, match=r"ACF-001 is withdrawn, so it gets no money\. Reinstate it"):
        record.perform(RecordRecommendations(1, (FUNDED,)), OFFICER)

    record.perform(RecordRecommendations(1, (DEFERRED,)), OFFICER)
    assert recorded(record) == (DEFERRED,)


def test_money_recommended_before_a_withdrawal_is_taken_back_and_that_is_undone(record: Record) -> None:
    load(set_up_office(record))
    record.perform(RecordRecommendations(1, (FUNDED,)), OFFICER)
    record.perform(WITHDRAWING, OFFICER)

    for change in (RecordRecommendations(1, (DEFERRED,)), WithdrawRecommendations(1, ("ACF-001",))):
        undo(record, record.perform(change, OFFICER))
        assert recorded(record) == (FUNDED,)
    assert_replays(record)

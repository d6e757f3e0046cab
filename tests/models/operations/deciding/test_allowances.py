"""Who allows money over the pot of one area: recorded, refused, undone, and what it covers."""

import pytest
from msgspec.structs import replace

from models.operation import Actor, Operation
from models.operations.deciding.recommendations import AllowOverPot, RecordRecommendations, TakeBackAllowance
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.areas import RemoveArea, SetPot
from models.operations.set_up.load import RemoveRound
from models.operations.set_up.replace import ReplaceRound
from models.operations.set_up.rounds import StartRound
from models.queries.deciding.allowances import allowances
from models.queries.deciding.decisions import recommendations
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.values.recommending import LineDecision
from models.values.rounds import AreaDates
from models.values.rows import scored_round
from scoring.rank import rank
from scoring.ranking import Allowance
from scoring.round import Area
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    recommended,
    signed,
)
from tests.models.rounds import KEY, OFFICER, assert_replays, load, set_up_office, undo

ALLOWED = Allowance("Coventry", 250_000, "A. Example", "Commissioner", "The last two are one project.")
THIRD = LineDecision(
    "ACF-003", "change", "fund", 300_000, change_reason="it is one project", reason="It helps."
)


def held(record: Record) -> tuple[Allowance, ...]:
    return record.ask(lambda session: allowances(session, 1))


def third_funded(record: Record) -> RecordRecommendations:
    """Return what recommends the third as well: £6,000 in all, of a pot of £3,500."""
    items = record.ask(lambda session: recommendations(session, 1))
    return RecordRecommendations(1, (replace(items[2], outcome="fund", amount_pence=300_000, reason="one"),))


def test_an_authority_is_for_one_area_in_pounds_and_changes_no_percentage(record: Record) -> None:
    recommended(record)
    before = rank(scored_round(record.ask(lambda session: round_rows(session, 1))))

    outcome = record.perform(AllowOverPot(1, ALLOWED), OFFICER)

    assert outcome.words == (
        "A. Example, Commissioner, allows £2,500.00 over the pot of Coventry. No other area and no "
        "percentage changes with it."
    )
    assert held(record) == (ALLOWED,)
    after = rank(scored_round(record.ask(lambda session: round_rows(session, 1))))
    assert after == before
    assert after.scheme.tolerance_percent == 0
    assert_replays(record)


def test_history_says_who_allows_it_and_why() -> None:
    operation = AllowOverPot(1, ALLOWED)

    assert (operation.detail, operation.reason) == ("A. Example, Commissioner", ALLOWED.reason)


def test_more_than_the_pot_is_recommended_only_once_somebody_allows_it(record: Record) -> None:
    third = third_funded(recommended(record))

    with pytest.raises(Refused) as refused:
        record.perform(third, OFFICER)
    assert str(refused.value) == (
        "Coventry: £6,000.00 is £2,500.00 over the £3,500.00 pot, and nobody allows that. Lower an amount, "
        "move one to reserve, or record who allows it and by how much. Nothing was recorded."
    )

    record.perform(AllowOverPot(1, ALLOWED), OFFICER)
    record.perform(third, OFFICER)
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)

    assert_replays(record)


def test_an_area_that_is_over_already_may_get_less(record: Record) -> None:
    recommended(record)
    lower = SetPot(1, Area("Coventry", 100_000), Area("Coventry", 350_000))
    told = record.perform(lower, OFFICER).words
    assert told == "Changed the pot of Coventry to £1,000.00. Coventry is £2,000.00 over its pot."
    items = record.ask(lambda session: recommendations(session, 1))

    record.perform(RecordRecommendations(1, (replace(items[1], amount_pence=150_000),)), OFFICER)

    with pytest.raises(Refused, match=r"£2,600\.00 is £1,600\.00 over the £1,000\.00 pot"):
        record.perform(RecordRecommendations(1, (replace(items[1], amount_pence=160_000),)), OFFICER)


def test_an_authority_of_another_area_does_not_help(record: Record) -> None:
    third = third_funded(recommended(record))
    record.perform(AllowOverPot(1, replace(ALLOWED, area="Dudley")), OFFICER)

    with pytest.raises(Refused, match="nobody allows that"):
        record.perform(third, OFFICER)


def test_several_in_one_area_add_up(record: Record) -> None:
    third = third_funded(recommended(record))
    record.perform(AllowOverPot(1, replace(ALLOWED, pence=100_000)), OFFICER)

    with pytest.raises(Refused, match=r"and nobody allows £1,500\.00 of that"):
        record.perform(third, OFFICER)
    record.perform(AllowOverPot(1, replace(ALLOWED, pence=150_000)), OFFICER)
    record.perform(third, OFFICER)

    assert [one.pence for one in held(record)] == [100_000, 150_000]


def test_nobody_decides_past_what_is_allowed(record: Record) -> None:
    signed(record)
    lines = (*every_line()[:2], THIRD)

    with pytest.raises(Refused, match=r"Coventry: £6,000\.00 is £2,500\.00 over .* Nothing was decided\."):
        record.perform(first_step(*lines), COMMANDER)
    record.perform(AllowOverPot(1, ALLOWED), OFFICER)
    record.perform(first_step(*lines), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)

    assert_replays(record)


def test_lines_that_stand_over_a_pot_that_was_cut_are_not_decided(record: Record) -> None:
    signed(record)
    record.perform(SetPot(1, Area("Coventry", 100_000), Area("Coventry", 350_000)), OFFICER)

    with pytest.raises(Refused, match="Nothing was decided"):
        record.perform(first_step(*every_line()), COMMANDER)
    record.perform(first_step(every_line()[2]), COMMANDER)  # it gets no money


def test_a_correction_raises_nothing_past_what_is_allowed_and_may_lower(record: Record) -> None:
    signed(record).perform(first_step(*every_line()), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)
    record.perform(SetPot(1, Area("Coventry", 100_000), Area("Coventry", 350_000)), OFFICER)
    lower = LineDecision("ACF-002", "change", "part_fund", 150_000, change_reason="less", reason="It helps.")

    with pytest.raises(Refused, match=r"£6,000\.00 is £5,000\.00 over"):
        record.perform(replace(last_step(THIRD, notice="032/2026"), correcting=True), DECIDER)
    record.perform(replace(last_step(lower, notice="032/2026"), correcting=True), DECIDER)

    assert_replays(record)


def test_it_is_undone_and_done_again(record: Record) -> None:
    recommended(record)
    undone = undo(record, record.perform(AllowOverPot(1, ALLOWED), OFFICER))

    assert held(record) == ()
    assert undone.words == "Took back the £2,500.00 allowed over the pot of Coventry."
    undo(record, undone)
    assert held(record) == (ALLOWED,)
    assert_replays(record)


def test_it_is_taken_back_once(record: Record) -> None:
    recommended(record).perform(AllowOverPot(1, ALLOWED), OFFICER)
    record.perform(AllowOverPot(1, ALLOWED), OFFICER)
    record.perform(TakeBackAllowance(1, ALLOWED), OFFICER)

    assert held(record) == (ALLOWED,)
    record.perform(TakeBackAllowance(1, ALLOWED), OFFICER)
    with pytest.raises(Refused, match="That is not allowed over the pot of Coventry now"):
        record.perform(TakeBackAllowance(1, ALLOWED), OFFICER)


def test_one_of_another_day_is_another(record: Record) -> None:
    recommended(record).perform(AllowOverPot(1, dated := replace(ALLOWED, on=DAY)), OFFICER)

    with pytest.raises(Refused, match="That is not allowed over the pot of Coventry now"):
        record.perform(TakeBackAllowance(1, ALLOWED), OFFICER)
    assert held(record) == (dated,)
    record.perform(TakeBackAllowance(1, dated), OFFICER)
    assert held(record) == ()
    assert_replays(record)


def test_what_a_signature_rests_on_is_not_taken_back(record: Record) -> None:
    third = third_funded(recommended(record))
    record.perform(AllowOverPot(1, ALLOWED), OFFICER)
    record.perform(AllowOverPot(1, replace(ALLOWED, pence=1)), OFFICER)
    record.perform(third, OFFICER)
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)

    with pytest.raises(Refused, match="What is signed depends on it"):
        record.perform(TakeBackAllowance(1, ALLOWED), OFFICER)
    record.perform(TakeBackAllowance(1, replace(ALLOWED, pence=1)), OFFICER)

    assert held(record) == (ALLOWED,)


@pytest.mark.parametrize(
    ("allowed", "words"),
    [
        (replace(ALLOWED, name="  "), "Name who allows it"),
        (replace(ALLOWED, post=""), "Name the post in which A. Example allows it"),
        (replace(ALLOWED, reason=" "), "Say why"),
        (replace(ALLOWED, reason=" one"), "Remove the spaces before and after name"),
        (replace(ALLOWED, pence=0), "above £0.00"),
        (replace(ALLOWED, pence=10**18), "above £0.00"),
        (replace(ALLOWED, area="Walsall"), "no area Walsall"),
    ],
)
def test_it_needs_area_name_post_amount_and_reason(record: Record, allowed: Allowance, words: str) -> None:
    recommended(record)

    with pytest.raises(Refused, match=words):
        record.perform(AllowOverPot(1, allowed), OFFICER)

    assert held(record) == ()


@pytest.mark.parametrize("operation", [AllowOverPot(1, ALLOWED), TakeBackAllowance(1, ALLOWED)])
def test_a_member_records_and_takes_back_nothing(record: Record, operation: Operation) -> None:
    recommended(record)

    with pytest.raises(Refused, match="An officer or the chair"):
        record.perform(operation, Actor("Ann Sample", "member"))


def test_a_draft_has_its_own_tolerance(record: Record) -> None:
    set_up_office(record)
    record.perform(StartRound(KEY, (Area("Coventry", 1),), 2, AreaDates()), OFFICER)

    with pytest.raises(Refused, match="Set the tolerance in the draft"):
        record.perform(AllowOverPot(1, ALLOWED), OFFICER)


def test_an_area_or_a_round_with_an_authority_stays_until_that_is_taken_back(record: Record) -> None:
    load(set_up_office(record), replace(deciding_rows(), name="Autumn"))
    record.perform(AllowOverPot(1, replace(ALLOWED, area="Dudley")), OFFICER)

    with pytest.raises(Refused, match=r"Money is allowed over the pot of Dudley\. Take that back first"):
        record.perform(RemoveArea(1, "Dudley"), OFFICER)
    without = replace(deciding_rows(), areas=(Area("Coventry", 350_000),))
    with pytest.raises(Refused, match=r"Money is allowed over the pot of Dudley\. Put the area back"):
        record.perform(ReplaceRound(1, without), OFFICER)
    with pytest.raises(Refused, match=r"Take that back first\. Nothing was removed"):
        record.perform(RemoveRound(1, ""), OFFICER)
    record.perform(TakeBackAllowance(1, replace(ALLOWED, area="Dudley")), OFFICER)
    record.perform(RemoveRound(1, ""), OFFICER)

    assert_replays(record)


def test_a_pot_lowered_to_what_is_given_or_raised_tells_of_nothing(record: Record) -> None:
    recommended(record)
    lower = SetPot(1, Area("Coventry", 300_000), Area("Coventry", 350_000))

    assert record.perform(lower, OFFICER).words == "Changed the pot of Coventry to £3,000.00."
    back = SetPot(1, lower.replacing, lower.area)
    assert record.perform(back, OFFICER).words == "Changed the pot of Coventry to £3,500.00."

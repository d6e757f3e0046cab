"""Deciding when things go wrong: a program that is killed, one step alone, a correction under a hold."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from models.journal.verify import verify_at
from models.operations.awards.paying import HoldAward
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.areas import MoveArea
from models.operations.set_up.office import SetUpOffice
from models.queries.awards.awards import awards
from models.queries.deciding.decisions import decisions, final_decisions
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.reference.sign_off import SignOff
from models.values.recommending import LineDecision
from models.values.rows import scored_round
from scoring.rank import rank
from scoring.written.text import Refused
from tests.models.conftest import OPENER
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    POWER,
    decided,
    deciding_rows,
    declare_to_sign,
    every_line,
    first_step,
    last_step,
    reasoned,
    signed,
)
from tests.models.rounds import FUND, OFFICER, assert_replays, load
from tests.safety.forked import forks


def test_a_program_killed_between_signing_and_award_leaves_neither(tmp_path: Path) -> None:
    path = tmp_path / "office.panel"
    with Record.create(path, OPENER) as record:
        signed(record).perform(first_step(*every_line()), COMMANDER)

    with forks("tests.models.operations.deciding_rounds") as server:
        assert server.run("end_while_deciding", path).status == 9

    assert verify_at(path, OPENER).sound
    with Record.open(path, OPENER) as record:
        assert final_decisions(record.ask(lambda s: decisions(s, 1))) == {}
        assert record.ask(lambda s: awards(s, 1)) == ()
        record.perform(last_step(*every_line()), DECIDER)  # the notice is still free
        assert len(record.ask(lambda s: awards(s, 1))) == 2


def one_step(record: Record) -> Record:
    """Sign recommendations in a round that the Chief Executive alone decides."""
    chain = (SignOff("decider", "Chief Executive"),)
    record.perform(SetUpOffice("Office", (replace(FUND, chain=chain),)), OFFICER)
    load(record, deciding_rows())
    declare_to_sign(record, DECIDER, replace(DECIDER, name="Ravi Example"))
    for stage in ("scoring", "meeting", "recommending"):
        record.perform(MoveArea(1, "Coventry", stage), CHAIR)
    ranked = rank(scored_round(record.ask(lambda session: round_rows(session, 1))))
    record.perform(RecordRecommendations(1, reasoned(proposed(ranked))), OFFICER)
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    return record


def only_step(by: str, *lines: LineDecision) -> RecordDecisions:
    return RecordDecisions(
        1, 0, by, "Chief Executive", DAY, "none", lines, notice="031/2026", legal_power=POWER
    )


def test_a_chain_of_one_step_decides_at_once_and_makes_the_awards(record: Record) -> None:
    outcome = one_step(record).perform(only_step("Dan Decides", *every_line()), DECIDER)

    assert outcome.words == "3 applications decided, £3,000.00 in all."
    assert [row.amount_pence for row in record.ask(lambda s: awards(s, 1))] == [100_000, 200_000]
    assert_replays(record)


def test_in_a_chain_of_one_step_the_chair_still_decides_nothing(record: Record) -> None:
    chair = replace(DECIDER, name="Ravi Example")

    with pytest.raises(Refused, match="Ravi Example signed for the panel"):
        one_step(record).perform(only_step("Ravi Example", *every_line()), chair)


def test_a_hold_holds_on_when_the_decision_is_corrected(record: Record) -> None:
    decided(record)
    record.perform(HoldAward(1, "ACF-002", "an enquiry", ""), OFFICER)
    less = LineDecision("ACF-002", "change", "part_fund", 150_001, change_reason="one session fewer")

    record.perform(replace(last_step(less, notice="032/2026"), correcting=True), DECIDER)

    corrected = record.ask(lambda s: awards(s, 1))[1]
    assert (corrected.reference, corrected.held_for) == ("A-032-01", "an enquiry")
    # thirds of £1,500.01: 33 % is 495.0033, 34 % is 510.0034; the penny left goes to the largest remainder
    assert sum(part.amount_pence for part in corrected.instalments) == 150_001
    assert_replays(record)


def test_a_line_corrected_to_nothing_and_back_has_one_award(record: Record) -> None:
    decided(record)
    nothing = LineDecision("ACF-002", "change", "decline", change_reason="funded elsewhere")
    record.perform(replace(last_step(nothing, notice="032/2026"), correcting=True), DECIDER)
    again = LineDecision(
        "ACF-002", "change", "fund", 200_000, "fewer break-ins", change_reason="the other money fell through"
    )

    record.perform(replace(last_step(again, notice="033/2026"), correcting=True), DECIDER)

    assert [row.reference for row in record.ask(lambda s: awards(s, 1))] == ["A-031-01", "A-033-01"]
    rows = [row for row in record.ask(lambda s: decisions(s, 1)) if row.application == "ACF-002"]
    assert [row.is_in_force for row in rows] == [False, False, False, True]
    assert_replays(record)

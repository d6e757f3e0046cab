"""Challenges: recorded, looked at by somebody without a part in it, answered, decided anew."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from models.operation import Outcome
from models.operations.awards.variations import SignVariation, VaryAward
from models.operations.deciding.challenges import AddChallenge, RemoveChallenge, SetChallenge
from models.operations.panel.members import AddMember
from models.queries.awards.awards import awards
from models.queries.deciding.challenges import held_challenges
from models.queries.panel.panel import MemberDetails
from models.record import Record
from models.values.awards import NOTHING, Challenge, ChallengeKind, Finding, Terms
from scoring.written.text import Refused
from tests.models.operations.deciding.challenged import (
    ANEW,
    ANSWERED,
    APPEAL,
    DECLINED,
    UPHELD,
    add,
    anew,
    change,
    the_challenge,
    upheld,
)
from tests.models.operations.deciding_rounds import COMMANDER, DAY, DECIDER, decided, recommended
from tests.models.rounds import OFFICER, assert_replays, undo

TODAY = date(2026, 12, 10)


def test_a_challenge_is_recorded_with_the_decision_that_stood(record: Record) -> None:
    decided(record)

    outcome = add(record, replace(APPEAL, asked_by="  Uma Asker "))

    held = the_challenge(record)
    assert outcome.words == "Challenge 1 is recorded. The answer is due by 7 Jan 2027."
    assert (held.application, held.challenge) == (DECLINED, APPEAL)
    assert held.decision is not None
    assert (held.decision.notice, held.decision.outcome) == ("031/2026", "reserve")
    assert held.state(TODAY) == "Acknowledge; answer by 7 Jan 2027."
    assert held.state(date(2027, 1, 8)).endswith("Late.")
    assert_replays(record)
    undone = undo(record, outcome)
    assert record.ask(held_challenges) == ()
    undo(record, undone)
    assert the_challenge(record).challenge == APPEAL


def test_a_challenge_is_answered_and_its_answer_undone(record: Record) -> None:
    decided(record)
    add(record)
    change(record, acknowledged_on=date(2026, 12, 8))
    assert the_challenge(record).state(TODAY) == "Answer by 7 Jan 2027."

    outcome = change(
        record,
        looked_at_by="Rae Looker",
        finding=Finding.NOT_UPHELD,
        reasons="It was read.",
        answered_on=ANSWERED,
    )

    assert outcome.words == "Challenge 1 is answered: not upheld."
    assert (the_challenge(record).state(TODAY), the_challenge(record).is_open) == ("Not upheld", False)
    assert change(record, reasons="It was read twice.").words == "Challenge 1 is changed."
    undo(record, change(record, reasons="again"))
    assert the_challenge(record).challenge.reasons == "It was read twice."
    assert_replays(record)


def test_money_for_a_declined_one_is_a_new_decision_through_chain_and_budget(record: Record) -> None:
    upheld(record)
    held = the_challenge(record)
    assert (held.waits_for_decision, held.state(TODAY)) == (True, "Upheld: to be decided again")

    # The pot is £3,500 and £3,000 is decided, so £500 is left for the third line.
    with pytest.raises(Refused, match="Nothing was decided"):
        record.perform(anew(50_001), DECIDER)
    record.perform(anew(50_000), DECIDER)

    held = the_challenge(record)
    assert held.state(TODAY) == "Upheld: decided again, part-fund, £500.00, notice 040/2026 of 16 Dec 2026"
    assert not held.is_open
    assert sum(row.amount_pence for row in record.ask(lambda s: awards(s, 1))) == 350_000
    with pytest.raises(Refused, match="was decided again on challenge 1"):
        change(record, finding=Finding.NOT_UPHELD, calls_for_decision=False)
    assert_replays(record)


def test_what_stood_when_it_came_is_challenged_though_it_was_decided_anew_since(record: Record) -> None:
    upheld(record)
    added = add(record, number=2)
    record.perform(anew(50_000), DECIDER)

    undo(record, undo(record, added))

    held = the_challenge(record)
    assert held.decision is not None
    assert (held.number, held.decision.notice) == (2, "031/2026")
    with pytest.raises(Refused, match="before the decision of 16 Dec 2026"):
        add(record, replace(APPEAL, received_on=date(2026, 12, 1)), 3)
    assert_replays(record)


def done_by(record: Record, what: str, was: Challenge = UPHELD) -> Outcome:
    becomes = replace(was, carried_out_by=what)
    return record.perform(SetChallenge(1, "ACF-001", 1, becomes, was), OFFICER)


def test_the_variation_that_somebody_names_counts_as_decided_anew_and_no_other(record: Record) -> None:
    decided(record)
    add(record, of="ACF-001")
    record.perform(SetChallenge(1, "ACF-001", 1, UPHELD, APPEAL), OFFICER)
    record.perform(VaryAward(1, "ACF-001", 1, Terms(end_on=ANEW), "the hall is late", ANEW), OFFICER)
    record.perform(VaryAward(1, "ACF-001", 2, Terms(90_000), "upheld in part", ANEW), OFFICER)
    waited = the_challenge(record).state(TODAY)

    named = done_by(record, "variation 2")

    assert (waited, the_challenge(record).state(TODAY)) == (
        "Upheld: to be decided again",
        "Upheld: varied to £900.00, variation 2",
    )
    with pytest.raises(Refused, match="ACF-001 has no variation 3 since the challenge came"):
        done_by(record, "variation 3", replace(UPHELD, carried_out_by="variation 2"))
    undo(record, named)
    assert the_challenge(record).waits_for_decision
    assert_replays(record)


def test_where_nothing_was_done_yet_a_decision_taken_anew_for_another_reason_is_not_it(
    record: Record,
) -> None:
    upheld(record)
    record.perform(anew(50_000), DECIDER)
    held = the_challenge(record)
    assert held.changed_by is not None

    becomes = replace(held.challenge, carried_out_by=NOTHING)
    record.perform(SetChallenge(1, held.application, 1, becomes, held.challenge), OFFICER)

    assert the_challenge(record).state(TODAY) == "Upheld: to be decided again"
    now = replace(becomes, calls_for_decision=False)
    with pytest.raises(
        Refused, match="Only an answer that calls for a new decision can say what carried it out"
    ):
        record.perform(SetChallenge(1, held.application, 1, now, becomes), OFFICER)


BARRED = {
    "Dan Decides": "decided it as Chief Executive",
    "CORA  COMMAND": "signed it as NPU commander",
    "Ravi Example": "signed the panel's recommendation on it",
    "Ann Sample": "marked it",
}


@pytest.mark.parametrize(("name", "part"), BARRED.items())
def test_nobody_with_a_part_in_a_decision_looks_at_the_challenge_to_it(
    record: Record, name: str, part: str
) -> None:
    decided(record)
    add(record)

    with pytest.raises(Refused, match=part):
        change(record, looked_at_by=name)


def test_whoever_signed_a_variation_has_a_part_too(record: Record) -> None:
    decided(record)
    record.perform(VaryAward(1, "ACF-001", 1, Terms(100_001), "more", DAY), OFFICER)
    record.perform(
        SignVariation(1, "ACF-001", 1, 1, "Val Signer", "Chief Executive", DAY, "none", True), OFFICER
    )
    add(record, of="ACF-001")

    with pytest.raises(Refused, match="Val Signer signed its variation as Chief Executive"):
        change(record, looked_at_by="Val Signer")
    change(record, looked_at_by="Rae Looker")


def test_a_complaint_that_is_upheld_says_what_will_be_done(record: Record) -> None:
    decided(record)
    add(record, replace(APPEAL, kind=ChallengeKind.COMPLAINT))
    answer: dict[str, Any] = {
        "finding": Finding.PARTLY,
        "reasons": "so",
        "answered_on": ANSWERED,
        "looked_at_by": "Rae Looker",
    }

    with pytest.raises(Refused, match="Say what will be done about it"):
        change(record, **answer)
    outcome = change(record, **answer, remedy=" We ring back. ")

    assert the_challenge(record).challenge.remedy == "We ring back."
    undo(record, outcome)
    change(record, **answer, calls_for_decision=True)
    change(record, looked_at_post="Head of Audit")
    assert_replays(record)


FAULTS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"asked_by": "x" * 301}, "up to 300 characters"),
    ({"looked_at_by": "Rae\nLooker"}, "on one line"),
    ({"grounds": "x" * 8_001}, "longer than 8,000 characters"),
    ({"address": "x" * 301}, "An address may have up to 300"),
    ({"asked_by": " "}, "Say who asks"),
    ({"grounds": ""}, "on what grounds"),
    ({"due_on": date(2026, 12, 6)}, "would be due on 6 Dec 2026, before"),
    ({"acknowledged_on": date(2026, 12, 6)}, "acknowledged on 6 Dec 2026, before"),
    ({"received_on": date(2026, 12, 1)}, "received on 1 Dec 2026, before the decision"),
    ({"finding": Finding.UPHELD}, "with its reasons and its day"),
    ({"reasons": "so"}, "with its reasons and its day"),
    ({"remedy": "We ring back."}, "Only of a challenge that is upheld"),
    (
        {"finding": Finding.UPHELD, "reasons": "so", "answered_on": ANSWERED},
        "Say who looked at it",
    ),
    (
        {"finding": Finding.WITHDRAWN, "reasons": "so", "answered_on": date(2026, 12, 1)},
        "answered on 1 Dec 2026, before",
    ),
    (
        {
            "finding": Finding.WITHDRAWN,
            "reasons": "so",
            "answered_on": ANSWERED,
            "calls_for_decision": True,
        },
        "Only a challenge that is upheld",
    ),
)


@pytest.mark.parametrize(("values", "words"), FAULTS)
def test_a_challenge_that_does_not_hold_together_is_refused(
    record: Record, values: dict[str, Any], words: str
) -> None:
    decided(record)
    add(record)

    with pytest.raises(Refused, match=words):
        change(record, **values)
    with pytest.raises(Refused, match=words):
        add(record, replace(APPEAL, **values), 2)


def test_what_changed_meanwhile_or_is_not_there_is_refused(record: Record) -> None:
    decided(record)
    add(record)
    other = replace(APPEAL, grounds="other")

    with pytest.raises(Refused, match="Another challenge was recorded"):
        add(record)
    with pytest.raises(Refused, match="changed in the meantime"):
        record.perform(SetChallenge(1, DECLINED, 1, APPEAL, other), OFFICER)
    with pytest.raises(Refused, match="changed in the meantime"):
        record.perform(RemoveChallenge(1, DECLINED, 1, other), OFFICER)
    with pytest.raises(Refused, match="no challenge 2 on ACF-003"):
        record.perform(RemoveChallenge(1, DECLINED, 2, APPEAL), OFFICER)
    record.perform(SetChallenge(1, DECLINED, 1, UPHELD, APPEAL), OFFICER)
    with pytest.raises(Refused, match="is answered, so it stays"):
        record.perform(RemoveChallenge(1, DECLINED, 1, UPHELD), OFFICER)


def test_an_application_without_a_decision_is_challenged_too(record: Record) -> None:
    recommended(record)

    add(record, replace(APPEAL, received_on=date(2026, 11, 2)))

    assert the_challenge(record).decision is None


def test_only_an_officer_records_a_challenge(record: Record) -> None:
    decided(record)

    with pytest.raises(Refused, match="officer"):
        record.perform(AddChallenge(1, DECLINED, 1, APPEAL), COMMANDER)


def test_a_panel_sat_even_where_a_member_marked_nothing(record: Record) -> None:
    decided(record)
    record.perform(AddMember(1, MemberDetails("M9", "Mo Member")), OFFICER)
    add(record)

    with pytest.raises(Refused, match="Mo Member sat on the panel that recommended it"):
        change(record, looked_at_by="Mo Member")

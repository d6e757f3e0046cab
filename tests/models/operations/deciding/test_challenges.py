"""Challenges: recorded, looked at by somebody without a part in it, answered; what becomes of awards."""

import shutil
import tempfile
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from models.operation import Actor, Outcome
from models.operations.awards.paying import PayInstalment, SetReturned
from models.operations.awards.variations import AskBack, SignVariation, VaryAward, WithdrawVariation
from models.operations.deciding.challenges import SetChallenge
from models.operations.panel.members import AddMember
from models.operations.set_up.office import FactChange, SetOfficeFacts, SetPublisher
from models.papers.kinds import KINDS
from models.papers.letters.letter import Challenged, Replaced
from models.papers.order import PaperOrder, PaperValue
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.budget import round_budget
from models.queries.awards.year_facts import record_years
from models.queries.deciding.challenge_letters import challenge_letters
from models.queries.deciding.challenges import find_challenge
from models.queries.deciding.on_paper import settled_lines
from models.queries.panel.panel import MemberDetails
from models.queries.papers.letters import letters
from models.queries.papers.notices.notice import notice
from models.record import Record
from models.values.awards import NOTHING, Challenge, ChallengeKind, Finding, Returned, Terms
from scoring.allocating.gate import Concern
from scoring.money import pounds
from scoring.schedule.lines import PanelOutcome, stands_words
from scoring.written.text import Refused
from tests.exchange.papers.letters.texts import points_of
from tests.models.both_signed import sign_as
from tests.models.conftest import OPENER, TickingClock
from tests.models.made_once import made_once
from tests.models.operations.budgets import allocate
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
    uphold,
)
from tests.models.operations.deciding_rounds import COMMANDER, DAY, DECIDER, FINANCE, decided, sign_too
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER, refused, refuses, undo

TODAY = date(2026, 12, 10)


def test_a_challenge_is_recorded_with_the_decision_that_stood(decided: Record) -> None:
    outcome = add(decided, replace(APPEAL, asked_by="  Uma Asker "))

    held = the_challenge(decided)
    assert outcome.words == "Challenge 1 is recorded. The answer is due by 7 Jan 2027."
    assert (held.application, held.challenge) == (DECLINED, APPEAL)
    assert held.decision is not None
    assert (held.decision.notice, held.decision.outcome) == ("031/2026", "reserve")
    assert held.state(TODAY) == "Acknowledge; answer by 7 Jan 2027."
    assert held.state(date(2027, 1, 8)).endswith("Late.")
    other = replace(APPEAL, grounds="other")

    refused("Challenge 1 was recorded in the meantime", add, decided)
    refuses(decided, "changed in the meantime", SetChallenge(1, DECLINED, 1, APPEAL, other))
    refuses(decided, "changed in the meantime", SetChallenge(1, DECLINED, 1, None, other))
    for was, words in (
        (APPEAL, "no challenge 2 on ACF-003"),
        (None, "There is no challenge 2 on ACF-003. Look"),
    ):
        refuses(decided, words, SetChallenge(1, DECLINED, 2, None, was))
    decided.perform(SetChallenge(1, DECLINED, 1, UPHELD, APPEAL), OFFICER)
    refuses(decided, "is answered, so it stays", SetChallenge(1, DECLINED, 1, None, UPHELD))


def test_money_for_a_declined_one_is_a_new_decision_through_chain_and_budget(upheld: Record) -> None:
    held = the_challenge(upheld)
    assert (held.waits_for_decision, held.state(TODAY)) == (True, "Upheld: to be decided again")

    # The pot is £3,500 and £3,000 is decided, so £500 is left for the third line.
    refuses(upheld, "Nothing was decided", anew(50_001), DECIDER)
    upheld.perform(anew(50_000), DECIDER)

    held = the_challenge(upheld)
    assert held.state(TODAY) == "Upheld: decided again, part-fund, £500.00, notice 040/2026 of 16 Dec 2026"
    assert not held.is_open
    assert sum(row.amount_pence for row in upheld.ask(lambda s: awards(s, 1))) == 350_000
    with pytest.raises(Refused, match="was decided again on challenge 1"):
        change(upheld, finding=Finding.NOT_UPHELD, calls_for_decision=False)

    # Where nothing was done yet a decision taken anew for another reason is not it.
    assert held.changed_by is not None
    becomes = replace(held.challenge, carried_out_by=NOTHING)
    upheld.perform(SetChallenge(1, held.application, 1, becomes, held.challenge), OFFICER)
    assert the_challenge(upheld).state(TODAY) == "Upheld: to be decided again"
    now = SetChallenge(1, held.application, 1, replace(becomes, calls_for_decision=False), becomes)
    refuses(upheld, "Only an answer that calls for a new decision can say what carried it out", now)


def test_what_stood_when_it_came_is_challenged_though_it_was_decided_anew_since(upheld: Record) -> None:
    added = add(upheld, number=2)
    upheld.perform(anew(50_000), DECIDER)

    undo(upheld, undo(upheld, added))

    held = the_challenge(upheld)
    assert held.decision is not None
    assert (held.number, held.decision.notice) == (2, "031/2026")
    with pytest.raises(Refused, match="before the decision of 16 Dec 2026"):
        add(upheld, replace(APPEAL, received_on=date(2026, 12, 1)), 3)


def done_by(record: Record, what: str, was: Challenge = UPHELD) -> Outcome:
    becomes = replace(was, carried_out_by=what)
    return record.perform(SetChallenge(1, "ACF-001", 1, becomes, was), OFFICER)


def test_the_variation_that_somebody_names_counts_as_decided_anew_and_no_other(decided: Record) -> None:
    uphold(decided, "ACF-001")
    decided.perform(VaryAward(1, "ACF-001", 1, Terms(end_on=ANEW), "the hall is late", ANEW), OFFICER)
    decided.perform(VaryAward(1, "ACF-001", 2, Terms(90_000), "upheld in part", ANEW), OFFICER)
    waited = the_challenge(decided).state(TODAY)

    done_by(decided, "variation 2")

    assert waited == "Upheld: to be decided again"
    assert the_challenge(decided).state(TODAY) == "Upheld: varied to £900.00, variation 2"
    with pytest.raises(Refused, match="ACF-001 has no variation 3 since the challenge came"):
        done_by(decided, "variation 3", replace(UPHELD, carried_out_by="variation 2"))


BARRED = {
    "Dan Decides": "decided it as Chief Executive",
    "CORA  COMMAND": "signed it as NPU commander",
    "Ravi Example": "signed the panel's recommendation on it",
    "Ann Sample": "marked it",
}


def test_a_complaint_that_is_upheld_says_what_will_be_done(decided: Record) -> None:
    add(decided, replace(APPEAL, kind=ChallengeKind.COMPLAINT))
    answer: dict[str, Any] = {
        "finding": Finding.PARTLY,
        "reasons": "so",
        "answered_on": ANSWERED,
        "looked_at_by": "Rae Looker",
    }

    refused("Say what will be done about it", change, decided, **answer)
    outcome = change(decided, **answer, remedy=" We ring back. ")

    assert the_challenge(decided).challenge.remedy == "We ring back."
    undo(decided, outcome)
    change(decided, **answer, calls_for_decision=True)
    change(decided, looked_at_post="Head of Audit")


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
    ({"finding": Finding.UPHELD, "reasons": "so", "answered_on": ANSWERED}, "Say who looked at it"),
    (
        {"finding": Finding.WITHDRAWN, "reasons": "so", "answered_on": date(2026, 12, 1)},
        "answered on 1 Dec 2026, before",
    ),
    (
        {"finding": Finding.WITHDRAWN, "reasons": "so", "answered_on": ANSWERED, "calls_for_decision": True},
        "Only a challenge that is upheld",
    ),
)


def test_a_challenge_holds_together_and_nobody_with_a_part_in_it_looks_at_it(decided: Record) -> None:
    add(decided)
    for values, words in FAULTS:
        refused(words, change, decided, **values)
        refused(words, add, decided, replace(APPEAL, **values), 2)

    for name, part in BARRED.items():
        refused(part, change, decided, looked_at_by=name)
    decided.perform(AddMember(1, MemberDetails("M9", "Mo Member")), OFFICER)
    refused("Mo Member sat on the panel that recommended it", change, decided, looked_at_by="Mo Member")

    # Whoever signed a variation has a part too.
    decided.perform(VaryAward(1, "ACF-001", 1, Terms(100_001), "more", DAY), OFFICER)
    sign_too(decided, DECIDER, Actor("Val Signer", "decider"))
    first = (COMMANDER.name, "NPU commander", DAY, "none", True)
    decided.perform(SignVariation(1, "ACF-001", 1, 0, *first), OFFICER)
    decided.perform(
        SignVariation(1, "ACF-001", 1, 1, "Val Signer", "Chief Executive", DAY, "none", True), OFFICER
    )
    add(decided, number=2, of="ACF-001")
    refused("Val Signer signed its variation as Chief Executive", change, decided, looked_at_by="Val Signer")
    change(decided, looked_at_by="Rae Looker")


NOW = datetime(2027, 1, 5, tzinfo=UTC)
AGREED = "ACF-001"


@made_once
def agreed(record: Record) -> Record:
    """Have an award of £1,000 signed, its account verified, varied to £900, and a challenge to it upheld."""
    decided(record)
    ready_to_pay(record, AGREED, date(2026, 12, 4), FINANCE)
    record.perform(VaryAward(1, AGREED, 1, Terms(90_000), "less to do", date(2026, 12, 5)), OFFICER)
    uphold(record, AGREED)
    return record


def declined(record: Record, notice_number: str = "041/2026") -> Outcome:
    return record.perform(anew(None, notice_number, of=AGREED), DECIDER)


def the_award(record: Record, of: str = DECLINED) -> AwardRow:
    return next(row for row in record.ask(lambda s: awards(s, 1)) if row.application == of)


def last_points(record: Record) -> list[str]:
    """Return what the letter that answers the newest challenge says."""
    answers = record.ask(partial(challenge_letters, order=PaperOrder("challenge-letters", NOW, 1)))
    return points_of(answers, answers.letters[-1])


def state(record: Record) -> str:
    return the_challenge(record).state(ANEW)


def test_an_award_that_is_signed_and_varied_is_declined_anew_on_a_challenge(record: Record) -> None:
    agreed(record)
    assert the_challenge(record).has_agreement

    declined(record)

    assert state(record) == "Upheld: decided again, decline, notice 041/2026 of 16 Dec 2026"
    assert [row.application for row in record.ask(lambda s: awards(s, 1))] == ["ACF-002"]
    assert dict(record.ask(lambda s: settled_lines(s, 1)).amended)[AGREED] == (
        "Awarded £1,000.00 on 2 Dec 2026 (notice 031/2026), it was decided again and declined on 16 Dec 2026 "
        "(notice 041/2026)"
    )
    assert record.ask(lambda s: round_budget(s, 1)).areas[0].decided_pence == 200_000

    # The notice that takes back says what was awarded.
    found = record.ask(partial(notice, order=PaperOrder("notice", NOW, round_id=1, notice="041/2026")))
    assert (found.allocations, found.by_outcome) == ((), ())
    assert [(one.reference, one.amount_pence) for one in found.taken_back] == [(AGREED, 100_000)]
    assert found.summary == (
        "This notice takes back an award, £1,000, from the Active Citizens Fund in 2026/27, and awards "
        "nothing in its place. Annex 1 sets out what is taken back. "
        f"This notice takes the place of one decision of notice 031/2026, on {AGREED}."
    )
    # £3,500 less £1,000 and £2,000 of the earlier notice, and the £1,000 that comes back.
    assert found.financial == (
        "The pot of Coventry is £3,500, of which £3,000 was decided earlier. "
        "This notice takes back £1,000; £1,500 of the pot is left.",
    )
    assert found.legal[0].startswith("The decision is taken under section 9")
    assert found.control == "0 lines, £0.00, £1,000.00 taken back"

    # It may be awarded again, as if it was never varied.
    record.perform(anew(80_000, "042/2026", of=AGREED), DECIDER)
    again = the_award(record, AGREED)
    assert (again.first_pence, again.varied, again.agreed_on, again.bank) == (80_000, (), None, None)
    assert again.variations[0].ended_because == "declined anew, notice 041/2026"


@pytest.mark.parametrize("own", [True, False], ids=["own words", "the answer's alone"])
def test_the_letter_says_why_and_what_it_takes_the_place_of_and_never_why_it_was_awarded(
    record: Record, own: bool
) -> None:
    agreed(record)
    held, lost = the_challenge(record), anew(None, "041/2026", of=AGREED)
    line = replace(lost.lines[0], change_reason="it folds" if own else f"{held.words}, upheld.")
    if own:
        change(record, asked_by=f"The chair of {held.organisation}")
    record.perform(replace(lost, lines=(line,)), DECIDER)
    points = last_points(record)

    found = record.ask(partial(letters, order=PaperOrder("letters", NOW, round_id=1)))

    told = {one.reference: one for one in found.letters}
    assert told[AGREED].kind == "decline"
    assert told[AGREED].replaced == Replaced(DAY, "031/2026", PanelOutcome.FUND, 100_000)
    assert told[AGREED].is_taken_back
    why = "it folds" if own else UPHELD.reasons
    assert (told[AGREED].reason, told[AGREED].challenged) == (why, Challenged("appeal", "upheld"))
    assert (told["ACF-002"].kind, told["ACF-002"].replaced) == ("offer", None)
    # a stranger who asks holds no award
    assert any(one.startswith("That award no longer holds: please do not sign") for one in points) == own
    goes = "follows" if own else f"goes to {held.organisation}"
    assert any(one.endswith(f"no award. Our letter on this decision {goes}.") for one in points)
    assert found.challenge_days == (5, 20)


def test_without_a_challenge_that_calls_for_it_a_signed_award_is_not_declined(decided: Record) -> None:
    ready_to_pay(decided, AGREED, date(2026, 12, 4), FINANCE)

    refused(f"The agreement on {AGREED} is signed", declined, decided)

    # A variation withdrawn before keeps its own reason.
    decided.perform(VaryAward(1, AGREED, 1, Terms(130_000), "more to do", date(2026, 12, 5)), OFFICER)
    decided.perform(WithdrawVariation(1, AGREED, 1, "not needed"), OFFICER)
    uphold(decided, AGREED)
    declined(decided)
    decided.perform(anew(80_000, "042/2026", of=AGREED), DECIDER)
    assert [row.ended_because for row in the_award(decided, AGREED).variations] == ["not needed"]


def test_what_is_paid_is_asked_back_and_answers_the_challenge(record: Record) -> None:
    agreed(record)
    record.perform(PayInstalment(1, AGREED, 2, date(2026, 12, 8), None), FINANCE)
    refused(r"£\d+\.00 of A-031-01 is paid, so it cannot be declined", declined, record)
    assert state(record) == "Upheld: to be decided again"

    record.perform(AskBack(1, AGREED, 1, 10_000, ANEW, "decided on a challenge"), OFFICER)
    answered = record.ask(partial(find_challenge, number=1)).challenge
    named = replace(answered, carried_out_by="request 1")
    record.perform(SetChallenge(1, AGREED, 1, named, answered), OFFICER)

    assert state(record) == "Upheld: £100.00 asked back"
    assert last_points(record)[-1] == "£100 is asked back."


NEXT_YEAR = datetime(2027, 3, 20, tzinfo=UTC)
CAME = date(2027, 3, 10)
OTHERS, ALLOCATED = 300_000, 400_000
"""The two awards beside it take £3,000.00 of the year's £4,000.00; the pot has £500.00 left."""


@cache
def _base() -> Path:
    path = Path(tempfile.mkdtemp()) / "office.panel"
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        upheld(record)
        allocate(record, Coventry=ALLOCATED)
        record.perform(SetOfficeFacts((FactChange("spending_over", "£0.00"),)), OFFICER)
        record.perform(SetPublisher("360G-example", "GB-GOR-PB123"), OFFICER)
    return path


def _vary(record: Record, number: int, pence: int) -> None:
    """Vary the award, signed by the chain where it takes more money."""
    before = the_award(record).amount_pence
    terms = Terms(end_on=date(2027, 9, number)) if pence == before else Terms(amount_pence=pence)
    record.perform(VaryAward(1, DECLINED, number, terms, "costs changed", ANEW, tuple(Concern)), OFFICER)
    for step, by, post in ((0, COMMANDER, "NPU commander"), (1, DECIDER, "Chief Executive")):
        if pence > before:
            signing = SignVariation(
                1, DECLINED, number, step, by.name, post, ANEW, "none", confirmed=tuple(Concern)
            )
            record.perform(signing, by)


def _paper(record: Record, kind: str, *, period: str = "", notice: str = "") -> PaperValue:
    order = PaperOrder(kind, NEXT_YEAR, round_id=None if period else 1, period=period, notice=notice)
    return record.ask(lambda s: KINDS[kind].ask(s, order))


@given(
    won=st.integers(3, 50_000),
    varied=st.tuples(st.integers(0, 100_000), st.integers(0, 100_000)),
    recovered=st.integers(1, 100),
)
@settings(
    max_examples=3,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_every_total_is_the_sum_kept_by_hand(won: int, varied: tuple[int, int], recovered: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(_base(), Path(folder) / "office.panel"))
        with Record.open(path, OPENER, clock=TickingClock()) as record:
            record.perform(anew(won), DECIDER)
            ready_to_pay(record, DECLINED, ANEW, FINANCE)
            record.perform(PayInstalment(1, DECLINED, 1, ANEW, None), FINANCE)
            paid = the_award(record).paid_pence
            first, last = (max(pence, paid) for pence in varied)
            _vary(record, 1, first)
            _vary(record, 2, last)
            signed = sign_as(the_award(record), ANEW + timedelta(days=1))
            record.perform(signed, OFFICER)
            back = max(paid * recovered // 100, 1)
            record.perform(AskBack(1, DECLINED, 1, back, ANEW, "not spent"), OFFICER)
            came = (Returned(back, CAME, "not spent", 1),)
            record.perform(SetReturned(1, DECLINED, came, ()), OFFICER)

            _assert_sums(record, won, last, (paid, back))


def _assert_sums(record: Record, won: int, amount: int, moved: tuple[int, int]) -> None:
    """Every paper, the year's money and its tables against what was decided, varied, paid and recovered."""
    paid, back = moved
    stands = OTHERS + amount - back
    schedule, finance = _paper(record, "schedule"), _paper(record, "finance")
    report = _paper(record, "decision-report")
    for shown in (schedule.whole.awarded_pence, report.areas[0].awarded_pence):  # type: ignore[attr-defined]
        assert shown == OTHERS + won, "what was decided, whatever became of it"
    told = stands_words(OTHERS + won, stands, stands)
    assert schedule.stands == report.stands == told  # type: ignore[attr-defined]
    whole = finance.whole  # type: ignore[attr-defined]
    assert (whole.amount_pence, whole.paid_pence, whole.returned_pence) == (OTHERS + amount, paid, back)
    published = _paper(record, "publication", period="2026/27").awards  # type: ignore[attr-defined]
    assert sum(one.amount_pence for one in published) == stands
    assert [one.first_pence or 0 for one in published if one.notice == "040/2026"] == [0]
    grants = _paper(record, "360giving").grants  # type: ignore[attr-defined]
    assert sum(one.awarded_pence for one in grants) == stands
    spent = _paper(record, "spending", period="2026/27").payments  # type: ignore[attr-defined]
    assert sum(one.amount_pence for one in spent) == paid - back
    given_out = _paper(record, "disclosure")
    lines = given_out.lines  # type: ignore[attr-defined]
    assert sum(one.awarded_pence or 0 for one in lines) == stands
    now = f"; {pounds(stands)} today, with what changed since (A-" if stands != OTHERS + won else ""
    assert f", {pounds(OTHERS + won)} awarded{now}" in given_out.control  # type: ignore[attr-defined]
    for number, pence in (("031/2026", OTHERS), ("040/2026", won)):
        assert _paper(record, "notice", notice=number).total_pence == pence  # type: ignore[attr-defined]
    area = record.ask(lambda s: round_budget(s, 1)).areas[0]
    assert (area.decided_pence, area.paid_pence) == (stands, paid - back)
    year = next(of for of in record.ask(record_years).years if of.year == "2026/27")
    assert sum(one.awarded_pence for one in year.awards) == stands
    assert sum(one.awarded_pence or 0 for one in year.applied) == stands
    monitored = _paper(record, "monitoring").awards  # type: ignore[attr-defined]
    assert sum(one.amount_pence for one in monitored) == stands
    assert sum(one.paid_pence for one in monitored) == paid - back

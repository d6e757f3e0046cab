"""What the deciding office decides: in order, by nobody who scored, for good, whatever goes wrong."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from models.journal.verify import verify_at
from models.operation import Actor, Outcome
from models.operations.awards.paying import HoldAward, PayInstalment
from models.operations.awards.variations import VaryAward
from models.operations.deciding.deciding import RecordDecisions, refuse_correction
from models.operations.deciding.decision_lines import require_in_order, require_paid_nothing
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.deciding.signing import SignRecommendations
from models.operations.panel.members import Declare
from models.operations.set_up.load import RemoveRound
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.deciding.decisions import decisions, final_decisions, scorers, signatures
from models.queries.deciding.on_paper import settled_lines
from models.record import Record
from models.values.awards import Terms
from models.values.recommending import DecisionRow, LineDecision, RecommendationRow
from models.values.rows import InterestRow, MemberRow, SheetRow
from scoring.allocating.gate import Beyond
from scoring.round import InterestKind
from scoring.schedule.lines import Awarded
from scoring.written.text import Refused
from tests.models.both_signed import both_sign
from tests.models.conftest import OPENER
from tests.models.made_once import made_once
from tests.models.operations.deciding.challenged import ANEW, anew
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    FINANCE,
    POWER,
    deciding_rows,
    declare_to_sign,
    every_line,
    first_step,
    last_step,
    paper,
    recommended,
    sign_too,
    signed,
)
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER, assert_replays, refused, refuses
from tests.safety.forked import forks

FIRST = LineDecision("ACF-001")
BACK = LineDecision("ACF-001", "send_back", change_reason="ask for a quote")
LESS = LineDecision("ACF-002", "change", "part_fund", 150_000, change_reason="one session fewer")


def rows_of(record: Record) -> tuple[DecisionRow, ...]:
    return record.ask(lambda s: decisions(s, 1))


def final(record: Record) -> dict[str, DecisionRow]:
    return final_decisions(rows_of(record))


def awarded(record: Record) -> tuple[AwardRow, ...]:
    return record.ask(lambda s: awards(s, 1))


def corrected(line: LineDecision, notice: str = "032/2026") -> RecordDecisions:
    return replace(last_step(line, notice=notice), correcting=True)


@made_once
def stage_one(record: Record) -> Record:
    """Bring all three lines past the commander."""
    signed(record).perform(first_step(*every_line()), COMMANDER)
    return record


def test_a_decision_keeps_its_interests_power_and_notice(decided: Record) -> None:
    rows = [row for row in rows_of(decided) if row.is_last]
    assert {(row.interests, row.legal_power, row.notice, row.is_from_paper) for row in rows} == {
        ("none", POWER, "031/2026", False)
    }

    # Each line keeps a copy of its total.
    # every mark 5 of 5 is 100.00, 4 of 5 is 80.00, 3 of 5 is 60.00
    assert [d.total_1e2 for d in rows_of(decided) if d.is_last] == [10_000, 8_000, 6_000]

    # What is decided is on the schedule.
    assert decided.ask(lambda s: settled_lines(s, 1)).awarded == (
        Awarded("ACF-001", 100_000, "A-031-01"),
        Awarded("ACF-002", 200_000, "A-031-02"),
        Awarded("ACF-003", 0),
    )

    # Who decided a line corrects it and who signed before does not.
    twice = Actor("Cora Command", "decider")
    with pytest.raises(Refused, match="ACF-002: Dan Decides signed before as Chief Executive"):
        decided.perform(replace(last_step(LESS, by=twice, notice="032/2026"), correcting=True), twice)
    decided.perform(corrected(LESS), DECIDER)
    again = replace(LESS, amount_pence=140_000)
    decided.perform(corrected(again, "033/2026"), DECIDER)
    assert final(decided)["ACF-002"].amount_pence == 140_000


def test_nobody_who_gave_a_mark_signs_or_decides_and_one_person_signs_one_step_of_a_line(
    record: Record,
) -> None:
    """Neither case nor spaces make another person of who did."""
    assert stage_one(record).ask(lambda s: scorers(s, 1)) == {"Ann Sample"}
    for name in ("Ann Sample", "ann sample", " Ann  SAMPLE "):
        ann = Actor(name, "commander")
        refuses(record, "nobody both scores and decides", first_step(FIRST, by=ann), ann)
        refuses(record, "nobody both scores and decides", paper(last_step(FIRST, by=ann)))
    for name in ("Cora Command", " cora  COMMAND"):
        with pytest.raises(Refused, match=r"signed as NPU commander on ACF-001\. Each step"):
            record.perform(last_step(FIRST, by=Actor(name, "decider")), Actor(name, "decider"))
    assert not final(record)

    # A notice number is used once, and a line that is sent back is signed no more.
    record.perform(last_step(every_line()[2], notice="030/2026"), DECIDER)
    used = last_step(every_line()[1], notice="030/2026")
    refuses(record, "Notice 030/2026 is used already", used, DECIDER)
    outcome = record.perform(last_step(BACK, every_line()[1]), DECIDER)
    assert outcome.words == "1 application decided, £2,000.00 in all, 1 sent back."
    assert [s.application for s in record.ask(lambda s: signatures(s, 1))] == ["ACF-002", "ACF-003"]


def test_the_chair_who_signed_for_the_panel_signs_no_further_step(record: Record) -> None:
    chair = Actor("Ravi Example", "commander")

    declare_to_sign(signed(record), chair)
    refuses(record, "Ravi Example signed for the panel on ACF-001", first_step(FIRST, by=chair), chair)
    for missing in ("by", "post"):
        with pytest.raises(Refused, match="Say who signs, with name and post"):
            record.perform(replace(first_step(*every_line()), **{missing: " "}), COMMANDER)


def test_nobody_signs_before_the_chair_nor_a_later_step_of_what_they_sent_back(record: Record) -> None:
    refuses(recommended(record), "has not signed the recommendation on ACF-001", first_step(FIRST), COMMANDER)
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    record.perform(first_step(BACK), COMMANDER)
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    other = Actor("Olive Other", "commander")
    refuses(
        record, "Cora Command signed before as NPU commander", paper(first_step(FIRST, by=other)), OFFICER
    )
    sign_too(record, COMMANDER, other)
    declare_to_sign(record, other)
    record.perform(first_step(FIRST, by=other), other)
    twice = Actor("Cora Command", "decider")

    refuses(record, "Cora Command signed as NPU commander on ACF-001", last_step(FIRST, by=twice), twice)


def test_who_declared_an_interest_in_a_line_does_not_decide_it_on_paper_either(record: Record) -> None:
    rows = deciding_rows()
    others = MemberRow("M3", "Iris Interest"), MemberRow("M4", "Dan Decides")
    declared = (
        InterestRow("M3", "ACF-001", InterestKind.PREJUDICIAL, "a cousin"),
        InterestRow("M4", "ACF-002", InterestKind.PECUNIARY),
    )
    rows = replace(rows, members=(*rows.members, *others), interests=declared)
    iris = Actor("Iris Interest", "commander")
    recommended(record, rows).perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    declare_to_sign(record, iris)

    with pytest.raises(Refused, match=r"Iris Interest declared an interest in ACF-001\. Somebody else"):
        record.perform(first_step(*every_line(), by=iris), iris)

    record.perform(first_step(*every_line()[1:], by=iris), iris)
    assert {row.application for row in rows_of(record)} == {"ACF-002", "ACF-003"}
    refused(r"Dan Decides declared an interest in ACF-002\. Somebody else", on_paper, record, *every_line())
    first, _, third = every_line()
    assert "2 applications decided" in on_paper(record, first, third).words


def test_the_panel_s_reason_to_fund_or_refuse_never_stands_in_for_the_office_s_own(record: Record) -> None:
    stage_one_own = replace(first_step(*every_line()), own_reasons=True)
    signed(record).perform(stage_one_own, COMMANDER)
    assert [row.reason for row in rows_of(record)][:2] == ["", ""]
    with pytest.raises(Refused, match="ACF-001 needs the reason why it reduces crime or helps victims"):
        record.perform(replace(last_step(FIRST), own_reasons=True), DECIDER)
    fund = LineDecision("ACF-003", "change", "part_fund", 50_000, change_reason="money is left")
    with pytest.raises(Refused, match="ACF-003 needs the reason why it reduces crime"):
        record.perform(replace(last_step(fund), own_reasons=True), DECIDER)

    third = LineDecision("ACF-003")
    mine = replace(FIRST, reason="fewer break-ins")
    record.perform(replace(last_step(mine, third), own_reasons=True), DECIDER)

    assert final(record)["ACF-001"].reason == "fewer break-ins"
    assert final(record)["ACF-003"].reason == ""  # nothing is awarded: the applicant is told place and total


def test_money_that_would_be_refused_is_told_beforehand_in_pence(signed: Record) -> None:
    more = LineDecision("ACF-003", "change", "fund", 300_000, "The walks keep it quiet.", "all of it")
    too_much = (*every_line()[:2], more)

    # £1,000, £2,000 and £3,000, of a pot of £3,500
    refuses(signed, r"Coventry: £6,000.* Nothing was decided", first_step(*too_much), COMMANDER)
    assert signed.ask(first_step(*too_much).beyond) == (Beyond("Coventry", 250_000),)
    with pytest.raises(Refused, match=r"£6,000.* Nothing was written"):
        signed.ask(lambda session: refuse_correction(session, 1, too_much, "Nothing was written."))
    assert signed.ask(first_step(*every_line()).beyond) == ()

    # A change needs a reason and goes on to the next step.
    refuses(signed, "Say why ACF-002 is changed", first_step(replace(LESS, change_reason=" ")), COMMANDER)
    signed.perform(first_step(FIRST, LESS), COMMANDER)
    outcome = signed.perform(last_step(FIRST, LineDecision("ACF-002")), DECIDER)
    assert outcome.words == "2 applications decided, £2,500.00 in all."
    assert final(signed)["ACF-002"].outcome == "part_fund"


def test_a_decision_is_final(decided: Record) -> None:
    with pytest.raises(Refused, match=r"ACF-001 is decided\. A correction is a new decision"):
        decided.perform(last_step(FIRST, notice="032/2026"), DECIDER)
    refuses(decided, "A correction of ACF-001 must change the decision", corrected(FIRST), DECIDER)
    # A hold holds on when the decision is corrected.
    decided.perform(HoldAward(1, "ACF-002", "an enquiry", ""), OFFICER)
    less = LineDecision("ACF-002", "change", "part_fund", 150_001, change_reason="one session fewer")

    decided.perform(corrected(less), DECIDER)

    after = awarded(decided)[1]
    assert (after.reference, after.held_for) == ("A-032-01", "an enquiry")
    # thirds of £1,500.01: 33 % is 495.0033, 34 % is 510.0034; the penny left goes to the largest remainder
    assert sum(part.amount_pence for part in after.instalments) == 150_001
    # What was agreed with the applicant is not decided again.
    decided.perform(both_sign("ACF-002", DAY), OFFICER)
    again = corrected(LESS, "033/2026")
    refuses(decided, "The agreement on ACF-002 is signed. Vary the award, or", again, DECIDER)


def test_a_signing_that_does_not_hold_together_is_refused(record: Record) -> None:
    stage_one(record)
    for operation, actor, words in (
        (last_step(FIRST, notice="31/2026"), DECIDER, "“31/2026” is not a notice number"),
        (last_step(FIRST, notice=""), DECIDER, "“” is not a notice number"),
        (replace(last_step(FIRST), legal_power=" "), DECIDER, "Name the legal power"),
        (replace(last_step(FIRST), interests=" "), DECIDER, "State the interests"),
        (replace(last_step(FIRST), post=" "), DECIDER, "Say who signs"),
        (replace(last_step(FIRST), step=2), DECIDER, "there is no step 3"),
        (last_step(FIRST), COMMANDER, "signed by the Chief Executive in person"),
        (last_step(FIRST), Actor("Another One", "decider"), "signed by the Chief Executive in person"),
        (paper(last_step(FIRST)), DECIDER, "Only an officer records, from paper"),
        (last_step(), DECIDER, "There is no line to decide"),
        (last_step(FIRST, FIRST), DECIDER, "decided twice in one signing"),
        (last_step(LineDecision("ACF-9")), DECIDER, "Nothing is recommended on ACF-9"),
        (last_step(replace(FIRST, verdict="approve")), DECIDER, "“approve” is not one of"),
        (last_step(replace(FIRST, amount_pence=5)), DECIDER, "given only with a change"),
        (last_step(replace(BACK, change_reason="")), DECIDER, "Say why ACF-001 is sent back"),
        (last_step(replace(LESS, outcome="give")), DECIDER, "“give” is not one of"),
        (last_step(replace(LESS, amount_pence=None)), DECIDER, "an amount can be given only with"),
        (last_step(replace(LESS, amount_pence=200_001)), DECIDER, "£2,000.01 is not within the £2,000.00"),
        (last_step(replace(LESS, outcome="fund")), DECIDER, "ACF-002: Fund gives the whole £2,000. For a"),
        (paper(last_step(replace(LESS, outcome="fund"))), OFFICER, "ACF-002: Fund gives the whole £2,000"),
        (last_step(replace(LESS, amount_pence=200_000)), DECIDER, "ACF-002: That is the whole amount"),
        (last_step(BACK), DECIDER, "A notice of decision belongs to what is decided"),
        (replace(last_step(LESS), correcting=True), DECIDER, "ACF-002 is not decided yet"),
        (replace(first_step(LESS), correcting=True), COMMANDER, "ACF-002 is not decided yet"),
        (first_step(FIRST), COMMANDER, "ACF-001 waits for step 2 of the chain, not for step 1"),
        (replace(first_step(FIRST), notice="031/2026"), COMMANDER, "ACF-001 waits for step 2"),
    ):
        refuses(record, words, operation, actor)
    assert not final(record)


def test_a_part_that_an_older_record_calls_fund_is_read_again_and_may_stay(signed: Record) -> None:
    called = replace(LESS, outcome="fund")
    with pytest.MonkeyPatch.context() as before_it_was_asked:
        before_it_was_asked.setattr(RecordDecisions, "check_at_entry", lambda *_: None)
        signed.perform(first_step(called), COMMANDER)

    assert_replays(signed)
    signed.perform(last_step(replace(called, change_reason="two sessions fewer")), DECIDER)
    assert final(signed)["ACF-002"].outcome == "fund"


def test_what_a_signature_rests_on_changes_only_when_the_line_is_sent_back(signed: Record) -> None:
    late = Declare(1, "M1", (InterestRow("M1", "ACF-001", InterestKind.PECUNIARY, "a cousin"),))

    refuses(signed, "What is signed on ACF-001 depends on the declarations", late)

    signed.perform(first_step(BACK), COMMANDER)
    signed.perform(late, OFFICER)
    refuses(signed, "ACF-001", SignRecommendations(1, "Coventry", DAY), CHAIR)

    # A round that was before its deciders is kept though nothing is recommended.
    back = [replace(BACK, application=f"ACF-00{number}") for number in (2, 3)]
    signed.perform(first_step(*back), COMMANDER)
    signed.perform(RecordRecommendations(1, (), ("ACF-001", "ACF-002", "ACF-003")), OFFICER)
    refuses(signed, "these are kept", RemoveRound(1, ""))


def test_from_paper_an_earlier_step_is_recorded_before_the_decision_and_once(record: Record) -> None:
    first = paper(first_step(*every_line()))
    done = signed(record).perform(first, OFFICER)
    assert done.words == "3 applications signed, £3,000.00 in all."
    refuses(record, r"The NPU commander signed ACF-001 already\.$", first)

    refuses(record, "there is no step 3", paper(last_step(FIRST), step=2))

    on_paper(record, *every_line())

    assert len(final(record)) == 3
    correcting = paper(first_step(LESS), correcting=True)
    refuses(record, "Only the last step's decisions can be corrected", correcting)


BEFORE = DAY - timedelta(days=1)


def test_a_step_is_not_dated_before_the_step_that_it_follows(signed: Record) -> None:
    with pytest.raises(Refused, match="for the panel, signed ACF-001, ACF-002, ACF-003 on 2 December 2026"):
        signed.perform(replace(first_step(*every_line()), on=BEFORE), COMMANDER)
    signed.perform(first_step(*every_line()), COMMANDER)
    words = "Cora Command, NPU commander, signed ACF-001, ACF-002, ACF-003 on 2 December 2026, and this comes"
    refuses(signed, words, replace(last_step(*every_line()), on=BEFORE), DECIDER)
    signed.perform(last_step(*every_line()), DECIDER)


def test_a_new_decision_is_not_dated_before_the_one_whose_place_it_takes(upheld: Record) -> None:
    with pytest.raises(Refused, match="Dan Decides, Chief Executive, signed ACF-003 on 2 December 2026"):
        upheld.perform(replace(anew(50_000), on=BEFORE), DECIDER)
    upheld.perform(anew(50_000), DECIDER)
    with pytest.raises(Refused, match="16 December 2026"):
        upheld.ask(lambda s: require_in_order(s, 1, 1, ANEW - timedelta(days=1), {"ACF-003"}))


def test_who_authorised_a_payment_decides_nothing_in_the_round(decided: Record) -> None:
    decided.ask(lambda s: require_paid_nothing(s, 1, FINANCE.name))
    ready_to_pay(decided, "ACF-001", DAY, FINANCE)
    decided.perform(PayInstalment(1, "ACF-001", 1, DAY, None), FINANCE)

    for name in (FINANCE.name, FINANCE.name.upper()):
        with pytest.raises(Refused, match="nobody who authorises payments decides in it"):
            decided.perform(replace(anew(50_000), by=name, from_paper=True), OFFICER)
    decided.ask(lambda s: require_paid_nothing(s, 1, DECIDER.name))
    # An award is not varied from a day before it was decided.
    less = VaryAward(1, "ACF-001", 1, Terms(90_000), "less to do", BEFORE)
    refuses(decided, "A-031-01 was decided on 2 December 2026, after 1 December 2026 on which", less)
    decided.perform(replace(less, on=DAY), OFFICER)


def on_paper(record: Record, *lines: LineDecision) -> Outcome:
    return record.perform(paper(last_step(*lines)), OFFICER)


def test_what_is_signed_on_paper_waits_for_the_chair_to_decide_a_tie_on_the_line(record: Record) -> None:
    rows = deciding_rows()
    marks = ((5, 5, 5), (4, 4, 4), (4, 4, 4))
    sheets = tuple(SheetRow("M1", f"ACF-00{n}", True, given) for n, given in enumerate(marks, 1))
    asked = tuple(replace(row, requested_pence=200_000) for row in rows.applications)  # of £3,500
    recommended(record, replace(rows, applications=asked, sheets=sheets))
    first, words = every_line()[0], "The tie of ACF-002 and ACF-003 on the budget line of Coventry is open"
    refused(words, on_paper, record, first)
    by_hand = tuple(RecommendationRow(f"ACF-00{n}", "decline", None, "Too little money.") for n in (2, 3))
    record.perform(RecordRecommendations(1, by_hand), OFFICER)
    assert "1 application decided" in on_paper(record, first).words


def test_a_program_killed_between_signing_and_award_leaves_neither(tmp_path: Path) -> None:
    path = tmp_path / "office.panel"
    with Record.create(path, OPENER) as record:
        signed(record).perform(first_step(*every_line()), COMMANDER)

    with forks("tests.models.operations.deciding_rounds") as server:
        assert server.run("end_while_deciding", path).status == 9

    assert verify_at(path, OPENER).sound
    with Record.open(path, OPENER) as record:
        assert final(record) == {}
        assert awarded(record) == ()
        record.perform(last_step(*every_line()), DECIDER)  # the notice is still free
        assert len(awarded(record)) == 2


def test_a_line_corrected_to_nothing_and_back_has_one_award(decided: Record) -> None:
    nothing = LineDecision("ACF-002", "change", "decline", change_reason="funded elsewhere")
    assert corrected(nothing).label == "Correct decisions on 1 application"
    decided.perform(corrected(nothing), DECIDER)
    assert [row.reference for row in awarded(decided)] == ["A-031-01"]
    assert decided.ask(lambda s: settled_lines(s, 1)).awarded[-1] == Awarded("ACF-002", 0)
    again = LineDecision(
        "ACF-002", "change", "fund", 200_000, "fewer break-ins", change_reason="the other money fell through"
    )

    decided.perform(corrected(again, "033/2026"), DECIDER)

    amounts = [(row.application, row.reference, row.amount_pence) for row in awarded(decided)]
    assert amounts == [("ACF-001", "A-031-01", 100_000), ("ACF-002", "A-033-01", 200_000)]
    rows = [row for row in rows_of(decided) if row.application == "ACF-002"]
    assert [row.notice for row in rows] == ["", "031/2026", "032/2026", "033/2026"]
    assert [row.is_in_force for row in rows] == [False, False, False, True]


def test_what_is_declined_at_the_last_step_bears_no_condition(record: Record) -> None:
    standing = LineDecision("ACF-001", conditions=("Send receipts.",))
    declined = LineDecision(
        "ACF-002", "change", "decline", None, "", "it serves another area", ("Send receipts.",)
    )
    stage_one(record).perform(last_step(standing, declined), DECIDER)

    found = final(record)
    assert [found[of].conditions for of in ("ACF-001", "ACF-002")] == [("Send receipts.",), ()]

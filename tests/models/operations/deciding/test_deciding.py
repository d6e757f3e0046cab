"""What the deciding office decides: in order of the chain, by nobody who scored, for good."""

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.awards.agreements import SignAgreement
from models.operations.deciding.deciding import RecordDecisions, as_recommended, money_fault
from models.operations.deciding.recommendations import RecordRecommendations, WithdrawRecommendations
from models.operations.deciding.signing import SignRecommendations
from models.operations.panel.members import Declare
from models.operations.set_up.load import RemoveRound
from models.queries.awards.awards import awards
from models.queries.deciding.decisions import decisions, final_decisions, recommendations, scorers, signatures
from models.queries.deciding.on_paper import settled_lines
from models.record import Record
from models.values.recommending import LineDecision
from models.values.rows import InterestRow, MemberRow
from scoring.round import InterestKind
from scoring.schedule.lines import Awarded
from scoring.written.text import Refused
from tests.models.operations import deciding_rounds
from tests.models.operations.applications.test_choosing import CRIMES
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
    recommended,
    signed,
)
from tests.models.rounds import FUND, KEY, OFFICER, assert_replays, set_up_office, set_up_round

FIRST = LineDecision("ACF-001")
BACK = LineDecision("ACF-001", "send_back", change_reason="ask for a quote")
LESS = LineDecision("ACF-002", "change", "part_fund", 150_000, change_reason="one session fewer")


def stage_one(record: Record) -> Record:
    """Bring all three lines past the commander."""
    signed(record).perform(first_step(*every_line()), COMMANDER)
    return record


def test_each_step_of_the_chain_signs_in_its_turn(record: Record) -> None:
    first = signed(record).perform(first_step(*every_line()), COMMANDER)
    last = record.perform(last_step(*every_line()), DECIDER)

    assert first.words == "3 applications signed, £3,000.00 in all."
    assert last.words == "3 applications decided, £3,000.00 in all."
    assert first.inverse is None
    final = final_decisions(record.ask(lambda s: decisions(s, 1)))
    assert [(d.application, d.outcome, d.amount_pence, d.notice) for d in final.values()] == [
        ("ACF-001", "fund", 100_000, "031/2026"),
        ("ACF-002", "fund", 200_000, "031/2026"),
        ("ACF-003", "reserve", None, "031/2026"),
    ]
    assert_replays(record)


def test_each_line_keeps_a_copy_of_its_total(record: Record) -> None:
    decided(record)

    # every mark 5 of 5 is 100.00, 4 of 5 is 80.00, 3 of 5 is 60.00
    assert [d.total_1e2 for d in record.ask(lambda s: decisions(s, 1)) if d.is_last] == [10_000, 8_000, 6_000]


def test_what_is_decided_is_on_the_schedule(record: Record) -> None:
    decided(record)

    assert record.ask(lambda s: settled_lines(s, 1)).awarded == (
        Awarded("ACF-001", 100_000, "A-031-01"),
        Awarded("ACF-002", 200_000, "A-031-02"),
        Awarded("ACF-003", 0),
    )


def test_nobody_who_gave_a_mark_signs_or_decides(record: Record) -> None:
    ann = Actor("Ann Sample", "commander")

    assert signed(record).ask(lambda s: scorers(s, 1)) == {"Ann Sample"}
    with pytest.raises(Refused, match="nobody both scores and decides"):
        record.perform(first_step(FIRST, by=ann), ann)
    with pytest.raises(Refused, match="nobody both scores and decides"):
        record.perform(
            replace(last_step(FIRST, by=ann), from_paper=True, unsigned_because="They are away."), OFFICER
        )


@pytest.mark.parametrize("name", ["ann sample", " Ann  SAMPLE "])
def test_neither_case_nor_spaces_make_another_person_of_a_scorer(record: Record, name: str) -> None:
    again = Actor(name, "commander")

    with pytest.raises(Refused, match="nobody both scores and decides"):
        signed(record).perform(first_step(FIRST, by=again), again)


@pytest.mark.parametrize("name", ["Cora Command", " cora  COMMAND"])
def test_one_person_signs_one_step_of_a_line(record: Record, name: str) -> None:
    twice = Actor(name, "decider")

    with pytest.raises(Refused, match=r"signed as NPU commander on ACF-001\. Each step"):
        stage_one(record).perform(last_step(FIRST, by=twice), twice)

    assert not final_decisions(record.ask(lambda s: decisions(s, 1)))


def test_the_chair_who_signed_for_the_panel_signs_no_further_step(record: Record) -> None:
    chair = Actor("Ravi Example", "commander")

    declare_to_sign(signed(record), chair)
    with pytest.raises(Refused, match="Ravi Example signed for the panel on ACF-001"):
        record.perform(first_step(FIRST, by=chair), chair)


def test_who_sent_a_line_back_signs_no_later_step_of_it(record: Record) -> None:
    signed(record).perform(first_step(BACK), COMMANDER)
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    other = Actor("Olive Other", "commander")
    declare_to_sign(record, other)
    record.perform(first_step(FIRST, by=other), other)
    twice = Actor("Cora Command", "decider")

    with pytest.raises(Refused, match="Cora Command signed as NPU commander on ACF-001"):
        record.perform(last_step(FIRST, by=twice), twice)


def test_who_decided_a_line_corrects_it_and_who_signed_before_does_not(record: Record) -> None:
    decided(record)
    twice = Actor("Cora Command", "decider")
    with pytest.raises(Refused, match="Cora Command signed as NPU commander on ACF-002"):
        record.perform(replace(last_step(LESS, by=twice, notice="032/2026"), correcting=True), twice)

    record.perform(replace(last_step(LESS, notice="032/2026"), correcting=True), DECIDER)
    again = replace(LESS, amount_pence=140_000)
    record.perform(replace(last_step(again, notice="033/2026"), correcting=True), DECIDER)

    assert record.ask(lambda s: final_decisions(decisions(s, 1)))["ACF-002"].amount_pence == 140_000
    assert_replays(record)


def test_who_declared_an_interest_in_a_line_does_not_decide_it(record: Record) -> None:
    rows = deciding_rows()
    member = MemberRow("M3", "Iris Interest")
    interest = InterestRow("M3", "ACF-001", InterestKind.PREJUDICIAL, "a cousin")
    rows = replace(rows, members=(*rows.members, member), interests=(interest,))
    iris = Actor("Iris Interest", "commander")
    recommended(record, rows).perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    declare_to_sign(record, iris)

    with pytest.raises(Refused, match=r"Iris Interest declared an interest in ACF-001\. Somebody else"):
        record.perform(first_step(*every_line(), by=iris), iris)

    record.perform(first_step(*every_line()[1:], by=iris), iris)
    assert {row.application for row in record.ask(lambda s: decisions(s, 1))} == {"ACF-002", "ACF-003"}


def test_the_panel_s_reason_never_stands_in_for_the_office_s_own(record: Record) -> None:
    stage_one_own = replace(first_step(*every_line()), own_reasons=True)
    signed(record).perform(stage_one_own, COMMANDER)
    assert [row.reason for row in record.ask(lambda s: decisions(s, 1))][:2] == ["", ""]
    with pytest.raises(Refused, match="ACF-001 needs the reason why it reduces crime or helps victims"):
        record.perform(replace(last_step(FIRST), own_reasons=True), DECIDER)

    third = LineDecision("ACF-003")
    mine = replace(FIRST, reason="fewer break-ins")
    record.perform(replace(last_step(mine, third), own_reasons=True), DECIDER)

    final = record.ask(lambda s: final_decisions(decisions(s, 1)))
    assert final["ACF-001"].reason == "fewer break-ins"
    assert final["ACF-003"].reason == ""  # nothing is awarded: the applicant is told place and total
    assert_replays(record)


def test_what_an_earlier_step_wrote_is_the_office_s_own(record: Record) -> None:
    wrote = replace(FIRST, reason="fewer break-ins")
    signed(record).perform(replace(first_step(wrote), own_reasons=True), COMMANDER)

    record.perform(replace(last_step(FIRST), own_reasons=True), DECIDER)

    assert record.ask(lambda s: final_decisions(decisions(s, 1)))["ACF-001"].reason == "fewer break-ins"


def test_the_panel_s_reason_to_refuse_never_becomes_one_to_fund(record: Record) -> None:
    signed(record).perform(replace(first_step(*every_line()), own_reasons=True), COMMANDER)
    fund = LineDecision("ACF-003", "change", "fund", 50_000, change_reason="money is left")

    with pytest.raises(Refused, match="ACF-003 needs the reason why it reduces crime"):
        record.perform(replace(last_step(fund), own_reasons=True), DECIDER)


def test_a_decision_keeps_its_interests_power_and_notice(record: Record) -> None:
    decided(record)

    rows = [row for row in record.ask(lambda s: decisions(s, 1)) if row.is_last]
    assert {(row.interests, row.legal_power, row.notice, row.is_from_paper) for row in rows} == {
        ("none", POWER, "031/2026", False)
    }


def test_a_change_needs_a_reason_and_goes_on_to_the_next_step(record: Record) -> None:
    signed(record)
    with pytest.raises(Refused, match="Say why ACF-002 is changed"):
        record.perform(first_step(replace(LESS, change_reason=" ")), COMMANDER)

    record.perform(first_step(FIRST, LESS), COMMANDER)
    outcome = record.perform(last_step(FIRST, LineDecision("ACF-002")), DECIDER)

    assert outcome.words == "2 applications decided, £2,500.00 in all."
    assert record.ask(lambda s: final_decisions(decisions(s, 1)))["ACF-002"].outcome == "part_fund"
    assert_replays(record)


def test_a_line_that_is_sent_back_is_recommended_and_signed_again(record: Record) -> None:
    outcome = stage_one(record).perform(last_step(BACK, *every_line()[1:]), DECIDER)
    assert outcome.words == "2 applications decided, £2,000.00 in all, 1 sent back."
    assert [s.application for s in record.ask(lambda s: signatures(s, 1))] == ["ACF-002", "ACF-003"]

    item = record.ask(lambda s: recommendations(s, 1))[0]
    record.perform(
        RecordRecommendations(1, (replace(item, amount_pence=90_000, outcome="part_fund"),)), OFFICER
    )
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    record.perform(first_step(FIRST), COMMANDER)
    record.perform(last_step(FIRST, notice="032/2026"), DECIDER)

    assert record.ask(lambda s: final_decisions(decisions(s, 1)))["ACF-001"].amount_pence == 90_000
    assert_replays(record)


def test_a_correction_supersedes_a_decision_and_its_award(record: Record) -> None:
    decided(record)
    operation = replace(last_step(LESS, notice="032/2026"), correcting=True)

    record.perform(operation, DECIDER)

    rows = record.ask(lambda s: decisions(s, 1))
    assert final_decisions(rows)["ACF-002"].notice == "032/2026"
    assert [r.notice for r in rows if r.application == "ACF-002" and not r.is_in_force] == ["", "031/2026"]
    assert [(a.application, a.reference, a.amount_pence) for a in record.ask(lambda s: awards(s, 1))] == [
        ("ACF-001", "A-031-01", 100_000),
        ("ACF-002", "A-032-01", 150_000),
    ]
    assert operation.label == "Correct decisions on 1 application"
    assert_replays(record)


def test_a_correction_to_nothing_takes_the_award_out(record: Record) -> None:
    decided(record)
    refused = LineDecision("ACF-002", "change", "decline", change_reason="it was funded elsewhere")

    record.perform(replace(last_step(refused, notice="032/2026"), correcting=True), DECIDER)

    assert [a.application for a in record.ask(lambda s: awards(s, 1))] == ["ACF-001"]
    assert record.ask(lambda s: settled_lines(s, 1)).awarded[-1] == Awarded("ACF-002", 0)


def test_what_was_agreed_with_the_applicant_is_not_decided_again(record: Record) -> None:
    decided(record)
    record.perform(SignAgreement(1, "ACF-002", DAY, None), OFFICER)

    with pytest.raises(Refused, match="The agreement on ACF-002 is signed"):
        record.perform(replace(last_step(LESS, notice="032/2026"), correcting=True), DECIDER)


def test_conditions_and_reasons_are_kept_with_the_line(record: Record) -> None:
    stage_one(record)
    line = LineDecision("ACF-001", reason="fewer break-ins", conditions=("Send receipts.",))

    record.perform(last_step(line), DECIDER)

    found = record.ask(lambda s: final_decisions(decisions(s, 1)))["ACF-001"]
    assert (found.reason, found.conditions) == ("fewer break-ins", ("Send receipts.",))


def test_decisions_taken_on_paper_need_no_stage_or_signature(record: Record) -> None:
    operation = replace(
        last_step(*as_recommended(("ACF-001", "ACF-003"))),
        from_paper=True,
        unsigned_because="They are away.",
        legal_power="",
        interests="none",
    )

    recommended(record).perform(operation, OFFICER)

    assert len(final_decisions(record.ask(lambda s: decisions(s, 1)))) == 2
    item = record.ask(lambda s: recommendations(s, 1))[0]
    with pytest.raises(Refused, match="is signed"):
        record.perform(RecordRecommendations(1, (item,)), OFFICER)
    assert_replays(record)


@pytest.mark.parametrize(
    ("operation", "actor", "words"),
    [
        (last_step(FIRST, notice="31/2026"), DECIDER, "“31/2026” is not a notice number"),
        (last_step(FIRST, notice=""), DECIDER, "“” is not a notice number"),
        (replace(last_step(FIRST), legal_power=" "), DECIDER, "Name the legal power"),
        (replace(last_step(FIRST), interests=" "), DECIDER, "State the interests"),
        (replace(last_step(FIRST), post=" "), DECIDER, "Say who signs"),
        (replace(last_step(FIRST), step=2), DECIDER, "there is no step 3"),
        (last_step(FIRST), COMMANDER, "signed by the Chief Executive in person"),
        (last_step(FIRST), Actor("Another One", "decider"), "signed by the Chief Executive in person"),
        (
            replace(last_step(FIRST), from_paper=True, unsigned_because="They are away."),
            DECIDER,
            "Only an officer records, from paper",
        ),
        (last_step(), DECIDER, "There is no line to decide"),
        (last_step(FIRST, FIRST), DECIDER, "decided twice in one signing"),
        (last_step(LineDecision("ACF-9")), DECIDER, "Nothing is recommended on ACF-9"),
        (last_step(replace(FIRST, verdict="approve")), DECIDER, "“approve” is not one of"),
        (last_step(replace(FIRST, amount_pence=5)), DECIDER, "given only with a change"),
        (last_step(replace(BACK, change_reason="")), DECIDER, "Say why ACF-001 is sent back"),
        (last_step(replace(LESS, outcome="give")), DECIDER, "“give” is not one of"),
        (last_step(replace(LESS, amount_pence=None)), DECIDER, "an amount can be given only with"),
        (last_step(replace(LESS, amount_pence=200_001)), DECIDER, "£2,000.01 is not within the £2,000.00"),
        (last_step(BACK), DECIDER, "A notice of decision belongs to what is decided"),
        (replace(last_step(LESS), correcting=True), DECIDER, "ACF-002 is not decided yet"),
        (replace(first_step(LESS), correcting=True), COMMANDER, "ACF-002 is not decided yet"),
        (first_step(FIRST), COMMANDER, "ACF-001 waits for step 2 of the chain, not for step 1"),
        (replace(first_step(FIRST), notice="031/2026"), COMMANDER, "ACF-001 waits for step 2"),
    ],
)
def test_a_signing_that_does_not_hold_together_is_refused(
    record: Record, operation: RecordDecisions, actor: Actor, words: str
) -> None:
    stage_one(record)

    with pytest.raises(Refused, match=words):
        record.perform(operation, actor)

    assert not final_decisions(record.ask(lambda s: decisions(s, 1)))


def test_sending_a_line_back_alone_needs_no_notice(record: Record) -> None:
    outcome = stage_one(record).perform(replace(last_step(BACK), notice=""), DECIDER)

    assert outcome.words == "0 applications signed, £0.00 in all, 1 sent back."


def test_a_notice_goes_with_the_last_step_alone(record: Record) -> None:
    with pytest.raises(Refused, match="A notice of decision belongs to what is decided"):
        signed(record).perform(replace(first_step(FIRST), notice="031/2026"), COMMANDER)


def test_a_notice_number_is_used_once(record: Record) -> None:
    stage_one(record).perform(last_step(FIRST), DECIDER)

    with pytest.raises(Refused, match="Notice 031/2026 is used already"):
        record.perform(last_step(LineDecision("ACF-002")), DECIDER)


def test_a_decision_is_final(record: Record) -> None:
    decided(record)

    with pytest.raises(Refused, match=r"ACF-001 is decided\. A correction is a new decision"):
        record.perform(last_step(FIRST, notice="032/2026"), DECIDER)
    with pytest.raises(Refused, match="A correction of ACF-001 must change the decision"):
        record.perform(replace(last_step(FIRST, notice="032/2026"), correcting=True), DECIDER)


def test_nothing_is_decided_before_the_chair_signs(record: Record) -> None:
    with pytest.raises(Refused, match="has not signed the recommendation on ACF-001"):
        recommended(record).perform(first_step(FIRST), COMMANDER)


def test_a_decision_says_why_it_reduces_crime_or_helps_victims(record: Record) -> None:
    stage_one(record)
    reasonless = replace(LESS, reason=" ")

    with pytest.raises(Refused, match="ACF-002 needs the reason why it reduces crime or helps victims"):
        record.perform(last_step(reasonless), DECIDER)


def test_nothing_is_decided_while_the_round_is_set_up(record: Record) -> None:
    set_up_office(record).perform(set_up_round(KEY, ("Coventry",)), OFFICER)
    declare_to_sign(record, DECIDER)

    with pytest.raises(Refused, match="There is nothing to decide yet"):
        record.perform(last_step(FIRST), DECIDER)


def test_a_round_that_was_before_its_deciders_is_kept_though_nothing_is_recommended(record: Record) -> None:
    signed(record)
    back = [replace(BACK, application=f"ACF-00{number}") for number in (1, 2, 3)]
    record.perform(first_step(*back), COMMANDER)
    record.perform(WithdrawRecommendations(1, ("ACF-001", "ACF-002", "ACF-003")), OFFICER)

    with pytest.raises(Refused, match="these are kept"):
        record.perform(RemoveRound(1, ""), OFFICER)


def test_what_a_signature_rests_on_changes_only_when_the_line_is_sent_back(record: Record) -> None:
    signed(record)
    late = Declare(1, "M1", (InterestRow("M1", "ACF-001", InterestKind.PECUNIARY, "a cousin"),))

    with pytest.raises(Refused, match="What is signed on ACF-001 depends on the declarations"):
        record.perform(late, OFFICER)

    record.perform(first_step(BACK), COMMANDER)
    record.perform(late, OFFICER)
    with pytest.raises(Refused, match="ACF-001"):
        record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)


def test_money_that_would_be_refused_is_told_beforehand_in_the_same_words(record: Record) -> None:
    signed(record)
    more = LineDecision("ACF-003", "change", "fund", 300_000, "The walks keep it quiet.", "all of it")
    too_much = (*every_line()[:2], more)

    def fault(lines: tuple[LineDecision, ...], *, is_correcting: bool = False) -> str:
        return record.ask(lambda session: money_fault(session, 1, lines, is_correcting=is_correcting))

    with pytest.raises(Refused) as refused:
        record.perform(first_step(*too_much), COMMANDER)
    assert fault(too_much) == str(refused.value)
    assert "Coventry" in fault(too_much)
    assert "£6,000" in fault(too_much)  # £1,000, £2,000 and £3,000, of a pot of £3,500
    assert fault(too_much, is_correcting=True) != ""
    assert fault(every_line()) == ""


@pytest.mark.parametrize("missing", ["by", "post"])
def test_a_step_is_signed_with_name_and_post(record: Record, missing: str) -> None:
    with pytest.raises(Refused, match="Say who signs, with name and post"):
        signed(record).perform(replace(first_step(*every_line()), **{missing: " "}), COMMANDER)


def test_from_paper_an_earlier_step_is_recorded_before_the_decision_and_once(record: Record) -> None:
    first = replace(first_step(*every_line()), from_paper=True, unsigned_because="They are away.")
    decision = replace(last_step(*every_line()), from_paper=True, unsigned_because="They are away.")
    done = signed(record).perform(first, OFFICER)
    assert done.words == "3 applications signed, £3,000.00 in all."
    with pytest.raises(Refused, match=r"The NPU commander signed ACF-001 already\.$"):
        record.perform(first, OFFICER)

    record.perform(decision, OFFICER)

    assert len(final_decisions(record.ask(lambda s: decisions(s, 1)))) == 3
    assert_replays(record)


def test_from_paper_nothing_is_signed_out_of_turn(record: Record) -> None:
    signed(record)
    more = replace(LESS, change_reason="One session fewer.")
    with pytest.raises(Refused, match="there is no step 3"):
        record.perform(
            replace(last_step(FIRST), step=2, from_paper=True, unsigned_because="They are away."), OFFICER
        )
    record.perform(
        replace(last_step(*every_line()), from_paper=True, unsigned_because="They are away."), OFFICER
    )

    with pytest.raises(Refused, match="Only the last step's decisions can be corrected"):
        record.perform(
            replace(first_step(more), from_paper=True, unsigned_because="They are away.", correcting=True),
            OFFICER,
        )


def test_a_list_that_the_fund_wants_is_wanted_of_money_alone(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    wants = replace(FUND, lists=(replace(CRIMES, is_required=True),))
    monkeypatch.setattr(deciding_rounds, "FUND", wants)
    recommended.__wrapped__(record).perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    nothing = LineDecision("ACF-003")  # in reserve

    with pytest.raises(Refused, match="ACF-001 has no crime type, which its fund requires before money"):
        record.perform(first_step(LineDecision("ACF-001"), nothing), COMMANDER)

    record.perform(first_step(nothing), COMMANDER)
    record.perform(last_step(nothing), DECIDER)

"""What is agreed on an award, when it reports, what returns say, and visits."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from models.operation import Actor, Operation
from models.operations.awards.monitoring import (
    AwardPlan,
    PlanReturns,
    PutReturns,
    ReturnPut,
    SetAgreedOutputs,
    SetReturnBands,
    SetVisits,
)
from models.operations.awards.paying import PayInstalment
from models.operations.awards.variations import VaryAward
from models.papers.monitoring.monitoring import (
    AgreedOutput,
    AwardMonitoring,
    OutputProgress,
    ReturnContent,
    SupportedNumber,
)
from models.papers.monitoring.monitoring_plan import asked_outputs, is_behind, taken_over
from models.queries.awards.agreements import agreed_points
from models.queries.awards.amendments import agreed_words
from models.queries.awards.awards import awards
from models.queries.awards.monitoring import monitored, return_bands
from models.record import Record
from models.reference.defaults import ReturnBand
from models.values.awards import PlannedReturn, Terms
from models.values.recommending import LineDecision
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import DAY, DECIDER, FINANCE, last_step
from tests.models.operations.monitored_rounds import (
    AGREE,
    OUTPUTS,
    PLAN,
    PUT,
    RETURNS,
    SAID,
    VISIT,
    awarded,
    monitored_award,
)
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER, assert_replays, undo

BANDS = (ReturnBand(100_000, "end"), ReturnBand(None, "halves"))


def first(record: Record) -> AwardMonitoring:
    return record.ask(lambda session: monitored(session, 1))[0]


def bands(record: Record) -> tuple[ReturnBand, ...]:
    return record.ask(lambda session: return_bands(session, 1))


def test_a_round_sets_how_often_awards_report_and_takes_it_back(record: Record) -> None:
    awarded(record)

    outcome = record.perform(SetReturnBands(1, BANDS, ()), OFFICER)

    assert outcome.words == "How often awards of this round report is set."
    assert bands(record) == BANDS
    assert undo(record, outcome).words == "The fund's rule is back."
    assert bands(record) == ()
    assert_replays(record)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ((ReturnBand(100, "end"),), "the last line must be for any amount"),
        (
            (ReturnBand(200, "end"), ReturnBand(200, "end"), ReturnBand(None, "end")),
            "Each amount must be higher",
        ),
        ((ReturnBand(None, "end"), ReturnBand(None, "end")), "Each amount must be higher"),
        ((ReturnBand(None, "monthly"),), "at the end, half way and at the end, or quarterly"),
    ],
)
def test_bands_rise_and_cover_every_amount(record: Record, wrong: tuple[ReturnBand, ...], words: str) -> None:
    awarded(record)

    with pytest.raises(Refused, match=words):
        record.perform(SetReturnBands(1, wrong, ()), OFFICER)


def test_what_is_agreed_is_set_and_undone(record: Record) -> None:
    awarded(record)

    outcome = record.perform(AGREE, OFFICER)

    assert outcome.words == "2 outputs and outcomes are agreed on A-031-01."
    assert first(record).outputs == OUTPUTS
    back = undo(record, outcome)
    assert first(record).outputs == ()
    undo(record, back)
    assert first(record).outputs == OUTPUTS
    assert_replays(record)


def test_what_is_agreed_is_reworded_while_returns_tell_of_it(record: Record) -> None:
    monitored_award(record)
    other = (replace(OUTPUTS[0], words="Sessions", target=None), OUTPUTS[1], AgreedOutput(3, "A play"))

    outcome = record.perform(SetAgreedOutputs(1, "ACF-001", other, OUTPUTS), OFFICER)

    assert first(record).outputs == other
    assert first(record).returns[0].said == SAID
    undo(record, outcome)
    assert first(record).outputs == OUTPUTS
    with pytest.raises(Refused, match="Return 1 of A-031-01 mentions “Evening sessions”, so it stays"):
        record.perform(SetAgreedOutputs(1, "ACF-001", OUTPUTS[1:], OUTPUTS), OFFICER)
    assert_replays(record)


@pytest.mark.parametrize(
    ("outputs", "words"),
    [
        ((AgreedOutput(1, " "),), "Say in each line what is agreed"),
        ((AgreedOutput(1, "A", -1),), "a whole number, 0 or more"),
        ((AgreedOutput(1, "A"), AgreedOutput(1, "B")), "its own number, from 1"),
        ((AgreedOutput(0, "A"),), "its own number, from 1"),
        ((AgreedOutput(2, "A"), AgreedOutput(1, "B")), "in the order of its numbers"),
        (tuple(AgreedOutput(n, "A") for n in range(1, 62)), "There is room for 60 lines"),
    ],
)
def test_what_is_agreed_says_something(record: Record, outputs: tuple[AgreedOutput, ...], words: str) -> None:
    awarded(record)

    with pytest.raises(Refused, match=words):
        record.perform(SetAgreedOutputs(1, "ACF-001", outputs, ()), OFFICER)


def test_returns_are_planned_for_several_awards_and_undone(record: Record) -> None:
    awarded(record)
    both = PlanReturns(1, (*PLAN.plans, AwardPlan("ACF-002", RETURNS[1:], ())))

    outcome = record.perform(both, OFFICER)

    assert (both.label, outcome.words) == (
        "Plan the returns of 2 awards",
        "3 returns are planned on 2 awards.",
    )
    assert first(record).planned == RETURNS
    undo(record, outcome)
    assert first(record).planned == ()
    assert_replays(record)


def test_a_plan_is_changed_around_what_came_in(record: Record) -> None:
    monitored_award(record)
    moved = (replace(RETURNS[0], due_on=date(2027, 4, 1)), PlannedReturn(3, date(2027, 6, 1), "summer"))

    outcome = record.perform(PlanReturns(1, (AwardPlan("ACF-001", moved, RETURNS),)), OFFICER)

    assert outcome.words == "2 returns are planned on 1 award."
    assert first(record).planned == moved
    assert first(record).returns[0].said == SAID
    undo(record, outcome)
    with pytest.raises(Refused, match="Return 1 of A-031-01 came in, so it stays"):
        record.perform(PlanReturns(1, (AwardPlan("ACF-001", RETURNS[1:], RETURNS),)), OFFICER)
    assert_replays(record)


@pytest.mark.parametrize(
    ("plans", "words"),
    [
        ((), "There is no award to plan returns of"),
        ((AwardPlan("ACF-003", RETURNS, ()),), "ACF-003 has no award"),
        ((AwardPlan("ACF-001", RETURNS, RETURNS),), "The returns of ACF-001 were changed in the meantime"),
        ((AwardPlan("ACF-001", RETURNS[::-1], ()),), "in date order"),
        ((AwardPlan("ACF-001", (replace(RETURNS[0], words=" "),), ()),), "what each return covers"),
    ],
)
def test_a_plan_that_does_not_hold_is_refused_whole(
    record: Record, plans: tuple[AwardPlan, ...], words: str
) -> None:
    awarded(record)

    with pytest.raises(Refused, match=words):
        record.perform(PlanReturns(1, plans), OFFICER)

    assert first(record).planned == ()


def test_a_plan_of_a_record_from_before_days_were_asked_for_is_done_again(record: Record) -> None:
    awarded(record)  # without dates of its own the project starts on the day of its decision, DAY
    early = PlannedReturn(1, DAY - timedelta(days=1), "half way")

    record.perform(PlanReturns(1, (AwardPlan("ACF-001", (early,), ()),)), OFFICER)

    assert "before the project starts" in first(record).early
    assert_replays(record)


def test_what_stood_when_the_start_was_put_off_is_told_of_and_may_be_put_back(record: Record) -> None:
    awarded(record)
    record.perform(PLAN, OFFICER)
    later = VaryAward(1, "ACF-001", 1, Terms(start_on=date(2027, 5, 1)), "The hall is late.", DAY)
    record.perform(later, OFFICER)
    award = first(record)
    assert award.early == (
        "Return 1 on 1 Mar 2027 of A-031-01 would be due before the project starts on 1 May 2027. "
        "Plan its returns again."
    )
    moved = (replace(RETURNS[0], due_on=date(2027, 6, 1)), RETURNS[1])

    same = AwardPlan("ACF-001", (RETURNS[0], replace(RETURNS[1], words="after")), RETURNS)
    record.perform(PlanReturns(1, (same,)), OFFICER)
    outcome = record.perform(PlanReturns(1, (AwardPlan("ACF-001", moved, same.returns),)), OFFICER)

    assert first(record).early == ""
    undo(record, outcome)
    assert first(record).planned == same.returns
    assert_replays(record)


def test_returns_planned_up_to_another_end_than_a_variation_gave_are_told_of(record: Record) -> None:
    awarded(record)
    longer = VaryAward(1, "ACF-001", 1, Terms(end_on=date(2027, 10, 1)), "The hall is late.", DAY)
    record.perform(longer, OFFICER)
    unplanned = first(record).ends_elsewhere
    told = []
    for last in (
        RETURNS[1],
        replace(RETURNS[1], due_on=date(2027, 10, 1)),
        replace(RETURNS[1], due_on=date(2027, 10, 29), covers_to=date(2027, 9, 30)),
        replace(RETURNS[1], due_on=date(2027, 10, 29), covers_to=date(2027, 10, 1)),
    ):
        record.perform(PlanReturns(1, (AwardPlan("ACF-001", (last,), first(record).planned),)), OFFICER)
        told.append(first(record).ends_elsewhere)

    assert (unplanned, bool(told[0]), told[1], bool(told[2]), told[3]) == ("", True, "", True, "")
    assert told[2] == (
        "The returns of A-031-01 cover the time up to 30 Sep 2027, and a variation ends the project on "
        "1 Oct 2027. Plan its returns again."
    )


def to_edit(record: Record) -> str:
    return record.ask(lambda s: agreed_words(s, 1, awards(s, 1)[0]))


def test_what_a_variation_agrees_is_what_returns_are_asked_about_and_the_agreement_says(
    record: Record,
) -> None:
    monitored_award(record)
    outcomes = "Evening sessions; Summer school for 12 people"
    assert to_edit(record) == "\n".join(one.words for one in first(record).outputs)
    record.perform(VaryAward(1, "ACF-001", 1, Terms(outcomes=outcomes), "The hall is smaller.", DAY), OFFICER)
    award = first(record)
    assert (is_behind(award), to_edit(record)) == (True, outcomes)
    agreed = [(one.words, one.target) for one in agreed_points(award)]

    record.perform(SetAgreedOutputs(1, "ACF-001", taken_over(award), award.outputs), OFFICER)

    award = first(record)
    assert not is_behind(award)
    # the sessions keep their figure; what a return tells of stays, and is not asked about any more
    assert [one.number for one in award.outputs] == [1, 2, 3]
    assert [(one.words, one.target) for one in asked_outputs(award)] == [
        ("Evening sessions", 40),
        ("Summer school for 12 people", 12),
    ]
    assert agreed == [(one.words, one.target) for one in agreed_points(award)]
    assert agreed == [(one.words, one.target) for one in asked_outputs(award)]


def test_one_return_is_said_in_the_singular(record: Record) -> None:
    awarded(record)

    one = PlanReturns(1, (AwardPlan("ACF-001", RETURNS[:1], ()),))

    assert record.perform(one, OFFICER).words == "1 return is planned on 1 award."
    assert record.perform(SetAgreedOutputs(1, "ACF-001", OUTPUTS[:1], ()), OFFICER).words.startswith(
        "1 output or outcome is agreed"
    )


def test_a_return_is_recorded_and_taken_back(record: Record) -> None:
    monitored_award(record)
    assert first(record).returns[0].said == SAID
    taking_back = PutReturns(1, (ReturnPut("ACF-001", 1, None, SAID),))

    outcome = record.perform(taking_back, OFFICER)

    assert taking_back.label == "Take back return 1 of ACF-001"
    assert outcome.words == "Return 1 of A-031-01 has not come in."
    assert first(record).returns[0].said is None
    undo(record, outcome)
    assert first(record).returns[0].said == SAID
    assert_replays(record)


def test_more_spend_than_payments_is_taken_with_a_warning(record: Record) -> None:
    monitored_award(record)
    ready_to_pay(record, "ACF-001", DAY, FINANCE)
    record.perform(PayInstalment(1, "ACF-001", 1, DAY, None), FINANCE)  # £330.00 of £1,000.00
    second = ReturnContent(date(2027, 9, 1), spent_pence=1)

    outcome = record.perform(PutReturns(1, (ReturnPut("ACF-001", 2, second, None),)), OFFICER)

    # £450.50 + £0.01 = £450.51, which is £120.51 more than £330.00
    assert outcome.words == (
        "Return 2 of A-031-01 is recorded. £450.51 of spend is evidenced on A-031-01, £120.51 more than the "
        "£330.00 that was paid."
    )
    record.perform(PayInstalment(1, "ACF-001", 2, DAY, None), FINANCE)
    assert first(record).warning == ""


def test_the_lines_of_a_return_are_kept_in_their_order(record: Record) -> None:
    monitored_award(record)
    mixed = ReturnContent(
        date(2027, 9, 1),
        progress=SAID.progress[::-1],
        supported=(SupportedNumber("needs", "b", 1), SupportedNumber("indicators", "a", 0)),
    )

    outcome = record.perform(PutReturns(1, (ReturnPut("ACF-001", 2, mixed, None),)), OFFICER)

    said = first(record).returns[1].said
    assert said is not None
    assert [each.output for each in said.progress] == [1, 2]
    assert [each.group for each in said.supported] == ["indicators", "needs"]
    undo(record, outcome)
    assert_replays(record)


def test_several_returns_are_taken_in_together_or_not_at_all(record: Record) -> None:
    awarded(record)
    record.perform(PlanReturns(1, (*PLAN.plans, AwardPlan("ACF-002", RETURNS, ()))), OFFICER)
    bare = ReturnContent(date(2027, 3, 3), "Held.")
    puts = (ReturnPut("ACF-001", 1, bare, None), ReturnPut("ACF-002", 1, bare, None))
    with pytest.raises(Refused, match="A-031-02 has no return 7"):
        record.perform(PutReturns(1, (puts[0], replace(puts[1], number=7))), OFFICER)
    assert first(record).received == ()

    outcome = record.perform(PutReturns(1, puts, "returns.xlsx"), OFFICER)

    assert (PutReturns(1, puts).label, outcome.words) == ("Import 2 returns", "2 returns are recorded.")
    undo(record, outcome)
    assert first(record).received == ()
    assert_replays(record)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (ReturnContent(DAY, spent_pence=-1), "the spend must be"),
        (ReturnContent(DAY, progress=(OutputProgress(9, 1),)), "for one agreed output"),
        (
            ReturnContent(DAY, progress=(OutputProgress(1, 1), OutputProgress(1, 2))),
            "with one line for each output",
        ),
        (ReturnContent(DAY, progress=(OutputProgress(1, None, " "),)), "a figure or words"),
        (ReturnContent(DAY, progress=(OutputProgress(1, -1),)), "a figure reached must be a whole number"),
        (
            ReturnContent(DAY, supported=(SupportedNumber("needs", "x", -1),)),
            "a number of people must be a whole",
        ),
        (ReturnContent(DAY, supported=(SupportedNumber("pets", "x", 1),)), "counted under a service area"),
        (ReturnContent(DAY, supported=(SupportedNumber("needs", "x", 1),) * 2), "once under each line"),
    ],
)
def test_what_a_return_says_is_whole(record: Record, said: ReturnContent, words: str) -> None:
    monitored_award(record)

    with pytest.raises(Refused, match=f"Return 2 of A-031-01: .*{words}"):
        record.perform(PutReturns(1, (ReturnPut("ACF-001", 2, said, None),)), OFFICER)


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (PutReturns(1, ()), "There is no return to record"),
        (PUT, "Return 1 of A-031-01 was changed in the meantime"),
        (PutReturns(1, (ReturnPut("ACF-001", 1, SAID, SAID),)), "says that already"),
        (PutReturns(1, PUT.puts * 2), "twice at once"),
        (PutReturns(1, (ReturnPut("ACF-003", 1, SAID, None),)), "ACF-003 has no award"),
        (AGREE, "What is agreed on ACF-001 was changed in the meantime"),
        (SetVisits(1, "ACF-001", (), ()), "The visits to ACF-001 were changed in the meantime"),
        (SetVisits(1, "ACF-003", (), ()), "ACF-003 has no award"),
        (SetReturnBands(1, (), BANDS), "How often awards report was changed in the meantime"),
    ],
)
def test_what_no_longer_fits_is_refused(record: Record, operation: Operation, words: str) -> None:
    monitored_award(record)

    with pytest.raises(Refused, match=words):
        record.perform(operation, OFFICER)


def test_visits_say_who_went_and_what_was_seen(record: Record) -> None:
    monitored_award(record)
    two = (VISIT, replace(VISIT, seen="The same, in the rain."))

    outcome = record.perform(SetVisits(1, "ACF-001", two, (VISIT,)), OFFICER)

    assert outcome.words == "2 visits are recorded on A-031-01."
    assert first(record).visits == two
    assert undo(record, outcome).words == "1 visit is recorded on A-031-01."
    for wrong in (replace(VISIT, who=" "), replace(VISIT, seen="")):
        with pytest.raises(Refused, match="who went and what was seen"):
            record.perform(SetVisits(1, "ACF-001", (wrong,), (VISIT,)), OFFICER)
    assert_replays(record)


@pytest.mark.parametrize(
    "operation",
    [
        SetAgreedOutputs(1, "ACF-001", (AgreedOutput(1, "x" * 8_001),), OUTPUTS),
        SetVisits(1, "ACF-001", (replace(VISIT, seen="x" * 8_001),), (VISIT,)),
        PutReturns(1, (ReturnPut("ACF-001", 2, ReturnContent(DAY, "x" * 8_001), None),)),
    ],
)
def test_a_text_that_does_not_go_into_a_cell_is_refused(record: Record, operation: Operation) -> None:
    monitored_award(record)

    with pytest.raises(Refused, match="longer than 8,000 characters"):
        record.perform(operation, OFFICER)


@pytest.mark.parametrize("operation", [AGREE, PLAN, PUT, SetReturnBands(1, BANDS, ())])
def test_the_chair_reads_and_changes_nothing(record: Record, operation: Operation) -> None:
    awarded(record)

    with pytest.raises(Refused, match="An officer or finance manages awards, not the chair"):
        record.perform(operation, Actor("Ravi Example", "chair"))


def test_a_corrected_decision_leaves_what_is_monitored(record: Record) -> None:
    monitored_award(record)
    line = LineDecision("ACF-001", "change", "fund", 90_000, "less is needed", "It meets a need.")

    record.perform(replace(last_step(line, notice="032/2026"), correcting=True), DECIDER)

    award = record.ask(lambda session: monitored(session, 1))[1]
    assert (award.reference, award.amount_pence, award.returns[0].said) == ("A-032-01", 90_000, SAID)


def test_labels_name_the_application() -> None:
    assert PUT.label == "Record return 1 of ACF-001"
    assert PutReturns(1, ()).label == "Take back return 0 of "
    assert PLAN.label == "Plan the returns of ACF-001"
    assert AGREE.label == "Set what is agreed on ACF-001"
    assert SetVisits(1, "ACF-001", (), ()).label == "Record the visits to ACF-001"
    assert SetReturnBands(1, (), ()).label == "Set how often awards report"

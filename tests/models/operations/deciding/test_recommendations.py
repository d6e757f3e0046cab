"""Recording what the panel recommends, and who allows money over the pot of one area."""

import pytest
from msgspec.structs import replace

from models.operations.applications.applications import RemoveApplications
from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.authorities import AllowOverPot
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.areas import RemoveArea, SetPot
from models.operations.set_up.load import RemoveRound
from models.operations.set_up.replace import ReplaceRound
from models.queries.deciding.allowances import allowances
from models.queries.deciding.decisions import recommendations
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.values.recommending import LineDecision, RecommendationRow
from models.values.rows import RoundRows, SheetRow, scored_round
from scoring.rank import rank
from scoring.ranking import Allowance
from scoring.round import Area
from scoring.scheme import Allocation
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
from tests.models.rounds import (
    OFFICER,
    SCHEME,
    application,
    assert_replays,
    import_operation,
    load,
    refuses,
    set_up_office,
    undo,
    workbook_rows,
)

FUNDED = RecommendationRow("ACF-001", "fund", 100_000, "fits", conditions=("agreement",), total_1e2=7_500)
DECLINED = RecommendationRow("ACF-002", "decline", None, "weak need", code="weak-need")


def recorded(record: Record) -> tuple[RecommendationRow, ...]:
    return record.ask(lambda session: recommendations(session, 1))


def test_a_recommendation_that_does_not_hold_together_or_pays_a_withdrawn_application_is_refused(
    loaded: Record,
) -> None:
    for item, words in (
        (replace(FUNDED, application="ACF-9"), "ACF-9 is not in the round"),
        (replace(DECLINED, outcome="defer", reason="  "), "ACF-002 needs a reason"),
        (replace(FUNDED, outcome="approve"), "“approve” is not one of"),
        (replace(FUNDED, amount_pence=None), "an amount can be given only with"),
        (replace(DECLINED, amount_pence=1), "an amount can be given only with"),
        (replace(FUNDED, amount_pence=100_001), "£1,000.01 is not within the £1,000.00 requested"),
        (replace(FUNDED, amount_pence=0), "£0.00 is not within"),
    ):
        refuses(loaded, words, RecordRecommendations(1, (item,)))
    assert recorded(loaded) == ()

    loaded.perform(SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="the applicant asked"), OFFICER)
    deferred = RecommendationRow("ACF-001", "defer", None, "withdrawn for now")
    with pytest.raises(Refused, match=r"ACF-001 is withdrawn, so it gets no money\. Reinstate it"):
        loaded.perform(RecordRecommendations(1, (FUNDED,)), OFFICER)

    loaded.perform(RecordRecommendations(1, (deferred,)), OFFICER)
    assert recorded(loaded) == (deferred,)


def test_a_round_with_recommendations_keeps_its_applications_and_itself(loaded: Record) -> None:
    refuses(loaded, "no recommendation to record", RecordRecommendations(1, ()))
    refuses(loaded, "Nothing is recommended on ACF-001", RecordRecommendations(1, (), ("ACF-001",)))
    loaded.perform(import_operation(application(8), application(9, area="Dudley"), areas=()), OFFICER)
    loaded.perform(RecordRecommendations(1, (FUNDED,)), OFFICER)  # of Coventry, as is ACF-008

    refuses(loaded, "Coventry has recommendations", RemoveApplications(1, ("ACF-008",)))
    loaded.perform(RemoveApplications(1, ("ACF-009",)), OFFICER)
    refuses(loaded, "these are kept", RemoveRound(1, ""))


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


def round_to_rank() -> RoundRows:
    """Return four applications to Coventry with one member's marks, in the order of their numbers."""
    marks = ((5, 5, 5), (4, 4, 4), (3, 3, 3), (1, 1, 1))
    return replace(
        deciding_rows(),
        scheme=replace(SCHEME, allocation=Allocation.STOP),
        members=workbook_rows().members,
        areas=(Area("Coventry", 300_000), Area("Dudley", 0)),
        applications=tuple(application(number) for number in (1, 2, 3, 4)),
        interests=(),
        sheets=tuple(SheetRow("M1", f"ACF-00{n}", True, given) for n, given in enumerate(marks, 1)),
    )


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


def test_an_authority_is_for_one_area_in_pounds_and_changes_no_percentage(recommended: Record) -> None:
    for wrong, words in (
        (replace(ALLOWED, name="  "), "Name who allows it"),
        (replace(ALLOWED, post=""), "Name the post in which A. Example allows it"),
        (replace(ALLOWED, reason=" "), "Say why"),
        (replace(ALLOWED, reason=" one"), "Remove the spaces before and after name"),
        (replace(ALLOWED, pence=0), "above £0.00"),
        (replace(ALLOWED, pence=10**18), "above £0.00"),
        (replace(ALLOWED, area="Walsall"), "no area Walsall"),
    ):
        refuses(recommended, words, AllowOverPot(1, wrong))
    before = rank(scored_round(recommended.ask(lambda session: round_rows(session, 1))))
    outcome = recommended.perform(AllowOverPot(1, ALLOWED), OFFICER)

    assert outcome.words == (
        "A. Example, Commissioner, allows £2,500.00 over the pot of Coventry. No other area and no "
        "percentage changes with it."
    )
    assert held(recommended) == (ALLOWED,)
    after = rank(scored_round(recommended.ask(lambda session: round_rows(session, 1))))
    assert after == before
    assert after.scheme.tolerance_percent == 0

    # Of two that are alike each is taken back once.
    back = AllowOverPot(1, ALLOWED, is_back=True)
    recommended.perform(AllowOverPot(1, ALLOWED), OFFICER)
    taken = recommended.perform(back, OFFICER)
    assert taken.words == "Took back the £2,500.00 allowed over the pot of Coventry."
    assert held(recommended) == (ALLOWED,)
    recommended.perform(back, OFFICER)
    refuses(recommended, "That is not allowed over the pot of Coventry now", back)


def test_an_area_that_is_over_already_may_get_less_and_no_part_is_called_fund_anew(
    recommended: Record,
) -> None:
    recommended.perform(SetPot(1, Area("Coventry", 100_000), Area("Coventry", 350_000)), OFFICER)
    called = RecordRecommendations(1, (replace(recorded(recommended)[1], amount_pence=150_000),))
    refuses(recommended, "ACF-002: Fund gives the whole £2,000. For a part of it choose part-fund.", called)
    less = replace(called.items[0], outcome="part_fund")
    recommended.perform(RecordRecommendations(1, (less,)), OFFICER)
    more = RecordRecommendations(1, (replace(less, amount_pence=160_000),))
    refuses(recommended, r"£2,600\.00 is £1,600\.00 over the £1,000\.00 pot", more)

    with pytest.MonkeyPatch.context() as before_it_was_asked:
        before_it_was_asked.setattr(RecordRecommendations, "check_at_entry", lambda *_: None)
        recommended.perform(called, OFFICER)
    assert_replays(recommended)
    recommended.perform(RecordRecommendations(1, (replace(called.items[0], reason="anew"),)), OFFICER)

    # Undoing puts back what an earlier program let pass.
    stood = recorded(recommended)
    declined = recommended.perform(RecordRecommendations(1, (DECLINED,)), OFFICER)
    undo(recommended, declined)
    assert recorded(recommended) == stood


def test_more_than_the_pot_is_recommended_once_those_who_allow_it_in_the_area_add_up(record: Record) -> None:
    third = third_funded(recommended(record))
    with pytest.raises(Refused) as no:
        record.perform(third, OFFICER)
    assert str(no.value) == (
        "Coventry: £6,000.00 is £2,500.00 over the £3,500.00 pot, and nobody allows that. Lower an amount, "
        "move one to reserve, or record who allows it and by how much. Nothing was recorded."
    )
    record.perform(AllowOverPot(1, replace(ALLOWED, area="Dudley")), OFFICER)
    refuses(record, "nobody allows that", third)
    record.perform(AllowOverPot(1, replace(ALLOWED, pence=100_000)), OFFICER)

    refuses(record, r"and nobody allows £1,500\.00 of that", third)
    record.perform(AllowOverPot(1, replace(ALLOWED, pence=150_000)), OFFICER)
    record.perform(third, OFFICER)

    assert {one.pence for one in held(record) if one.area == "Coventry"} == {100_000, 150_000}
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)


def test_nobody_decides_past_what_is_allowed(signed: Record) -> None:
    lines = (*every_line()[:2], THIRD)

    with pytest.raises(Refused, match=r"Coventry: £6,000\.00 is £2,500\.00 over .* Nothing was decided\."):
        signed.perform(first_step(*lines), COMMANDER)
    signed.perform(AllowOverPot(1, ALLOWED), OFFICER)
    signed.perform(first_step(*lines), COMMANDER)
    signed.perform(last_step(*every_line()), DECIDER)


def test_lines_that_stand_over_a_pot_that_was_cut_are_not_decided(signed: Record) -> None:
    signed.perform(SetPot(1, Area("Coventry", 100_000), Area("Coventry", 350_000)), OFFICER)

    refuses(signed, "Nothing was decided", first_step(*every_line()), COMMANDER)
    signed.perform(first_step(every_line()[2]), COMMANDER)  # it gets no money


def test_a_correction_raises_nothing_past_what_is_allowed_and_may_lower(record: Record) -> None:
    signed(record).perform(first_step(*every_line()), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)
    record.perform(AllowOverPot(1, replace(ALLOWED, pence=200_000)), OFFICER)
    record.perform(SetPot(1, Area("Coventry", 100_000), Area("Coventry", 350_000)), OFFICER)
    lower = LineDecision("ACF-002", "change", "part_fund", 150_000, change_reason="less", reason="It helps.")

    with pytest.raises(Refused, match=r"£6,000\.00 is £5,000\.00 over"):
        record.perform(replace(last_step(THIRD, notice="032/2026"), correcting=True), DECIDER)
    record.perform(replace(last_step(lower, notice="032/2026"), correcting=True), DECIDER)


def test_what_a_signature_rests_on_is_not_taken_back(record: Record) -> None:
    third = third_funded(recommended(record))
    record.perform(AllowOverPot(1, ALLOWED), OFFICER)
    record.perform(AllowOverPot(1, replace(ALLOWED, pence=1)), OFFICER)
    record.perform(third, OFFICER)
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)

    refuses(record, "What is signed depends on it", AllowOverPot(1, ALLOWED, is_back=True))
    record.perform(AllowOverPot(1, replace(ALLOWED, pence=1), is_back=True), OFFICER)

    assert held(record) == (ALLOWED,)


def test_an_area_or_a_round_with_an_authority_stays_until_that_is_taken_back(record: Record) -> None:
    load(set_up_office(record), replace(deciding_rows(), name="Autumn"))
    record.perform(AllowOverPot(1, replace(ALLOWED, area="Dudley")), OFFICER)

    with pytest.raises(Refused, match=r"Money is allowed over the pot of Dudley\. Take that back first"):
        record.perform(RemoveArea(1, "Dudley"), OFFICER)
    without = replace(deciding_rows(), areas=(Area("Coventry", 350_000),))
    refuses(record, r"Money is allowed over the pot of Dudley\. Put the area back", ReplaceRound(1, without))
    refuses(record, r"Take that back first\. Nothing was removed", RemoveRound(1, ""))
    record.perform(AllowOverPot(1, replace(ALLOWED, area="Dudley"), is_back=True), OFFICER)
    record.perform(RemoveRound(1, ""), OFFICER)

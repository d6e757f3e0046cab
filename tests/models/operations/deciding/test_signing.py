"""The chair's signature under the recommendations."""

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.deciding.recommendations import (
    AllowOverPot,
    RecordRecommendations,
    WithdrawRecommendations,
    proposed,
)
from models.operations.deciding.signing import SignRecommendations, signing_fault
from models.operations.panel.members import Declare
from models.operations.set_up.areas import MoveArea, SetPot
from models.queries.deciding.decisions import recommendations, signatures
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import round_line
from models.record import Record
from models.values.recommending import RecommendationRow
from models.values.rows import InterestRow, scored_round
from scoring.rank import rank
from scoring.ranking import Allowance
from scoring.round import Area, InterestKind
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import CHAIR, DAY, deciding_rows, reasoned, recommended, signed
from tests.models.rounds import KEY, OFFICER, assert_replays, load, set_up_office, set_up_round, workbook_rows

SIGNING = SignRecommendations(1, "Coventry", DAY)


def test_the_chair_signs_and_the_area_is_before_its_deciders(record: Record) -> None:
    outcome = recommended(record).perform(SIGNING, CHAIR)

    assert outcome.words == "The recommendations on 3 applications are signed, £3,000.00 in all."
    assert outcome.inverse is None
    assert [(s.application, s.signed_by, s.signed_on) for s in record.ask(lambda s: signatures(s, 1))] == [
        (f"ACF-00{n}", "Ravi Example", DAY) for n in (1, 2, 3)
    ]
    stages = {a.name: a.stage for a in record.ask(lambda s: round_line(s, 1)).areas}
    assert stages == {"Coventry": "deciding", "Dudley": "intake"}
    assert_replays(record)


def test_a_chair_with_an_interest_is_told_no_sum_with_the_closed_line_in_it(record: Record) -> None:
    own = InterestRow("M2", "ACF-002", InterestKind.PECUNIARY, "a cousin")  # £2,000 of the £3,000
    recommended(record, replace(deciding_rows(), interests=(own,)))

    outcome = record.perform(SIGNING, CHAIR)

    assert (
        outcome.words == "The recommendations on 3 applications are signed, £1,000.00 in all without ACF-002."
    )
    assert_replays(record)


def test_what_the_chair_signed_on_paper_is_recorded_whatever_stage_the_area_was_at(record: Record) -> None:
    recommended(record).perform(MoveArea(1, "Coventry", "meeting", "once more"), CHAIR)

    outcome = record.perform(replace(SIGNING, by="Ravi Example", from_paper=True), OFFICER)

    assert outcome.words.endswith("are signed, £3,000.00 in all. Deciding is open in Coventry.")
    assert {s.signed_by for s in record.ask(lambda s: signatures(s, 1))} == {"Ravi Example"}
    assert_replays(record)


def test_an_area_that_was_loaded_with_its_sheets_is_signed_where_it_stands(record: Record) -> None:
    load(set_up_office(record), deciding_rows())
    ranked = rank(scored_round(record.ask(lambda s: round_rows(s, 1))))
    record.perform(RecordRecommendations(1, reasoned(proposed(ranked))), OFFICER)

    record.perform(SIGNING, CHAIR)

    stages = {a.name: a.stage for a in record.ask(lambda s: round_line(s, 1)).areas}
    assert stages == {"Coventry": "deciding", "Dudley": "intake"}, "the panel met elsewhere"


def test_all_areas_are_signed_in_one(record: Record) -> None:
    outcome = recommended(record).perform(SignRecommendations(1, "", DAY), CHAIR)

    assert "3 applications" in outcome.words


@pytest.mark.parametrize("actor", [OFFICER, Actor("Dan Decides", "decider")])
def test_only_the_chair_signs(record: Record, actor: Actor) -> None:
    with pytest.raises(Refused, match=r"Only the chair signs the recommendations, not the"):
        recommended(record).perform(SIGNING, actor)


def test_nothing_is_signed_twice(record: Record) -> None:
    with pytest.raises(Refused, match="no recommendation left to sign"):
        signed(record).perform(SIGNING, CHAIR)


def test_a_ranked_application_without_a_recommendation_stops_the_signing(record: Record) -> None:
    recommended(record).perform(WithdrawRecommendations(1, ("ACF-002",)), OFFICER)

    with pytest.raises(Refused, match="Nothing is recommended yet on ACF-002"):
        record.perform(SIGNING, CHAIR)
    with pytest.raises(Refused, match="Nothing is recommended yet on ACF-002"):
        record.perform(SignRecommendations(1, "", DAY), CHAIR)


def test_a_total_that_changed_since_the_recommendation_stops_the_signing(record: Record) -> None:
    items = recommended(record).ask(lambda s: recommendations(s, 1))
    stale = replace(items[0], total_1e2=9_000)
    record.perform(RecordRecommendations(1, (stale,)), OFFICER)

    with pytest.raises(Refused, match=r"ACF-001 was recommended on 90\.00 and has 100\.00 now"):
        record.perform(SIGNING, CHAIR)
    for member in record.ask(lambda s: round_rows(s, 1)).members:
        late = InterestRow(member.code, "ACF-001", InterestKind.PREJUDICIAL)
        record.perform(Declare(1, member.code, (late,)), OFFICER)
    with pytest.raises(Refused, match=r"ACF-001 was recommended on 90\.00 and has no total now"):
        record.perform(SIGNING, CHAIR)


def test_more_than_the_pot_is_not_signed_until_somebody_allows_it(record: Record) -> None:
    recommended(record)  # £1,000 + £2,000
    record.perform(SetPot(1, Area("Coventry", 210_000), Area("Coventry", 350_000)), OFFICER)

    with pytest.raises(Refused) as refused:
        record.perform(SIGNING, CHAIR)
    assert str(refused.value) == (
        "Coventry: £3,000.00 is £900.00 over the £2,100.00 pot, and nobody allows that. Lower an amount, "
        "move one to reserve, or record who allows it and by how much. Nothing was signed."
    )
    assert record.ask(lambda s: signatures(s, 1)) == ()
    assert record.ask(lambda s: signing_fault(s, 1)).startswith("Coventry: £3,000.00 is £900.00 over")

    allowed = Allowance("Coventry", 90_000, "A. Commissioner", "Commissioner", "an underspend")
    record.perform(AllowOverPot(1, allowed), CHAIR)
    assert record.ask(lambda s: signing_fault(s, 1)) == ""
    record.perform(SIGNING, CHAIR)

    assert len(record.ask(lambda s: signatures(s, 1))) == 3
    assert_replays(record)


def test_an_area_is_signed_only_once_it_recommends(record: Record) -> None:
    recommended(record).perform(MoveArea(1, "Coventry", "meeting", "more to say"), CHAIR)

    with pytest.raises(Refused, match="Coventry is at the stage “meeting”"):
        record.perform(SIGNING, CHAIR)


def test_nothing_is_signed_before_the_round_is_open(record: Record) -> None:
    set_up_office(record).perform(set_up_round(KEY, ("Coventry",)), OFFICER)

    with pytest.raises(Refused, match="still being set up"):
        record.perform(SIGNING, CHAIR)


def test_a_signed_recommendation_holds_still(record: Record) -> None:
    items = signed(record).ask(lambda s: recommendations(s, 1))

    with pytest.raises(Refused, match="The recommendation on ACF-001 is signed"):
        record.perform(RecordRecommendations(1, items[:1]), OFFICER)
    with pytest.raises(Refused, match="The recommendation on ACF-002 is signed"):
        record.perform(WithdrawRecommendations(1, ("ACF-002",)), OFFICER)


def test_an_area_never_goes_back_past_a_signature(record: Record) -> None:
    with pytest.raises(Refused, match="cannot go back past a signature"):
        signed(record).perform(MoveArea(1, "Coventry", "recommending", "a mistake"), CHAIR)


def test_an_area_without_a_signature_goes_back(record: Record) -> None:
    recommended(record).perform(MoveArea(1, "Coventry", "deciding"), CHAIR)

    record.perform(MoveArea(1, "Coventry", "recommending", "a mistake"), CHAIR)

    assert record.ask(lambda s: signatures(s, 1)) == ()


def test_an_application_without_an_area_is_signed_with_the_round(record: Record) -> None:
    load(set_up_office(record), replace(workbook_rows(), agreed=(), sheets=()))
    nowhere = RecommendationRow("ACF-003", "decline", None, "withdrawn", code="withdrawn")
    record.perform(RecordRecommendations(1, (nowhere,)), OFFICER)

    record.perform(SignRecommendations(1, "", DAY), CHAIR)

    assert [s.application for s in record.ask(lambda s: signatures(s, 1))] == ["ACF-003"]
    assert_replays(record)


def test_money_without_a_reason_is_not_signed(record: Record) -> None:
    rows = recommended(record).ask(lambda session: recommendations(session, 1))
    record.perform(RecordRecommendations(1, tuple(replace(row, reason="") for row in rows)), OFFICER)

    with pytest.raises(Refused, match="ACF-001, ACF-002 need the reason why") as refused:
        record.perform(SIGNING, CHAIR)
    assert record.ask(lambda session: signing_fault(session, 1, "Coventry")) == str(refused.value)
    assert record.ask(lambda session: signatures(session, 1)) == ()

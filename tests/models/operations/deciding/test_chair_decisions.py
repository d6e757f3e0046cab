"""The chair's exceptions, tie decisions and signature: applied, refused and undone."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from models.operations.awards.authorities import AllowOverPot
from models.operations.deciding.chair_decisions import DecideException, DecideTie, refuse_unruled
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.deciding.signing import SignRecommendations, signing_fault
from models.operations.panel.agreed import SetAgreedMark, SetNotApplicable
from models.operations.panel.members import Declare
from models.operations.panel.sheets import ReopenSheet
from models.operations.set_up.areas import MoveAreas, SetPot
from models.queries.deciding.decisions import recommendations, signatures
from models.queries.panel.panel import chair_decisions, rules_in_place
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.values.recommending import RecommendationRow
from models.values.rows import ChairDecisionRow, InterestRow, NotApplicableRow, RoundRows, SheetRow
from scoring.ranking import Allowance
from scoring.round import Area, ChairDecisionKind, InterestKind
from scoring.scheme import Combine
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import CHAIR as RAVI
from tests.models.operations.deciding_rounds import DAY, deciding_rows, recommended, signed
from tests.models.operations.meetings import CHAIR, NOTES, meeting_rows
from tests.models.rounds import OFFICER, application, load, refused, refuses, set_up_office

PILOT = DecideException(1, "ACF-005", "a pilot", "")
TIE = DecideTie(1, ("ACF-002", "ACF-001"), "older group first")
T, EXCEPTION = ChairDecisionKind.TIE, ChairDecisionKind.EXCEPTION


def tied_rows() -> RoundRows:
    """Return ACF-001 and ACF-002 on equal marks, ACF-004 apart, and ACF-005 below the floor of 30."""
    rows = meeting_rows(combine=Combine.MEAN)
    marks = {"ACF-001": (3, 3, 3), "ACF-002": (3, 3, 3), "ACF-004": (4, 4, 4), "ACF-005": (1, 1, 1)}
    return replace(
        rows,
        scheme=replace(rows.scheme, quorum=1, minimum_total=Decimal(30)),
        applications=tuple(application(n) for n in (1, 2, 4, 5)),
        interests=(),
        sheets=tuple(SheetRow("M1", of, True, given) for of, given in marks.items()),
    )


@pytest.fixture
def loaded(record: Record) -> Record:
    load(set_up_office(record), tied_rows())
    return record


def decisions(record: Record) -> tuple[ChairDecisionRow, ...]:
    return record.ask(lambda session: chair_decisions(session, 1))


def test_what_the_chair_may_not_decide(loaded: Record) -> None:
    for change, actor, words in (
        (PILOT, NOTES, "Only the chair decides an exception, not the note-taker"),
        (replace(PILOT, application="ACF-001"), CHAIR, "ACF-001 is not below a minimum"),
        (replace(PILOT, reason="  "), CHAIR, "Say why an exception"),
        (replace(PILOT, replacing="else"), CHAIR, "changed in the meantime"),
        (TIE, NOTES, "Only the chair decides a tie"),
        (replace(TIE, reason=""), CHAIR, "Say why the chair"),
        (replace(TIE, order=()), CHAIR, "they do not share a place"),
        (replace(TIE, order=("ACF-004", "ACF-001")), CHAIR, "they do not share a place"),
        (replace(TIE, order=("ACF-001",)), CHAIR, "ACF-001, ACF-002 share a place"),
        (replace(TIE, order=("ACF-001", "ACF-009")), CHAIR, "no application ACF-009"),
        # nobody rules in the place of a chair without an interest
        (replace(PILOT, in_place="M1"), OFFICER, "M1 does not rule on ACF-005: that is for the chair"),
    ):
        refuses(loaded, words, change, actor)
    # A tie is put back by whom it is decided, and without other decisions.
    other = ChairDecisionRow("ACF-004", T, 1, "mine"), ChairDecisionRow("ACF-001", EXCEPTION, 0, "mine")
    for planted in other:
        back = replace(TIE, rows=(planted,), in_place="M2", is_back=True)
        refuses(loaded, "Only what was decided on this tie", back)
    rows = tuple(ChairDecisionRow(of, T, place, "mine") for place, of in enumerate(("ACF-001", "ACF-002"), 1))
    back = replace(TIE, rows=rows, in_place="M1", is_back=True)

    refuses(loaded, "M1 does not rule on ACF-002 and ACF-001: that is for the chair", back)
    refuses(loaded, "Only the chair decides a tie", replace(back, in_place=""))
    assert decisions(loaded) == ()
    # What was settled stands once the area is before its deciders.
    for stage in ("scoring", "meeting", "recommending", "deciding"):
        loaded.perform(MoveAreas(1, ("Coventry",), stage), CHAIR)

    for change in (PILOT, TIE, DecideTie(1, ("ACF-001",), "", is_back=True)):
        refuses(loaded, "Coventry is at the stage “deciding”", change, CHAIR)


@pytest.mark.parametrize("given", [(3, 3, 3), (1, 1, 1)])
def test_a_chair_with_an_interest_rules_on_no_tie_of_that_list_and_is_told_of_none(
    record: Record, given: tuple[int, int, int]
) -> None:
    """Whether what is closed shares the place or not, the answer is the same; a member without one rules."""
    rows = tied_rows()
    sheets = tuple(replace(one, marks=given) if one.application == "ACF-004" else one for one in rows.sheets)
    own = InterestRow("M2", "ACF-004", InterestKind.PECUNIARY), InterestRow("M1", None, InterestKind.NONE)
    load(set_up_office(record), replace(rows, sheets=sheets, interests=own))

    whole = ("ACF-002", "ACF-001", "ACF-004")
    for order in (TIE.order, whole, TIE.order[:1], ("ACF-001", "ACF-005")):
        refuses(record, "You declared an interest in ACF-004.", replace(TIE, order=order), CHAIR)
    tied = whole if given == (3, 3, 3) else TIE.order
    outcome = record.perform(replace(TIE, order=tied, in_place="M1"), OFFICER)
    assert {row.application for row in decisions(record)} == {*tied}
    assert outcome.inverse is not None
    record.perform(outcome.inverse, OFFICER)
    assert decisions(record) == ()


def test_a_named_member_alone_rules_in_the_place_of_a_chair_with_an_interest(record: Record) -> None:
    own = (InterestRow("M2", of, InterestKind.PECUNIARY) for of in ("ACF-001", "ACF-005"))
    none = InterestRow("M1", None, InterestKind.NONE)
    loaded = set_up_office(record)
    load(loaded, replace(tied_rows(), interests=(*own, none)))
    refuses(loaded, "ruled by the member whom the others name; an officer records that", TIE, CHAIR)
    for change, actor, words in (
        (replace(TIE, in_place="M2"), OFFICER, "M2 does not rule on ACF-002 and ACF-001: that is for Ann S"),
        (replace(PILOT, in_place="M9"), OFFICER, "M9 does not rule on ACF-005"),
        (replace(TIE, in_place="M1"), CHAIR, "Only an officer records what a member ruled"),
        (TIE, OFFICER, "Only the chair decides a tie, not the officer"),
    ):
        refuses(loaded, words, change, actor)

    tie = loaded.perform(replace(TIE, in_place="M1"), OFFICER)
    let_in = loaded.perform(replace(PILOT, in_place="M1"), OFFICER)

    assert tie.words == "In the chair’s place Ann Sample put ACF-002, ACF-001 in this order."
    assert let_in.words == "Made an exception for ACF-005, in the chair’s place."
    assert {row.ruled_by for row in decisions(loaded)} == {"M1"}
    for done in (let_in, tie):
        assert done.inverse is not None
        loaded.perform(done.inverse, OFFICER)
    assert decisions(loaded) == ()


def test_a_workbooks_ruling_on_what_the_chair_has_an_interest_in_names_who_ruled() -> None:
    assert rules_in_place((), (), ("ACF-005",)) == ()
    own = InterestRow("M2", "ACF-005", InterestKind.PECUNIARY)
    ruled = ChairDecisionRow("ACF-005", ChairDecisionKind.EXCEPTION, None, "a pilot")
    rows = replace(tied_rows(), interests=(own,), chair_decisions=(ruled,))

    refused("under Ruled by on the sheet Chair decisions: M1", refuse_unruled, rows)
    refuse_unruled(rows, rows)
    refuse_unruled(replace(rows, chair_decisions=(replace(ruled, ruled_by="M1"),)))
    refuse_unruled(replace(rows, interests=()))

    aside = NotApplicableRow("ACF-005", "A1", "No such part")
    held = replace(rows, chair_decisions=(), not_applicable=(aside,))
    words = r"does not set A1 aside\. Say in the reason who did: “.in the chair’s place Ann"
    refused(words, refuse_unruled, held)
    refuse_unruled(held, held)
    refuse_unruled(
        replace(held, not_applicable=(replace(aside, reason="None (in the chair’s place Ann Sample)"),))
    )


SIGNING = SignRecommendations(1, "Coventry", DAY)


def test_a_chair_with_an_interest_is_told_no_sum_with_the_closed_line_in_it(record: Record) -> None:
    own = InterestRow("M2", "ACF-002", InterestKind.PECUNIARY, "a cousin")  # £2,000 of the £3,000
    recommended(record, replace(deciding_rows(), interests=(own,)))

    outcome = record.perform(SIGNING, RAVI)

    assert outcome.words.endswith("3 applications are signed, £1,000.00 in all without ACF-002.")


def test_what_the_chair_signed_on_paper_is_recorded_whatever_stage_the_area_was_at(record: Record) -> None:
    recommended(record).perform(MoveAreas(1, ("Coventry",), "meeting", "once more"), RAVI)
    refuses(record, "Coventry is at the stage “meeting”", SIGNING, RAVI)

    outcome = record.perform(replace(SIGNING, by="Ravi Example", from_paper=True), OFFICER)

    assert outcome.words.endswith("are signed, £3,000.00 in all. Deciding is open in Coventry.")
    assert {s.signed_by for s in record.ask(lambda s: signatures(s, 1))} == {"Ravi Example"}


def test_more_than_the_pot_is_not_signed_until_somebody_allows_it(record: Record) -> None:
    recommended(record)  # £1,000 + £2,000
    record.perform(SetPot(1, Area("Coventry", 210_000), Area("Coventry", 350_000)), OFFICER)

    words = r"£3,000\.00 is £900\.00 over the £2,100\.00 pot, and nobody allows that.*Nothing was signed"
    refuses(record, words, SIGNING, RAVI)
    assert record.ask(lambda s: signatures(s, 1)) == ()
    assert record.ask(lambda s: signing_fault(s, 1)).startswith("Coventry: £3,000.00 is £900.00 over")

    allowed = Allowance("Coventry", 90_000, "A. Commissioner", "Commissioner", "an underspend")
    record.perform(AllowOverPot(1, allowed), RAVI)
    assert record.ask(lambda s: signing_fault(s, 1)) == ""
    record.perform(SIGNING, RAVI)

    assert len(record.ask(lambda s: signatures(s, 1))) == 3


def test_a_signed_recommendation_holds_still(record: Record) -> None:
    items = signed(record).ask(lambda s: recommendations(s, 1))
    refuses(record, "no recommendation left to sign", SIGNING, RAVI)
    with pytest.raises(Refused, match="cannot go back past a signature"):
        record.perform(MoveAreas(1, ("Coventry",), "recommending", "a mistake"), RAVI)
    refuses(record, "The recommendation on ACF-001 is signed", RecordRecommendations(1, items[:1]))
    refuses(record, "The recommendation on ACF-002 is signed", RecordRecommendations(1, (), ("ACF-002",)))


def test_what_is_ranked_and_not_recommended_and_money_without_a_reason_are_not_signed(record: Record) -> None:
    rows = recommended(record).ask(lambda session: recommendations(session, 1))
    record.perform(RecordRecommendations(1, (), ("ACF-002",)), OFFICER)
    for signing in (SIGNING, SignRecommendations(1, "", DAY)):
        refuses(record, "Nothing is recommended yet on ACF-002", signing, RAVI)
    record.perform(RecordRecommendations(1, tuple(replace(row, reason="") for row in rows)), OFFICER)

    with pytest.raises(Refused, match="ACF-001, ACF-002 need the reason why") as no:
        record.perform(SIGNING, RAVI)
    assert record.ask(lambda session: signing_fault(session, 1, "Coventry")) == str(no.value)
    assert record.ask(lambda session: signatures(session, 1)) == ()
    # A total that changed since the recommendation stops the signing.
    stale = replace(rows[0], total_1e2=9_000)
    record.perform(RecordRecommendations(1, (stale, *rows[1:])), OFFICER)

    refuses(record, r"ACF-001 was recommended on 90\.00 and has 100\.00 now", SIGNING, RAVI)
    for member in record.ask(lambda s: round_rows(s, 1)).members:
        late = InterestRow(member.code, "ACF-001", InterestKind.PREJUDICIAL)
        record.perform(Declare(1, member.code, (late,)), OFFICER)
    refuses(record, r"ACF-001 was recommended on 90\.00 and has no total now", SIGNING, RAVI)


def test_nothing_is_marked_recommended_decided_or_signed_while_the_round_is_set_up(taken_in: Record) -> None:
    declined = RecommendationRow("ACF-001", "decline", None, "weak need")
    for change, actor in (
        (SetAgreedMark(1, "ACF-001", "A1", 3, "", None, ""), OFFICER),
        (RecordRecommendations(1, (declined,)), OFFICER),
        (replace(PILOT, application="ACF-001"), CHAIR),
        (SIGNING, RAVI),
    ):
        refuses(taken_in, "still being set up", change, actor)
    allowed = Allowance("Coventry", 90_000, "A. Commissioner", "Commissioner", "an underspend")
    refuses(taken_in, "Set the tolerance in the draft", AllowOverPot(1, allowed))


def test_so_are_criteria_set_aside_and_sheets_reopened(record: Record) -> None:
    rows = tied_rows()
    own = [InterestRow("M2", "ACF-001", InterestKind.PECUNIARY), InterestRow("M1", None, InterestKind.NONE)]
    scheme = replace(rows.scheme, not_applicable_allowed=True)
    load(set_up_office(record), replace(rows, scheme=scheme, interests=tuple(own)))
    record.perform(MoveAreas(1, ("Coventry",), "scoring"), CHAIR)
    aside, again = (
        SetNotApplicable(1, "ACF-001", "A1", "No such part", ""),
        ReopenSheet(1, "M1", "ACF-001", "Why"),
    )

    for change in (aside, again):
        refuses(record, "ruled by the member whom the others name; an officer records that", change, CHAIR)
        refuses(record, "Only the chair", change)
        refuses(record, "M2 does not rule on ACF-001: that is for Ann Sample", replace(change, in_place="M2"))

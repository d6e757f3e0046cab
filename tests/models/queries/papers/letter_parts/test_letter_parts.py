"""Letters: what is told of marks, of a decision taken again, of none, and the day that they bear."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest
from msgspec.structs import replace

from models.issuing import next_issue
from models.operations.applications.corrections import SetWithdrawn
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.office import SetPaperTexts
from models.operations.set_up.rounds import CloseRound
from models.papers.letters.letter import Missed, Placed, Undecided
from models.papers.letters.letters import Letters
from models.papers.order import PaperOrder
from models.queries.papers.letter_parts.causes import Feedback, feedback
from models.queries.papers.papers import paper_value
from models.record import Record
from models.values.recommending import LineDecision
from models.values.rows import AgreedRow, InterestRow, RoundRows, SheetRow, scored_round
from scoring.rank import rank
from scoring.round import Area, Eligibility, InterestKind
from scoring.scheme import Combine
from tests.exchange.papers.letters.texts import text_of
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    decide,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    recommended,
)
from tests.models.queries.deciding.test_challenges import add, anew
from tests.models.queries.papers.letter_parts.test_at_gates import found as found_of
from tests.models.rounds import OFFICER, application

WORDS = tuple((mark, word, "") for mark, word in enumerate(("Nil", "Poor", "Fair", "Good", "Fine", "Best")))


def agreed(*marks: tuple[int, ...], **scheme: object) -> RoundRows:
    """Return a round with agreed marks, one application for each, under the scheme with these changes."""
    rows = deciding_rows()
    numbers = range(1, len(marks) + 1)
    return replace(
        rows,
        scheme=replace(rows.scheme, combine=Combine.CONSENSUS, **scheme),  # type: ignore[arg-type]
        applications=tuple(application(n) for n in numbers),
        sheets=tuple(SheetRow("M1", f"ACF-00{n}", True, m) for n, m in zip(numbers, marks, strict=True)),
        agreed=tuple(
            AgreedRow(f"ACF-00{n}", m, ("Who was asked.", "", "No quotes."))
            for n, m in zip(numbers, marks, strict=True)
        ),
    )


def found(rows: RoundRows) -> dict[str, Feedback]:
    return feedback(rows, rank(scored_round(rows)))


def test_minimums_that_were_missed_are_named_without_a_mark() -> None:
    need, outcomes, value = deciding_rows().scheme.criteria
    floors = (replace(need, floor=Decimal(2)), replace(outcomes, floor=Decimal(2)), value)
    rows = agreed((1, 4, 4), (1, 1, 4), (2, 2, 2), criteria=floors, minimum_total=Decimal(50))

    given = found(rows)

    # 100 × (0.5×1 + 0.3×4 + 0.2×4) / 5 = 50, which is enough; (0.5 + 0.3 + 0.8) × 20 = 32; 2 on all is 40
    whole = Missed("", "50", 100)
    assert given["ACF-001"].missed == (Missed("Need", "2", 5),)
    assert given["ACF-002"].missed == (Missed("Need", "2", 5), Missed("Outcomes", "2", 5), whole)
    assert given["ACF-003"].missed == (whole,)

    # Places are told within their list: 100 × (0.5×4 + 0.3×4 + 0.2×4) / 5 = 80 for two, which tie; 60
    given = found(agreed((4, 4, 4), (4, 4, 4), (3, 3, 3), ladder=()))
    assert given["ACF-001"].placed == Placed((1, 3, True), ("Coventry",), 8_000)
    assert given["ACF-003"].placed == Placed((3, 3, False), ("Coventry",), 6_000)


def test_a_reason_for_the_panel_only_is_not_told_and_its_mark_is() -> None:
    rows = agreed((5, 3, 1), descriptors=WORDS)
    row = AgreedRow("ACF-001", (5, 3, 1), ("Clear links.", "Is it legal?", "Thin."), for_panel=("A2",))

    told = found(replace(rows, agreed=(row,)))["ACF-001"]

    assert told.reasons == (("Need", "Clear links."), ("Outcomes", ""), ("Value for money", "Thin."))
    assert len(told.words) == 3


FIRST = datetime(2027, 1, 5, 10, 0, tzinfo=UTC)
FIRST_ASKED = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)
LATER = FIRST + timedelta(days=9)


def drawn(record: Record, order: PaperOrder) -> Letters:
    found = record.ask(partial(paper_value, order=order))
    assert isinstance(found, Letters)
    return found


def issue(record: Record, order: PaperOrder) -> bool:
    """Issue letters; return whether that was another version."""
    following = record.ask(partial(next_issue, order=order, value=drawn(record, order)))
    if following is not None:
        record.perform(following.operation, OFFICER)
    return following is not None


def on(at: datetime, area: str | None = None) -> PaperOrder:
    return PaperOrder("letters", at, 1, area)


def days(letters: Letters) -> list[date | None]:
    return [one.dated_on for one in letters.letters]


def test_a_letter_that_takes_back_a_promise_names_the_one_that_made_it(record: Record) -> None:
    """Three applications are decided, which takes all the money, while a fourth is asked for its rules."""
    rows = deciding_rows()
    fourth = application(4, eligibility=Eligibility.TO_CHECK, eligibility_reason="No rules sent.")
    areas = (Area("Coventry", 300_000), *rows.areas[1:])
    recommended(record, replace(rows, areas=areas, applications=(*rows.applications, fourth)))
    wanted = (("wanted", "Your rules"), ("send_by", "16 December 2026"), ("answer_by", "13 January 2027"))
    record.perform(SetPaperTexts(1, "letters", "ACF-004", wanted), OFFICER)
    decide(record)
    assert issue(record, on(FIRST_ASKED))
    before = {one.reference: one for one in drawn(record, on(FIRST_ASKED)).letters}["ACF-004"]
    record.perform(CloseRound(1), OFFICER)

    found = drawn(record, on(FIRST_ASKED + timedelta(days=2)))

    (letter,) = (one for one in found.letters if one.reference == "ACF-004")
    assert None not in (before.send_by, before.answer_by)
    assert (letter.send_by, letter.answer_by, letter.is_money_spent) == (None, None, False)
    assert letter.instead_of == FIRST_ASKED.date()
    text = text_of(found, letter)
    assert "This letter takes the place of ours of 2 December 2026." in text
    assert "It is too late to send us more for this round." in text


def test_only_the_letter_that_changed_bears_the_new_day_and_the_others_are_named(decided: Record) -> None:
    assert issue(decided, on(FIRST, "Coventry"))
    assert days(drawn(decided, on(LATER))) == [FIRST.date()] * 3, "issued with its area it keeps its day"
    assert issue(decided, on(FIRST))
    assert days(drawn(decided, on(LATER))) == [FIRST.date()] * 3
    assert drawn(decided, on(LATER)).to_do == ()
    assert not issue(decided, on(LATER)), "where nothing changed it is no other version on a later day"
    add(decided)
    decided.perform(anew(50_000), DECIDER)
    decided.perform(SetPaperTexts(1, "letters", "ACF-003", (("why_less", "One bus fewer."),)), OFFICER)

    found = drawn(decided, on(LATER))

    assert days(found) == [FIRST.date(), FIRST.date(), LATER.date()]
    assert [one.instead_of for one in found.letters] == [None, None, FIRST.date()]
    assert (
        "2 letters say what they said when issued and keep their day: ACF-001 (5 January 2027), "
        "ACF-002 (5 January 2027). Only what is dated 14 January 2027 is still to be sent." in found.to_do
    )
    assert issue(decided, on(LATER))
    assert days(drawn(decided, on(LATER + timedelta(days=1)))) == days(found)

    # What is withdrawn after the decision is offered nothing.
    decided.perform(SetWithdrawn(1, "ACF-001", True, "Money elsewhere."), OFFICER)
    letter = found_of(decided)["ACF-001"]
    assert (letter.kind, letter.offered_pence, letter.was_pence) == ("withdrawn", None, 100_000)


def test_what_is_taken_back_is_told_why_and_reads_no_praise(record: Record) -> None:
    rows = deciding_rows()
    agreed = tuple(AgreedRow(one.application, one.marks, ("A clear plan.", "", "")) for one in rows.sheets)
    rows = replace(rows, scheme=replace(rows.scheme, combine=Combine.CONSENSUS), agreed=agreed)
    decide(recommended(record, rows))
    gone = LineDecision("ACF-001", "change", "decline", None, "", "The group has dissolved.")
    record.perform(replace(last_step(gone, notice="034/2026"), correcting=True), DECIDER)

    first, second, _ = drawn(record, on(FIRST_ASKED)).letters

    assert (first.kind, first.reason, first.feedback) == ("decline", "The group has dissolved.", ())
    assert (first.is_taken_back, second.is_taken_back) == (True, False)
    assert not first.leaves_out, "nothing more is asked of the office"
    assert [said for _, said in second.feedback] == ["A clear plan."]


@pytest.mark.parametrize(("pot", "is_spent"), [(350_000, False), (300_000, True)])
def test_what_the_panel_could_not_decide_is_told_so_once_the_others_are_decided(
    record: Record, pot: int, is_spent: bool
) -> None:
    rows = replace(deciding_rows(), areas=(Area("Coventry", pot), Area("Dudley", 0)))
    second = tuple(SheetRow("M2", sheet.application, True, sheet.marks) for sheet in rows.sheets)
    aside = (InterestRow("M1", "ACF-003", InterestKind.PECUNIARY, "a cousin"),)
    asked = replace(rows.scheme, quorum=2)
    recommended(record, replace(rows, scheme=asked, sheets=(*rows.sheets, *second), interests=aside))
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    lines = every_line()[:2]
    record.perform(first_step(*lines), COMMANDER)
    record.perform(last_step(*lines), DECIDER)

    letter = found_of(record)["ACF-003"]

    assert (letter.kind, letter.answer_by) == ("undecided", None)
    assert letter.open == Undecided(quorum=2, came=1, is_spent=is_spent)

"""Letters: what is told of marks, of a decision taken again, of none, what somebody stopped at, their day."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest
from msgspec.structs import replace

from exchange.papers.schedule.schedule_sheets import status_words, unranked_reason
from models.issuing import next_issue
from models.operations.applications.corrections import SetWithdrawn
from models.operations.applications.gates import SetGate
from models.operations.set_up.areas import SetAreaDates
from models.operations.set_up.office import SetPaperTexts
from models.operations.set_up.rounds import CloseRound
from models.papers.letters.letter import Letter, Missed, Placed, Undecided
from models.papers.letters.letters import Letters
from models.papers.order import PaperOrder
from models.queries.applications.gates import BY_RULE
from models.queries.deciding.decisions import decisions, final_decisions, recommendations
from models.queries.papers.letter_parts.causes import Feedback, feedback
from models.queries.papers.letter_parts.without_decision import addressed, stuck_ones
from models.queries.papers.papers import paper_value
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.session import Session
from models.values.recommending import LineDecision
from models.values.rounds import AreaDates
from models.values.rows import AgreedRow, ApplicationRow, InterestRow, RoundRows, SheetRow, scored_round
from scoring.rank import rank
from scoring.round import Area, Eligibility, InterestKind
from scoring.scheme import Combine
from tests.exchange.papers.letters.texts import text_of
from tests.models.operations.deciding_rounds import (
    DECIDER,
    decide,
    deciding_rows,
    every_line,
    last_step,
    recommended,
)
from tests.models.queries.deciding.test_challenges import add, anew
from tests.models.rounds import OFFICER, application, load, paper, refused, set_up_office

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


@pytest.mark.parametrize(
    ("conditions", "told"),
    [
        (("Reduced scope: Half the nights",), ""),
        (("Report in May.",), "1 letter of a new decision offers less than was asked without saying why"),
    ],
)
def test_a_correction_that_says_what_its_smaller_amount_is_for_is_asked_no_more(
    record: Record, conditions: tuple[str, ...], told: str
) -> None:
    decide(recommended(record, deciding_rows()))
    given = LineDecision("ACF-001", "change", "part_fund", 50_000, "They ask for it.", "Money came back.")
    given = replace(given, conditions=conditions)
    record.perform(replace(last_step(given, notice="034/2026"), correcting=True), DECIDER)

    found = drawn(record, on(FIRST_ASKED))

    assert found.letters[0].offered_pence == 50_000
    assert [words.split(":")[0] for words in found.to_do if "less than was asked" in words] == (
        [told] if told else []
    )


@pytest.mark.parametrize(("pot", "is_spent"), [(350_000, False), (300_000, True)])
def test_what_the_panel_could_not_decide_is_told_so_once_the_others_are_decided(
    record: Record, pot: int, is_spent: bool
) -> None:
    rows = replace(deciding_rows(), areas=(Area("Coventry", pot), Area("Dudley", 0)))
    second = tuple(SheetRow("M2", sheet.application, True, sheet.marks) for sheet in rows.sheets)
    aside = (InterestRow("M1", "ACF-003", InterestKind.PECUNIARY, "a cousin"),)
    asked = replace(rows.scheme, quorum=2)
    recommended(record, replace(rows, scheme=asked, sheets=(*rows.sheets, *second), interests=aside))
    decide(record, *every_line()[:2])

    letter = found_of(record)["ACF-003"]

    assert (letter.kind, letter.answer_by) == ("undecided", None)
    assert letter.open == Undecided(quorum=2, came=1, is_spent=is_spent)


TO_CHECK = Eligibility.TO_CHECK
NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)
ORDER = PaperOrder("letters", NOW, 1)


def score(record: Record, *rows: ApplicationRow, areas: tuple[Area, ...] = (Area("Coventry", 1),)) -> None:
    """Load a round that was scored on sheets, of these applications; nobody marks what is still to check."""
    rounds, open_ = deciding_rows(), {row.reference for row in rows if row.eligibility is TO_CHECK}
    sheets = tuple(sheet for sheet in rounds.sheets if sheet.application not in open_)
    load(set_up_office(record), replace(rounds, areas=areas, applications=rows, sheets=sheets))


def found_of(record: Record, area: str | None = None) -> dict[str, Letter]:
    given: Letters = paper(record, "letters", NOW, area=area)
    references = {letter.reference for letter in given.shown}
    assert area is not None or references == record.ask(_counted), "counted as they are drawn"
    return {letter.reference: letter for letter in given.shown}


def _counted(session: Session) -> frozenset[str]:
    """Return to whom letters go, as the Overview counts them."""
    decided, rows = final_decisions(decisions(session, 1)), round_rows(session, 1)
    advised = {row.application for row in recommendations(session, 1)}
    stuck = stuck_ones(rows, rank(scored_round(rows)), decided, advised)
    return addressed(session, 1, decided, NOW.date()) | {row.reference for row, _ in stuck}


NOT_MET = "This condition was not met: “{}”."


@pytest.mark.parametrize(
    ("check", "named", "points"),
    [
        (
            "It is a shop.",
            "Constituted.",
            ["At our check the answer to “Is the group constituted?” was no.", "It is a shop."],
        ),
        (
            "a parish council",
            "The applicant is not a public body.\nNo other public money pays for the same cost.",
            [
                NOT_MET.format("The applicant is not a public body"),
                NOT_MET.format("No other public money pays for the same cost"),
                "Our check found: a parish council.",
            ],
        ),
    ],
)
def test_a_condition_is_told_as_such_and_what_was_found_is_not_called_one(
    record: Record, check: str, named: str, points: list[str]
) -> None:
    no = {"eligibility": Eligibility.NO, "eligibility_reason": check}
    score(record, application(1, **no), application(2), application(3))
    record.perform(SetPaperTexts(1, "letters", "ACF-001", (("unmet", named),)), OFFICER)

    assert list(found_of(record)["ACF-001"].points) == points


def test_a_letter_waits_until_somebody_names_the_condition_that_was_not_met(record: Record) -> None:
    no = {"eligibility": Eligibility.NO, "eligibility_reason": "It is a shop."}
    noted = {"eligibility": Eligibility.TO_CHECK, "eligibility_reason": "Promised for Friday."}
    score(record, application(1, **no), application(2, **noted), application(3))

    def given(of: str = "", **texts: str) -> Letters:
        if texts:
            record.perform(SetPaperTexts(1, "letters", of, tuple(texts.items())), OFFICER)
        return paper(record, "letters", NOW)  # type: ignore[no-any-return]

    before = given()
    waits = r"1 letter waits for the published condition .* ACF-001 .* Nothing was"
    refused(waits, record.ask, partial(next_issue, order=ORDER, value=before))
    assert (before.letters, [one.reference for one in before.shown]) == ((), ["ACF-001", "ACF-002"])
    assert "Promised" not in str(before), "what an officer noted of what is to check is told to nobody"

    named = given("ACF-001", unmet="the group has a constitution")
    both = given("ACF-001", unmet="It has a constitution.\nIt is open to all.")

    waits = "1 letter waits for what is missing, which the record does not say: ACF-002 "
    assert named.to_do_words.startswith(waits)
    assert named.letters[0].points == (NOT_MET.format("the group has a constitution"), "It is a shop.")
    conditions = map(NOT_MET.format, ("It has a constitution", "It is open to all"))
    assert both.letters[0].points == (*conditions, "It is a shop.")
    assert record.ask(partial(next_issue, order=ORDER, value=named)) is not None
    said = given("ACF-002", wanted="your policy")
    assert (said.unsaid, said.to_do_words, said.letters[1].points) == ((), "", ("Your policy",))
    assert_every_paper_says_so(record, "ACF-002", "Incomplete: policy")


def assert_every_paper_says_so(record: Record, of: str, words: str) -> None:
    """The award schedule and the minutes say what the letter says, not that checks are open."""
    (row,) = (one for one in paper(record, "schedule", NOW).unranked if one.reference == of)
    (told,) = (why for who, why in paper(record, "minutes", NOW).left_out if of in who)

    assert (row.reason, told) == (words, words[0].lower() + words[1:])
    assert (status_words(row), unranked_reason(row)) == ("Incomplete", "Policy"), "said once in a line"


def test_nobody_is_refused_on_a_check_that_is_open_though_the_panel_scored_it(record: Record) -> None:
    open_ = application(2, eligibility=TO_CHECK, eligibility_reason="Promised for Friday.")
    rows = (application(1), open_, application(3))
    one = (Area("Coventry", 350_000),)
    load(set_up_office(record), replace(deciding_rows(), areas=one, applications=rows))
    wanted = ("wanted", "your policy")
    record.perform(SetPaperTexts(1, "letters", "ACF-002", (wanted,)), OFFICER)
    given = paper(record, "letters", NOW)
    by_day = (wanted, ("send_by", "14 December 2026"))
    record.perform(SetPaperTexts(1, "letters", "ACF-002", by_day), OFFICER)
    asked = paper(record, "letters", NOW)

    assert (given.letters, [letter.reference for letter in given.unsaid]) == ((), ["ACF-002"])
    assert given.to_do_words.startswith("1 letter waits for a check that nobody has finished, though the ")
    assert "Answer its check on Applications under Gates" in given.to_do_words
    refused("a check that nobody has finished", record.ask, partial(next_issue, order=ORDER, value=given))
    assert [(letter.reference, letter.send_by) for letter in asked.letters] == [
        ("ACF-002", date(2026, 12, 14))
    ], "what is missing is asked for, and nothing is refused"


def test_a_late_one_says_when_it_came_and_one_let_in_has_no_letter(record: Record) -> None:
    timeless = {"received_at": datetime(2026, 10, 3), "received_has_time": False}
    score(record, application(1), application(2), application(3, **timeless))
    dates = AreaDates(closes_on=date(2026, 10, 1), closes_time="12:00")
    record.perform(SetAreaDates(1, "Coventry", dates, AreaDates()), OFFICER)
    record.perform(SetGate(1, "ACF-002", "constituted", "fail", "No constitution."), OFFICER)

    given = found_of(record)

    closed = "applications in Coventry closed on 1 October 2026 at 12:00."
    late = f"It was received on 2 October 2026 at 09:30; {closed}"
    assert (given["ACF-002"].kind, given["ACF-002"].points[1:]) == ("ineligible", (late,))
    assert given["ACF-003"].kind == "late"
    assert given["ACF-003"].points[0].startswith("It was received on 3 October 2026; applications")
    assert "ACF-001" not in given

    record.perform(SetGate(1, "ACF-003", "in-time", "waived", "post strike", "fail"), OFFICER)
    assert "ACF-003" not in found_of(record)


def test_what_figures_prove_is_proved_and_one_that_was_withdrawn_is_told_of_that_alone(
    record: Record,
) -> None:
    gone = application(2, withdrawn=True, eligibility=Eligibility.NO, eligibility_reason="It is a shop.")
    score(record, application(1), gone, application(3, requested_pence=520_000))
    over = "asks £5,200.00, over the cap of £5,000.00 for one award"
    record.perform(SetGate(1, "ACF-003", "cap", "fail", over, "", BY_RULE), OFFICER)

    given = found_of(record)

    kinds = {of: letter.kind for of, letter in given.items()}
    assert kinds == {"ACF-002": "withdrawn", "ACF-003": "ineligible"}
    assert given["ACF-003"].points == ("You asked for £5,200. The most for one award is £5,000.",)
    assert given["ACF-003"].is_proved
    record.perform(SetGate(1, "ACF-003", "constituted", "fail", "No rules."), OFFICER)
    assert not found_of(record)["ACF-003"].is_proved, "a person's word may be wrong"


def test_what_is_missing_is_asked_of_those_who_lack_it_and_no_note_of_an_officer_is_told(
    record: Record,
) -> None:
    score(record, application(1), application(2), application(3))
    record.perform(SetGate(1, "ACF-001", "constituted", "to check", "The policy is missing."), OFFICER)
    record.perform(SetGate(1, "ACF-002", "constituted", "to check"), OFFICER)

    before = found_of(record)

    assert list(before) == ["ACF-001"], "a gate that nobody looked at waits for the office"
    question = "The application does not show the answer to “Is the group constituted?”."
    assert (before["ACF-001"].kind, before["ACF-001"].points) == ("incomplete", (question,))
    closes = AreaDates(closes_on=date(2026, 12, 9))
    record.perform(SetAreaDates(1, "Coventry", closes, AreaDates()), OFFICER)
    assert found_of(record)["ACF-001"].send_by == closes.closes_on
    record.perform(SetAreaDates(1, "Coventry", AreaDates(closes_on=date(2026, 10, 2)), closes), OFFICER)
    assert found_of(record)["ACF-001"].send_by is None, "nobody is asked for it by a day gone by"


def test_nobody_asks_for_more_of_one_that_passed(record: Record) -> None:
    rows = (application(1, eligibility=Eligibility.TO_CHECK), application(2))
    bare = replace(deciding_rows(), areas=(Area("Coventry", 1),), applications=rows, sheets=(), agreed=())
    load(set_up_office(record), bare)
    refused("Nothing is decided there yet, and nothing that is missing", found_of, record)
    for of in ("ACF-001", "ACF-002"):
        record.perform(SetPaperTexts(1, "letters", of, (("wanted", "the constitution"),)), OFFICER)

    assert {of: one.points for of, one in found_of(record).items()} == {"ACF-001": ("The constitution",)}

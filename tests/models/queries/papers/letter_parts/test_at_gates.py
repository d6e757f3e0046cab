"""Applications that were stopped before they were scored get letters that say at what."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from exchange.papers.schedule.schedule_sheets import status_words, unranked_reason
from models.issuing import next_issue
from models.operations.applications.gates import SetGate
from models.operations.set_up.areas import SetAreaDates
from models.operations.set_up.office import SetPaperTexts
from models.papers.letters.letter import Letter
from models.papers.letters.letters import Letters
from models.papers.order import PaperOrder
from models.queries.applications.gates import BY_RULE
from models.queries.deciding.decisions import decisions, final_decisions, recommendations
from models.queries.papers.letter_parts.without_decision import addressed, unranked
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.session import Session
from models.values.rounds import AreaDates
from models.values.rows import ApplicationRow, scored_round
from scoring.rank import rank
from scoring.round import Area, Eligibility
from tests.models.operations.deciding_rounds import deciding_rows
from tests.models.rounds import OFFICER, application, load, paper, refused, set_up_office

TO_CHECK = Eligibility.TO_CHECK
NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)
ORDER = PaperOrder("letters", NOW, 1)


def scored(record: Record, *rows: ApplicationRow, areas: tuple[Area, ...] = (Area("Coventry", 1),)) -> None:
    """Load a round that was scored on sheets, of these applications; nobody marks what is still to check."""
    rounds, open_ = deciding_rows(), {row.reference for row in rows if row.eligibility is TO_CHECK}
    sheets = tuple(sheet for sheet in rounds.sheets if sheet.application not in open_)
    load(set_up_office(record), replace(rounds, areas=areas, applications=rows, sheets=sheets))


def found(record: Record, area: str | None = None) -> dict[str, Letter]:
    given: Letters = paper(record, "letters", NOW, area=area)
    references = {letter.reference for letter in given.shown}
    assert area is not None or references == record.ask(_counted), "counted as they are drawn"
    return {letter.reference: letter for letter in given.shown}


def _counted(session: Session) -> frozenset[str]:
    """Return to whom letters go, as the Overview counts them."""
    decided, rows = final_decisions(decisions(session, 1)), round_rows(session, 1)
    advised = {row.application for row in recommendations(session, 1)}
    stuck = unranked(rows, rank(scored_round(rows)), decided, advised)
    return addressed(session, 1, decided, NOW.date()) | stuck


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
    scored(record, application(1, **no), application(2), application(3))
    record.perform(SetPaperTexts(1, "letters", "ACF-001", (("unmet", named),)), OFFICER)

    assert list(found(record)["ACF-001"].points) == points


def test_a_letter_waits_until_somebody_names_the_condition_that_was_not_met(record: Record) -> None:
    no = {"eligibility": Eligibility.NO, "eligibility_reason": "It is a shop."}
    noted = {"eligibility": Eligibility.TO_CHECK, "eligibility_reason": "Promised for Friday."}
    scored(record, application(1, **no), application(2, **noted), application(3))

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
    scored(record, application(1), application(2), application(3, **timeless))
    dates = AreaDates(closes_on=date(2026, 10, 1), closes_time="12:00")
    record.perform(SetAreaDates(1, "Coventry", dates, AreaDates()), OFFICER)
    record.perform(SetGate(1, "ACF-002", "constituted", "fail", "No constitution."), OFFICER)

    given = found(record)

    closed = "applications in Coventry closed on 1 October 2026 at 12:00."
    late = f"It was received on 2 October 2026 at 09:30; {closed}"
    assert (given["ACF-002"].kind, given["ACF-002"].points[1:]) == ("ineligible", (late,))
    assert given["ACF-003"].kind == "late"
    assert given["ACF-003"].points[0].startswith("It was received on 3 October 2026; applications")
    assert "ACF-001" not in given

    record.perform(SetGate(1, "ACF-003", "in-time", "waived", "post strike", "fail"), OFFICER)
    assert "ACF-003" not in found(record)


def test_what_figures_prove_is_proved_and_one_that_was_withdrawn_is_told_of_that_alone(
    record: Record,
) -> None:
    gone = application(2, withdrawn=True, eligibility=Eligibility.NO, eligibility_reason="It is a shop.")
    scored(record, application(1), gone, application(3, requested_pence=520_000))
    over = "asks £5,200.00, over the cap of £5,000.00 for one award"
    record.perform(SetGate(1, "ACF-003", "cap", "fail", over, "", BY_RULE), OFFICER)

    given = found(record)

    kinds = {of: letter.kind for of, letter in given.items()}
    assert kinds == {"ACF-002": "withdrawn", "ACF-003": "ineligible"}
    assert given["ACF-003"].points == ("You asked for £5,200. The most for one award is £5,000.",)
    assert given["ACF-003"].is_proved
    record.perform(SetGate(1, "ACF-003", "constituted", "fail", "No rules."), OFFICER)
    assert not found(record)["ACF-003"].is_proved, "a person's word may be wrong"


def test_what_is_missing_is_asked_of_those_who_lack_it_and_no_note_of_an_officer_is_told(
    record: Record,
) -> None:
    scored(record, application(1), application(2), application(3))
    record.perform(SetGate(1, "ACF-001", "constituted", "to check", "The policy is missing."), OFFICER)
    record.perform(SetGate(1, "ACF-002", "constituted", "to check"), OFFICER)

    before = found(record)

    assert list(before) == ["ACF-001"], "a gate that nobody looked at waits for the office"
    question = "The application does not show the answer to “Is the group constituted?”."
    assert (before["ACF-001"].kind, before["ACF-001"].points) == ("incomplete", (question,))
    closes = AreaDates(closes_on=date(2026, 12, 9))
    record.perform(SetAreaDates(1, "Coventry", closes, AreaDates()), OFFICER)
    assert found(record)["ACF-001"].send_by == closes.closes_on
    record.perform(SetAreaDates(1, "Coventry", AreaDates(closes_on=date(2026, 10, 2)), closes), OFFICER)
    assert found(record)["ACF-001"].send_by is None, "nobody is asked for it by a day gone by"


def test_nobody_asks_for_more_of_one_that_passed(record: Record) -> None:
    rows = (application(1, eligibility=Eligibility.TO_CHECK), application(2))
    bare = replace(deciding_rows(), areas=(Area("Coventry", 1),), applications=rows, sheets=(), agreed=())
    load(set_up_office(record), bare)
    refused("Nothing is decided there yet, and nothing that is missing", found, record)
    for of in ("ACF-001", "ACF-002"):
        record.perform(SetPaperTexts(1, "letters", of, (("wanted", "the constitution"),)), OFFICER)

    assert {of: one.points for of, one in found(record).items()} == {"ACF-001": ("The constitution",)}

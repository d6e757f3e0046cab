"""Each application hears by one letter, whatever became of it: none is forgotten, none gets two."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from exchange.papers.letters.writing import write_letters
from models.issuing import next_issue
from models.operations.applications.corrections import SetWithdrawn
from models.operations.applications.gates import SetGate
from models.operations.deciding.challenges import SetChallenge
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.areas import MoveAreas, SetAreaDates
from models.operations.set_up.office import SetPaperTexts, SetUpOffice
from models.operations.set_up.rounds import CloseRound
from models.papers.kinds import ACKNOWLEDGEMENTS, KINDS
from models.papers.letters.letters import LetterFiles, Letters
from models.papers.order import PaperOrder
from models.queries.applications.gates import BY_RULE
from models.queries.papers.papers import paper_value, plain_status
from models.record import Record
from models.reference.schemes import shipped_funds
from models.values.importing import MERGED_INTO
from models.values.recommending import LineDecision, RecommendationRow
from models.values.rounds import STAGES, AreaDates
from models.values.rows import RoundRows, SheetRow
from scoring.round import Area, Eligibility
from scoring.written.text import Refused
from tests.exchange.papers.letters.texts import text_of
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    REASON,
    decide,
    deciding_rows,
    declare_to_sign,
    first_step,
    last_step,
    recommended,
)
from tests.models.queries.deciding.test_challenges import APPEAL
from tests.models.rounds import FUND, OFFICER, application, load

NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)
AHEAD, PAST = date(2026, 12, 20), date(2026, 10, 12)
START = next(gate for fund in shipped_funds() for gate in fund.gates if gate.is_start)
OUTCOMES = ("fund", "part_fund", "reserve", "decline", "defer", "refer")
NO = {"eligibility": Eligibility.NO, "eligibility_reason": "It is a shop."}
NOTED = {"eligibility": Eligibility.TO_CHECK, "eligibility_reason": "Promised for Friday."}
STATES: dict[int, dict[str, object]] = {
    **{number: {} for number in range(1, 7)},  # one for each outcome
    7: NO,
    8: {},  # fails a gate
    9: {"eligibility": Eligibility.TO_CHECK},
    10: NOTED,
    11: {},  # a gate is to check, and noted
    12: {"eligibility": Eligibility.WAIVED},
    13: {"withdrawn": True},
    14: {"withdrawn": True, **NO},
    15: {},  # merged into the first
    16: {"received_at": datetime(2026, 10, 16, 9, 30)},  # late, where its area closed before
    17: {"received_at": datetime(2026, 10, 17, 9, 30)},  # late and let in
    18: {},  # nobody marked it
    19: NOTED,  # asked for what is missing
    20: {"area": None},
    21: {"area": None, **NO},
    22: {"requested_pence": 600_000},  # over the cap
    23: {"start_on": date(2027, 3, 1)},  # no meeting has a date, by which it is checked
}
GONE, UNMARKED = {15}, {7, 8, 9, 10, 11, 14, 16, 18, 19, 21, 22, 23}


def reference(number: int) -> str:
    return f"ACF-{number:03d}"


def states() -> RoundRows:
    """Return a round with an application in each state that it can come in."""
    given = {"requested_pence": 100_000}
    every = tuple(application(n, **{**given, **changes}) for n, changes in STATES.items())
    marked = (n for n in STATES if n not in UNMARKED)
    sheets = tuple(SheetRow("M1", reference(n), True, (4, 4, 4)) for n in marked)
    areas = (Area("Coventry", 5_000_000), Area("Dudley", 0))
    return replace(deciding_rows(), areas=areas, applications=every, sheets=sheets)


def came_in(record: Record, closes: date | None, *, is_scored: bool = True) -> None:
    offered, rows = replace(FUND, letter_up_to_pence=50_000, gates=(*FUND.gates, START)), states()
    record.perform(SetUpOffice("Office", (offered,)), OFFICER)
    load(record, rows if is_scored else replace(rows, sheets=()))
    if closes is not None:
        record.perform(SetAreaDates(1, "Coventry", AreaDates(closes_on=closes), AreaDates()), OFFICER)
    record.perform(SetGate(1, reference(8), "constituted", "fail", "No constitution."), OFFICER)
    record.perform(SetGate(1, reference(11), "constituted", "to check", "The rules."), OFFICER)
    if closes == PAST:
        record.perform(SetGate(1, reference(17), "in-time", "waived", "A strike.", "fail"), OFFICER)
    waits = SetGate(1, reference(23), START.code, "to check", "No date is set.", set_by=BY_RULE)
    record.perform(waits, OFFICER)
    gone = SetWithdrawn(1, reference(15), True, f"{MERGED_INTO}{reference(1)}")
    record.perform(gone, OFFICER)
    record.perform(SetPaperTexts(1, "letters", reference(19), (("wanted", "Your rules."),)), OFFICER)
    declare_to_sign(record, COMMANDER, DECIDER)


def go_on(record: Record, to: str) -> None:
    for stage in STAGES[1 : STAGES.index(to) + 1]:
        record.perform(MoveAreas(1, ("Coventry",), stage), CHAIR)


def recommend(record: Record) -> None:
    pence = {"fund": 100_000, "part_fund": 40_000}
    named = {**dict(enumerate(OUTCOMES, 1)), 12: "fund", 17: "fund"}
    rows = (RecommendationRow(reference(n), of, pence.get(of), REASON) for n, of in named.items())
    record.perform(RecordRecommendations(1, tuple(rows)), OFFICER)


def decided(record: Record, many: int) -> None:
    """Decide so many of what is recommended."""
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    lines = tuple(LineDecision(reference(n)) for n in (*range(1, len(OUTCOMES) + 1), 12, 17)[:many])
    record.perform(first_step(*lines), COMMANDER)
    record.perform(last_step(*lines), DECIDER)


def letters_of(record: Record, kind: str) -> Letters | None:
    order = PaperOrder(kind, NOW, 1)
    try:
        found: Letters = record.ask(partial(KINDS[kind].ask, order=order))
    except Refused:
        return None
    return found


def references(found: Letters | None) -> Iterable[str]:
    """Yield of each letter that is due of whom it is, those that wait for words with them."""
    if found is not None:
        yield from (one.reference for one in found.shown)
        yield from (words.partition(" ")[0] for words in found.waiting)
        yield from found.in_agreements


def assert_each_hears_once(record: Record) -> None:
    came, told = letters_of(record, ACKNOWLEDGEMENTS), letters_of(record, "letters")
    due = Counter([*references(came), *references(told)])

    odd = {n: due[reference(n)] for n in STATES if due[reference(n)] != (n not in GONE)}
    assert odd == {}


SCENES = ("intake", "scoring", "meeting", "recommending", "recommended", "signed", "some", "all", "given up")
CLOSED = ("intake", "scoring", "meeting", "recommending", "all", "given up")
"""The scenes in which no money waits for a decision, so that the round may be closed."""


@pytest.mark.parametrize("closes", [None, AHEAD, PAST], ids=["no day", "still open", "closed"])
@pytest.mark.parametrize(
    ("scene", "is_closed"), [*((one, False) for one in SCENES), *((one, True) for one in CLOSED)]
)
def test_one_letter_is_due_on_each_application_in_each_state(
    record: Record, scene: str, closes: date | None, is_closed: bool
) -> None:
    reach(record, scene, closes)
    if is_closed:
        record.perform(CloseRound(1), OFFICER)

    assert_each_hears_once(record)


@pytest.mark.parametrize("kind", ["letters", ACKNOWLEDGEMENTS])
@pytest.mark.parametrize("closes", [None, PAST], ids=["no day", "closed"])
@pytest.mark.parametrize("scene", SCENES)
def test_no_letter_is_sent_again_on_another_day_where_nothing_changed(
    record: Record, scene: str, closes: date | None, kind: str
) -> None:
    reach(record, scene, closes)
    first = letters_of(record, kind)
    if first is None:
        return
    order = PaperOrder(kind, NOW, 1)
    following = record.ask(
        partial(next_issue, order=order, value=record.ask(partial(paper_value, order=order)))
    )
    assert following is not None
    record.perform(following.operation, OFFICER)
    later = replace(order, now=NOW + timedelta(days=3))

    again = record.ask(partial(paper_value, order=later))

    assert isinstance(again, Letters)
    assert {one.dated_on for one in again.letters} == {NOW.date()}
    assert record.ask(partial(next_issue, order=later, value=again)) is None


def reach(record: Record, scene: str, closes: date | None) -> None:
    """Bring an application in each state, and the round to a scene."""
    came_in(record, closes, is_scored=scene != "intake")
    go_on(record, scene if scene in STAGES else "recommending")
    if scene not in STAGES:
        recommend(record)
    if scene == "signed":
        record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    if scene in ("some", "all", "given up"):
        decided(record, 2 if scene == "some" else len(STATES))
    if scene == "given up":
        record.perform(MoveAreas(1, ("Coventry",), "done"), CHAIR)
        record.perform(SetWithdrawn(1, reference(1), True, "Money elsewhere."), OFFICER)


def test_letters_to_one_recipient_on_one_day_know_of_each_other(record: Record, tmp_path: Path) -> None:
    rows = deciding_rows()
    first, second, third = rows.applications
    twice = (first, replace(second, organisation=f" {first.organisation.upper()}"), third)
    decide(recommended(record, replace(rows, applications=twice)))
    order = PaperOrder("letters", NOW, 1)

    found = record.ask(partial(paper_value, order=order))

    assert isinstance(found, Letters)
    besides = {one.reference: one.besides for one in found.letters}
    assert besides == {"ACF-001": ("ACF-002",), "ACF-002": ("ACF-001",), "ACF-003": ()}
    said = "We are also writing to you today about ACF-002. Questions?"
    assert said in text_of(found, found.letters[0])
    write_letters(found, plain_status(order, found), tmp_path, None, LetterFiles(mails=True))
    mails = {path.name[:7]: path.read_text() for path in (tmp_path / "E-mails").iterdir()}
    assert [of for of, text in sorted(mails.items()) if "We are also writing" in text] == [
        "ACF-001",
        "ACF-002",
    ]

    # One of another kind that was issued on the day is known as well, and on another day none is.
    record.perform(SetChallenge(1, "ACF-003", 1, replace(APPEAL, asked_by=third.organisation), None), OFFICER)
    following = record.ask(partial(next_issue, order=order, value=found))
    assert following is not None
    record.perform(following.operation, OFFICER)
    asked = record.ask(partial(paper_value, order=replace(order, kind="challenge-letters")))
    assert isinstance(asked, Letters)
    assert [one.besides for one in asked.letters] == [("ACF-003",)]
    tomorrow = replace(order, kind="challenge-letters", now=NOW + timedelta(days=1))
    later = record.ask(partial(paper_value, order=tomorrow))
    assert isinstance(later, Letters)
    assert [one.besides for one in later.letters] == [()]


def test_nobody_is_asked_for_what_waits_for_the_office(record: Record) -> None:
    came_in(record, AHEAD, is_scored=False)

    assert reference(23) in references(letters_of(record, ACKNOWLEDGEMENTS))
    assert reference(23) not in references(letters_of(record, "letters"))


def test_one_that_is_not_eligible_hears_while_it_may_come_again(record: Record) -> None:
    came_in(record, AHEAD, is_scored=False)
    found = letters_of(record, "letters")
    assert found is not None
    letter = {one.reference: one for one in found.letters}[reference(8)]

    assert (letter.kind, letter.send_by) == ("ineligible", AHEAD)
    said = text_of(found, letter)
    assert "Applications close on 20 December 2026. Until then you can send us a new application" in said
    assert "in this round" not in said

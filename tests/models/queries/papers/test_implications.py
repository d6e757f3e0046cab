"""Each paper of a round counts every application alike."""

import re
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from models.operations.applications.corrections import SetWithdrawn
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.set_up.areas import MoveAreas, SetAreaDates
from models.papers.transparency.lists import GIVEN_UP
from models.record import Record
from models.values.recommending import LineDecision, RecommendationRow
from models.values.rounds import AreaDates
from models.values.rows import ApplicationRow, SheetRow
from scoring.round import Area, Eligibility
from tests.models.operations.deciding_rounds import CHAIR, REASON, decided, deciding_rows, last_from_paper
from tests.models.rounds import OFFICER, application, load, paper, set_up_office

NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)

DECIDED = ("funded", "declined", "gone after")
"""What became of it in Coventry, where something is decided; nothing is in Dudley."""
LEFT = ("not eligible", "late", "incomplete", "gone before", "waiting")
ALL = [(state, "Coventry") for state in (*DECIDED, *LEFT)] + [(state, "Dudley") for state in LEFT]
CAME_TO = {
    "not eligible": (Eligibility.NO, "Outside the area."),
    "incomplete": (Eligibility.TO_CHECK, "No accounts."),
}


def made(record: Record, states: list[tuple[str, str]]) -> None:
    """Make a round in which this became of its applications; the first is funded."""
    held, sheets = [], []
    for number, (state, area) in enumerate(states, 1):
        came_to, why = CAME_TO.get(state, (Eligibility.YES, ""))
        day = datetime(2026, 11, 5 if state == "late" else 1, 9, 30)
        row = application(number, area=area, requested_pence=10_000, received_at=day)
        held.append((state, replace(row, eligibility=came_to, eligibility_reason=why)))
        if came_to is Eligibility.YES and state != "late":
            sheets.append(SheetRow("M1", row.reference, True, (4, 4, 4)))
    areas = (Area("Coventry", 350_000), Area("Dudley", 100_000))
    applied = tuple(row for _, row in held)
    load(record, replace(deciding_rows(), areas=areas, applications=applied, sheets=tuple(sheets)))
    both = ("Coventry", "Dudley")
    for area in both:
        record.perform(SetAreaDates(1, area, AreaDates(closes_on=date(2026, 11, 4)), AreaDates()), OFFICER)
    _withdraw(record, [row for state, row in held if state == "gone before"])
    for stage in ("scoring", "meeting", "recommending"):
        record.perform(MoveAreas(1, both, stage), CHAIR)
    to_decide = [(state, row.reference) for state, row in held if state in DECIDED]
    items = tuple(
        RecommendationRow(of, "decline", None, "Too weak.")
        if state == "declined"
        else RecommendationRow(of, "fund", 10_000, REASON)
        for state, of in to_decide
    )
    record.perform(RecordRecommendations(1, items), OFFICER)
    lines = tuple(LineDecision(of) for _, of in to_decide)
    record.perform(last_from_paper(record, 1, *lines, notice="031/2026", on=NOW.date()), OFFICER)
    _withdraw(record, [row for state, row in held if state == "gone after"])


def _withdraw(record: Record, rows: list[ApplicationRow]) -> None:
    for row in rows:
        record.perform(SetWithdrawn(1, row.reference, is_withdrawn=True, reason="x"), OFFICER)


@pytest.mark.parametrize("more", [[], ALL[3:5] + ALL[10:], ALL + ALL[2:8] + ALL[5:7]])
def test_the_papers_of_a_round_count_each_application_alike(
    record: Record, more: list[tuple[str, str]]
) -> None:
    states = [("funded", "Coventry"), *more]
    counts = Counter(state for state, _ in states)
    waiting = counts["waiting"] + states.count(("incomplete", "Dudley"))
    incomplete = states.count(("incomplete", "Coventry"))
    made(set_up_office(record), states)
    report, told = paper(record, "decision-report", NOW), paper(record, "disclosure", NOW)
    notice = paper(record, "notice", NOW, notice="031/2026")
    (across,) = (one for one in paper(record, "governance", NOW, None).funds if one.rounds)

    counted = len(states) - counts["gone before"]
    decided = sum(counts[state] for state in DECIDED)
    outcomes = Counter(line.outcome for line in told.lines)
    round_ = across.rounds[0]
    gone_after = counts["gone after"]

    without = Counter(dict(report.without))
    assert report.applications == counted == round_.applications
    assert report.withdrawn == counts["gone before"]
    assert without["too late to be scored"] == counts["late"] == outcomes["came too late"]
    assert without["not eligible"] == counts["not eligible"] == outcomes["not eligible"]
    assert without["incomplete"] == incomplete == outcomes["incomplete, so not awarded"]
    assert without["not decided yet"] == waiting == told.left_out
    assert counted == decided + counts["late"] + counts["not eligible"] + incomplete + waiting
    assert round_.decided == counted - waiting
    assert (outcomes["withdrawn"], outcomes[GIVEN_UP]) == (counts["gone before"], gone_after)
    assert told.control.startswith(f"{counted - waiting} application")
    assert (f"{counts['gone before']} more withdrawn" in told.control) == bool(counts["gone before"])
    here = Counter(state for state, area in states if area == "Coventry")
    assert f"{sum(here.values()) - here['gone before']} application" in notice.summary
    for which, many in (
        ("Withdrawn: ", here["gone before"]),
        ("Received too late, so not scored: ", here["late"]),
        ("Not eligible, so not scored: ", here["not eligible"]),
        ("Incomplete, so not awarded: ", incomplete),
        ("No decision yet", here["waiting"]),
    ):
        lines = " ".join(one for one in notice.background if one.startswith(which))
        assert len(re.findall(r"ACF-\d+", lines)) == many, which


def test_a_report_says_how_many_answered_what_the_form_asked_on_equality(record: Record) -> None:
    answers = ("We welcome everyone", " ", "In our policy")
    rows = deciding_rows()
    told = tuple(
        replace(row, answers=(("Your equality policy", answer),))
        for row, answer in zip(rows.applications, answers, strict=True)
    )
    decided(record, replace(rows, applications=told))

    said = dict(paper(record, "decision-report", NOW).implications)["Equality and Diversity"]
    assert said.startswith("The form asked about equality; 1 of 2 applications whose awards stand answered.")

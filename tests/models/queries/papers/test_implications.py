"""The implications of a decision report; and each paper counts every application alike."""

import re
import tempfile
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeGuard

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from exchange.papers.document.values import Block, Para, Table
from exchange.papers.prose_papers import decision_report_document
from models.operations.applications.corrections import SetWithdrawn
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.set_up.areas import MoveAreas
from models.papers.decision_report import DecisionReport
from models.papers.kinds import KINDS
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.papers.transparency.disclosure import GIVEN_UP
from models.queries.awards.awards import awards
from models.queries.papers.decision_report import decision_report
from models.queries.papers.to_sign import schedule as schedule_values
from models.record import Record
from models.values.recommending import LineDecision, RecommendationRow
from models.values.rows import SheetRow
from scoring.round import Area, Eligibility
from scoring.schedule.values import pot_uses
from tests.models.conftest import OPENER, TickingClock
from tests.models.operations.awards.varied_awards import sign_anew, vary
from tests.models.operations.deciding_rounds import CHAIR, REASON, deciding_rows, recommended
from tests.models.rounds import OFFICER, application, load, set_up_office

NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)


def report(record: Record) -> DecisionReport:
    return record.ask(partial(decision_report, order=PaperOrder("decision-report", NOW, 1)))


def background(told: DecisionReport) -> str:
    blocks = decision_report_document(told, PaperStatus(NOW, "00")).blocks
    return " ".join(block.text for block in blocks if isinstance(block, Para))


def decided_of(record: Record, *lines: LineDecision, **fields: object) -> dict[str, str]:
    """Decide a round whose applications say so much more, and return the answers by heading."""
    rows = deciding_rows()
    told = tuple(replace(row, **fields) for row in rows.applications)  # type: ignore[arg-type]
    recommended(record, replace(rows, applications=told))
    whole = lines or tuple(LineDecision(row.reference) for row in told)
    post, day = "Chief Executive", NOW.date()
    by = ("Dan Decides", post, day, "none", whole, "031/2026", "", True)
    record.perform(RecordDecisions(1, 1, *by, unsigned_because="They are away."), OFFICER)
    return dict(report(record).implications)


def test_a_report_says_what_became_of_awards_since_and_what_they_stand_at(half_paid: Record) -> None:
    before = report(half_paid)
    vary(half_paid, amount_pence=90_000)
    sign_anew(half_paid)

    found = report(half_paid)

    assert (before.changes, before.stands) == ((), "")
    (award,) = (
        one for one in half_paid.ask(lambda session: awards(session, 1)) if one.reference == "A-031-01"
    )
    assert found.changes == (f"A-031-01, {award.organisation}: on 2 December 2026 £1,000.00 became £900.00.",)
    assert found.stands == (
        "The awards stand at £2,900 today, £100 less than was decided; what is left is counted from that."
    )  # 900 and 2,000
    schedule = half_paid.ask(partial(schedule_values, order=PaperOrder("schedule", NOW, 1)))
    assert found.stands == schedule.stands
    (area,) = [area for area in report(half_paid).areas if area.awarded_pence]
    assert schedule.whole.awarded_pence == area.awarded_pence == 300_000, "both show what was decided"
    assert pot_uses(schedule)[0].left_pence == area.left_pence


def test_what_the_record_knows_is_told(record: Record) -> None:
    said = decided_of(
        record,
        match_funding_pence=50_050,
        answers=(("Plan priority", "hidden crimes"),),
    )

    assert said["Equality and Diversity"] == said["Children Act 2004"] == "", "only a person can write it"
    assert said["Potential Impact on Police and Crime Plan Priorities"] == (
        "The awards that stand by crime type or priority:\nHidden crimes: 2 awards, £3,000"
    )
    assert "The projects bring £1,001 of other money with them." in said["Value for Money and Productivity"]
    assert said["Crime and Disorder"].startswith("Each award that stands has a recorded reason")


@pytest.mark.parametrize(
    ("came_to", "why", "said"),
    [
        (Eligibility.NO, "Outside the area.", "2 not eligible"),
        (
            Eligibility.TO_CHECK,
            "No accounts.",
            "1 incomplete, 1 not decided yet",
        ),
    ],
)
def test_those_stopped_at_a_check_are_counted_apart_from_those_without_a_decision(
    record: Record, came_to: Eligibility, why: str, said: str
) -> None:
    rows = deciding_rows()
    first, second, *rest = rows.applications
    barred = replace(second, eligibility=came_to, eligibility_reason=why)
    # where nothing is decided, one that is incomplete waits with the others; one that failed has its letter
    elsewhere = [replace(row, area="Dudley", eligibility=came_to) for row in rest]
    recommended(record, replace(rows, applications=(first, barred, *elsewhere)))
    line = LineDecision(first.reference)
    by = ("Dan Decides", "Chief Executive", NOW.date(), "none", (line,), "031/2026", "", True)
    record.perform(RecordDecisions(1, 1, *by, unsigned_because="They are away."), OFFICER)

    found = report(record)
    (table,) = (one for one in decision_report_document(found, PaperStatus(NOW, "00")).blocks if is_sums(one))

    assert len(rest) == 1
    assert (
        f"1 award of £1,000 was made. Without an award: {said}. Nothing is decided yet in Dudley, which the "
        "table leaves out."
    ) in background(found)
    assert (
        "1 is decided: a panel scored it on published criteria and recommended; "
        "Dan Decides, Chief Executive, decided."
    ) in background(found)
    assert [row[0] for row in table.rows] == ["Coventry"]


def is_sums(block: Block) -> TypeGuard[Table]:
    return isinstance(block, Table) and block.columns[0].heading == "Area"


def test_a_draft_reminds_of_what_only_a_person_can_write_and_an_issue_does_not(decided: Record) -> None:
    found = report(decided)
    draft, issued = (
        next(one for one in paper.blocks if isinstance(one, Table) and one.columns[0].heading == "Subject")
        for paper in (
            decision_report_document(found, PaperStatus(NOW, "00")),
            decision_report_document(found, PaperStatus(NOW, "00", 1)),
        )
    )

    reminded = [said for _, said in draft.rows if said.startswith("Still to be written:")]
    assert len(reminded) == len(found.reminders)
    assert ("Staffing", "_" * 30) in issued.rows, "never “n/a” by silence"
    assert [of for of, said in issued.rows if said == "_" * 30] == [
        of for of, said in found.implications if not said
    ]


DECIDED = ("funded", "declined", "gone after")
"""What became of it in Coventry, where something is decided; nothing is in Dudley."""
LEFT = ("not eligible", "late", "incomplete", "gone before", "waiting")
STATES = st.tuples(st.sampled_from((*DECIDED, *LEFT)), st.just("Coventry")) | st.tuples(
    st.sampled_from(LEFT), st.just("Dudley")
)
CAME_TO = {
    "not eligible": (Eligibility.NO, "Outside the area."),
    "late": (Eligibility.NO, "It came too late."),
    "incomplete": (Eligibility.TO_CHECK, "No accounts."),
}


def made(record: Record, states: list[tuple[str, str]]) -> None:
    """Make a round in which this became of its applications; the first is funded."""
    rows = deciding_rows()
    applied = []
    for number, (state, area) in enumerate(states, 1):
        came_to, why = CAME_TO.get(state, (Eligibility.YES, ""))
        applied.append(
            application(
                number, area=area, requested_pence=10_000, eligibility=came_to, eligibility_reason=why
            )
        )
    sheets = tuple(
        SheetRow("M1", row.reference, True, (4, 4, 4))
        for row in applied
        if row.eligibility is Eligibility.YES
    )
    areas = (Area("Coventry", 350_000), Area("Dudley", 100_000))
    load(record, replace(rows, areas=areas, applications=tuple(applied), sheets=sheets))
    for state, of in zip((state for state, _ in states), applied, strict=True):
        if state == "gone before":
            record.perform(SetWithdrawn(1, of.reference, is_withdrawn=True, reason="x"), OFFICER)
    for area in ("Coventry", "Dudley"):
        for stage in ("scoring", "meeting", "recommending"):
            record.perform(MoveAreas(1, (area,), stage), CHAIR)
    to_decide = [(state, row) for (state, _), row in zip(states, applied, strict=True) if state in DECIDED]
    items = tuple(
        RecommendationRow(row.reference, "decline", None, "Too weak.")
        if state == "declined"
        else RecommendationRow(row.reference, "fund", 10_000, REASON)
        for state, row in to_decide
    )
    record.perform(RecordRecommendations(1, items), OFFICER)
    lines = tuple(LineDecision(row.reference) for _, row in to_decide)
    by = ("Dan Decides", "Chief Executive", NOW.date(), "none", lines, "031/2026", "", True)
    record.perform(RecordDecisions(1, 1, *by, unsigned_because="They are away."), OFFICER)
    for state, row in to_decide:
        if state == "gone after":
            record.perform(SetWithdrawn(1, row.reference, is_withdrawn=True, reason="x"), OFFICER)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STATES, max_size=7))
def test_the_papers_of_a_round_count_each_application_alike(more: list[tuple[str, str]]) -> None:
    states = [("funded", "Coventry"), *more]
    counts = Counter(state for state, _ in states)
    waiting = counts["waiting"] + states.count(("incomplete", "Dudley"))
    incomplete = states.count(("incomplete", "Coventry"))
    with tempfile.TemporaryDirectory() as folder:
        record = Record.create(Path(folder) / "o.panel", OPENER, clock=TickingClock())
        with record:
            made(set_up_office(record), states)

            def paper(kind: str, **of: Any) -> Any:
                order = PaperOrder(kind, NOW, **{"round_id": 1, **of})
                return record.ask(partial(KINDS[kind].ask, order=order))

            report, told = paper("decision-report"), paper("disclosure")
            notice = paper("notice", notice="031/2026")
            (across,) = (one for one in paper("governance", round_id=None).funds if one.rounds)

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

"""What notices and reports tell: who decided what, what is changed or open, and why without money."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.operations.panel.meetings import SetAttendance
from models.operations.panel.members import Declare
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.office import SetUpOffice
from models.operations.set_up.rounds import CloseRound
from models.queries.deciding.decisions import final_decisions
from models.queries.deciding.on_paper import settled_lines
from models.queries.papers.decision_report import deciders
from models.queries.papers.notices.pots import ROUND
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.values.recommending import DecisionRow, LineDecision
from models.values.rows import ChairDecisionRow, InterestRow, RoundRows, SheetRow, scored_round
from scoring.rank import rank
from scoring.ranking import PotUse
from scoring.round import Area, ChairDecisionKind, Eligibility, InterestKind
from scoring.schedule.lines import PanelOutcome
from scoring.written.days import full_day
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
    reasoned,
    recommended,
)
from tests.models.operations.deciding_rounds import OFFICER as HER
from tests.models.operations.deciding_rounds import signed as both_signed
from tests.models.rounds import FUND, OFFICER, load, paper, refused

NOW = datetime(2027, 1, 5, tzinfo=UTC)
BELOW = (
    "ACF-003 is funded, although its marks are below a minimum of the round: the panel's chair made an "
    "exception. Reason: Nobody else keeps the ford."
)
EQUAL = (
    "ACF-002 and ACF-003 were equal by the published rules; the chair put ACF-003 first, then ACF-002: "
    "More people live there."
)
QUORUM = "Fewer members than the panel's quorum could take part when it considered ACF-001."


def marked(*marks: int) -> RoundRows:
    rows = deciding_rows()
    sheets = (SheetRow("M1", f"ACF-00{n}", True, (mark,) * 3) for n, mark in enumerate(marks, 1))
    return replace(rows, sheets=tuple(sheets), areas=(Area("Coventry", 600_000), rows.areas[1]))


def test_an_exception_that_is_funded_and_a_waiver_are_told_before_and_after_the_decision(
    record: Record,
) -> None:
    chose = ChairDecisionRow("ACF-003", ChairDecisionKind.EXCEPTION, None, "nobody else keeps the ford")
    rows = replace(marked(5, 4, 1), chair_decisions=(chose,))
    first, *others = rows.applications
    waived = replace(first, eligibility=Eligibility.WAIVED, eligibility_reason="Its treasurer was ill.")
    recommended(record, replace(rows, applications=(waived, *others)))

    draft = paper(record, "notice", NOW)
    decide(record)
    signed, report = (paper(record, kind, NOW) for kind in ("notice", "decision-report"))

    for said in (draft.background, signed.background, report.changed):
        assert BELOW in said
    for said in (draft.background, signed.background, report.notes):
        assert "Let in by a waiver, for the reason in the minutes of the panel: ACF-001." in said
        assert "treasurer" not in " ".join(said)
    assert draft.against_rule == signed.against_rule == ("ACF-003",)
    let_in = dict(paper(record, "disclosure", NOW).rules)["Let in by a waiver"]
    assert let_in == "1 application that did not meet a condition was let in all the same: A-031-01"


def test_equals_that_the_chair_put_in_order_are_told_where_not_all_get_money(record: Record) -> None:
    chosen = tuple(
        ChairDecisionRow(of, ChairDecisionKind.TIE, place, "More people live there.")
        for of, place in (("ACF-003", 1), ("ACF-002", 2))
    )
    alike = replace(
        marked(5, 3, 3), chair_decisions=chosen, areas=(Area("Coventry", 400_000), Area("Dudley", 0))
    )
    recommended(record, alike)

    decide(record)

    assert EQUAL in paper(record, "notice", NOW).background
    assert EQUAL in paper(record, "decision-report", NOW).changed


def test_a_report_says_what_the_panel_recommended_without_its_quorum(record: Record) -> None:
    own = InterestRow("M2", "ACF-001", InterestKind.PECUNIARY, "a cousin")
    record.perform(SetUpOffice("Office", (FUND,)), OFFICER)
    load(record, replace(deciding_rows(), interests=(own,)))
    for stage in ("scoring", "meeting"):
        record.perform(MoveAreas(1, ("Coventry",), stage), CHAIR)
    for member, state in (("M1", "absent"), ("M2", "present")):
        record.perform(SetAttendance(1, "Coventry", member, state, ""), OFFICER)
    record.perform(MoveAreas(1, ("Coventry",), "recommending"), CHAIR)
    ranked = rank(scored_round(record.ask(lambda session: round_rows(session, 1))))
    record.perform(RecordRecommendations(1, reasoned(proposed(ranked))), OFFICER)
    declare_to_sign(record, COMMANDER, DECIDER)
    decide(record)

    report = paper(record, "decision-report", NOW)

    assert QUORUM in report.notes


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((90_000,), "£100 of the pot is left"),
        ((110_000,), "that is £100 more than the pot"),
        (
            (110_000, 140_000, 99_950),
            "that is £500 over the pots of Area 0 and Area 1, and £0.50 of the other is left",
        ),
    ],
)
def test_what_goes_beyond_pots_is_told_by_name(given: tuple[int, ...], said: str) -> None:
    uses = [PotUse(f"Area {number}", 100_000, 0, pence) for number, pence in enumerate(given)]

    assert ROUND.left(uses, sum(use.left_pence for use in uses)) == said


LINE = DecisionRow(
    *(1, "ACF-001", 0, True, "agree", "fund", 100_000, "It helps.", "", (), False),
    *(None, None, "Area commander", "Cora Command", DAY, "031/2026", "none", "", False),
)
NAMES = ("Cora Command", "Abe Ambassador", "Dan Decides")


@st.composite
def signed(draw: st.DrawFn) -> list[DecisionRow]:
    """Return lines of two notices, each signed by one or several on days of their own."""
    rows = []
    for line in range(draw(st.integers(1, 4))):
        notice = draw(st.sampled_from(("031/2026", "032/2026")))
        names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
        for at, name in enumerate(names):
            rows.append(
                replace(
                    LINE,
                    number=len(rows) + 1,
                    application=f"ACF-{line:03}",
                    is_last=at == len(names) - 1,
                    signed_by=name,
                    post=f"Post of {name}",
                    signed_on=DAY + timedelta(days=draw(st.integers(0, 2))),
                    notice=notice,
                )
            )
    return rows


@given(signed())
def test_a_notice_is_told_with_every_signer_of_it_and_nobody_elses(rows: list[DecisionRow]) -> None:
    lines = list(final_decisions(rows).values())

    said = dict(deciders(lines, rows))

    assert set(said) == {line.notice for line in lines}
    for number, words in said.items():
        mine = [row for row in rows if row.notice == number]
        for name in NAMES:
            assert (f"by {name}, Post of {name}" in words) == any(row.signed_by == name for row in mine)
        days = {row.signed_on for row in mine}
        told = {day for n in range(3) if full_day(day := DAY + timedelta(days=n)) in words}
        assert told == (days if len(days) > 1 else set())


def test_a_reserve_list_ends_with_its_round_and_its_letter_promises_nothing_then(decided: Record) -> None:
    before = {one.reference: one for one in paper(decided, "letters", OPEN_AT).letters}
    decided.perform(CloseRound(1), OFFICER)
    after = {one.reference: one for one in paper(decided, "letters", OPEN_AT).letters}

    told = after["ACF-003"]
    assert (before["ACF-003"].kind, told.kind) == ("reserve", "decline")
    assert (told.reason, told.held, told.is_list_ended) == ("", None, True)
    assert after["ACF-001"] == before["ACF-001"]


OPEN_AT = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)


def background(record: Record) -> tuple[str, ...]:
    return tuple(paper(record, "notice", OPEN_AT).background)


FEWER = LineDecision("ACF-002", "change", "part_fund", 150_000, change_reason="one session fewer.")
NONE = LineDecision("ACF-003", "change", "decline", change_reason="The school does it now.")
AGREED = tuple(LineDecision(f"ACF-00{number}") for number in (1, 2, 3))
FEWER_SAID = "warded £1,500, where the panel recommended £2,000. Reason: One session fewer."
NONE_SAID = "eclined, from the panel's reserve list. Reason: The school does it now."


def test_every_paper_tells_what_an_earlier_step_changed_and_why(record: Record) -> None:
    """It gives one line less and another nothing, and the last agrees with it."""
    both_signed(record).perform(first_step(LineDecision("ACF-001"), FEWER, NONE), COMMANDER)
    draft = paper(record, "notice", NOW)
    record.perform(last_step(*AGREED), DECIDER)

    told = paper(record, "notice", NOW, notice="031/2026").background
    report = paper(record, "decision-report", NOW).changed

    assert [(one.reference, one.amount_pence) for one in draft.allocations] == [
        ("ACF-001", 100_000),
        ("ACF-002", 150_000),
    ]
    assert draft.by_outcome == (("decline", 1),)
    for said in (told, draft.background):
        assert f"ACF-002 is a{FEWER_SAID}" in said
        assert f"ACF-003 is d{NONE_SAID}" in said
    assert not any(line.startswith("ACF-001") for line in told), "it is as recommended"
    in_part, *changed = report
    part = "In part: ACF-002, £1,500 of the £2,000 asked, for the reason"
    assert f"{part} given above." in told
    assert in_part == f"{part} that its notice gives."
    assert [line.split(" is ")[1] for line in changed] == [f"a{FEWER_SAID}", f"d{NONE_SAID}"]

    # The schedule has the panels reason and why it was changed, and the outcome beside what was awarded.
    reasons = {
        row.reference: row.reason for row in record.ask(partial(settled_lines, round_id=1)).recommended
    }
    assert reasons["ACF-001"] == REASON
    assert reasons["ACF-002"] == f"{REASON} Changed when it was decided: One session fewer."
    assert reasons["ACF-003"].startswith("The school does it now. Decided, notice 031/2026")
    lines = paper(record, "schedule", NOW).lines
    assert {line.reference: (line.awarded_pence, line.outcome) for line in lines} == {
        "ACF-001": (100_000, "fund"),
        "ACF-002": (150_000, "part-fund"),
        "ACF-003": (0, "decline"),
    }

    # Of what is not named whoever asks reads the words of the rules alone.
    lines = paper(record, "disclosure", NOW).lines
    (fewer,) = (line for line in lines if "£1,500" in line.reasons)
    assert fewer.reasons.splitlines() == [REASON, f"A{FEWER_SAID}"]
    assert not any("school" in line.reasons for line in lines)

    # A letter says why it was chosen and apart from it why the amount was changed.
    whole, fewer, none = paper(record, "letters", NOW).letters
    assert (whole.reason, whole.why_less) == (REASON, "")
    assert (fewer.reason, fewer.why_less) == (REASON, "One session fewer.")
    assert none.reason == "The school does it now."


PANELS_OWN = "Nobody there answers the telephone."


def test_what_the_panel_declines_by_its_own_choice_points_to_its_minutes(recommended: Record) -> None:
    ranked = rank(scored_round(recommended.ask(lambda session: round_rows(session, 1))))
    for outcome in (PanelOutcome.DECLINE, PanelOutcome.DEFER):
        items = [
            replace(item, outcome=outcome.value, reason=PANELS_OWN) if item.outcome == "reserve" else item
            for item in reasoned(proposed(ranked))
        ]
        recommended.perform(RecordRecommendations(1, tuple(items)), HER)

        told = [line for line in background(recommended) if "ACF-003" in line]

        assert len(told) == 1
        assert told[0].endswith(": ACF-003, for the reasons in the minutes of the panel.")
        assert PANELS_OWN not in " ".join(background(recommended))

    # It gives no money where an interest declared late left too few marks.
    late = InterestRow("M1", "ACF-001", InterestKind.NON_PECUNIARY, "Her sister works there.")
    recommended.perform(Declare(1, "M1", (late,)), OFFICER)

    refused(r"ACF-001 is incomplete.*Withdraw the recommendation", paper, recommended, "notice", NOW)

    # Once its recommendation is withdrawn the others are put to the signer.
    recommended.perform(RecordRecommendations(1, (), ("ACF-001",)), OFFICER)
    assert [line.reference for line in paper(recommended, "notice", NOW).allocations] == ["ACF-002"]

"""Notice and report tell what the panel's chair decided that money rests on, and what had no quorum."""

from datetime import UTC, datetime
from functools import partial

from msgspec.structs import replace

from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.operations.deciding.signing import SignRecommendations
from models.operations.panel.meetings import SetAttendance
from models.operations.set_up.areas import MoveArea
from models.operations.set_up.office import SetUpOffice
from models.papers.order import PaperOrder
from models.queries.deciding.decided_anew import DecidedRound
from models.queries.papers.decision_report import decision_report
from models.queries.papers.notices.causes import chair_words
from models.queries.papers.notices.notice import notice
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.values.rows import ChairDecisionRow, InterestRow, RoundRows, SheetRow, scored_round
from scoring.rank import rank
from scoring.round import Area, ChairDecisionKind, InterestKind
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    deciding_rows,
    declare_to_sign,
    every_line,
    first_step,
    last_step,
    reasoned,
    recommended,
)
from tests.models.rounds import FUND, OFFICER, load

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


def order(kind: str) -> PaperOrder:
    return PaperOrder(kind, NOW, round_id=1)


def marked(*marks: int) -> RoundRows:
    rows = deciding_rows()
    sheets = (SheetRow("M1", f"ACF-00{n}", True, (mark,) * 3) for n, mark in enumerate(marks, 1))
    return replace(rows, sheets=tuple(sheets), areas=(Area("Coventry", 600_000), rows.areas[1]))


def decide(record: Record) -> None:
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    declare_to_sign(record, COMMANDER, DECIDER)
    record.perform(first_step(*every_line()), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)


def test_an_exception_that_is_funded_is_told_before_and_after_the_decision(record: Record) -> None:
    chose = ChairDecisionRow("ACF-003", ChairDecisionKind.EXCEPTION, None, "nobody else keeps the ford")
    recommended(record, replace(marked(5, 4, 1), chair_decisions=(chose,)))

    draft = record.ask(partial(notice, order=order("notice")))
    decide(record)
    signed = record.ask(partial(notice, order=order("notice")))
    report = record.ask(partial(decision_report, order=order("decision-report")))

    assert BELOW in draft.background
    assert BELOW in signed.background
    assert draft.against_rule == signed.against_rule == ("ACF-003",)
    assert BELOW in report.changed


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

    assert EQUAL in record.ask(partial(notice, order=order("notice"))).background
    round_ = record.ask(lambda s: DecidedRound(s, 1))
    assert EQUAL in chair_words(round_, {"ACF-002": 10}, {"ACF-003": None})
    assert list(chair_words(round_, {"ACF-002": 10}, {"ACF-003": 20})) == [], "both have money by now"
    assert EQUAL in record.ask(partial(decision_report, order=order("decision-report"))).changed


def test_a_report_says_what_the_panel_recommended_without_its_quorum(record: Record) -> None:
    own = InterestRow("M2", "ACF-001", InterestKind.PECUNIARY, "a cousin")
    record.perform(SetUpOffice("Office", (FUND,)), OFFICER)
    load(record, replace(deciding_rows(), interests=(own,)))
    for stage in ("scoring", "meeting"):
        record.perform(MoveArea(1, "Coventry", stage), CHAIR)
    for member, state in (("M1", "absent"), ("M2", "present")):
        record.perform(SetAttendance(1, "Coventry", member, state, ""), OFFICER)
    record.perform(MoveArea(1, "Coventry", "recommending"), CHAIR)
    ranked = rank(scored_round(record.ask(lambda session: round_rows(session, 1))))
    record.perform(RecordRecommendations(1, reasoned(proposed(ranked))), OFFICER)
    decide(record)

    report = record.ask(partial(decision_report, order=order("decision-report")))

    assert QUORUM in report.notes

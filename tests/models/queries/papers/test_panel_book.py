"""The panel book from the record."""

from datetime import UTC, date, datetime
from functools import partial

from msgspec.structs import replace

from models.operations.applications.gates import SetGate
from models.operations.panel.agreed import CloseItem
from models.operations.panel.meetings import SetAttendance
from models.operations.set_up.areas import SetAreaDates
from models.papers.panel_book import PanelBook
from models.queries.applications.applications import gates
from models.record import Record
from models.values.rounds import AreaDates
from models.values.rows import InterestRow
from scoring.round import Eligibility, InterestKind
from scoring.scheme import Combine
from tests.models.operations.deciding_rounds import deciding_rows
from tests.models.operations.meetings import NOTES, at_meeting, meeting_rows
from tests.models.rounds import OFFICER, load, paper, set_up_office

NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)
AUTUMN = "Active Citizens Fund, Autumn, 2026/27"


def ordered(record: Record, round_id: int = 1, **more: object) -> PanelBook:
    return paper(record, "panel-book", NOW, round_id, **more)


def test_marks_are_there_only_when_asked_for(record: Record) -> None:
    load(set_up_office(record), deciding_rows())

    without, marked = ordered(record), ordered(record, with_marks=True)

    assert without.items[0].lines == ()
    assert marked.items[0].lines[0].marks == ("5", "[ ]")
    assert [item.before for item in without.items] == [() for _ in without.items]
    load(record, replace(deciding_rows(), name="Spring"))
    assert ordered(record, round_id=2).items[0].before == (f"{AUTUMN}: Project 1, nothing recommended yet",)

    # A late application that was let in says so.
    dates = AreaDates(closes_on=date(2026, 10, 1), meets_on=date(2026, 11, 10))
    area = ordered(record).items[1].area
    record.perform(SetAreaDates(1, area, dates, AreaDates()), OFFICER)
    record.perform(SetGate(1, "ACF-002", "in-time", "waived", "post strike", "fail"), OFFICER)
    late = {item.reference: item.late for item in ordered(record).items}
    assert (area, "planned for 10 November 2026, time and place not recorded") in ordered(record).meets
    words = f"received 2 Oct 2026 at 09:30, after {area} closed on 1 Oct 2026; waived by Grace Okoro: post "
    assert (late["ACF-001"], late["ACF-002"]) == ("", f"{words}strike")


def test_who_declared_an_interest_is_out_of_the_room_and_the_order_has_few_exits(record: Record) -> None:
    interests = tuple(
        InterestRow("M1", reference, InterestKind.PECUNIARY, "Treasurer")
        for reference in ("ACF-001", "ACF-003")
    )
    load(set_up_office(record), replace(deciding_rows(), interests=interests))

    book = ordered(record)

    assert [(item.reference, item.away) for item in book.items] == [
        ("ACF-002", ()),
        ("ACF-001", ("Ann Sample",)),
        ("ACF-003", ("Ann Sample",)),
    ]
    assert book.members[0].aside == tuple(
        f"{of} (declared on 3 November 2026; their sheet is not counted)" for of in ("ACF-001", "ACF-003")
    )
    assert not book.members[1].has_declared


def test_quorum_counts_who_has_declared_and_then_who_is_there_and_of_a_closed_item_who_was(
    record: Record,
) -> None:
    at_meeting(record, meeting_rows(combine=Combine.MEAN))

    def told() -> dict[str, tuple[bool, int, bool]]:
        items = ordered(record).items
        return {item.reference: (item.is_quorate, item.undeclared, item.is_over) for item in items}

    def attend(**members: tuple[str, str]) -> None:
        for member, (state, before) in members.items():
            record.perform(SetAttendance(1, "Coventry", member, state, before), NOTES)

    # ACF-001: M1 and M2 of three, since M3 stands aside; ACF-002: M1 and M3; the quorum is two
    assert told() == {"ACF-001": (True, 0, False), "ACF-002": (True, 0, False)}
    attend(M1=("present", ""), M2=("present", ""))
    assert told() == {"ACF-001": (True, 0, False), "ACF-002": (False, 0, False)}

    attend(M3=("present", ""))
    record.perform(CloseItem(1, "ACF-002"), NOTES)
    attend(M3=("absent", "present"), M2=("absent", "present"))

    # M1 and M3 decided ACF-002, on which M2 stands aside; M1 alone is left for ACF-001
    assert told() == {"ACF-001": (False, 0, False), "ACF-002": (True, 0, True)}


def test_what_the_form_tool_wrote_and_how_to_reach_somebody_is_left_out_and_times_are_written_out(
    record: Record,
) -> None:
    answers = (
        ("ID", "101"),
        ("Response", "5001"),
        ("Entry", "By the side door"),
        ("Start time", "2026-09-07T07:35:00"),
        ("Completion time", "2026-09-07T07:58:00"),
        ("IP Address", "192.0.2.1"),
        ("Browser", "Firefox"),
        ("Q6. Contact e-mail", "someone@club.example"),
        ("Who pays?", "Ask pay@club.example"),
        ("When did you meet?", "2026-09-07T08:35:00"),
        ("Opens on", "2026-10-01"),
        ("Meets on", "2026-10-02 00:00:00"),
        ("Ward number", "2026-99-99"),
        ("Start", "Autumn"),
    )
    rows = deciding_rows()
    first = replace(rows.applications[0], answers=answers)
    load(set_up_office(record), replace(rows, applications=(first, *rows.applications[1:])))

    assert dict(ordered(record).items[0].texts)["Other answers"].splitlines() == [
        "Entry: By the side door",
        "Who pays? Ask [left out]",
        "When did you meet? 7 September 2026, 08:35",
        "Opens on: 1 October 2026",
        "Meets on: 2 October 2026",
        "Ward number: 2026-99-99",
        "Start: Autumn",
    ]


def test_the_median_is_of_what_is_discussed_and_a_word_for_all_gates_is_not_put_on_each(
    record: Record,
) -> None:
    rows = deciding_rows()
    gone, *rest = (
        replace(row, beneficiaries=n) for row, n in zip(rows.applications, (1, 10, 10), strict=True)
    )
    gone = replace(gone, eligibility=Eligibility.NO, eligibility_reason="An event alone.")
    let_in = replace(rest[0], eligibility=Eligibility.WAIVED, eligibility_reason="Over the cap.")
    load(set_up_office(record), replace(rows, applications=(gone, let_in, *rest[1:])))

    first, second = ordered(record).items

    # £2,000 and £3,000 for 10 are £200 and £300 each; £1,000 for 1, which is not discussed, is left out
    assert first.median_pence == second.median_pence == 25_000
    assert first.gates == (("", "let in by a waiver: Over the cap."),)
    assert {result for _, result in first.advice + second.advice} == {"not checked by the office"}
    assert {result for _, result in second.gates} == {"passed"}
    advisory = tuple(one.question for one in record.ask(partial(gates, round_id=1)) if one.is_advisory)
    assert tuple(asked for asked, _ in second.advice) == advisory
    assert not set(advisory) & set(dict(second.gates))
    record.perform(SetGate(1, first.reference, "constituted", "pass", "", ""), OFFICER)
    assert "" not in dict(ordered(record).items[0].gates)

"""The panel book from the record."""

from datetime import UTC, date, datetime
from functools import partial

from msgspec.structs import replace

from models.operations.applications.corrections import SetWithdrawn
from models.operations.applications.gates import SetGate
from models.operations.panel.agreed import CloseItem
from models.operations.panel.meetings import SetAttendance
from models.operations.panel.sheets import ReopenSheet
from models.operations.set_up.areas import MoveAreas, SetAreaDates
from models.papers.order import PaperOrder
from models.papers.panel_book import PanelBook
from models.queries.applications.applications import gates
from models.queries.papers.minutes import round_minutes
from models.queries.papers.panel_book import panel_book
from models.record import Record
from models.values.rounds import AreaDates
from models.values.rows import InterestRow
from scoring.round import Eligibility, InterestKind
from scoring.scheme import Combine
from tests.models.operations.deciding_rounds import deciding_rows
from tests.models.operations.meetings import CHAIR, NOTES, at_meeting, meeting_rows
from tests.models.rounds import OFFICER, load, set_up_office

NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)


def ordered(record: Record, **more: object) -> PanelBook:
    order = replace(PaperOrder("panel-book", NOW, 1), **more)  # type: ignore[arg-type]
    return record.ask(partial(panel_book, order=order))


def test_each_application_is_an_item_with_what_it_costs_for_each_person(record: Record) -> None:
    rows = deciding_rows()
    people = (10, 40, None)
    applications = tuple(
        replace(
            *(row,),
            beneficiaries=n,
            safeguarding_policy=n == 10,
            constitution_held=None,
            answers=(("Have you met your team?", "No, ring 01234 567890"), ("Are you many?", "Yes")),
            project="Safe Streets\nPhase\t2",
        )
        for row, n in zip(rows.applications, people, strict=True)
    )
    load(set_up_office(record), replace(rows, applications=applications))

    book = ordered(record)

    assert [item.reference for item in book.items] == ["ACF-001", "ACF-002", "ACF-003"]
    # £1,000 for 10 is £100.00 each, £2,000 for 40 is £50.00; the median of the two is £75.00
    assert [item.each_pence for item in book.items] == [10_000, 5_000, None]
    assert {item.median_pence for item in book.items} == {7_500}
    passed = "Safeguarding policy (it passed the checks all the same)"
    assert [item.noes for item in book.items] == [(), *[(passed,)] * 2]
    assert {item.project for item in book.items} == {"Safe Streets Phase 2"}
    assert book.control == "3 applications, £6,000.00 asked"


def test_the_book_drawn_again_keeps_the_items_and_numbers_of_the_meeting(decided: Record) -> None:
    before = ordered(decided)
    decided.perform(SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="They merged."), OFFICER)

    after = ordered(decided)
    minutes = decided.ask(partial(round_minutes, order=PaperOrder("minutes", NOW, 1)))

    numbers = {item.reference: item.number for item in before.items}
    assert {item.reference: item.number for item in after.items} == numbers
    assert before.is_over, "the panel recommends something for each"
    assert [item.reference for item in minutes.items] == list(numbers)


def test_what_is_not_discussed_is_named_with_why_and_areas_go_in_their_order(record: Record) -> None:
    rows = deciding_rows()
    gone = replace(rows.applications[0], withdrawn=True)
    load(set_up_office(record), replace(rows, applications=(gone, *rows.applications[1:])))

    book = ordered(record)

    assert book.left_out == ((f"{gone.reference} {gone.organisation}", "withdrawn"),)
    assert gone.reference not in {item.reference for item in book.items}
    places = [next(n for n, area in enumerate(rows.areas) if area.name == item.area) for item in book.items]
    assert places == sorted(places)


def test_marks_are_there_only_when_asked_for(record: Record) -> None:
    load(set_up_office(record), deciding_rows())

    without, marked = ordered(record), ordered(record, with_marks=True)

    assert without.items[0].lines == ()
    assert marked.items[0].lines[0].marks == ("5", "[ ]")

    # A late application that was let in says so.
    dates = AreaDates(closes_on=date(2026, 10, 1), meets_on=date(2026, 11, 10))
    area = ordered(record).items[1].area
    record.perform(SetAreaDates(1, area, dates, AreaDates()), OFFICER)
    record.perform(SetGate(1, "ACF-002", "in-time", "waived", "post strike", "fail"), OFFICER)
    late = {item.reference: item.late for item in ordered(record).items}
    assert (area, "planned for 10 November 2026, time and place not recorded") in ordered(record).meets
    words = (
        f"received 2 Oct 2026 at 09:30, after {area} closed on 1 Oct 2026; waived by Grace Okoro: post strike"
    )
    assert late["ACF-002"] == words
    assert late["ACF-001"] == ""


def test_a_book_with_marks_says_which_sheet_was_reopened_and_why(record: Record) -> None:
    load(set_up_office(record), meeting_rows())
    record.perform(MoveAreas(1, ("Coventry",), "scoring"), CHAIR)
    record.perform(ReopenSheet(1, "M1", "ACF-001", "misread the form"), CHAIR)

    told = {item.reference: item.reopened for item in ordered(record, with_marks=True).items}

    assert [of for of, words in told.items() if words] == ["ACF-001"]
    (words,) = told["ACF-001"]
    assert "was reopened after others’ marks could be seen: misread the form. It was first handed" in words
    assert not any(item.reopened for item in ordered(record).items), "a book to mark in tells no mark"


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


def test_quorum_counts_who_has_declared_and_then_who_is_there(gathered: Record) -> None:
    def told() -> list[tuple[str, bool, int]]:
        return [(item.reference, item.is_quorate, item.undeclared) for item in ordered(gathered).items]

    # ACF-001: M1 and M2 of three, since M3 stands aside; ACF-002: M1 and M3; the quorum is two
    assert told() == [("ACF-001", True, 0), ("ACF-002", True, 0)]
    for member in ("M1", "M2"):
        gathered.perform(SetAttendance(1, "Coventry", member, "present", ""), NOTES)

    assert {of: is_quorate for of, is_quorate, _ in told()} == {"ACF-001": True, "ACF-002": False}


def test_an_item_that_closed_with_a_quorum_has_it_still_when_somebody_left_the_meeting_after(
    record: Record,
) -> None:
    at_meeting(record, meeting_rows(combine=Combine.MEAN))
    for member in ("M1", "M2", "M3"):
        record.perform(SetAttendance(1, "Coventry", member, "present", ""), NOTES)
    record.perform(CloseItem(1, "ACF-002"), NOTES)
    record.perform(SetAttendance(1, "Coventry", "M3", "absent", "present"), NOTES)
    record.perform(SetAttendance(1, "Coventry", "M2", "absent", "present"), NOTES)

    found = {item.reference: (item.is_quorate, item.is_over) for item in ordered(record).items}

    # M1 and M3 decided ACF-002, on which M2 stands aside; M1 alone is left for ACF-001
    assert found == {"ACF-001": (False, False), "ACF-002": (True, True)}


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

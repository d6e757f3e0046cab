"""Minutes and the panel book from the record."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial

import pytest
from msgspec.structs import replace

from models.operations.applications.gates import SetGate
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.operations.panel.agreed import CloseItem, ConfirmRecord
from models.operations.panel.meetings import SetAttendance
from models.operations.set_up.areas import MoveAreas, SetAreaDates
from models.operations.set_up.office import SetPaperTexts
from models.papers.minutes import Minutes, Pot
from models.papers.order import PaperOrder
from models.papers.panel_book import PanelBook
from models.queries.applications.applications import gates
from models.queries.deciding.decisions import recommendations
from models.queries.panel.meeting_figures import work_out
from models.queries.papers.to_check.questions import words_to_check
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.values.recommending import LineDecision
from models.values.rounds import AreaDates
from models.values.rows import WITHDRAWN_ON, AgreedRow, ChairDecisionRow, InterestRow, MemberRow, scored_round
from scoring.rank import rank
from scoring.round import Area, ChairDecisionKind, Eligibility, InterestKind
from scoring.scheme import Combine
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    REASON,
    deciding_rows,
    first_step,
    reasoned,
    recommended,
)
from tests.models.operations.meetings import NOTES, at_meeting, kept, meeting_rows
from tests.models.rounds import OFFICER, assert_replays, load, paper, refused, set_up_office, undo

NOW = datetime(2026, 12, 2, tzinfo=UTC)


def ordered(record: Record, area: str | None = None) -> Minutes:
    return paper(record, "minutes", NOW, area=area)


def test_an_area_without_applications_has_none(record: Record) -> None:
    load(set_up_office(record), deciding_rows())

    refused("no application to minute there: none came, or none", ordered, record, "Dudley")

    # Whoever writes them is told what nobody recorded of a meeting that is over.
    order = PaperOrder("minutes", NOW, 1)
    for stage, is_told in (("scoring", False), ("meeting", False), ("recommending", True)):
        record.perform(MoveAreas(1, ("Coventry",), stage), CHAIR)
        said = " ".join(record.ask(partial(words_to_check, order=order, value=ordered(record))))
        assert ("when and where the panel met; that is entered on Meeting while" in said) == is_told
        assert ("it was not recorded who was there" in said) == is_told

    # Every ranked item says its total and once it is recommended its place.
    before = {item.reference: (item.total_1e2, item.place) for item in ordered(record).items}
    ranking = rank(scored_round(deciding_rows()))
    record.perform(RecordRecommendations(1, reasoned(proposed(ranking))), OFFICER)
    found = {item.reference: (item.total_1e2, item.place) for item in ordered(record).items}
    # marks of 5, 4 and 3 of 5 throughout
    totals = {"ACF-001": 10_000, "ACF-002": 8_000, "ACF-003": 6_000}
    assert before == {of: (total, None) for of, total in totals.items()}
    assert found == {of: (total, (n, 3, False)) for n, (of, total) in enumerate(totals.items(), 1)}


def test_minutes_and_book_of_an_area_say_nothing_of_another(record: Record) -> None:
    rows = deciding_rows()
    away = replace(rows.applications[0], reference="D-001", area="Dudley")
    interests = (InterestRow("M1", "D-001", InterestKind.PECUNIARY, "a cousin"),)
    more = (*rows.applications, away)
    load(set_up_office(record), replace(rows, applications=more, interests=interests))
    texts = (("chaired", "Bo took the chair for D-001.\nCy took it for ACF-001.\nDi came late."),)
    record.perform(SetPaperTexts(1, "minutes", "", texts), OFFICER)

    book = paper(record, "panel-book", NOW, area="Coventry")

    assert ordered(record, "Coventry").chaired == ("Cy took it for ACF-001.", "Di came late.")
    assert ordered(record, "Dudley").chaired == ("Bo took the chair for D-001.", "Di came late.")
    assert len(ordered(record).chaired) == 3
    assert {one.aside for one in book.members} == {()}
    assert [item.number for item in book_of(record).items] == [1, 2, 3, 1], "each area counts its own"
    assert book.members[0].has_declared


def test_marks_of_what_is_not_in_the_minutes_are_not_counted_and_its_pot_and_reason_are_told(
    record: Record,
) -> None:
    rows = deciding_rows()
    second = tuple(replace(sheet, member="M2") for sheet in rows.sheets)
    gone = replace(rows.applications[0], withdrawn=True)
    both = replace(rows, sheets=(*rows.sheets, *second), applications=(gone, *rows.applications[1:]))
    recommended(record, both)

    found = ordered(record)

    # two items of three criteria; with the one that was withdrawn it would be nine
    assert found.spread.compared == 6
    assert found.left_out == ((f"{gone.reference} {gone.organisation}", "withdrawn"),)
    # £2,000 and £1,500, half of what the third asks, make the whole pot
    assert found.results[0].pot == Pot(350_000, 0, 350_000, 0, (), "")


@pytest.mark.parametrize(
    ("cap", "cause", "why"),
    [(350_000, "tolerance", "stopped"), (100_000, "organisation", "organisation")],
)
def test_an_item_says_what_the_tolerance_or_a_cap_of_its_organisation_made_of_it(
    record: Record, cap: int, cause: str, why: str
) -> None:
    rows = deciding_rows()
    first, other, third = rows.applications
    asking = (first, other, replace(third, organisation=first.organisation))
    scheme = replace(rows.scheme, tolerance_percent=Decimal(5), cap_per_organisation_pence=cap)
    areas = (Area("Coventry", 250_000), Area("Dudley", 0))
    recommended(record, replace(rows, scheme=scheme, areas=areas, applications=asking))

    _, second, last = ordered(record).items

    # £1,000 of £2,500 and the £125 of its tolerance leaves £1,625, and of £3,500 for its organisation £2,500
    assert (second.cause, second.amount_pence) == (cause, 162_500 if cause == "tolerance" else cap)
    assert (last.outcome, last.why) == ("reserve", why)


def test_only_an_interest_taken_back_is_minuted_as_one_and_a_reason_for_the_panel_stands_in_the_annex(
    record: Record,
) -> None:
    gone = f"{WITHDRAWN_ON} 22 November 2026 (pecuniary): She left the club."
    said = (
        InterestRow("M1", "ACF-001", InterestKind.NONE, "I know nobody there."),
        InterestRow("M1", "ACF-002", InterestKind.NONE, gone),
    )
    told = AgreedRow("ACF-002", (4, 4, 4), ("Well known to us.", "Is it legal?", ""), for_panel=("A2",))
    load(set_up_office(record), replace(deciding_rows(), interests=said, agreed=(told,)))

    found = {item.reference: item.withdrawn for item in ordered(record).items}
    items = {item.reference: item for item in paper(record, "minutes-annex", NOW).items}

    assert found == {"ACF-001": (), "ACF-002": (("Ann Sample", gone),), "ACF-003": ()}
    assert [line.reason for line in items["ACF-002"].lines if line.is_discussed] == ["Is it legal?"]


def test_which_minimum_was_missed_is_told_and_why_the_chair_let_one_be_funded(record: Record) -> None:
    rows = deciding_rows()
    second = rows.applications[1].reference  # its total is 80.00, that of the third 60.00
    let_in = ChairDecisionRow(second, ChairDecisionKind.EXCEPTION, None, "the only bid from its ward")
    need, *rest = rows.scheme.criteria
    criteria = (replace(need, floor=Decimal(4)), *rest)
    scheme = replace(rows.scheme, minimum_total=Decimal(99), criteria=criteria)
    recommended(record, replace(rows, scheme=scheme, chair_decisions=(let_in,)))

    found = ordered(record)

    items = {item.reference: item for item in found.items}
    third = items[rows.applications[2].reference]
    below = "3 on A1 Need is below the minimum of 4", "total 60 is below the minimum of 99"
    assert (third.outcome, third.minimums) == ("decline", below)
    assert items[second].amount_pence == 200_000
    assert (
        f"The chair’s exception: {second} may be funded although total 80 is below the minimum of 99: "
        "the only bid from its ward."
    ) in found.results[0].notes


def test_an_item_says_who_could_take_part(record: Record) -> None:
    rows = deciding_rows()
    closed = rows.applications[2]
    rows = replace(
        rows,
        interests=(InterestRow("M1", closed.reference, InterestKind.PREJUDICIAL),),
        members=(*rows.members, MemberRow("M3", "Ed Adviser", "adviser")),
    )
    recommended(record, rows)
    assert {item.able for item in ordered(record).items} == {None}, "nobody is recorded as there"
    record.perform(MoveAreas(1, ("Coventry",), "meeting", "Who was there."), CHAIR)
    for code, state in (("M1", "present"), ("M2", "absent"), ("M3", "present")):
        record.perform(SetAttendance(1, "Coventry", code, state, ""), CHAIR)

    found = ordered(record)

    able = {item.reference: (item.able, item.is_short) for item in found.items}
    assert able == {
        "ACF-001": (("Ann Sample",), False),
        "ACF-002": (("Ann Sample",), False),
        "ACF-003": ((), True),
    }
    none = "No quorum: 0 could take part, and the quorum is 1"
    assert [item.waits for item in found.items if item.reference == "ACF-003"] == [none]


def test_what_the_chair_put_in_order_is_told_with_the_reason_and_who_ruled_in_the_chairs_place(
    record: Record,
) -> None:
    rows = deciding_rows()
    ties = tuple(
        ChairDecisionRow(of, ChairDecisionKind.TIE, place, "It is nearer.", "M1")
        for of, place in (("ACF-002", 1), ("ACF-001", 2))
    )
    sheets = (replace(rows.sheets[0], marks=(4, 4, 4)), *rows.sheets[1:])
    scheme = replace(rows.scheme, ladder=("chair",))
    load(set_up_office(record), replace(rows, scheme=scheme, sheets=sheets, chair_decisions=ties))

    found = ordered(record)

    first, second, third = (item.tie for item in found.items)
    by = "by the member named in the chair’s place: It is nearer."
    assert first == f"Equal with ACF-002 by the published rules, put second {by}"
    assert second == f"Equal with ACF-001 by the published rules, put first {by}"
    assert third == ""
    assert "put ACF-002 first, then ACF-001: It is nearer." in found.results[0].notes[0]
    assert found.in_place == (("Ann Sample", ("ACF-002", "ACF-001")),)


def test_equals_that_a_published_rule_put_in_order_are_told_where_not_all_are_funded(record: Record) -> None:
    rows = deciding_rows()
    sheets = (*rows.sheets[:2], replace(rows.sheets[2], marks=rows.sheets[1].marks))
    rows = replace(rows, scheme=replace(rows.scheme, ladder=("requested",)), sheets=sheets)
    load(set_up_office(record), rows)

    told = "ACF-002 and ACF-003 had the same total, 80.00: ACF-002 came first, then ACF-003, by amount asked."
    assert ordered(record).results[0].notes == (told,)

    enough = tuple(replace(area, pot_pence=600_000) for area in rows.areas)
    load(record, replace(rows, name="Winter", areas=enough))  # there the order changes nothing
    assert paper(record, "minutes", NOW, 2).results[0].notes == ()

    load(record, replace(rows, name="Spring", scheme=replace(rows.scheme, ladder=())))
    waits = [item.waits for item in paper(record, "minutes", NOW, 3).items]
    assert waits[1:] == ["It waits for the chair's decision on a tie"] * 2, "no rule parts them"


BOOK_AT = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)
AUTUMN = "Active Citizens Fund, Autumn, 2026/27"


def book_of(record: Record, round_id: int = 1, **more: object) -> PanelBook:
    return paper(record, "panel-book", BOOK_AT, round_id, **more)


def test_marks_are_there_only_when_asked_for(record: Record) -> None:
    load(set_up_office(record), deciding_rows())

    without, marked = book_of(record), book_of(record, with_marks=True)

    assert without.items[0].lines == ()
    assert marked.items[0].lines[0].marks == ("5", "[ ]")
    assert [item.before for item in without.items] == [() for _ in without.items]
    load(record, replace(deciding_rows(), name="Spring"))
    assert book_of(record, round_id=2).items[0].before == (f"{AUTUMN}: Project 1, nothing recommended yet",)

    # A late application that was let in says so.
    dates = AreaDates(closes_on=date(2026, 10, 1), meets_on=date(2026, 11, 10))
    area = book_of(record).items[1].area
    record.perform(SetAreaDates(1, area, dates, AreaDates()), OFFICER)
    record.perform(SetGate(1, "ACF-002", "in-time", "waived", "post strike", "fail"), OFFICER)
    late = {item.reference: item.late for item in book_of(record).items}
    assert (area, "planned for 10 November 2026, time and place not recorded") in book_of(record).meets
    words = f"received 2 Oct 2026 at 09:30, after {area} closed on 1 Oct 2026; waived by Grace Okoro: post "
    assert (late["ACF-001"], late["ACF-002"]) == ("", f"{words}strike")


def test_who_declared_an_interest_is_out_of_the_room_and_the_order_has_few_exits(record: Record) -> None:
    interests = tuple(
        InterestRow("M1", reference, InterestKind.PECUNIARY, "Treasurer")
        for reference in ("ACF-001", "ACF-003")
    )
    load(set_up_office(record), replace(deciding_rows(), interests=interests))

    book, figures = book_of(record), work_out(kept(record))

    assert figures.numbers == {item.reference: item.number for item in book.items}, "as Meeting has it"
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
        items = book_of(record).items
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

    assert dict(book_of(record).items[0].texts)["Other answers"].splitlines() == [
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

    first, second = book_of(record).items

    # £2,000 and £3,000 for 10 are £200 and £300 each; £1,000 for 1, which is not discussed, is left out
    assert first.median_pence == second.median_pence == 25_000
    assert first.gates == (("", "let in by a waiver: Over the cap."),)
    assert {result for _, result in first.advice + second.advice} == {"not checked by the office"}
    assert {result for _, result in second.gates} == {"passed"}
    advisory = tuple(one.question for one in record.ask(partial(gates, round_id=1)) if one.is_advisory)
    assert tuple(asked for asked, _ in second.advice) == advisory
    assert not set(advisory) & set(dict(second.gates))
    record.perform(SetGate(1, first.reference, "constituted", "pass", "", ""), OFFICER)
    assert "" not in dict(book_of(record).items[0].gates)


def changed(record: Record, of: str, pence: int, reason: str) -> RecordRecommendations:
    """Return another amount for an application, with a reason."""
    stands = {row.application: row for row in record.ask(partial(recommendations, round_id=1))}
    row = replace(stands[of], outcome="part_fund", amount_pence=pence, reason=reason)
    return RecordRecommendations(1, (row,))


def result_of(record: Record, of: str) -> tuple[int, tuple[str, ...]]:
    """Return what minutes say that was recommended on an application, in pence, and their notes on it."""
    found = ordered(record)
    (item,) = (one for one in found.items if one.reference == of)
    return item.amount_pence, tuple(words for one in found.results for words in one.notes if of in words)


def test_minutes_keep_what_the_panel_recommended_and_tell_what_was_changed_since(signed: Record) -> None:
    first = result_of(signed, "ACF-002")
    back = LineDecision("ACF-002", "send_back", change_reason="ask for a quote")
    signed.perform(first_step(LineDecision("ACF-001"), back, LineDecision("ACF-003")), COMMANDER)
    assert result_of(signed, "ACF-002") == first == (200_000, ())

    done = signed.perform(changed(signed, "ACF-002", 150_000, "The quote is lower."), OFFICER)

    pence, (said,) = result_of(signed, "ACF-002")
    assert pence == 200_000
    assert said.startswith(
        "ACF-002: the panel recommended “fund £2,000”. Grace Okoro recorded “part-fund £1,500”"
    )
    assert said.endswith(
        "after Cora Command, NPU commander, returned it: ask for a quote. Reason: The quote is lower."
    )
    assert sum(one.amount_pence for one in ordered(signed).items) == 300_000, (
        "the pot is told as they left it"
    )
    undo(signed, done)
    assert result_of(signed, "ACF-002") == first, "what came back to the panel's own is no change"
    signed.perform(RecordRecommendations(1, (), ("ACF-002",)), OFFICER)
    pence, (said,) = result_of(signed, "ACF-002")
    assert (pence, "Grace Okoro withdrew it on" in said) == (200_000, True)
    assert_replays(signed)


def test_what_minutes_tell_that_the_panel_confirmed_is_changed_with_a_reason(recommended: Record) -> None:
    recommended.perform(changed(recommended, "ACF-002", 190_000, REASON), OFFICER)
    assert result_of(recommended, "ACF-002") == (190_000, ()), "until then it is being written"
    recommended.perform(ConfirmRecord(1, "Coventry"), CHAIR)

    for reason in ("", REASON):
        again = changed(recommended, "ACF-002", 150_000, reason)
        refused("the panel recommended “part-fund £1,900”", recommended.perform, again, OFFICER)
    recommended.perform(changed(recommended, "ACF-002", 150_000, "The hall costs less."), OFFICER)

    pence, (said,) = result_of(recommended, "ACF-002")
    assert pence == 190_000
    assert said.endswith("in its place on 3 November 2026. Reason: The hall costs less.")
    same = changed(recommended, "ACF-002", 150_000, "The hall costs less.")
    recommended.perform(same, OFFICER)


def test_an_exception_of_the_panel_gives_way_to_its_list_only_with_a_reason(recommended: Record) -> None:
    third = recommended.ask(partial(recommendations, round_id=1))[2]
    odd = replace(third, outcome="part_fund", amount_pence=50_000, reason="Alone there.", is_exception=True)
    recommended.perform(RecordRecommendations(1, (odd,)), OFFICER)
    ranking = rank(scored_round(recommended.ask(partial(round_rows, round_id=1))))

    listed = RecordRecommendations(1, reasoned(proposed(ranking)))

    refused(
        "ACF-003: .* against the order of its list. Give the reason", recommended.perform, listed, OFFICER
    )
    told = tuple(replace(one, reason=one.reason or "The others come first.") for one in listed.items)
    recommended.perform(RecordRecommendations(1, told), OFFICER)

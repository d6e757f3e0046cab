"""Minutes from the record."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import partial

from msgspec.structs import replace

from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.operations.panel.meetings import SetAttendance
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.office import SetPaperTexts
from models.papers.minutes import Minutes, Pot
from models.papers.order import PaperOrder
from models.queries.papers.to_check.questions import words_to_check
from models.record import Record
from models.values.rows import WITHDRAWN_ON, AgreedRow, ChairDecisionRow, InterestRow, MemberRow, scored_round
from scoring.rank import rank
from scoring.round import ChairDecisionKind, InterestKind
from tests.models.operations.deciding_rounds import CHAIR, deciding_rows, reasoned, recommended
from tests.models.rounds import OFFICER, load, paper, refused, set_up_office

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
        said = " ".join(record.ask(partial(words_to_check, order=order)))
        assert ("it was not recorded when and where the panel met" in said) == is_told
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

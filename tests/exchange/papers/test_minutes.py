"""The minutes on paper: read back, they hold what was recorded."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import docx
import pypdfium2
import pytest
from msgspec.structs import replace

from exchange.papers.document.values import Block, Heading, Look, Para, Table, Together
from exchange.papers.minutes import AREA_BY_AREA, minutes_document
from exchange.papers.paper_writing import write_paper
from exchange.written_text import NO_BREAK
from models.papers.minutes import Minutes, Presence, minutes
from models.papers.status import PaperStatus
from models.values.rows import (
    AgreedRow,
    ApplicationRow,
    InterestRow,
    MemberRow,
    NotApplicableRow,
    RoundRows,
    SheetRow,
    scored_round,
)
from scoring.marks.meeting import meeting_items
from scoring.round import Area, InterestKind
from scoring.schedule.values import PLAIN
from scoring.scheme import Combine, Criterion, Scheme, Side

AT = datetime(2026, 12, 2, 14, 30, tzinfo=UTC)
STATUS = PaperStatus(AT, "ab" * 32)
ROWS = RoundRows(
    fund="Active Citizens Fund",
    name="Autumn",
    year="2026/27",
    scheme=Scheme(
        (Criterion("A1", "Need", Side.QUALITY, 600_000), Criterion("A2", "Outcomes", Side.QUALITY, 400_000)),
        not_applicable_allowed=True,
    ),
    areas=(Area("Dudley", 100_000),),
    applications=(
        ApplicationRow("D-001", "Café ਸਾਂਝ <b>", "Lights & locks", "Dudley", 100_000),
        ApplicationRow("D-002", "Bridge Club", "", "Dudley", 100_000),
    ),
    members=(
        MemberRow("M1", "Ann Sample", "chair"),
        MemberRow("M2", "Sian Example"),
        MemberRow("M3", "Bo", "adviser"),
    ),
    interests=(
        InterestRow("M2", "D-001", InterestKind.PREJUDICIAL),
        InterestRow("M2", "D-002", InterestKind.ABSTAINED),
        InterestRow("M1", "D-002", InterestKind.NONE, "Withdrawn on 1 November 2026 (pecuniary): Left."),
    ),
    sheets=(SheetRow("M1", "D-001", True, (4, 2)),),
    agreed=(AgreedRow("D-001", (4, None), ("Letters from <two> wards", ""), "Ann would give 5"),),
    not_applicable=(NotApplicableRow("D-001", "A2", "not asked"),),
)


def values(*, confirmed: bool = False, attendance: bool = True, rows: RoundRows = ROWS) -> Minutes:
    """Return the minutes of Dudley."""
    return minutes(
        rows,
        meeting_items(scored_round(rows), tuple(member.code for member in rows.members[:2])),
        head=("Example office", PLAIN),
        area="Dudley",
        attendance=(Presence("Dudley", "Ann Sample", "present"), Presence("Dudley", "Sian Example", "absent"))
        if attendance
        else (),
        confirmed=(("Dudley", "Ann Sample", AT),) if confirmed else (),
        closed={"D-001"},
        marking="OFFICIAL",
    )


def test_a_score_stands_at_its_item_and_beside_its_result_where_the_minutes_have_one() -> None:
    first, second = values().items
    old = replace(values(), items=(replace(first, result="Recommended for £900."), second))
    scored = replace(old, items=(replace(old.items[0], score="72.00 of 100, first of two"), second))

    def told(of: Minutes) -> tuple[list[str], list[tuple[str, ...]], bool]:
        blocks = list(flat(minutes_document(of, STATUS).blocks))
        table = next(block for block in blocks if isinstance(block, Table))
        at_item = any(isinstance(one, Para) and one.text.startswith("Score and place:") for one in blocks)
        return [column.heading for column in table.columns], list(table.rows), at_item

    result = "Recommended for £900."
    assert told(scored) == (
        ["Item", "Reference", "Applicant", "Score and place", "Result"],
        [
            ("1", "D-001", first.organisation, "72.00 of 100, first of two", result),
            ("2", "D-002", second.organisation, "–", "Not considered yet."),
        ],
        True,
    )
    assert told(old)[0] == ["Item", "Reference", "Applicant", "Result"]
    assert told(old)[2] is False


def test_a_dissent_names_members_and_no_criterion_after_one() -> None:
    """Nothing keeps a member from a code that a criterion has too."""
    members = (replace(ROWS.members[0], code="A1"), *ROWS.members[1:])
    agreed = (replace(ROWS.agreed[0], dissent="M2 would give 5 on A1"),)
    rows = replace(ROWS, members=members, interests=(), sheets=(), agreed=agreed)

    assert values(rows=rows).items[0].dissent == "Sian Example would give 5 on A1"


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text.replace("\r", "")


def test_the_values_hold_what_the_meeting_recorded() -> None:
    first, second = values().items

    assert (first.away, first.abstained, first.is_closed) == (("Sian Example",), (), True)
    assert [(line.marks, line.spread, line.agreed) for line in first.lines] == [
        (("4", "⊘"), "–", "4"),
        (("n/a", "⊘"), "–", "n/a"),
    ]
    assert [line.reason for line in first.lines] == ["Letters from <two> wards", "Not applicable: not asked"]
    assert (second.abstained, second.dissent, second.is_closed) == (("Sian Example",), "", False)
    assert values().members == ("Ann Sample", "Sian Example")


@pytest.mark.parametrize(
    ("state", "said"),
    [("present", ["Present: Ann Sample, Sian Example. Apologies: none."]), ("", ["Present: Ann Sample."])],
)
def test_apologies_are_none_only_where_each_member_is_recorded_as_there(state: str, said: list[str]) -> None:
    rows = [
        replace(row, state=state or row.state)
        for row in values().attendance
        if state or row.state == "present"
    ]

    shown = minutes_document(replace(values(), attendance=tuple(rows)), STATUS).blocks

    assert [each.text for each in flat(shown) if isinstance(each, Para) and "Present" in each.text] == said


def test_a_member_of_whom_no_attendance_is_recorded_is_named_and_no_apologies_are_claimed() -> None:
    came = (values().attendance[0],)
    left = replace(values(), attendance=came, unrecorded=(("Dudley", "Sian Example"),))
    walsall = (replace(came[0], area="Walsall"), *came)
    items = (values().items[0], replace(values().items[1], area="Walsall"))
    two = replace(left, area=None, items=items, attendance=walsall)

    one, both = (
        [each.text for each in flat(minutes_document(of, STATUS).blocks) if isinstance(each, Para)]
        for of in (left, two)
    )

    assert "Present: Ann Sample. Apologies: none recorded." in one
    assert "Attendance of Sian Example was not recorded." in one
    assert "Attendance of Sian Example for Dudley was not recorded." in both


def test_an_area_that_moved_on_without_a_word_why_says_so_and_no_quorum_agrees_nothing() -> None:
    first, second = values().items
    few = replace(first, room="No quorum: 1 could take part, and the quorum is 2", is_closed=False)
    open_ = replace(values(), items=(few, second), unexplained=(("Dudley", "D-001"), ("Dudley", "D-002")))

    shown = tuple(flat(minutes_document(open_, STATUS).blocks))

    said = [each.text for each in shown if isinstance(each, Para)]
    assert (
        "The panel went on to its recommendations for Dudley with D-001 and D-002 not closed. The chair did "
        "not say why."
    ) in said
    heads = [column.heading for each in shown if isinstance(each, Table) for column in each.columns]
    assert ("Noted" in heads, "Agreed" in heads) == (True, True), "the other item has a quorum"


def test_the_paper_reads_back(tmp_path: Path) -> None:
    ticks: list[tuple[int, int]] = []

    path = write_paper(
        "minutes", values(), STATUS, tmp_path / "m.pdf", lambda done, total: ticks.append((done, total))
    )

    text = text_of(path)
    for words in (
        "Moderation record and minutes",
        "Active Citizens Fund · Autumn · 2026/27 · Dudley",
        "OFFICIAL",
        "Present: Ann Sample.",
        "Apologies: Sian Example.",
        "Lights & locks. Nobody left the room. Closed.",
        "Letters from <two> wards",
        "Dissent: Ann would give 5.",
        "2. D-002 Bridge Club",
        "Interest of Ann Sample: Withdrawn on 1 November 2026 (pecuniary): Left.",
        "Abstained: Sian Example. Not considered yet.",
        "Draft, not confirmed",
        "The panel has not confirmed these minutes yet.",
        "Note taker",
    ):
        assert words in text
    assert ticks[-1][0] == ticks[-1][1]


def test_a_confirmed_record_says_who_put_it_down(tmp_path: Path) -> None:
    text = text_of(
        write_paper("minutes", values(confirmed=True, attendance=False), STATUS, tmp_path / "m.pdf")
    )

    assert "Confirmed by the panel" in text
    assert "The panel confirmed the minutes of Dudley. Recorded by Ann Sample" in text
    assert "Attendance was not recorded." in text
    assert "When and where it was held was not recorded." in text


def test_the_same_minutes_give_the_same_bytes(tmp_path: Path) -> None:
    first = write_paper("minutes", values(), STATUS, tmp_path / "a.pdf").read_bytes()

    assert write_paper("minutes", values(), STATUS, tmp_path / "b.pdf").read_bytes() == first


def test_cancelling_leaves_no_file(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_paper("minutes", values(), STATUS, tmp_path / "m.pdf", stop)

    assert list(tmp_path.iterdir()) == []


def test_the_word_twin_holds_the_marks_under_the_members_names(tmp_path: Path) -> None:
    word = docx.Document(str(write_paper("minutes", values(), STATUS, tmp_path / "m.docx")))

    rows = [[cell.text.replace(NO_BREAK, " ") for cell in row.cells] for row in word.tables[0].rows]
    assert rows[0] == ["Criterion", "Ann Sample", "Sian Example", "Spread", "Agreed", "Reason"]
    assert rows[1] == ["A1 Need", "4", "⊘", "–", "4", "Letters from <two> wards"]


@pytest.mark.parametrize("ending", [".pdf", ".docx"])
def test_how_far_the_members_agreed_stands_before_the_record(tmp_path: Path, ending: str) -> None:
    told = replace(
        values(), agreement=("The members read the criteria alike.", "None of this changes a mark.")
    )

    path = write_paper("minutes", told, STATUS, tmp_path / f"m{ending}")
    plain = write_paper("minutes", values(), STATUS, tmp_path / f"plain{ending}")

    if ending == ".pdf":
        text, without = text_of(path), text_of(plain)
    else:
        text, without = (
            "\n".join(p.text.replace(NO_BREAK, " ") for p in docx.Document(str(f)).paragraphs)
            for f in (path, plain)
        )
    assert "How far the members agreed" in text
    assert text.index("None of this changes a mark.") < text.index("The record")
    assert "agreed" not in without.replace("Agreed", "")


def test_a_closed_item_says_who_decided_it_and_who_was_there_for_some_only(tmp_path: Path) -> None:
    made, late = values(), ("Ann Sample", "Bo")
    first, second = made.items
    rooms = (
        replace(first, is_closed=True, present=("Ann Sample", "Bo"), decided=("Ann Sample",)),
        replace(second, is_closed=True, present=late[:1], decided=late[:1], away=late),
    )

    made = replace(made, items=rooms)
    text = text_of(write_paper("minutes", made, STATUS, tmp_path / "m.pdf"))

    assert "Closed. Agreed by: Ann Sample" in text
    assert "Ann Sample left after the last item that is closed." not in text
    assert " was not there for " not in text, "whoever takes no part in an item is not missing there"
    assert "Out of the room: Bo. " in text
    assert "Declared an interest after it was closed: Ann Sample." in " ".join(text.split())


def test_who_missed_some_items_is_named_and_is_no_apology() -> None:
    made = values()
    first, second = made.items
    both, one = ("Ann Sample", "Sian Example", "Bo"), ("Ann Sample", "Bo")
    rooms = (
        replace(first, is_closed=True, present=both, decided=both, away=()),
        replace(second, is_closed=True, present=one, decided=one),
        replace(second, reference="D-003", is_closed=True, present=one, decided=one),
        replace(second, reference="D-004", is_closed=False),
    )
    came = (*made.attendance, Presence("Dudley", "Bo", "present"))
    open_ = (("Dudley", "it waits for its accounts"),)

    made = replace(made, items=rooms, attendance=came, left_open=open_)
    text = " ".join(one.text for one in flat(minutes_document(made, STATUS).blocks) if isinstance(one, Para))

    assert "Sian Example was there for D-001 only." in text, "D-004 is open: nobody missed it"
    assert "Present: Ann Sample, Bo, Sian Example." in text
    assert "Apologies" not in text
    assert (
        "The panel went on to its recommendations for Dudley with D-004 not closed. The chair's reason: It "
        "waits for its accounts."
    ) in text


def test_the_table_of_results_says_which_had_no_quorum() -> None:
    room = "No quorum: 1 could take part, and the quorum is 2. Who took the chair is not recorded"
    few = replace(values().items[0], is_closed=False, room=room, result="Recommended for £900.")

    shown = flat(minutes_document(replace(values(), items=(few,)), STATUS).blocks)

    tables = [one for one in shown if isinstance(one, Table) and one.columns[0].heading == "Item"]
    assert tables[0].rows[0][-1] == (
        "No quorum: 1 could take part, and the quorum is 2. Recommended for £900."
    )


def test_marks_without_any_reason_have_no_column_of_dashes() -> None:
    first = values().items[0]
    bare = replace(first, lines=tuple(replace(line, reason="") for line in first.lines))

    shown = flat(minutes_document(replace(values(), items=(first, bare)), STATUS).blocks)

    assert [one.columns[-1].heading for one in shown if isinstance(one, Table)] == ["Reason", "Agreed"]


def test_minutes_that_are_confirmed_of_some_areas_say_of_which() -> None:
    first, second = values().items
    both = replace(values(), area=None, items=(first, replace(second, area="Walsall")))
    one = replace(both, confirmed=(("Dudley", "Ann Sample", AT),))
    every = replace(both, confirmed=(*one.confirmed, ("Walsall", "Ann Sample", AT)))

    papers = [minutes_document(each, STATUS) for each in (both, one, every)]

    assert [(paper.status, paper.is_draft) for paper in papers] == [
        ("Draft, not confirmed", True),
        ("Confirmed by the panel for 1 of 2 areas", True),
        ("Confirmed by the panel", False),
    ]
    said = [each.text for each in flat(papers[1].blocks) if isinstance(each, Para)]
    assert "The panel has not confirmed the minutes of Walsall yet." in said


def test_only_who_came_leaves_the_room(tmp_path: Path) -> None:
    made = values()
    came = (*made.attendance[:1], Presence("Dudley", "Sian Example", "present"))

    text = text_of(write_paper("minutes", replace(made, attendance=came), STATUS, tmp_path / "m.pdf"))
    unasked = text_of(write_paper("minutes", replace(made, attendance=()), STATUS, tmp_path / "u.pdf"))

    assert "Lights & locks. Out of the room: Sian Example. Closed." in text
    assert "Lights & locks. Takes no part: Sian Example. Closed." in unasked


def test_a_late_interest_is_told_with_its_day_beside_who_left_and_never_as_taking_no_part() -> None:
    made, words = values(), "declared at the meeting on 3 June 2026; their sheet is not counted"
    came = (*made.attendance[:1], Presence("Dudley", "Sian Example", "present"))
    late = tuple(replace(item, late=tuple((name, words) for name in item.away)) for item in made.items)

    papers = [
        minutes_document(replace(made, items=late, attendance=attendance), STATUS)
        for attendance in (came, ())
    ]

    met, unasked = (" ".join(b.text for b in flat(one.blocks) if isinstance(b, Para)) for one in papers)
    told = f"Sian Example {words}. Closed."
    assert f"Lights & locks. Out of the room: Sian Example. {told}" in met
    assert f"Lights & locks. {told}" in unasked
    assert "akes no part:" not in unasked


def test_nobody_left_the_room_for_an_item_that_was_not_taken() -> None:
    made = values()
    came = (*made.attendance[:1], Presence("Dudley", "Sian Example", "present"))
    first = made.items[0]
    lines = tuple(replace(one, agreed="–") for one in first.lines)
    waiting = replace(first, is_closed=False, lines=lines)
    of_it = [replace(waiting, result=result) for result in ("", "Not recommended.")]

    papers = [minutes_document(replace(made, attendance=came, items=(one,)), STATUS) for one in of_it]

    said = [" ".join(b.text for b in flat(one.blocks) if isinstance(b, Para)) for one in papers]
    assert ["Takes no part: Sian Example" in words for words in said] == [True, False]
    assert ["Out of the room: Sian Example" in words for words in said] == [False, True]


def test_an_item_left_open_among_closed_ones_says_so_and_not_who_was_in_the_room() -> None:
    closed, open_ = (
        replace(item, area="Dudley", result="Recommended for £1,000.") for item in values().items
    )
    lines = tuple(replace(line, agreed="4") for line in closed.lines)
    left = replace(open_, lines=lines, is_closed=False, away=(), decided=None)
    found = replace(values(), items=(replace(closed, away=(), lines=lines), left))

    said = [
        each.text
        for each in flat(minutes_document(found, STATUS).blocks)
        if isinstance(each, Para) and each.look is Look.SMALL
    ]
    first, second = (words for words in said if "closed" in words.casefold())

    assert "Not closed." in second
    assert "Not closed." not in first
    assert ("Nobody left the room." in first, "Nobody left the room." in second) == (True, False)


def test_numbers_are_explained_where_areas_met_at_other_times() -> None:
    first = replace(values().items[0], result="Not recommended.")
    items = (first, replace(first, reference="W-001", area="Walsall"))
    whole = replace(values(), area=None, items=items)
    met = (("Dudley", "12 November 2026, room 2"), ("Walsall", "4 November 2026, room 2"))

    papers = [minutes_document(replace(whole, held=held), STATUS) for held in (met, met[:1])]

    said = [[b.text for b in flat(one.blocks) if isinstance(b, Para)] for one in papers]
    assert [AREA_BY_AREA in words for words in said] == [True, False]


def test_an_item_that_nobody_closed_says_how_many_marked_it_beside_the_quorum(tmp_path: Path) -> None:
    made = replace(values(), quorum=2)
    first, second = made.items
    told = replace(
        made,
        items=(replace(first, room="Could take part: Ann Sample (1, quorum 1)"), second),
        attendance=(*made.attendance, Presence("Dudley", "Bo", "present")),
        advisers=("Bo",),
        chaired=("Bo did not take the chair",),
    )

    text = text_of(write_paper("minutes", made, STATUS, tmp_path / "m.pdf"))
    kept = " ".join(text_of(write_paper("minutes", told, STATUS, tmp_path / "told.pdf")).split())

    assert "Closed. Could take part: Ann Sample (1, quorum 1). " in kept
    assert "Present: Ann Sample, Bo (adviser, no vote)." in kept
    assert "Bo did not take the chair." in kept

    assert "Closed. 1 member marked it, quorum 2." in text
    assert "Not considered yet. 0 members marked it, quorum 2." in text


def test_where_marks_are_not_agreed_the_minutes_say_what_counts(tmp_path: Path) -> None:
    made = replace(values(), combine=Combine.MEDIAN)

    text = text_of(write_paper("minutes", made, STATUS, tmp_path / "m.pdf"))

    assert "Marks are not agreed in this round: the median of the members’ marks counts." in text
    assert "Median Discussion" in text
    assert "Agreed" not in text


def test_results_stand_first_in_a_table_and_again_at_their_items(tmp_path: Path) -> None:
    found = values()
    first, second = found.items
    told = replace(first, result="Recommended for £1,000. It helps.", recommended_pence=100_000)
    told = replace(told, tie="Equal with D-002, put first by the chair: it is nearer.")
    ties = ((told.area, "D-001 and D-002 were equal."), ("Elsewhere", "Not of this area."))
    whole = replace(found, items=(told, second), chairs=("Ann Sample",), ties=ties)
    whole = replace(whole, note_takers=("Piers Scribe", "Another"))

    word = docx.Document(str(write_paper("minutes", whole, STATUS, tmp_path / "minutes.docx")))

    rows = [[cell.text.replace(NO_BREAK, " ") for cell in row.cells] for row in word.tables[0].rows]
    assert rows[0] == ["Item", "Reference", "Applicant", "Result"]
    assert [row[-1] for row in rows[1:]] == ["Recommended for £1,000. It helps.", "Not considered yet."]
    texts = [paragraph.text.replace(NO_BREAK, " ") for paragraph in word.paragraphs]
    assert "Recommended for £1,000. It helps." in texts
    assert "In all: £1,000 is recommended for 1 of 2 applications." in texts
    assert "Present: Ann Sample (chair)." in texts
    signing = [row.cells[0].text for row in word.tables[-1].rows]
    assert signing == ["Chair of the panel, Ann Sample", "Note taker, Piers Scribe"]
    assert {"D-001 and D-002 were equal.", told.tie} <= set(texts)
    assert "Not of this area." not in texts


def test_what_nobody_recorded_is_not_asserted() -> None:
    found = replace(values(attendance=False), area=None)
    first, second = found.items
    nobody = tuple(replace(line, marks=("[ ]", "[ ]")) for line in second.lines)
    stopped = replace(
        first, reference="D-003", result="", lines=(replace(first.lines[0], agreed="4"), *nobody)
    )
    waiting = replace(second, area="Walsall", lines=nobody, abstained=())
    given = replace(first, reference="D-004", result="Not recommended.")
    paper = minutes_document(replace(found, items=(stopped, given, waiting)), STATUS)

    said = [each.text for each in flat(paper.blocks) if isinstance(each, Para)]
    assert "Walsall: 1 item, not considered yet." in said
    assert "Nobody has marked it yet." in said
    assert "Takes no part: Sian Example" in " ".join(said)
    assert not any("room" in words for words in said)
    results = next(each for each in flat(paper.blocks) if isinstance(each, Table))
    assert results.rows[0][-1].startswith("No recommendation. No mark is agreed on")
    by_name = replace(stopped, not_agreed=("A2 Local need",))
    paper = minutes_document(replace(found, items=(by_name, given, waiting)), STATUS)
    results = next(each for each in flat(paper.blocks) if isinstance(each, Table))
    assert results.rows[0][-1] == "No recommendation. No mark is agreed on A2 Local need."


def flat(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks, those that are kept together one by one."""
    for block in blocks:
        yield from flat(block.blocks) if isinstance(block, Together) else (block,)


def test_the_results_of_each_area_stand_under_its_name(tmp_path: Path) -> None:
    found = values()
    first, second = found.items
    items = (
        replace(first, result="Recommended for £1,000."),
        replace(second, area="Walsall", result="Not recommended."),
    )
    whole = replace(found, area=None, items=items)

    word = docx.Document(str(write_paper("minutes", whole, STATUS, tmp_path / "minutes.docx")))

    numbers = [[row.cells[0].text for row in table.rows] for table in word.tables[:2]]
    assert numbers == [["Item", "1"], ["Item", "2"]]
    captions = [
        one.text.replace(NO_BREAK, " ")
        for one in word.paragraphs
        if one.style and one.style.name == "Table Caption"
    ]
    assert captions[:2] == [first.area, "Walsall"]
    texts = [one.text.replace(NO_BREAK, " ") for one in word.paragraphs]
    assert "n/a not applicable · A abstained · ⊘ declared an interest" in texts, (
        "signs that no table prints are not explained"
    )


def test_interests_stand_before_the_results_whose_heading_is_never_alone() -> None:
    found = values()
    told = replace(found.items[0], result="Recommended for £1,000.", recommended_pence=100_000)
    whole = replace(found, items=(told, found.items[1]), interests=("No interest was declared.",))

    blocks = minutes_document(whole, STATUS).blocks

    first = blocks.index(Heading("Declarations of interest"))
    assert blocks[first + 1] == Para("No interest was declared.")
    results = blocks[first + 2]
    assert isinstance(results, Together)
    assert results.lines_after, "the heading may stand at the foot of a page"
    assert [type(one) for one in (*results.blocks, *blocks[first + 3 : first + 5])] == [Heading, Table, Para]
    assert Heading("Declarations of interest") not in minutes_document(found, STATUS).blocks


def test_an_item_has_its_first_marks_on_its_page_where_its_area_begins_too() -> None:
    found = values()
    told = replace(found.items[0], result="Recommended for £1,000.", recommended_pence=100_000)
    whole = replace(found, items=(told, replace(told, reference="D-003")))

    blocks = minutes_document(whole, STATUS).blocks

    begins = next(n for n, each in enumerate(blocks) if Heading("Items") in flat((each,)))
    for item in blocks[begins : begins + 2]:
        assert isinstance(item, Together)
        assert isinstance(item.blocks[-1], Table), "a heading without its marks"


def test_areas_are_told_apart_that_met_that_mean_to_and_of_which_nothing_is_kept() -> None:
    first, second = values().items
    third = replace(
        first, reference="W-001", area="Walsall", is_closed=False, waits="2 counting members, quorum 3"
    )
    days = (("Dudley", AT.date()), ("Solihull", AT.date() + timedelta(days=1)))
    whole = replace(
        values(),
        area=None,
        items=(first, replace(second, area="Solihull"), replace(third, lines=())),
        planned=days,
        pots=(("Dudley", "It comes out of the £900 pot; £100 of it is left."),),
        left_out=(("D-003 Shop", "a gate failed"),),
        unasked=("Bilston: no applications.",),
    )
    paid = replace(first, result="Recommended for £800.", recommended_pence=80_000)

    said = [block.text for block in minutes_document(whole, STATUS).blocks if isinstance(block, Para)]
    met = Presence("Solihull", "Ann Sample", "present")
    begun = replace(whole, items=(paid, *whole.items[1:]), attendance=(met,))
    summed = tuple(flat(minutes_document(begun, STATUS).blocks))

    assert said[:3] == [
        "Dudley: planned for 2 December 2026; when and where it was held was not recorded.",
        "Solihull: planned for 3 December 2026.",
        "Walsall: when and where it was held was not recorded.",
    ]
    assert "Solihull and Walsall: attendance was not recorded." in said
    texts = [block.text for block in summed if isinstance(block, Para)]
    assert any(
        text.endswith("the one application. It comes out of the £900 pot; £100 of it is left.")
        for text in texts
    )
    assert "Not before the panel, 1 application:" in texts
    assert "Solihull: planned for 3 December 2026; when and where it was held was not recorded." in texts
    days = (("Solihull", AT.date() - timedelta(days=1)), ("Walsall", AT.date()))
    past = [each.text for each in minutes_document(replace(whole, planned=days), STATUS).blocks[1:4]]
    assert past[1:] == [
        "Solihull: planned for 1 December 2026; when and where it was held was not recorded.",
        "Walsall: planned for 2 December 2026.",
    ], "on the day itself it may still be held"
    assert "Walsall: 1 item, not considered yet." in texts
    assert "Bilston: no applications." in texts
    left = "nothing is recommended, and the £900 pot is left."
    nobody = replace(begun, items=(replace(first, result="Not recommended."),), pots=(("Dudley", left),))
    assert Para(f"Dudley: {left}", Look.STRONG) in tuple(flat(minutes_document(nobody, STATUS).blocks))


@pytest.mark.parametrize(("order", "is_told"), [(("D-001", "D-002"), False), (("D-002", "D-001"), True)])
@pytest.mark.parametrize("areas", [("Dudley", "Dudley"), ("Walsall", "Dudley")])
def test_an_order_that_is_not_that_of_the_references_is_explained(
    order: tuple[str, str], areas: tuple[str, str], *, is_told: bool
) -> None:
    first = replace(values().items[0], result="Not recommended.")
    items = tuple(replace(first, reference=of, area=area) for of, area in zip(order, areas, strict=True))
    paper = minutes_document(replace(values(), area=None, items=items), STATUS)

    said = [each.text for each in flat(paper.blocks) if isinstance(each, Para)]

    assert any("no place in the ranking" in words for words in said) == (is_told and areas[0] == areas[1])


def test_long_names_stand_once_above_the_items_and_initials_over_their_marks() -> None:
    names = ("Councillor Oluwaseun Adebayo-Fitzgerald", "Professor Wilhelmina Featherstonehaugh")
    minutes = replace(
        values(), members=tuple(f"{name}-{n * 'Featherstonehaugh'}" for n, name in enumerate(names, 2))
    )

    blocks = tuple(flat(minutes_document(minutes, STATUS).blocks))

    at = blocks.index(Heading("Items"))
    assert any(isinstance(b, Para) and b.text.startswith("COA Councillor") for b in blocks[at : at + 4])
    assert all(c.heading != minutes.members[0] for b in blocks if isinstance(b, Table) for c in b.columns)

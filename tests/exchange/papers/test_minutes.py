"""The minutes on paper hold what was recorded, and every paper the office's head and words."""

import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from exchange.papers.document.values import Document, Heading, Table
from exchange.papers.paper_writing import headed, named, office_sheets, write_paper
from exchange.papers.prose_papers import annex_document, minutes_document
from exchange.pdf.pdf_reading import open_alone
from models.papers.minutes import (
    AnnexOfMarks,
    AreaResults,
    Deciding,
    Interest,
    LeftOpen,
    MarkedItem,
    MinuteItem,
    MinuteLine,
    Minutes,
    Partly,
    Person,
    Pot,
    Sitting,
    Spread,
    Unasked,
)
from models.papers.office import NO_NAME
from models.papers.status import PaperStatus
from models.papers.transparency.lists import PublicationList
from scoring.schedule.values import PLAIN, Letterhead
from scoring.scheme import Combine
from scoring.written.area_label import AreaLabel
from tests.exchange.papers.test_notice import THREE
from tests.paper_text import HOSTILE, assert_read_back, flat, lines_of, minutes_lines, picture

AT = datetime(2026, 12, 2, 14, 30, tzinfo=UTC)
STATUS = PaperStatus(AT, "ab" * 32)
ANN, SIAN = Person("Ann Sample", "chair"), Person("Sian Example", "")
LINES = (
    MinuteLine("A1 Need", ("4", "2"), "2", "4", "Letters from <two> wards", is_discussed=True),
    MinuteLine("A2 Outcomes", ("3", "3"), "0", "3", "Not apart, so not told."),
)
FIRST = MinuteItem(
    "D-001",
    "Café ਸਾਂਝ <b>",
    "Dudley",
    is_considered=True,
    outcome="part_fund",
    asked_pence=100_000,
    amount_pence=80_000,
    cause="pot",
    reason="it helps\nthe young",
    total_1e2=7_200,
    place=(1, 2, False),
    place_by="A1 Need",
    dissent="Ann would give 5",
    decided=("Ann Sample",),
    is_closed=True,
)
SECOND = MinuteItem("D-002", "Bridge Club", "Dudley", ("A1 Need", "A2 Outcomes"))
SAT = Sitting((), date(2026, 11, 17), "10:00", "12:30", "Room 2", None, True, (ANN,), (SIAN,), (), False)
MINUTES = Minutes(
    office="Example office",
    fund="Active Citizens Fund",
    round="Autumn",
    year="2026/27",
    area="Dudley",
    marking="OFFICIAL",
    results=(AreaResults("Dudley", (FIRST, SECOND), Pot(90_000, 0, 80_000, 10_000, (), ""), ("A note.",)),),
    sittings=(SAT,),
    quorum=1,
    deciding=(Deciding("agreed", ("Ann Sample",), ("D-001",)),),
    spread=Spread(3, 1, 2, 67),
    chair="Ann Sample",
    note_taker="Piers Scribe",
    has_annex=True,
)
ANNEX = AnnexOfMarks(
    office="Example office",
    fund="Active Citizens Fund",
    round="Autumn",
    year="2026/27",
    area="Dudley",
    marking="OFFICIAL",
    members=("Ann Sample", "Sian Example"),
    items=(
        MarkedItem("D-001", "Café ਸਾਂਝ <b>", LINES, is_considered=True),
        MarkedItem("D-002", "Bridge Club", (replace(LINES[0], agreed="–", reason=""),) * 2),
    ),
)


def with_items(*items: MinuteItem) -> Minutes:
    return replace(MINUTES, results=(replace(MINUTES.results[0], items=items),))


def test_the_minutes_tell_of_the_meeting_and_the_results_and_name_their_annex() -> None:
    assert minutes_lines(MINUTES) == [
        "The meeting",
        "17 November 2026, from 10:00 to 12:30, Room 2. Present: Ann Sample (chair). Apologies: Sian "
        "Example.",
        "D-001: agreed by Ann Sample (1, quorum 1).",
        "Declarations of interest",
        "None is recorded.",
        "What the panel recommends",
        "D-001 Café ਸਾਂਝ <b> | 72.00, first of two, by A1 Need | £800 of the £1,000 asked, what was left of "
        "the pot | It helps; the young.",
        "D-002 Bridge Club | – | Not considered yet | ",
        "In all |  | £800 | 1 of 2 applications; of £900, £100 left",
        "A note.",
        "Dissent on D-001: Ann would give 5.",
        "The record",
        "Before the meeting the members’ own marks were two or more apart on 1 of the 3 criteria that two or "
        "more of them marked; 0.67 apart on average, 2 at most. The marks stand in an annex of their own.",
        "The panel has not confirmed these minutes yet.",
    ]


def test_the_annex_has_every_mark_and_then_what_the_panel_discussed() -> None:
    assert lines_of(annex_document(ANNEX, STATUS)) == [
        "The marks",
        "Each cell has the mark agreed, and in brackets what each member gave before, in this order: Ann "
        "Sample and Sian Example.",
        "D-001 Café ਸਾਂਝ <b> | 4 (4 2) | 3 (3 3)",
        "D-002 Bridge Club | – (4 2) | – (4 2)",
        "What the panel discussed",
        "Each criterion on which members were two or more apart, on which the panel agreed a mark above or "
        "below all that were given, on which no mark counts, or whose reason is for the panel only.",
        "D-001 | A1 Need | 4 2 | 4 | Letters from <two> wards",
    ]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"held_on": None}, "When and where it was held was not recorded. Present"),
        ({"held_on": None, "planned_on": AT.date()}, "2 December 2026; when and where it was held was not"),
        ({"present": ()}, "Attendance was not recorded."),
        ({"apologies": (), "is_whole": True}, "Apologies: none."),
        ({"present": (Person("Bo", "adviser"),)}, "Present: Bo (adviser, no vote)."),
        ({"areas": ("Dudley", "Walsall")}, "Dudley and Walsall: 17 November 2026"),
    ],
)
def test_a_meeting_says_what_was_recorded_of_it_and_what_was_not(
    changed: dict[str, object], words: str
) -> None:
    told = minutes_lines(replace(MINUTES, sittings=(replace(SAT, **changed),)))

    assert words in told[1]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"partly": (Partly("Bo", "only", ("D-001",)),)}, "Bo was there for D-001 only."),
        ({"chaired": ("Bo took the chair",)}, "Bo took the chair."),
        (
            {"left_open": (LeftOpen("Dudley", ("D-002",), "it waits"),)},
            "The panel went on with D-002 left open. The reason: It waits.",
        ),
        (
            {"deciding": (Deciding("short", ("Bo",), ("D-001",)),), "quorum": 2},
            "D-001: no quorum, 1 could take part and the quorum is 2. What was marked is noted and agrees "
            "nothing.",
        ),
        (
            {"deciding": (Deciding("marked", ("Bo",), ("D-001",)),), "quorum": 2},
            "D-001: 1 member marked it, quorum 2.",
        ),
        ({"without": ("Ann", "Bo")}, "No interest in what is minuted here was declared by Ann or Bo."),
        ({"silent": ("Bo",)}, "No declaration is recorded of Bo."),
        ({"left_out": (("D-003 Shop", "a gate failed"),)}, "D-003 Shop: a gate failed"),
        (
            {"unasked": (Unasked("Bilston", True, Pot(90_000, 0, 0, 90_000, (), "")),)},
            "Bilston: none of its applications was before the panel, and £900 of its £900 is left.",
        ),
        (
            {"confirmed": (("Dudley", "Ann Sample", AT),)},
            "The panel confirmed the minutes of Dudley: Ann Sample, 2 Dec 2026, 14:30 UTC.",
        ),
    ],
)
def test_what_is_rare_is_said_where_it_is_so(changed: dict[str, object], words: str) -> None:
    assert words in minutes_lines(replace(MINUTES, **changed))


@pytest.mark.parametrize(
    ("came", "words"),
    [
        ("none", "Bo declared a financial interest in D-001 on 2 December 2026, and took no part in it."),
        ("ahead", "Bo declared a financial interest in D-001 on 2 December 2026, and takes no part in it."),
        ("after", "Bo declared a financial interest in D-001 on 2 December 2026, after taking part in it."),
        ("late", "Bo declared a financial interest in D-001 on 2 December 2026."),
        ("abstained", "Bo abstained on D-001."),
    ],
)
def test_an_interest_is_told_with_what_came_of_it(came: str, words: str) -> None:
    one = Interest("Bo", "D-001", "pecuniary", AT.date(), came, False, False)  # type: ignore[arg-type]
    at_meeting = replace(one, is_at_meeting=True, is_uncounted=True)

    told = minutes_lines(replace(MINUTES, interests=(one, at_meeting)))

    assert words in told
    assert any(line.endswith("; their sheet is not counted.") for line in told)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"cause": "cap"}, "£800 of the £1,000 asked, the most that an award may be"),
        (
            {"outcome": "reserve", "amount_pence": 0, "reserve_place": (1, 2, True), "why": "organisation"},
            "Reserve, equal first of two | Its organisation has the most that one may have. It helps",
        ),
        ({"outcome": "decline", "amount_pence": 0, "minimums": ("total 40",)}, "Not recommended: total 40 |"),
        ({"outcome": "", "amount_pence": 0, "waits": "it waits"}, "| No recommendation | it waits."),
        ({"is_open": True}, "| Left open at the meeting. £800 of"),
        ({"asked_was": "corrected from £9"}, "The amount asked for is corrected from £9."),
        ({"price_pence": 1_234}, "£12.34 a point, first of two"),
        ({"withdrawn": (("Bo", "A slip"),)}, "Bo took back what they had declared on D-001: A slip."),
        ({"reopened": ("It was reopened.",)}, "D-001: It was reopened."),
    ],
)
def test_what_came_of_an_item_is_told_with_its_cause(changed: dict[str, object], words: str) -> None:
    assert words in "\n".join(minutes_lines(with_items(replace(FIRST, **changed))))


def test_results_of_several_areas_stand_in_one_table_each_under_its_own_with_its_pot() -> None:
    there = AreaResults(
        "Walsall", (replace(SECOND, area="Walsall"),), Pot(50_000, 9_000, 0, 41_000, (), ""), ()
    )
    both = replace(MINUTES, area=None, results=(*MINUTES.results, there))
    papers = [
        minutes_document(replace(both, confirmed=((of, "Ann", AT),) if of else ()), STATUS)
        for of in ("", "Dudley")
    ]

    told = lines_of(papers[1])
    assert (
        "Walsall |  |  | nothing is recommended, and £410 of the £500 is left; £90 was committed before"
        in told
    )
    assert "The panel has not confirmed the minutes of Walsall yet." in told
    assert [(paper.status, paper.is_draft) for paper in papers] == [
        ("Draft, not confirmed", True),
        ("Confirmed by the panel for 1 of 2 areas", True),
    ]


def test_minutes_without_a_mark_name_no_annex_and_where_marks_count_the_annex_says_so() -> None:
    blocks = annex_document(replace(ANNEX, combine=Combine.MEDIAN), STATUS).blocks
    tables = [block for block in flat(blocks) if isinstance(block, Table)]

    told = minutes_lines(replace(MINUTES, has_annex=False))
    assert not any("annex" in line for line in told)
    assert tables[-1].columns[-2].heading == "Median"


def test_hostile_texts_are_read_back_as_they_were_and_equal_facts_give_equal_bytes(tmp_path: Path) -> None:
    items = tuple(
        replace(FIRST, reference=f"D-{n:03}", organisation=words, reason=words, dissent=words)
        for n, words in enumerate(HOSTILE)
    )

    assert_read_back("minutes", with_items(*items), tmp_path)
    marked = tuple(
        replace(one, organisation=words) for one, words in zip(ANNEX.items * 8, HOSTILE, strict=False)
    )
    assert_read_back("minutes-annex", replace(ANNEX, items=marked), tmp_path)


HEADED_AT = datetime(2026, 11, 26, 14, 40, tzinfo=UTC)
HEAD = Letterhead(
    address="1 Made-up Street\nWorcester",
    telephone="01905 555 0100",
    email="grants@westmarch.example",
    contact="Cora Sample, Grants officer",
    signatory="Ann Example, Head of grants",
    area_label=AreaLabel("Local policing area"),
    short_name="OPCC",
    people=(("Commissioner", "Cato Example, Police and Crime Commissioner"), ("Chief executive", "Eve")),
    words=(("Complaints", "Complaints go to the chief executive."),),
)
HEADED_STATUS = PaperStatus(HEADED_AT, "ab" * 32)


def pdf_text(path: Path) -> str:
    with open_alone(path) as pages:
        return "\n".join(page.get_textpage().get_text_range() for page in pages)


def test_a_paper_in_prose_says_who_it_is_from_and_ends_with_the_standing_words(tmp_path: Path) -> None:
    value = replace(THREE, letterhead=HEAD)

    path = write_paper("notice", value, replace(HEADED_STATUS, logo=picture()), tmp_path / "notice.pdf")

    text = " ".join(pdf_text(path).split())
    assert "Cato Example, Police and Crime Commissioner · Chief executive: Eve 1 Made-up" in text
    assert "(OPCC)" in text
    assert "1 Made-up Street, Worcester · 01905 555 0100 · grants@westmarch.example" in text
    assert "Complaints go to the chief executive." in text
    assert "Head of grants" in text


def test_without_a_name_a_draft_says_so(tmp_path: Path) -> None:
    value = replace(THREE, office="")

    path = write_paper("notice", value, replace(HEADED_STATUS, is_nameless=True), tmp_path / "notice.pdf")

    assert f"Draft, not issued. {NO_NAME}" in pdf_text(path)
    assert named(value) == NO_NAME


def test_a_workbook_has_a_sheet_of_the_office_with_its_logo_and_its_word_for_an_area(tmp_path: Path) -> None:
    value = PublicationList(
        span="November 2026",
        ends_on=HEADED_AT.date(),
        fund="",
        awards=(),
        office="Office of Westmarch",
        marking="OFFICIAL",
        letterhead=HEAD,
    )
    status = replace(HEADED_STATUS, logo=picture())

    path, again = (write_paper("publication", value, status, tmp_path / f"{n}.xlsx") for n in (1, 2))

    book = openpyxl.load_workbook(path)
    assert "Local policing area" in [cell.value for cell in book["Awards"][4]]
    said = {row[0].value: row[1].value for row in book["About"].iter_rows(min_row=5)}
    assert said["Office"] == "Office of Westmarch"
    assert said["Contact officer"] == "Cora Sample, Grants officer"
    assert said["Complaints"] == "Complaints go to the chief executive."
    with zipfile.ZipFile(path) as archive:
        drawn = [name for name in archive.namelist() if name.startswith("xl/media/")]
    assert len(drawn) == 2, "on its first sheet and the office's own"
    assert path.read_bytes() == again.read_bytes()


def test_an_office_that_said_nothing_of_itself_changes_no_paper() -> None:
    value = THREE
    bare = Document("Title", (Heading("Area"),), HEADED_AT, above=value.office)

    assert value.letterhead == PLAIN
    assert headed(bare, value, HEADED_STATUS) == bare
    assert office_sheets(value) == ()

"""The minutes on paper hold what was recorded, and every paper the office's head and words."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from exchange.papers.paper_writing import write_paper
from exchange.papers.prose_papers import minutes_document
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
)
from models.papers.status import PaperStatus
from scoring.schedule.values import Letterhead
from scoring.written.area_label import AreaLabel
from tests.exchange.papers.test_notice import THREE
from tests.exchange.schedule_rounds import EXAMPLE
from tests.paper_text import HOSTILE, assert_read_back, lines_of, minutes_lines, picture, printed

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
    **EXAMPLE,
    area="Dudley",
    results=(AreaResults("Dudley", (FIRST, SECOND), Pot(90_000, 0, 80_000, 10_000, (), ""), ("A note.",)),),
    sittings=(SAT,),
    quorum=1,
    deciding=(Deciding("agreed", ("Ann Sample",), ("D-001",)),),
    spread=Spread(3, 1, 2, 67),
    chairs=(("", "Ann Sample"),),
    note_takers=(("", "Piers Scribe"),),
    has_annex=True,
)
MARKERS = ("Ann Sample", "Sian Example")
ANNEX = AnnexOfMarks(
    **EXAMPLE,
    area="Dudley",
    items=(
        MarkedItem("D-001", "Café ਸਾਂਝ <b>", MARKERS, LINES, is_considered=True),
        MarkedItem("D-002", "Bridge Club", MARKERS, (replace(LINES[0], agreed="–", reason=""),) * 2),
    ),
)


def with_items(*items: MinuteItem) -> Minutes:
    return replace(MINUTES, results=(replace(MINUTES.results[0], items=items),))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"partly": (Partly("Bo", "only", ("D-001",)),)}, "Bo was there for D-001 only."),
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
        (
            "since",
            "Bo declared a financial interest in D-001 on 2 December 2026, after these minutes were "
            "confirmed.",
        ),
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
        ({"cause": "tolerance"}, "£800 of the £1,000 asked, what was left of the pot with the tolerance"),
        ({"cause": "cap"}, "£800 of the £1,000 asked, the most that an award may be"),
        (
            {"outcome": "reserve", "amount_pence": 0, "reserve_place": (1, 2, True), "why": "organisation"},
            "Reserve, equal first of two | Its organisation has the most that one may have. It helps",
        ),
        ({"outcome": "decline", "amount_pence": 0, "minimums": ("total 40",)}, "Not recommended: total 40 |"),
        ({"outcome": "", "amount_pence": 0, "waits": "it waits"}, "| No recommendation | it waits."),
        ({"outcome": "", "amount_pence": 0, "is_considered": False}, "| Not considered yet |"),
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


def test_a_paper_in_prose_says_who_it_is_from_and_ends_with_the_standing_words(tmp_path: Path) -> None:
    value = replace(THREE, letterhead=HEAD)

    path = write_paper("notice", value, replace(HEADED_STATUS, logo=picture()), tmp_path / "notice.pdf")

    text = printed(path)
    assert "Cato Example, Police and Crime Commissioner · Chief executive: Eve 1 Made-up" in text
    assert "(OPCC)" in text
    assert "1 Made-up Street, Worcester · 01905 555 0100 · grants@westmarch.example" in text
    assert "Complaints go to the chief executive." in text
    assert "Head of grants" in text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"held_on": None}, "When and where it was held was not recorded. Present"),
        ({"held_on": None, "planned_on": AT.date()}, "2 December 2026; when and where it was held was not"),
        ({"present": (), "apologies": ()}, "Attendance was not recorded."),
        ({"present": ()}, "Nobody of the panel was present. Apologies: "),
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
    assert "None is recorded." in told, "of declarations"

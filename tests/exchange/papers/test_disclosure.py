"""Information on request as it is printed."""

from pathlib import Path

from msgspec.structs import replace

from exchange.papers.disclosure import disclosure_document
from models.papers.status import PaperStatus
from models.papers.transparency.disclosure import Criterion, Disclosure, Given, GivenRound
from tests.paper_text import AT, HOSTILE, assert_read_back, lines_of

LINE = Given(
    "Choir",
    "ACF-001",
    "Songs",
    "To sing.",
    "Dudley",
    5_000_00,
    "funded",
    4_000_00,
    "72.00",
    "1",
    (("A1", "4"),),
    "Good.",
    "031/2026",
)
ROUND = GivenRound(
    "Spring", ("Two members marked",), (Criterion("A1", "Need", "100"),), (("Dudley", 9_000_00),), ()
)
VALUE = Disclosure(
    office="Office",
    fund="Active Citizens Fund",
    round="",
    year="2026/27",
    marking="OFFICIAL",
    lines=(LINE,),
    rounds=(ROUND, replace(ROUND, name="Autumn")),
)


def told(value: Disclosure) -> list[str]:
    return lines_of(disclosure_document(value, PaperStatus(AT, "ab" * 32)))


def test_a_line_tells_what_there_is_of_it_and_what_stands_today() -> None:
    said = told(replace(VALUE, lines=(replace(LINE, decided_pence=4_500_00, place="–"),)))

    assert "Awarded | £4,500; £4,000 today" in said
    assert "The panel's marks | A1 4" in said
    assert not any(line.startswith("Place in") for line in said), "what there is none of has no line"
    gone = told(replace(VALUE, lines=(replace(LINE, awarded_pence=None, gone_pence=4_000_00),)))
    assert "Awarded | £4,000, not taken up" in gone


def test_rounds_that_were_judged_alike_say_so_once() -> None:
    assert told(VALUE).count("Criteria, weights and rules are those of Spring.") == 1
    assert told(VALUE).count("A1 | Need | 100") == 1


def test_awards_without_a_competition_tell_how_they_came_about() -> None:
    direct = replace(VALUE, lines=(replace(LINE, came_about="the office named it", round="Spring"),))

    said = told(direct)

    assert said[0] == "How it came about"
    assert "How it came about | the office named it" in said
    assert not any(line.startswith("Asked for") for line in said)


def test_hostile_texts_are_read_back_as_they_were_and_equal_facts_give_equal_bytes(tmp_path: Path) -> None:
    lines = tuple(replace(LINE, who=words, purpose=words, reasons=words) for words in HOSTILE)

    assert_read_back("disclosure", replace(VALUE, lines=lines), tmp_path)

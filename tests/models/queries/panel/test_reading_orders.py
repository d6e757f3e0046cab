"""The order in which members read: the same in the window, the pack, the member's own record and the book."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from models.operations.applications.corrections import SetWithdrawn
from models.operations.set_up.areas import MoveAreas
from models.papers.panel_book import PanelBook
from models.queries.panel.score_sheets import score_sheets
from models.record import Record
from models.values.packs import read_pack
from models.values.rows import InterestRow, MemberRow, RoundRows
from scoring.marks.reading_order import circle
from scoring.round import Area, InterestKind
from tests.models.packed_rounds import CHAIR, issue, laptop
from tests.models.rounds import (
    AUTUMN,
    OFFICER,
    application,
    load,
    paper,
    reader,
    set_up_office,
)

COVENTRY = tuple(f"ACF-{number:03}" for number in range(1, 8))
RING = circle("Autumn", "Coventry", COVENTRY)
CLOSED = RING[3]
"""M2 has an interest in the fourth of the circle."""
DUDLEY = ("ACF-008", "ACF-009")


def rows() -> RoundRows:
    """Return seven applications in one area and two in another, three members, and an adviser."""
    return AUTUMN(
        areas=(Area("Dudley", 2_000_000), Area("Coventry", 2_000_000)),
        applications=tuple(
            application(number, area="Dudley" if number > len(COVENTRY) else "Coventry")
            for number in range(1, 10)
        ),
        members=(
            MemberRow("M1", "Ann Sample"),
            MemberRow("AD", "Ada Viser", "adviser"),
            MemberRow("M2", "Ravi Example", "chair"),
            MemberRow("M3", "Jo Third"),
        ),
        interests=(
            *(InterestRow(code, None, InterestKind.NONE) for code in ("M1", "M3", "AD")),
            InterestRow("M2", CLOSED, InterestKind.PECUNIARY, "a cousin"),
        ),
    )


@pytest.fixture
def office(record: Record) -> Record:
    load(set_up_office(record), rows())
    return record


def in_window(record: Record, member: str) -> tuple[str, ...]:
    """Return what a member goes through in the window, in one area after the other."""
    return tuple(
        line.reference for line in record.ask(partial(score_sheets, round_id=1, viewer=reader(member))).lines
    )


def test_each_member_of_three_begins_elsewhere_and_an_adviser_reads_by_reference(office: Record) -> None:
    dudley = circle("Autumn", "Dudley", DUDLEY)

    # of seven they begin at ⌊0·7/3⌋ = 0, ⌊1·7/3⌋ = 2 and ⌊2·7/3⌋ = 4, of two at 0, 0 and ⌊2·2/3⌋ = 1
    assert in_window(office, "M1") == (*dudley, *RING)
    assert in_window(office, "M2") == (*dudley, *RING[2:], *RING[:2])
    assert in_window(office, "M3") == (dudley[1], dudley[0], *RING[4:], *RING[:4])
    assert in_window(office, "AD") == (*DUDLEY, *COVENTRY)

    # who types in what a member gave on paper goes through it as the paper has it
    typed = office.ask(partial(score_sheets, round_id=1, viewer=reader(None), of="M3"))
    assert tuple(line.reference for line in typed.lines) == in_window(office, "M3")


@pytest.mark.parametrize("member", ["M1", "M2", "M3"])
def test_pack_own_record_and_book_have_the_order_of_the_window(
    office: Record, member: str, tmp_path: Path
) -> None:
    office.perform(MoveAreas(1, ("Coventry", "Dudley"), "scoring"), CHAIR)
    expected = tuple(one for one in in_window(office, member) if (member, one) != ("M2", CLOSED))

    text = issue(office, member)
    with laptop(tmp_path / "own.panel", text) as own:
        at_home = in_window(own, member)
    book: PanelBook = paper(office, "panel-book", datetime(2026, 11, 3, 9, tzinfo=UTC))

    assert tuple(one.reference for one in read_pack(text).applications) == expected
    assert at_home == expected
    names = {one.code: one.name for one in rows().members}
    assert dict(book.orders)[names[member]] == expected
    assert names["AD"] not in dict(book.orders)


def test_a_withdrawal_moves_none_past_each_other(office: Record) -> None:
    before = in_window(office, "M2")

    office.perform(SetWithdrawn(1, CLOSED, is_withdrawn=True, reason="it moved"), OFFICER)

    # of six the second of three begins at ⌊1·6/3⌋ = 2, as before
    assert in_window(office, "M2") == tuple(one for one in before if one != CLOSED)


def test_a_book_with_marks_lists_no_order(office: Record) -> None:
    at = datetime(2026, 11, 3, 9, tzinfo=UTC)

    assert paper(office, "panel-book", at, with_marks=True).orders == ()

"""What is to be decided between returns and the record holds an area up, and its signature."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from models.operations.applications.corrections import SetWithdrawn
from models.operations.deciding.signing import signing_fault
from models.operations.panel.members import Declare
from models.operations.panel.sheets import SetMark
from models.operations.set_up.areas import MoveArea
from models.queries.packs.pack_lines import pack_lines
from models.queries.packs.returns import open_differences
from models.record import Record
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.packed_rounds import CHAIR, declare, issue, laptop, make_return, mark, take_in
from tests.models.rounds import OFFICER, assert_replays


@pytest.fixture
def home(there: Record, tmp_path: Path) -> Iterator[Record]:
    """The member's own record."""
    with laptop(tmp_path / "ann.panel", issue(there)) as record:
        yield record


def disputed(there: Record, home: Record) -> str:
    """Leave A1 of ACF-001 to be decided, and return the return that it came by."""
    mark(home, "ACF-001", "A1", 2, None)
    there.perform(SetMark(1, "M1", "ACF-001", "A1", 3, None, from_paper=True), OFFICER)
    text = make_return(home)
    take_in(there, text)
    return text


def test_an_area_does_not_go_on_while_a_value_is_to_be_decided(there: Record, home: Record) -> None:
    disputed(there, home)

    with pytest.raises(Refused, match="1 value differs from a return: ACF-001 A1 of M1"):
        there.perform(MoveArea(1, "Coventry", "meeting"), CHAIR)
    there.perform(MoveArea(1, "Coventry", "intake", "not yet"), CHAIR)
    with pytest.raises(Refused, match="Decide it on Packs; then move Coventry on"):
        there.perform(MoveArea(1, "Coventry", "scoring"), CHAIR)
    (found,) = there.ask(partial(open_differences, round_id=1))
    take_in(there, decisions=(found.decided(found.sides[0], "looked at the sheet"),))
    there.perform(MoveArea(1, "Coventry", "scoring"), CHAIR)
    there.perform(MoveArea(1, "Coventry", "meeting"), CHAIR)
    assert_replays(there)


def test_a_value_on_a_withdrawn_application_holds_nothing_up(there: Record, home: Record) -> None:
    disputed(there, home)
    there.perform(SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="asked to"), OFFICER)

    there.perform(MoveArea(1, "Coventry", "meeting"), CHAIR)


def test_a_value_that_the_office_made_the_same_is_decided(there: Record, home: Record) -> None:
    disputed(there, home)
    there.perform(SetMark(1, "M1", "ACF-001", "A1", 2, 3, from_paper=True), OFFICER)

    assert [line.open for line in there.ask(partial(pack_lines, round_id=1))] == [0, 0]
    there.perform(MoveArea(1, "Coventry", "meeting"), CHAIR)


def test_nothing_is_signed_while_a_declaration_is_to_be_decided(there: Record, home: Record) -> None:
    declare(home, InterestRow("M1", "ACF-002", InterestKind.PECUNIARY, "a cousin"))
    text = make_return(home)
    other = InterestRow("M1", "ACF-002", InterestKind.PREJUDICIAL, "sits on its board")
    there.perform(Declare(1, "M1", (InterestRow("M1", None, InterestKind.NONE), other)), OFFICER)
    for stage in ("meeting", "recommending"):
        there.perform(MoveArea(1, "Coventry", stage), CHAIR)
    take_in(there, text)

    assert "ACF-002 interest of M1" in there.ask(partial(signing_fault, round_id=1, area="Coventry"))

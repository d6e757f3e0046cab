"""What is undone and done again comes out as it was, and what cannot be done is refused in words."""

from typing import get_type_hints

import pytest
from msgspec.structs import replace

from models.journal.verify import verify
from models.operation import Actor
from models.operations.applications.applications import RemoveApplications
from models.operations.applications.gates import SetGate
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.panel.sheets import SetMark
from models.operations.set_up.areas import MoveArea, SetPot
from models.operations.set_up.load import LoadRound
from models.operations.set_up.replace import ReplaceRound
from models.queries.applications.applications import applications, gate_results
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.values.recommending import RecommendationRow
from models.values.rows import ApplicationRow, MemberRow, SheetRow
from scoring.round import Area, Eligibility
from scoring.written.text import Refused
from tests.entitled import put
from tests.models.rounds import (
    KEY,
    OFFICER,
    application,
    assert_replays,
    import_operation,
    load,
    set_up_office,
    undo,
    workbook_rows,
)

CHAIR = Actor("Ravi Example", "chair")


def test_a_round_taken_out_and_brought_back_keeps_what_its_gates_came_to_one_by_one(record: Record) -> None:
    imported = set_up_office(record).perform(import_operation(), OFFICER)
    before = record.ask(lambda s: (applications(s, 1), gate_results(s, 1)))

    undo(record, undo(record, imported))

    assert record.ask(lambda s: (applications(s, 1), gate_results(s, 1))) == before
    record.perform(SetGate(1, "ACF-002", "cap", "pass", "", "fail"), OFFICER)
    assert record.ask(lambda s: applications(s, 1))[1].eligibility is Eligibility.TO_CHECK
    assert_replays(record)


def test_there_is_no_removing_nothing(record: Record) -> None:
    set_up_office(record).perform(import_operation(), OFFICER)

    with pytest.raises(Refused, match="no application to remove"):
        record.perform(RemoveApplications(1, ()), OFFICER)


def test_applications_come_back_though_others_kept_their_area(record: Record) -> None:
    set_up_office(record).perform(import_operation(areas=("Coventry", "Dudley")), OFFICER)
    first = record.perform(
        replace(import_operation(application(4, area="Walsall"), areas=("Walsall",))), OFFICER
    )
    record.perform(replace(import_operation(application(5, area="Walsall"), areas=())), OFFICER)
    before = set(record.ask(lambda s: applications(s, 1)))

    undo(record, undo(record, first))

    assert set(record.ask(lambda s: applications(s, 1))) == before
    assert_replays(record)


def test_a_workbook_cannot_drop_an_area_that_has_moved_on(record: Record) -> None:
    load(set_up_office(record))
    rows = record.ask(lambda s: round_rows(s, 1))
    record.perform(ReplaceRound(1, replace(rows, areas=(*rows.areas, Area("Walsall", 5)))), OFFICER)
    record.perform(MoveArea(1, "Walsall", "scoring"), CHAIR)

    with pytest.raises(Refused, match="The area Walsall has moved on from intake"):
        record.perform(ReplaceRound(1, rows), OFFICER)


def test_members_of_one_name_or_of_codes_that_differ_in_case_are_two_members(record: Record) -> None:
    rows = workbook_rows()
    rows = replace(
        rows,
        members=(
            MemberRow("M1", "Ann Sample"),
            MemberRow("M2", "Ann Sample", "chair"),
            MemberRow("m1", "ann"),
        ),
        sheets=(*rows.sheets, SheetRow("m1", "ACF-001", True, (1, 2, 3))),
    )

    load(set_up_office(record), rows)

    assert record.ask(lambda s: round_rows(s, 1)) == rows
    assert_replays(record)


@pytest.mark.of_a_file
def test_a_value_that_could_not_be_read_again_is_never_journalled(record: Record) -> None:
    load(set_up_office(record))
    record.perform(MoveArea(1, "Dudley", "scoring"), CHAIR)
    head = record.head()

    with pytest.raises(ValueError, match="True is not int"):
        put(record, SetMark(1, "M1", "ACF-002", "A1", True, None))

    assert record.head() == head
    assert verify(record).sound


TEXTS = tuple(
    name for name, kind in get_type_hints(ApplicationRow).items() if kind is str and name != "reference"
)
HOSTILE = (
    "=1+1",
    "<b>x</b>",
    "Robert'); DROP TABLE rounds;--",
    "%",
    "_",
    "a\0b",
    "\u202egnp",
    "ਪੰਜਾਬੀ \U0001f600",
    "e\u0301",
    "\r\n",
    " lead and trail ",
    '"quoted"',
    "\\",
    "null",
    "\x1b[31m",
    "x" * 32_767,
    "\ufeff\u2028\x7f",
    "İß",
)


TAKEN = [pytest.param(text, marks=[pytest.mark.of_a_file] * ("\0" in text)) for text in HOSTILE]
"""A server takes no NUL, and says so."""


@pytest.mark.parametrize("text", TAKEN, ids=range(len(HOSTILE)))
def test_hostile_text_comes_back_from_every_field_as_it_went_in(record: Record, text: str) -> None:
    rows = workbook_rows()
    texts: dict[str, object] = dict.fromkeys(TEXTS, text)
    answers = ((text, text), ("Anything else?", text))
    one = replace(rows.applications[0], answers=answers, **texts)  # type: ignore[arg-type]
    rows = replace(
        rows,
        fund=f"Fund {text}",
        name=f"Round {text}",
        applications=(one, *rows.applications[1:]),
        members=(replace(rows.members[0], name=text, organisation=text), rows.members[1]),
        interests=(rows.interests[0], replace(rows.interests[1], detail=text)),
        sheets=(replace(rows.sheets[0], reasons=(text, text, text)), *rows.sheets[1:]),
        agreed=(replace(rows.agreed[0], reasons=(text, text, text), dissent=text),),
        not_applicable=(replace(rows.not_applicable[0], reason=text),),
        chair_decisions=tuple(replace(decided, reason=text) for decided in rows.chair_decisions),
    )

    set_up_office(record).perform(LoadRound(rows, source=text), Actor(f"Ann {text}"))

    assert record.ask(lambda s: round_rows(s, 1)) == rows
    assert verify(record).sound


def test_an_import_into_a_round_of_quotes_and_wild_cards_finds_that_round_alone(record: Record) -> None:
    set_up_office(record)
    for name in ("Autumn", "%", "Aut_mn", "'; --"):
        record.perform(replace(import_operation(), round=replace(KEY, name=name)), OFFICER)

    assert record.ask(lambda s: [len(applications(s, number)) for number in (1, 2, 3, 4)]) == [3, 3, 3, 3]
    assert_replays(record)


def test_an_application_is_recommended_once_at_a_time_and_only_where_it_is(record: Record) -> None:
    load(set_up_office(record))
    item = RecommendationRow("ACF-001", "decline", None, "outside the area")

    with pytest.raises(Refused, match="ACF-001 has two recommendations"):
        record.perform(RecordRecommendations(1, (item, item)), OFFICER)
    with pytest.raises(Refused, match="ACF-999 is not in the round"):
        record.perform(RecordRecommendations(1, (item,), ("ACF-999",)), OFFICER)


def test_a_pot_too_large_to_be_kept_is_refused(record: Record) -> None:
    load(set_up_office(record))

    with pytest.raises(Refused, match="too large to be saved"):
        record.perform(SetPot(1, Area("Coventry", 2**70), Area("Coventry", 2_000_000)), OFFICER)

"""One name, one person: nobody comes in beside somebody of their name in other case, spaces or signs."""

from unicodedata import normalize

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from models.operation import Operation
from models.operations.panel.members import AddMember, ChangePanel, EditMember, RemoveMember
from models.operations.set_up.load import LoadRound
from models.operations.set_up.people import GiveRole, NameSignatories
from models.operations.set_up.replace import ReplaceRound
from models.queries.deciding.signatories import Signatory
from models.queries.panel.panel import MemberDetails
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.schema.panel import person_table
from models.values.rows import MemberRow, RoundRows, SeatRow
from scoring.written.text import Refused
from tests.models.rounds import (
    OFFICER,
    application,
    assert_replays,
    import_operation,
    set_up_office,
    workbook_rows,
)
from tests.models.spellings import EVERY

OTHER = "are one name in other letters"


def people(record: Record) -> list[str]:
    return list(
        record.ask(lambda s: s.scalars(select(person_table.c.name).order_by(person_table.c.id)).all())
    )


def begun(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(application(1), areas=("Coventry",)), OFFICER)


def refused(record: Record, operation: Operation) -> str:
    with pytest.raises(Refused) as found:
        record.perform(operation, OFFICER)
    return str(found.value)


@pytest.mark.parametrize(("name", "other"), EVERY)
def test_no_member_sits_beside_a_decider_of_the_name_in_other_letters(
    record: Record, name: str, other: str
) -> None:
    begun(record)
    record.perform(GiveRole(1, name, "decider"), OFFICER)

    said = refused(record, AddMember(1, MemberDetails("M1", other)))

    assert said == (
        f"“{other}” and “{name}” are one name in other letters. Write “{name}” if they are one person, or "
        f"add what tells the two apart, as in “{other} (Dudley)”. Nothing was changed."
    )
    assert people(record) == [name]


@pytest.mark.parametrize(("name", "other"), EVERY)
def test_nobody_is_put_in_beside_somebody_of_the_name(record: Record, name: str, other: str) -> None:
    begun(record)
    record.perform(AddMember(1, MemberDetails("M1", name)), OFFICER)
    rows = round_rows_of(record)
    another = replace(rows, members=(*rows.members, MemberRow("M2", other)))
    seat = replace(rows, seats=(SeatRow("Chief Executive", "", other),))

    for change in (
        GiveRole(1, other, "officer"),
        NameSignatories(1, (Signatory(other, "decider"),)),
        AddMember(1, MemberDetails("M2", other)),
        ChangePanel("Add 1 member", (AddMember(1, MemberDetails("M2", other)),)),
        LoadRound(replace(another, name="Spring")),
    ):
        assert OTHER in refused(record, change)
    if " ".join(other.split()) != name:  # a seat's names are parted by single spaces
        assert OTHER in refused(record, LoadRound(replace(seat, name="Spring")))
    assert people(record) == [name]


def round_rows_of(record: Record) -> RoundRows:
    return record.ask(lambda s: round_rows(s, 1))


@pytest.mark.parametrize(("name", "other"), EVERY)
def test_a_name_may_be_corrected_into_its_other_letters(record: Record, name: str, other: str) -> None:
    begun(record)
    old, new = MemberDetails("M1", other), MemberDetails("M1", name)
    record.perform(AddMember(1, old), OFFICER)

    record.perform(EditMember(1, new, old), OFFICER)
    assert people(record) == [name]
    record.perform(ChangePanel("Correct a name", (EditMember(1, old, new),)), OFFICER)
    assert people(record) == [other]
    record.perform(ChangePanel("Replace", (RemoveMember(1, "M1"), AddMember(1, new))), OFFICER)
    assert people(record) == [name]
    rows = round_rows_of(record)
    record.perform(ReplaceRound(1, replace(rows, members=(MemberRow("M1", other),))), OFFICER)
    assert people(record) == [other]
    assert_replays(record)


def test_one_change_names_nobody_in_two_ways(record: Record) -> None:
    begun(record)
    two = ChangePanel(
        "Add 2 members",
        (AddMember(1, MemberDetails("M1", "Sam Sample")), AddMember(1, MemberDetails("M2", "SAM SAMPLE"))),
    )

    assert OTHER in refused(record, two)
    spelt = Signatory(normalize("NFC", "Siân"), "decider"), Signatory(normalize("NFD", "Siân"), "commander")
    assert OTHER in refused(record, NameSignatories(1, spelt))
    rows = workbook_rows()
    sam = (*rows.members, MemberRow("M8", "Sam Sample"), MemberRow("M9", "sam sample"))
    assert OTHER in refused(record, LoadRound(replace(rows, name="Spring", members=sam)))


def test_an_older_record_that_has_both_replays_and_goes_on_with_both(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(record)
    record.perform(AddMember(1, MemberDetails("M1", "Sam Sample")), OFFICER)
    with monkeypatch.context() as before_it_was_asked:
        before_it_was_asked.setattr(GiveRole, "check_at_entry", lambda *_: None)
        record.perform(GiveRole(1, "sam sample", "officer"), OFFICER)

    record.perform(GiveRole(1, "sam sample", "note-taker"), OFFICER)

    assert people(record) == ["Sam Sample", "sam sample"]
    assert_replays(record)

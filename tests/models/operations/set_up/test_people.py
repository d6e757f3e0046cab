"""Roles beside the panel, who signs after it, and one name for one person."""

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from models.operations.panel.members import AddMember, ChangePanel
from models.operations.set_up.areas import AddArea, RemoveArea
from models.operations.set_up.load import LoadRound
from models.operations.set_up.people import GiveRole, NameSignatories, TakeRole
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.deciding.on_paper import settled_lines
from models.queries.deciding.signatories import Signatory, signatories
from models.queries.history import history
from models.queries.panel.panel import MemberDetails
from models.queries.set_up.office import Part, parts
from models.record import Record
from models.schema.panel import person_table
from models.values.rows import MemberRow, SeatRow
from scoring.round import Area
from scoring.schedule.lines import ToSign
from tests.models.rounds import (
    OFFICER,
    application,
    import_operation,
    only_round,
    refuses,
    set_up_office,
    undo,
)
from tests.models.spellings import EACH_WAY


def _parts(record: Record) -> tuple[Part, ...]:
    return record.ask(lambda session: parts(session, 1))


PANEL = (Part("Ravi Example", "chair", "M2"), Part("Ann Sample", "member", "M1"))


def test_a_new_person_gets_a_role_beside_the_panel(loaded: Record) -> None:
    outcome = loaded.perform(GiveRole(1, "Sam Specimen", "finance"), OFFICER)

    assert outcome.words == "Sam Specimen is now finance in this round."
    decides = loaded.perform(GiveRole(1, "Dan Decides", "decider"), OFFICER)
    assert decides.words == "Dan Decides now decides in this round."
    assert GiveRole(1, "Dan Decides", "decider").label == "Add somebody who decides"
    refuses(loaded, "Dan Decides decides in this round already", GiveRole(1, "Dan Decides", "decider"))
    refuses(loaded, "Sam Specimen is finance in this round already", GiveRole(1, "Sam Specimen", "finance"))
    undo(loaded, decides)
    undo(loaded, outcome)
    # A member may have another role that signs nothing, and stays on the panel.
    refuses(loaded, "Ravi Example sits on the panel", GiveRole(1, "Ravi Example", "commander"))
    loaded.perform(GiveRole(1, "Ravi Example", "officer"), OFFICER)

    assert _parts(loaded) == (*PANEL, Part("Ravi Example", "officer"))
    # An area that somebody signs for stays.
    loaded.perform(AddArea(1, Area("Walsall", 0)), OFFICER)
    loaded.perform(GiveRole(1, CORA.name, CORA.role, CORA.post, ("Walsall",)), OFFICER)
    refuses(loaded, "Somebody signs for Walsall alone", RemoveArea(1, "Walsall"))


def test_what_is_refused_changes_nothing(loaded: Record) -> None:
    for operation, words in (
        (GiveRole(1, "Ann Sample", "decider"), "gave marks in this round"),
        (GiveRole(1, "\ue001", "finance"), "Type the person's name"),
        (GiveRole(1, "Ann Sample", "chair"), "not one of officer, note-taker"),
        (GiveRole(1, " ", "finance"), "Type the person's name"),
        (GiveRole(1, "Cora Command", "decider", "", ("Nowhere",)), "There is no area Nowhere in the round"),
        (GiveRole(1, "Cora Command", "finance", "", ("Coventry",)), "Areas are given to those who sign"),
        (TakeRole(1, "Ann Sample", "finance"), "is not finance in this round"),
        (TakeRole(1, "Nobody Known", "finance"), "is not finance in this round"),
    ):
        refuses(loaded, words, operation)
    assert _parts(loaded) == PANEL

    for one, words in (
        (Signatory(" ", "decider"), "Type the person's name"),
        (Signatory("\ue001", "decider"), "Type the person's name"),
        (Signatory("Dan Decides", "finance"), "“finance” signs nothing"),
        (Signatory("Ann Sample", "decider"), "Ann Sample sits on the panel, and nobody"),
        (Signatory("Dr Ánn Sample", "decider"), "is spelt nearly as Ann Sample, who sits on the panel"),
        (Signatory("Dan Decides", "decider", areas=("Narnia",)), "There is no area Narnia"),
        (Signatory(" Dan Decides", "decider"), "without spaces around it"),
        (Signatory("cora command", "decider"), "has two posts"),
    ):
        refuses(loaded, words, NameSignatories(1, (CORA, one)))
    assert seats(loaded) == ()


OTHER = "are one name in other letters"


@pytest.mark.parametrize(("name", "other"), EACH_WAY)
def test_nobody_is_put_in_beside_somebody_of_the_name(record: Record, name: str, other: str) -> None:
    set_up_office(record)
    record.perform(import_operation(application(1), areas=("Coventry",)), OFFICER)
    record.perform(AddMember(1, MemberDetails("M1", name)), OFFICER)
    rows = only_round(record)
    another = replace(rows, members=(*rows.members, MemberRow("M2", other)))
    seat = replace(rows, seats=(SeatRow("Chief Executive", "", other),))

    for change in (
        GiveRole(1, other, "officer"),
        NameSignatories(1, (Signatory(other, "decider"),)),
        AddMember(1, MemberDetails("M2", other)),
        ChangePanel("Add 1 member", (AddMember(1, MemberDetails("M2", other)),)),
        LoadRound(replace(another, name="Spring")),
    ):
        refuses(record, OTHER, change)
    if " ".join(other.split()) != name:  # a seat's names are parted by single spaces
        refuses(record, OTHER, LoadRound(replace(seat, name="Spring")))
    assert record.ask(lambda s: s.scalars(select(person_table.c.name)).all()) == [name]


COMMANDER = "Area commander"
CORA = Signatory("Cora Command", "commander", COMMANDER, ("Coventry",))
DAN = Signatory("Dan Decides", "decider", "Chief Executive")


def seats(record: Record) -> tuple[Signatory, ...]:
    return record.ask(lambda session: signatories(session, 1))


def test_after_the_panels_signature_who_signs_is_changed_with_a_reason_alone(signed: Record) -> None:
    signed.perform(NameSignatories(1, (), reason="to begin with"), OFFICER)
    dee = replace(DAN, name="Dee Second")
    signed.perform(NameSignatories(1, (DAN,)), OFFICER)  # nobody was named before: nothing is changed

    for change in (
        NameSignatories(1, (dee,)),
        NameSignatories(1, (DAN, dee), reason=" "),
        GiveRole(1, dee.name, dee.role, dee.post),
    ):
        refuses(signed, r"Signing has begun\. Say why who signs is changed now", change)
    signed.perform(NameSignatories(1, (DAN, CORA)), OFFICER)  # her post was empty
    changed = signed.perform(NameSignatories(1, (dee, CORA), reason="Dan is ill"), OFFICER)

    assert seats(signed) == (dee, CORA)
    told = signed.ask(lambda session: history(session, OFFICE_VIEWER))
    assert "Dan is ill" in told[0].detail
    undo(signed, undo(signed, changed))
    assert seats(signed) == (dee, CORA)


def test_who_signs_a_line_is_recorded_beside_those_who_are_named(loaded: Record) -> None:
    loaded.perform(NameSignatories(1, (CORA, DAN)), OFFICER)

    for signer in (("Dee Second", "Chief Executive"), ("Eve Third", "Deputy for the Chief Executive")):
        change = loaded.ask(NameSignatories.with_signer, 1, 1, signer, ("ACF-001",), "Dan is away")
        assert change.reason == "Dan is away"
        loaded.perform(change, OFFICER)

    dee, eve = Signatory("Dee Second", "decider", "Chief Executive"), seats(loaded)[-1]
    assert seats(loaded)[:3] == (CORA, DAN, dee)
    assert (eve.name, eve.role, eve.areas) == ("Eve Third", "decider", ())
    assert eve.post == "Deputy for the Chief Executive"


def test_a_schedule_names_who_alone_signs_in_a_post(loaded: Record) -> None:
    loaded.perform(NameSignatories(1, (CORA, DAN)), OFFICER)
    each = loaded.ask(lambda session: settled_lines(session, 1)).to_sign
    loaded.perform(NameSignatories(1, (CORA, DAN, replace(DAN, name="Dee Second"))), OFFICER)
    two = loaded.ask(lambda session: settled_lines(session, 1)).to_sign

    chair, cora = ToSign("Chair of the panel", "Ravi Example"), ToSign("NPU commander", "Cora Command")
    assert each == (chair, cora, ToSign("Chief Executive", "Dan Decides"))
    assert two == (chair, cora), "two may sign for the Chief Executive: nobody is named"


AREAS = ("Dudley", "Coventry", "Walsall")
NIA = "Nia Notes"
HELD: dict[str, tuple[str, ...] | None] = {
    "no role": None,
    "one area": AREAS[:1],
    "two areas": AREAS[:2],
    "each area by name": AREAS,
    "all areas": (),
}
CHANGED: dict[str, tuple[str, ...]] = {
    "its first": AREAS[:1],
    "its last": AREAS[2:],
    "two": AREAS[1:],
    "each by name": AREAS,
    "all": (),
}


def held_by(record: Record) -> tuple[str, ...] | None:
    found = [one.areas for one in record.ask(lambda session: parts(session, 1)) if one.name == NIA]
    return found[0] if found else None


@pytest.mark.parametrize("held", HELD)
@pytest.mark.parametrize("changed", CHANGED)
@pytest.mark.parametrize("role", ["note-taker", "decider"])
def test_a_role_is_given_and_taken_area_by_area_and_undone_to_what_it_was(
    loaded: Record, held: str, changed: str, role: str
) -> None:
    loaded.perform(AddArea(1, Area(AREAS[2], 0)), OFFICER)
    before, areas = HELD[held], CHANGED[changed]
    if before is not None:
        loaded.perform(GiveRole(1, NIA, role, "Clerk", before), OFFICER)
    asked = {*(areas or AREAS)}
    has = set() if before is None else {*(before or AREAS)}

    if asked <= has:
        refuses(loaded, "in this round already", GiveRole(1, NIA, role, areas=areas))
    else:
        given = loaded.perform(GiveRole(1, NIA, role, areas=areas), OFFICER)
        assert held_by(loaded) == (tuple(one for one in AREAS if one in asked | has) if areas else ())
        undone = undo(loaded, given)
        assert held_by(loaded) == before
        undo(loaded, undone)
        loaded.perform(given.inverse, OFFICER)
    taken = TakeRole(1, NIA, role, areas=areas or None)
    if not has or (areas and not asked <= has):
        refuses(loaded, f"{_is_not(role)}", taken)
        return
    outcome = loaded.perform(taken, OFFICER)
    left = tuple(one for one in AREAS if one in has - asked)
    assert held_by(loaded) == (left or None)
    undo(loaded, outcome)
    assert held_by(loaded) == before


def _is_not(role: str) -> str:
    return f"{NIA} does not decide" if role == "decider" else f"{NIA} is not note-taker"

"""Roles beside the panel, who signs after it, and one name for one person."""

from unicodedata import normalize

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from models.operation import Operation
from models.operations.panel.members import AddMember, ChangePanel, EditMember, RemoveMember
from models.operations.set_up.areas import AddArea, RemoveArea
from models.operations.set_up.load import LoadRound
from models.operations.set_up.people import GiveRole, NameSignatories, TakeRole
from models.operations.set_up.replace import ReplaceRound
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.deciding.on_paper import settled_lines
from models.queries.deciding.signatories import Seat, Signatory, Signing, signatories, unfilled
from models.queries.history import history
from models.queries.panel.panel import MemberDetails
from models.queries.set_up.office import Part, parts
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.reference.sign_off import SignOff
from models.schema.panel import person_table
from models.values.rows import MemberRow, RoundRows, SeatRow
from scoring.round import Area
from scoring.schedule.lines import ToSign
from scoring.written.text import Refused
from tests.models.rounds import (
    OFFICER,
    application,
    assert_replays,
    import_operation,
    refused,
    set_up_office,
    undo,
    workbook_rows,
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
    with pytest.raises(Refused, match="Dan Decides decides in this round already"):
        loaded.perform(GiveRole(1, "Dan Decides", "decider"), OFFICER)
    with pytest.raises(Refused, match="Sam Specimen is finance in this round already"):
        loaded.perform(GiveRole(1, "Sam Specimen", "finance"), OFFICER)
    undo(loaded, decides)
    assert _parts(loaded) == (*PANEL, Part("Sam Specimen", "finance"))
    undo(loaded, outcome)
    assert _parts(loaded) == PANEL


def test_a_member_may_have_another_role_that_signs_nothing_and_stays_on_the_panel(loaded: Record) -> None:
    with pytest.raises(Refused, match="Ravi Example sits on the panel"):
        loaded.perform(GiveRole(1, "Ravi Example", "commander"), OFFICER)
    loaded.perform(GiveRole(1, "Ravi Example", "officer"), OFFICER)

    assert _parts(loaded) == (*PANEL, Part("Ravi Example", "officer"))


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (GiveRole(1, "Ann Sample", "decider"), "gave marks in this round"),
        (GiveRole(1, "\ue001", "finance"), "Type the person's name"),
        (GiveRole(1, "Ann Sample", "chair"), "not one of officer, note-taker"),
        (GiveRole(1, " ", "finance"), "Type the person's name"),
        (GiveRole(1, "Cora Command", "decider", "", ("Nowhere",)), "There is no area Nowhere in the round"),
        (GiveRole(1, "Cora Command", "finance", "", ("Coventry",)), "Areas are given to those who sign"),
        (TakeRole(1, "Ann Sample", "finance"), "is not finance in this round"),
        (TakeRole(1, "Nobody Known", "finance"), "is not finance in this round"),
    ],
)
def test_what_is_refused_changes_nothing(loaded: Record, operation: GiveRole | TakeRole, words: str) -> None:
    refused(words, loaded.perform, operation, OFFICER)

    assert _parts(loaded) == PANEL


OTHER = "are one name in other letters"


def people(record: Record) -> list[str]:
    return list(
        record.ask(lambda s: s.scalars(select(person_table.c.name).order_by(person_table.c.id)).all())
    )


def begun(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(application(1), areas=("Coventry",)), OFFICER)


def refusal_of(record: Record, operation: Operation) -> str:
    with pytest.raises(Refused) as found:
        record.perform(operation, OFFICER)
    return str(found.value)


@pytest.mark.parametrize(("name", "other"), EACH_WAY)
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
        assert OTHER in refusal_of(record, change)
    if " ".join(other.split()) != name:  # a seat's names are parted by single spaces
        assert OTHER in refusal_of(record, LoadRound(replace(seat, name="Spring")))
    assert people(record) == [name]


def round_rows_of(record: Record) -> RoundRows:
    return record.ask(lambda s: round_rows(s, 1))


@pytest.mark.parametrize(("name", "other"), EACH_WAY)
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


def test_one_change_names_nobody_in_two_ways(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(record)
    two = ChangePanel(
        "Add 2 members",
        (AddMember(1, MemberDetails("M1", "Sam Sample")), AddMember(1, MemberDetails("M2", "SAM SAMPLE"))),
    )

    assert OTHER in refusal_of(record, two)
    spelt = Signatory(normalize("NFC", "Siân"), "decider"), Signatory(normalize("NFD", "Siân"), "commander")
    assert OTHER in refusal_of(record, NameSignatories(1, spelt))
    rows = workbook_rows()
    sam = (*rows.members, MemberRow("M8", "Sam Sample"), MemberRow("M9", "sam sample"))
    assert OTHER in refusal_of(record, LoadRound(replace(rows, name="Spring", members=sam)))

    # An older record that has both replays and goes on with both.
    record.perform(AddMember(1, MemberDetails("M1", "Sam Sample")), OFFICER)
    with monkeypatch.context() as before_it_was_asked:
        before_it_was_asked.setattr(GiveRole, "check_at_entry", lambda *_: None)
        record.perform(GiveRole(1, "sam sample", "officer"), OFFICER)
    record.perform(GiveRole(1, "sam sample", "note-taker"), OFFICER)
    assert people(record) == ["Sam Sample", "sam sample"]


COMMANDER, AMBASSADOR = "Area commander", "Community Ambassador"
CORA = Signatory("Cora Command", "commander", COMMANDER, ("Coventry",))
DAN = Signatory("Dan Decides", "decider", "Chief Executive")
CHAIN = (SignOff("decider", COMMANDER, (AMBASSADOR,), per_area=True), SignOff("decider", "Commissioner"))


def seats(record: Record) -> tuple[Signatory, ...]:
    return record.ask(lambda session: signatories(session, 1))


def test_people_are_named_with_post_and_areas_and_undone(loaded: Record) -> None:
    loaded.perform(GiveRole(1, "Finn Pays", "finance"), OFFICER)
    loaded.perform(GiveRole(1, "Una Deputy", "commander"), OFFICER)
    finn = Signatory("Finn Pays", "decider", "Chief Executive")

    outcome = loaded.perform(NameSignatories(1, (CORA, finn)), OFFICER)
    shown = seats(loaded)
    undone = undo(loaded, outcome)

    assert outcome.words == "2 people sign after the panel in this round."
    assert shown == (CORA, finn)
    assert seats(loaded) == (Signatory("Una Deputy", "commander"),)
    undo(loaded, undone)
    assert seats(loaded) == (CORA, finn)
    assert_replays(loaded)


def test_a_schedule_names_who_alone_signs_in_a_post(loaded: Record) -> None:
    loaded.perform(NameSignatories(1, (CORA, DAN)), OFFICER)
    each = loaded.ask(lambda session: settled_lines(session, 1)).to_sign
    loaded.perform(NameSignatories(1, (CORA, DAN, replace(DAN, name="Dee Second"))), OFFICER)
    two = loaded.ask(lambda session: settled_lines(session, 1)).to_sign

    chair, cora = ToSign("Chair of the panel", "Ravi Example"), ToSign("NPU commander", "Cora Command")
    assert each == (chair, cora, ToSign("Chief Executive", "Dan Decides"))
    assert two == (chair, cora), "two may sign for the Chief Executive: nobody is named"


def test_of_a_post_by_area_each_person_signs_once_and_an_area_without_one_stands_alone() -> None:
    first = Signatory("Amba Sador", "decider", AMBASSADOR, ("North", "South"))
    both = (Signatory(f"{name} Joint", "decider", AMBASSADOR, ("West",)) for name in ("Jo", "Jim"))
    known = Signing(CHAIN, ("North", "East", "South", "West"), (first, *both, replace(first, role="chair")))

    assert [*known.alone(0, AMBASSADOR)] == [
        ("Amba Sador", ("North", "South")),
        ("", ("East",)),
        ("", ("West",)),
    ]
    assert [*known.alone(1, "Commissioner")] == []


def test_a_role_is_taken_with_its_areas_and_given_back_with_them(loaded: Record) -> None:
    loaded.perform(GiveRole(1, "Cora Command", "finance"), OFFICER)
    given = loaded.perform(GiveRole(1, CORA.name, CORA.role, CORA.post, CORA.areas), OFFICER)

    taken = loaded.perform(TakeRole(1, CORA.name, CORA.role), OFFICER)
    assert seats(loaded) == ()
    undo(loaded, taken)
    assert seats(loaded) == (CORA,)
    undo(loaded, given)
    assert seats(loaded) == ()


def test_after_the_panels_signature_who_signs_is_changed_with_a_reason_alone(signed: Record) -> None:
    signed.perform(NameSignatories(1, (), reason="to begin with"), OFFICER)
    dee = replace(DAN, name="Dee Second")
    signed.perform(NameSignatories(1, (DAN,)), OFFICER)  # nobody was named before: nothing is changed

    for change in (
        NameSignatories(1, (dee,)),
        NameSignatories(1, (DAN, dee), reason=" "),
        GiveRole(1, dee.name, dee.role, dee.post),
    ):
        refused(r"Signing has begun\. Say why who signs is changed now", signed.perform, change, OFFICER)
    signed.perform(NameSignatories(1, (DAN, CORA)), OFFICER)  # her post was empty
    changed = signed.perform(NameSignatories(1, (dee, CORA), reason="Dan is ill"), OFFICER)

    assert seats(signed) == (dee, CORA)
    told = signed.ask(lambda session: history(session, OFFICE_VIEWER))
    assert "Dan is ill" in told[0].detail
    undo(signed, undo(signed, changed))
    assert seats(signed) == (dee, CORA)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (Signatory(" ", "decider"), "Type the person's name"),
        (Signatory("\ue001", "decider"), "Type the person's name"),
        (Signatory("Dan Decides", "finance"), "“finance” signs nothing"),
        (Signatory("Ann Sample", "decider"), "Ann Sample sits on the panel, and nobody"),
        (Signatory("Dr Ánn Sample", "decider"), "is spelt nearly as Ann Sample, who sits on the panel"),
        (Signatory("Dan Decides", "decider", areas=("Narnia",)), "There is no area Narnia"),
        (Signatory(" Dan Decides", "decider"), "without spaces around it"),
        (Signatory("cora command", "decider"), "has two posts"),
    ],
)
def test_who_may_not_sign_is_refused_and_nothing_changes(loaded: Record, one: Signatory, words: str) -> None:
    refused(words, loaded.perform, NameSignatories(1, (CORA, one)), OFFICER)

    assert seats(loaded) == ()


def test_an_area_that_somebody_signs_for_stays(loaded: Record) -> None:
    loaded.perform(AddArea(1, Area("Walsall", 0)), OFFICER)
    loaded.perform(GiveRole(1, CORA.name, CORA.role, CORA.post, ("Walsall",)), OFFICER)
    refused("Somebody signs for Walsall alone", loaded.perform, RemoveArea(1, "Walsall"), OFFICER)


def test_names_in_seats_are_people_with_their_areas_and_others_stay() -> None:
    cora = Signatory("Cora Command", "decider", COMMANDER, ("Coventry", "Dudley"))
    other = Signatory("Una Deputy", "commander", "Night duty")
    deputy = Signatory("Pat Oversees", "decider", "Commissioner", ("Dudley",))
    held = Signing(CHAIN, ("Coventry", "Dudley"), (cora, other, deputy))

    named = held.named({seat: held.words(seat) for seat in held.seats})
    emptied = held.named(
        {seat: " Abe  Envoy ; Bo Envoy" if seat.post == AMBASSADOR else "" for seat in held.seats}
    )

    assert set(named) == {cora, other, deputy}
    assert emptied == (
        Signatory("Abe Envoy", "decider", AMBASSADOR, ("Coventry", "Dudley")),
        Signatory("Bo Envoy", "decider", AMBASSADOR, ("Coventry", "Dudley")),
        other,
    )


def test_a_deputy_stands_in_a_seat_with_the_post_in_brackets() -> None:
    cora = Signatory("Cora Command", "decider", COMMANDER, ("Coventry",))
    held = Signing(CHAIN, ("Coventry", "Dudley"), (cora,))
    coventry = Seat(0, COMMANDER, "Coventry")

    named = held.named({coventry: "Cora Command; Dee  Puty (Superintendent )"})
    again = Signing(CHAIN, held.areas, named)

    deputy = Signatory("Dee Puty", "decider", f"Superintendent for the {COMMANDER}", ("Coventry",))
    assert again.held(coventry) == (cora, deputy)
    assert again.words(coventry) == "Cora Command; Dee Puty (Superintendent)"
    assert again.named({seat: again.words(seat) for seat in again.seats}) == named


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Cara (Caz) Command", "Cara (Caz) Command"),
        ("Cara (Caz) Command (Head (acting))", "Cara (Caz) Command (Head (acting))"),
        (f"Dee Puty (Deputy for the {COMMANDER})", "Dee Puty (Deputy)"),
        (f"Cora Command ({COMMANDER.upper()})", "Cora Command"),
        ("Cora Command ()", "Cora Command"),
    ],
)
def test_brackets_within_a_name_are_part_of_it(typed: str, kept: str) -> None:
    held = Signing(CHAIN, ("Coventry",), ())
    coventry = Seat(0, COMMANDER, "Coventry")

    named = Signing(CHAIN, held.areas, held.named({coventry: typed}))

    assert named.words(coventry) == kept


def test_posts_without_anybody_are_named_with_their_areas() -> None:
    everywhere = Signatory("Cora Command", "decider", COMMANDER)
    dudley = Signatory("Abe Envoy", "decider", AMBASSADOR, ("Dudley",))

    assert unfilled(CHAIN, (everywhere, dudley), ("Coventry", "Dudley")) == {
        COMMANDER: ("Coventry", "Dudley"),
        AMBASSADOR: ("Coventry",),
        "Commissioner": ("Coventry", "Dudley"),
    }
    every = [Signatory(f"Holder of {post}", "decider", post, ("Dudley",)) for post in CHAIN[0].posts]
    assert unfilled(CHAIN, (*every, Signatory("Pat", "decider", "Commissioner")), ("Dudley",)) == {}

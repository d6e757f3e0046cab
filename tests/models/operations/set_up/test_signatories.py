"""Who signs after the panel, named all at once, and seat by seat."""

import pytest
from msgspec.structs import replace

from models.operations.set_up.areas import AddArea, RemoveArea
from models.operations.set_up.office import FactChange, SetOfficeFacts
from models.operations.set_up.people import GiveRole, NameSignatories, TakeRole
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.deciding.on_paper import settled_lines
from models.queries.deciding.signatories import Seat, Signatory, Signing, signatories, signing, unfilled
from models.queries.history import history
from models.record import Record
from models.reference.sign_off import SignOff
from scoring.round import Area
from scoring.schedule.lines import ToSign
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import signed
from tests.models.rounds import OFFICER, assert_replays, load, set_up_office, undo

COMMANDER, AMBASSADOR = "Area commander", "Community Ambassador"
CORA = Signatory("Cora Command", "commander", COMMANDER, ("Coventry",))
DAN = Signatory("Dan Decides", "decider", "Chief Executive")
CHAIN = (SignOff("decider", COMMANDER, (AMBASSADOR,), per_area=True), SignOff("decider", "Commissioner"))


@pytest.fixture
def loaded(record: Record) -> Record:
    """A record with one round, whose panel is Ravi Example in the chair and Ann Sample, who marked."""
    load(set_up_office(record))
    return record


def people(record: Record) -> tuple[Signatory, ...]:
    return record.ask(lambda session: signatories(session, 1))


def test_people_are_named_with_post_and_areas_and_undone(loaded: Record) -> None:
    loaded.perform(GiveRole(1, "Finn Pays", "finance"), OFFICER)
    loaded.perform(GiveRole(1, "Una Deputy", "commander"), OFFICER)
    finn = Signatory("Finn Pays", "decider", "Chief Executive")

    named = loaded.perform(NameSignatories(1, (CORA, finn)), OFFICER)
    shown = people(loaded)
    undone = undo(loaded, named)

    assert named.words == "2 people sign after the panel in this round."
    assert shown == (CORA, finn)
    assert people(loaded) == (Signatory("Una Deputy", "commander"),)
    undo(loaded, undone)
    assert people(loaded) == (CORA, finn)
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
    assert people(loaded) == ()
    undo(loaded, taken)
    assert people(loaded) == (CORA,)
    undo(loaded, given)
    assert people(loaded) == ()
    assert_replays(loaded)


def test_who_sits_on_the_panel_is_given_no_role_that_signs(loaded: Record) -> None:
    with pytest.raises(Refused, match="Ravi Example sits on the panel"):
        loaded.perform(GiveRole(1, "Ravi Example", "commander"), OFFICER)
    loaded.perform(GiveRole(1, "Ravi Example", "officer"), OFFICER)


def test_after_the_panels_signature_who_signs_is_changed_with_a_reason_alone(record: Record) -> None:
    signed(record)
    record.perform(NameSignatories(1, (), reason="to begin with"), OFFICER)
    dee = replace(DAN, name="Dee Second")
    record.perform(NameSignatories(1, (DAN,)), OFFICER)  # nobody was named before: nothing is changed

    for change in (
        NameSignatories(1, (dee,)),
        NameSignatories(1, (DAN, dee), reason=" "),
        GiveRole(1, dee.name, dee.role, dee.post),
    ):
        with pytest.raises(Refused, match=r"Signing has begun\. Say why who signs is changed now"):
            record.perform(change, OFFICER)
    record.perform(NameSignatories(1, (DAN, CORA)), OFFICER)  # her post was empty
    changed = record.perform(NameSignatories(1, (dee, CORA), reason="Dan is ill"), OFFICER)

    assert people(record) == (dee, CORA)
    told = record.ask(lambda session: history(session, OFFICE_VIEWER))
    assert "Dan is ill" in told[0].detail
    undo(record, undo(record, changed))
    assert people(record) == (dee, CORA)
    assert_replays(record)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (Signatory(" ", "decider"), "Type the person's name"),
        (Signatory("Dan Decides", "finance"), "“finance” signs nothing"),
        (
            Signatory("Ann Sample", "decider"),
            "Ann Sample sits on the panel, and nobody",
        ),
        (Signatory("Dan Decides", "decider", areas=("Narnia",)), "There is no area Narnia"),
        (Signatory(" Dan Decides", "decider"), "without spaces around it"),
        (Signatory("cora command", "decider"), "has two posts"),
    ],
)
def test_who_may_not_sign_is_refused_and_nothing_changes(loaded: Record, one: Signatory, words: str) -> None:
    with pytest.raises(Refused, match=words):
        loaded.perform(NameSignatories(1, (CORA, one)), OFFICER)

    assert people(loaded) == ()


def test_areas_are_for_those_who_sign(loaded: Record) -> None:
    with pytest.raises(Refused, match="Areas are given to those who sign"):
        loaded.perform(GiveRole(1, "Finn Pays", "finance", areas=("Coventry",)), OFFICER)


def test_an_area_that_somebody_signs_for_stays(loaded: Record) -> None:
    loaded.perform(AddArea(1, Area("Walsall", 0)), OFFICER)
    loaded.perform(GiveRole(1, CORA.name, CORA.role, CORA.post, ("Walsall",)), OFFICER)

    with pytest.raises(Refused, match="Somebody signs for Walsall alone"):
        loaded.perform(RemoveArea(1, "Walsall"), OFFICER)


def test_seats_are_the_posts_of_the_chain_in_each_area() -> None:
    held = Signing(CHAIN, ("Coventry", "Dudley"), ())

    assert [seat.words for seat in held.seats] == [
        "Area commander, Coventry",
        "Area commander, Dudley",
        "Community Ambassador, Coventry",
        "Community Ambassador, Dudley",
        "Commissioner",
    ]


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


def test_a_seat_for_all_areas_that_nobody_holds_is_offered_the_office_s_own_holder(loaded: Record) -> None:
    facts = {"chief_executive_name": "Omar Example", "commissioner_name": "Jane Example"}
    facts |= {"commissioner_post": "Police and Crime Commissioner"}
    loaded.perform(SetOfficeFacts(tuple(FactChange(*fact) for fact in facts.items())), OFFICER)
    chief, commander = Seat(1, "Chief Executive", None), Seat(0, "NPU commander", None)

    before = loaded.ask(lambda session: signing(session, 1))
    loaded.perform(NameSignatories(1, (DAN,)), OFFICER)
    after = loaded.ask(lambda session: signing(session, 1))

    assert [before.offered(seat) for seat in (chief, commander)] == ["Omar Example", ""]
    assert before.offered(Seat(1, "Police and crime commissioner", None)) == "Jane Example"
    assert before.offered(chief._replace(area="Coventry")) == "", "each area has a person of its own"
    assert after.offered(chief) == ""


def test_the_seats_of_a_round_are_asked_of_the_record(loaded: Record) -> None:
    loaded.perform(NameSignatories(1, (DAN,)), OFFICER)

    held = loaded.ask(lambda session: signing(session, 1))

    assert held.held(Seat(1, "Chief Executive", None)) == (DAN,)
    assert held.held(Seat(0, "NPU commander", None)) == ()

"""Every operation as every role, against a table that is written out by hand."""

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.registry import OPERATIONS
from models.permissions.table import PERMISSIONS, Condition
from models.queries.packs.own_record import ALLOWED
from models.queries.permissions.acting import by_role, may_write, papers_of, refusal
from models.queries.permissions.conditions import CHECKS
from models.record import Record
from models.role import Role
from models.store.upkeep import UPKEEP
from scoring.written.text import Refused
from tests.models.operations.test_every_operation import EXAMPLES
from tests.models.rounds import refused

LETTERS = dict(zip("CMAONKDFRU", Role, strict=True))
"""Chair, member, adviser, officer, note-taker, kommander, decider, finance, reader, auditor."""
EVERYBODY = frozenset(Role) - {Role.AUDITOR}
"""Who does what is done to a file as a whole: an auditor changes nothing, that neither."""

BY_HAND = """
set up office CO; set office facts CO; add fund CO; remove fund CO
set fund CO; rename fund CO; close fund CO; set fund year CO
start round CO; take back round CO
load round CO; remove round CO; replace round CO; put round back CO
edit scheme CO; publish scheme C; amend scheme C
add area CO; remove area CO; rename area CO; set area dates CO; set pot CO; move areas C
confirm carried CO
set reason rule CO; set marking CO; give role CO; take role CO; name signatories CO
import applications CO; remove applications CO; bring back applications CO; change applications CO
set gate CO; set gates CO; set choices CO; correct application CO; set withdrawn CO; keep apart CO
name answer CO
merge organisations CO; separate organisations CO; keep organisations apart CO
add member CO; edit member CO; remove member CO; change panel CO
declare CMAO; declare to sign CKDO; add interest CMAON; set chair scores C
set mark CMA; set reason CMA; hand in CMA; hand in sheets CMA; reopen sheet C
set agreed mark CON; set dissent CON; keep for panel CON; agree marks CON
set attendance CON; set attendances CON; set meeting held CON
close item CON; open item CON; confirm record CON; open record C; set not applicable C
decide exception C; decide tie C
allow over pot CO
record recommendations CO; sign recommendations C; record decisions KD
take back signature KD
set challenge O
add direct award CO; change direct award CO; remove direct award CO
record agreement OF; set agreement template CO; set subsidy OF; set withheld name OF; set successor OF
load register OF; set check OF
set instalments OF; sign agreement OF; pay instalment F; set proof OF; hold award OF; set returned OF
set due OF; record payments F; set payment layout OF
vary award OF; take back variation OF; withdraw variation OF; sign variation KD
ask back OF; set finance codes OF; set supplier number OF
set bank details OF; check bank details OF; show bank details OF; delete bank details OF; export accounts OF
note accounts files OF
set return bands OF; set agreed outputs OF; plan returns OF; put returns OF; set visits OF
set year lines OF; set expenditure OF; decide year end OF; add printed tables OF
change budget OF; move budget OF; contribute OF
set spending plan OF
close round CO; reopen round CO
issue paper COF; set paper texts COF; set publisher COF; set together COF
attach files COF; remove attachments COF; describe attachment COF; tick attachments COF
erase attachments CO
issue pack CO; take area out CO; bring area back CO; take in rounds CO
take in returns CO; put returns back CO
open pack CMA; update pack CMA; put pack back CMA; make return CMA
erase bodies CO; set retention CO; hold application CO
make record *; upgrade record *; restore record *; change passphrase *; keep record plain *
take over record *; salvage record *; take as found *
"""
ROLES = {
    kind: EVERYBODY if letters == "*" else frozenset(LETTERS[letter] for letter in letters)
    for line in BY_HAND.strip().splitlines()
    for kind, letters in [entry.strip().rsplit(" ", 1) for entry in line.split(";")]
}
ON_PAPER = {
    "set mark": {Role.OFFICER, Role.NOTE_TAKER},
    "set reason": {Role.OFFICER, Role.NOTE_TAKER},
    "hand in": {Role.OFFICER, Role.NOTE_TAKER},
    "hand in sheets": {Role.OFFICER, Role.NOTE_TAKER},
    "record decisions": {Role.OFFICER},
    "sign recommendations": {Role.OFFICER},
    "take back signature": {Role.OFFICER},
    "sign variation": {Role.OFFICER},
}
TYPED = tuple(replace(one, from_paper=True) for one in EXAMPLES if one.kind in ON_PAPER)  # type: ignore[type-var, call-arg]
IN_PLACE = ("decide exception", "decide tie", "reopen sheet", "set not applicable")
ON_PAPER |= {kind: {Role.OFFICER} for kind in IN_PLACE}
"""What an officer puts down that a member ruled in the chair's place."""


def test_every_operation_has_an_entry_and_no_entry_is_without_one() -> None:
    known = {*OPERATIONS, *UPKEEP}

    assert set(PERMISSIONS) == known, "an operation is entered in resources/forms/permissions.toml"
    assert set(CHECKS) == set(Condition)
    assert set(ROLES) == known, "and here, by hand"
    assert known >= ALLOWED
    assert all(PERMISSIONS[kind].action for kind in OPERATIONS)


def test_every_operation_is_refused_to_every_other_role(loaded: Record) -> None:
    before, wrong = loaded.head(), []

    for operation in (*EXAMPLES, *TYPED):
        is_paper = getattr(operation, "from_paper", False)
        may = ON_PAPER[operation.kind] if is_paper else ROLES[operation.kind]
        for role in (*Role, "director"):
            said = by_role(operation, role)
            if (said == "") is not (role in may):
                wrong.append((operation.kind, role, said))
            if role not in may:
                with pytest.raises(Refused) as no:
                    loaded.perform(operation, Actor("Pat Stranger", role))
                if not str(no.value).startswith(said):
                    wrong.append((operation.kind, role, str(no.value)))

    assert wrong == []
    refused("Say who is using this laptop first", loaded.perform, EXAMPLES[0], Actor(" "))
    assert loaded.head() == before

    # Of several changes made as one each is asked about: the chair's interest is in ACF-001.
    several = next(one for one in EXAMPLES if one.kind == "change applications")
    part = replace(several.parts[0], application="ACF-001")  # type: ignore[attr-defined]
    barred = replace(several, parts=(part,))  # type: ignore[type-var, call-arg]
    chair = Actor("Ravi Example", Role.CHAIR)
    assert loaded.ask(lambda session: refusal(session, several, chair)) == "", "it withdraws ACF-002"
    words = loaded.ask(lambda session: refusal(session, barred, chair))
    assert words.startswith("You declared an interest in ACF-001.")


def test_an_auditor_may_do_none_of_all_operations_and_is_told_so() -> None:
    kinds = [one for one in PERMISSIONS if not by_role(one, Role.AUDITOR)]
    words = "You are an auditor: you can read the record and change nothing in it."

    assert kinds == []
    assert by_role("restore record", Role.AUDITOR) == words
    assert by_role("add fund", Role.AUDITOR) == f"An officer or the chair adds a fund. {words}"


def test_which_papers_are_a_roles() -> None:
    assert papers_of(Role.FINANCE) is None
    assert papers_of(Role.OFFICER) is None
    assert papers_of(Role.AUDITOR) is None, "an auditor reads what an officer does"
    assert papers_of(Role.CHAIR) == {"schedule", "panel-book", "minutes", "minutes-annex", "to-sign"}
    assert papers_of(Role.COMMANDER) == papers_of(Role.DECIDER) == {"to-sign"}
    assert may_write(Role.FINANCE, "finance")
    assert may_write(Role.COMMANDER, "to-sign")
    assert not may_write(Role.COMMANDER, "notice")
    assert not may_write(Role.MEMBER, "to-sign")
    assert papers_of(Role.MEMBER) == frozenset()

"""An office's round, packs of it, and members' own records, for the tests of packs and returns."""

from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path

from exchange.pack_files import open_pack
from models.operation import Actor, Outcome
from models.operations.packs.packs import MakeReturn, OpenPack, put_private_key
from models.operations.packs.take_in import TakeInReturns
from models.operations.panel.members import Declare
from models.operations.panel.sheets import HandIn, SetMark, SetReason
from models.operations.set_up.areas import MoveAreas
from models.packs import pack_making as pack_issuing
from models.packs.pack_making import OpenedPack, ready_return
from models.queries.packs.returns import import_plan
from models.queries.panel.sheets import sheets
from models.record import Opener, Record
from models.values import signing
from models.values.pack_plans import Decision, Plan
from models.values.rows import InterestRow, MemberRow, RoundRows, SheetRow
from scoring.round import Area, InterestKind
from tests.models.conftest import TickingClock
from tests.models.made_once import made_once
from tests.models.rounds import AUTUMN, OFFICER, application, load, set_up_office

ANN, CHAIR = Actor("Ann Sample", "member"), Actor("Ravi Example", "chair")
TODAY = date(2026, 11, 3)
KEYS = {name: bytes([number]) * 32 for number, name in enumerate(("M1", "M2", "laptop 2"), 1)}
"""Private keys that are the same in every run."""
SECRETS = {
    "contact_name": "Zelda Contactname",
    "email": "zelda@allotments.example",
    "phone": "01902 555 123",
    "address": "1 Secret Way",
    "postcode": "WV1 1ZZ",
}


def pack_of(content: bytes, passphrase: str) -> OpenedPack:
    """Return the pack that the bytes of a sealed file hold."""
    return open_pack(partial(BytesIO, content), passphrase)


def packed_rows() -> RoundRows:
    """Return a round of three applications that two members score; M2 has an interest in the third."""
    return AUTUMN(
        areas=(Area("Coventry", 2_000_000),),
        applications=tuple(
            application(
                number,
                summary=f"Plots for {number}, ask zelda@allotments.example",
                answers=(("Why?", f"Because {number}"), ("Bank sort code", "08-99-99")),
                **SECRETS,
            )
            for number in (1, 2, 3)
        ),
        members=(MemberRow("M1", "Ann Sample"), MemberRow("M2", "Ravi Example", "chair")),
        interests=(
            InterestRow("M1", None, InterestKind.NONE),
            InterestRow("M2", "ACF-003", InterestKind.PECUNIARY, "a cousin"),
        ),
    )


@made_once
def office(record: Record) -> Record:
    """Give a record the round."""
    load(set_up_office(record), packed_rows())
    record.perform(MoveAreas(1, ("Coventry",), "scoring"), CHAIR)
    return record


def issue(record: Record, member: str = "M1", expires_on: date | None = None) -> str:
    """Issue a pack and return its body."""
    ready = record.ask(
        partial(pack_issuing.ready_pack, round_id=1, member=member, today=TODAY, expires_on=expires_on)
    )
    record.perform_beside(ready.operation, ready.keep, OFFICER)
    return ready.text


def laptop(path: Path, pack: str, key: bytes = KEYS["M1"]) -> Record:
    """Open a pack into a member's own record."""
    record = Record.create(path, Opener("Ann Sample", "tests"), clock=TickingClock())
    public = signing.public_half(key).hex()
    record.perform_beside(
        OpenPack(pack, public), partial(put_private_key, public_key=public, private_key=key), ANN
    )
    return record


def mark(record: Record, reference: str, criterion: str, value: int | None, replacing: int | None) -> None:
    """Give a mark as M1."""
    record.perform(SetMark(1, "M1", reference, criterion, value, replacing), ANN)


def fill(record: Record, reference: str, marks: tuple[int, int, int] = (4, 3, 5)) -> None:
    """Fill in a sheet as M1, with a reason, and hand it in."""
    for criterion, value in zip(("A1", "A2", "A6"), marks, strict=True):
        mark(record, reference, criterion, value, None)
    record.perform(SetReason(1, "M1", reference, "A1", "asked the street", ""), ANN)
    record.perform(HandIn(1, "M1", reference), ANN)


def declare(record: Record, *interests: InterestRow) -> None:
    """Declare as M1, none unless some are named."""
    rows = interests or (InterestRow("M1", None, InterestKind.NONE),)
    record.perform(Declare(1, "M1", rows), ANN)


def make_return(record: Record) -> str:
    """Make a return and return its body."""
    ready = record.ask(ready_return)
    if ready.operation is not None:
        assert isinstance(ready.operation, MakeReturn)
        record.perform(ready.operation, ANN)
    return ready.text


def planned(record: Record, *texts: str) -> Plan:
    """Return what taking returns in would do."""
    return record.ask(partial(import_plan, texts=texts))


def sheets_of(record: Record) -> dict[str, SheetRow]:
    """Return M1's sheets by reference."""
    rows = record.ask(partial(sheets, round_id=1, judged=("A1", "A2", "A6")))
    return {row.application: row for row in rows if row.member == "M1"}


def take_in(record: Record, *texts: str, decisions: tuple[Decision, ...] = ()) -> Outcome:
    """Take returns in."""
    return record.perform(TakeInReturns(texts, decisions), OFFICER)

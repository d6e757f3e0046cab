"""`grant-panel signatories`: who signs in a round after its panel, and who authorises its payments."""

import argparse
from collections.abc import Sequence

from cli.frame.output import Json, print_json, print_lines, say, table, told
from cli.frame.record import open_record, perform
from cli.frame.rounds import round_named
from models.operation import Operation
from models.operations.set_up.people import WHERE, GiveRole, NameSignatories
from models.queries.deciding.signatories import Seat, signing
from models.queries.packs.own_record import refuse_in_members_own
from models.queries.set_up.office import with_role
from models.record import Record
from models.role import Role
from models.session import Session
from models.values.rows import SeatRow
from scoring.refused import Refused

NOBODY = "nobody yet"


def run(options: argparse.Namespace) -> None:
    """Make the changes that are asked for, all or none, and print who signs."""
    words, to_change = "", bool(options.given or options.finance)
    with open_record(options.record, options, to_change=to_change) as record:
        record.ask(refuse_in_members_own, action="this")
        round_id = round_named(record, options)
        if to_change:
            operation = record.ask(_change, round_id=round_id, options=options)
            words = _perform(record, operation, options)
        found = record.ask(signing, round_id=round_id)
        finance = record.ask(with_role, round_id=round_id, role=Role.FINANCE)
    rows = [(seat, found.names(seat)) for seat in found.seats]
    if options.json:
        print_json({"signatories": [_json(seat, names) for seat, names in rows], "finance": list(finance)})
        return
    say(*filter(None, (words,)))
    lines = [(str(seat.step + 1), seat.words, "; ".join(names) or NOBODY) for seat, names in rows]
    lines.append(("", "Finance", "; ".join(finance) or NOBODY))
    print_lines(table(("Step", "Post", "Name"), lines))


def _perform(record: Record, operation: Operation, options: argparse.Namespace) -> str:
    """Make the change and return what it says; the refusal without a reason names the option."""
    try:
        return perform(record, operation, options)
    except Refused as no:
        raise Refused(str(no).replace(WHERE, "with --because TEXT")) from no


def _change(session: Session, round_id: int, options: argparse.Namespace) -> NameSignatories | GiveRole:
    """Return the one change that is asked for."""
    if options.given:
        seats = [_seat(said) for said in options.given]
        return NameSignatories.of_seats(session, round_id, seats, " ".join(options.because.split()))
    return GiveRole(round_id, " ".join(options.finance.split()), Role.FINANCE)


def _seat(said: str) -> SeatRow:
    """Return who is to sit in a seat, as it is given: "POST, AREA=NAME"."""
    seat, equals, names = said.partition("=")
    if not equals:
        raise Refused(
            f"“{said}” names nobody. Write POST=NAME, or POST, AREA=NAME where each area has its own."
        )
    return SeatRow(seat.strip(), "", names.strip())


def _json(seat: Seat, names: Sequence[str]) -> Json:
    return {
        "step": seat.step + 1,
        **told(seat, "post area"),
        "names": list(names),
    }

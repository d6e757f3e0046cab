"""`grant-panel signatories`: who signs in a round after its panel, and who authorises its payments."""

import argparse
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from cli.arguments import acting, add_command, add_json, add_person, add_record, add_round
from cli.output import print_json, print_lines, say, table
from models.permissions.role import Role
from scoring.refused import Refused

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.operation import Operation
    from models.operations.set_up.people import GiveRole, NameSignatories
    from models.queries.set_up.signing import Seat
    from models.record import Record
    from models.session import Session
    from models.values.rows import SeatRow

NOBODY = "nobody yet"


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(
        commands, "signatories", run, "print or set who signs in a round after its panel, and finance"
    )
    add_record(parser)
    add_round(parser, required=True)
    changes = parser.add_mutually_exclusive_group()
    changes.add_argument(
        "--set",
        dest="given",
        metavar="POST[, AREA]=NAME",
        action="append",
        default=[],
        help="who signs in a post of the chain, and for which area where each has its own; separate several "
        "who sign for each other with a semicolon, put a deputy's post in brackets after the name, and leave "
        "nothing after the = where nobody is named yet",
    )
    parser.add_argument(
        "--because", metavar="TEXT", default="", help="why who signs is changed once signing has begun"
    )
    words = "who authorises the round's payments, and decides nothing in it"
    changes.add_argument("--finance", metavar="NAME", default="", help=words)
    add_person(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Make the changes that are asked for, all or none, and print who signs."""
    from cli.record.opening import open_record
    from models.packs.member_record import refuse_in_members_own
    from models.queries.set_up.people import with_role
    from models.queries.set_up.rounds import find_round
    from models.queries.set_up.signing import signing

    words, to_change = "", bool(options.given or options.finance)
    with open_record(options.record, options, to_change=to_change) as record:
        record.ask(partial(refuse_in_members_own, action="this"))
        named_round = partial(find_round, name=options.round, fund=options.fund, year=options.year)
        round_id = record.ask(named_round)
        if to_change:
            operation = record.ask(partial(_change, round_id=round_id, options=options))
            words = _perform(record, operation, options)
        found = record.ask(partial(signing, round_id=round_id))
        finance = record.ask(partial(with_role, round_id=round_id, role=Role.FINANCE))
    rows = [(seat, found.names(seat)) for seat in found.seats]
    if options.json:
        print_json({"signatories": [_json(seat, names) for seat, names in rows], "finance": list(finance)})
        return 0
    say(*filter(None, (words,)))
    lines = [(str(seat.step + 1), seat.words, "; ".join(names) or NOBODY) for seat, names in rows]
    lines.append(("", "Finance", "; ".join(finance) or NOBODY))
    print_lines(table(("Step", "Post", "Name"), lines))
    return 0


def _perform(record: "Record", operation: "Operation", options: argparse.Namespace) -> str:
    """Make the change and return what it says; the refusal without a reason names the option."""
    from models.operations.set_up.people import WHERE

    try:
        return record.perform(operation, acting(record, operation, options)).words
    except Refused as no:
        raise Refused(str(no).replace(WHERE, "with --because TEXT")) from no


def _change(session: "Session", round_id: int, options: argparse.Namespace) -> "NameSignatories | GiveRole":
    """Return the one change that is asked for."""
    from models.operations.set_up.people import GiveRole, NameSignatories

    if options.given:
        seats = [_seat(said) for said in options.given]
        return NameSignatories.of_seats(session, round_id, seats, " ".join(options.because.split()))
    return GiveRole(round_id, " ".join(options.finance.split()), Role.FINANCE)


def _seat(said: str) -> "SeatRow":
    """Return who is to sit in a seat, as it is given: "POST, AREA=NAME"."""
    from models.values.rows import SeatRow

    seat, equals, names = said.partition("=")
    if not equals:
        raise Refused(
            f"“{said}” names nobody. Write POST=NAME, or POST, AREA=NAME where each area has its own."
        )
    return SeatRow(seat.strip(), "", names.strip())


def _json(seat: "Seat", names: Sequence[str]) -> dict[str, object]:
    return {"step": seat.step + 1, "post": seat.post, "area": seat.area, "names": list(names)}

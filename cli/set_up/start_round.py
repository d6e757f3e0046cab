"""`grant-panel round RECORD --start`: a new round of a fund, before anybody has applied."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from cli.arguments import acting
from cli.awards.amounts import pence_by_area
from scoring.refused import Refused
from scoring.round import Area

if TYPE_CHECKING:
    from models.operations.set_up.rounds import StartRound
    from models.queries.set_up.area_dates import AreaDates
    from models.record import Record
    from models.session import Session


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add what a new round is started with."""
    words = "start the round: new, of --fund and --year, with its days and pots"
    parser.add_argument("--start", action="store_true", help=words)
    words = "with --start: an area and its pot; without it each area of the fund with £0.00"
    parser.add_argument("--pot", metavar="AREA=POUNDS", action="append", default=[], help=words)


def start(record: "Record", options: argparse.Namespace, dates: "AreaDates") -> str:
    """Start the round that the options name, and return what is said of it."""
    operation = record.ask(partial(_new_round, options=options, dates=dates))
    return record.perform(operation, acting(record, operation, options)).words


def _new_round(session: "Session", options: argparse.Namespace, dates: "AreaDates") -> "StartRound":
    from models.operations.rows.write_funds import fund_defaults
    from models.operations.set_up.round_state import RoundKey
    from models.operations.set_up.rounds import StartRound
    from models.queries.set_up.funds import fund_named

    if not (options.fund and options.year):
        raise Refused("Say with --fund and --year of which fund and year the new round is.")
    fund = fund_named(session, options.fund)
    of = fund_defaults(session, fund.fund_id)
    pots = pence_by_area(options.pot) or {area.name: 0 for area in of.areas}
    areas = tuple(Area(name, pence) for name, pence in pots.items())
    quorum = 1 if of.scheme is None else of.scheme.quorum
    return StartRound(RoundKey(fund.name, options.year, options.round), areas, quorum, dates)

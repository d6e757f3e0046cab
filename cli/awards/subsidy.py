"""`grant-panel award RECORD subsidy`: what an award is under subsidy control, and its steps."""

import argparse
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cli.arguments import add_award
from cli.awards.amounts import MISSING, pence_of
from cli.awards.award_text import subsidy_words
from cli.days import day, past_day
from scoring.refused import Refused

if TYPE_CHECKING:
    from models.record import Record
    from models.values.subsidy import Subsidy

KINDS = ("none", "minimal", "subsidy")
DONE = "A step of subsidy control is dated the day it happened"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add what is recorded of an award; what is not said stays."""
    add_award(parser)
    words = "no subsidy, minimal financial assistance, or a subsidy that was assessed"
    parser.add_argument("--kind", choices=KINDS, help=words)
    words = "why it is none, or where the assessment is held"
    parser.add_argument("--reason", metavar="TEXT", type=str.strip, help=words)
    words = "other minimal assistance that the recipient declares for this year and the two before"
    parser.add_argument("--declared", metavar="POUNDS", help=words)
    for name, words in (
        ("declared-on", "the day of that declaration; without it today"),
        ("notified-on", "the day on which the recipient was given the notice"),
        ("confirmed-on", "the day on which the recipient confirmed it in writing"),
    ):
        parser.add_argument(f"--{name}", metavar="DAY", type=day, help=words)
    parser.add_argument("--confirmed-by", metavar="NAME", type=str.strip, help="who confirmed it")
    parser.add_argument("--remove", action="store_true", help="remove what is recorded")


def record_subsidy(record: "Record", options: argparse.Namespace) -> int:
    """Record what was said of the award, or print what stands where nothing is said."""
    from cli.awards.chosen_award import chosen_award, decided_row, perform, print_award
    from models.operations.awards.subsidy import SetSubsidy

    line = chosen_award(record, options)
    stands = decided_row(line, ". Subsidy control is of awards that are.").subsidy
    now = None if options.remove else _now(stands, options)
    if now == stands:
        return print_award(record, f"Subsidy control of {line.reference}: {subsidy_words(stands)}.", options)
    operation = SetSubsidy(line.round.round_id, line.application.reference, now, stands)
    return print_award(record, perform(record, operation, options), options)


def _now(stands: "Subsidy | None", options: argparse.Namespace) -> "Subsidy | None":
    """Return what is recorded with what was said; without a kind there is nothing to say it of."""
    from models.values.subsidy import Subsidy

    said = {name: getattr(options, name) for name in ("kind", "reason", "confirmed_by")}
    for name in ("declared_on", "notified_on", "confirmed_on"):
        on = getattr(options, name)
        said[name] = None if on is None else past_day(on, DONE)
    if options.declared is not None:
        said["declared_pence"] = pence_of(options.declared, MISSING, "--declared: ")
        said["declared_on"] = past_day(options.declared_on, DONE)
    given = {name: value for name, value in said.items() if value is not None}
    if not given:
        return stands
    if stands is None and options.kind is None:
        raise Refused("First say what the award is: --kind none, minimal or subsidy.")
    return replace(stands or Subsidy(options.kind), **given)

"""`grant-panel award RECORD set` and `withdraw`: change a proposed award, or withdraw one with its reason."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cli.arguments import add_award
from cli.awards.award_add import (
    DAYS,
    REGISTERED,
    ROUTES,
    TEXTS,
    add_lists_to,
    as_registered,
    choices_of,
    onward_of,
    pence,
    text_type,
)
from cli.days import day, past_day
from scoring.refused import Refused

if TYPE_CHECKING:
    from models.queries.awards.direct.award_lines import AwardLine
    from models.record import Record
    from models.session import Session
    from models.values.direct_award import DirectAward

_FIELDS = {"recipient": "organisation", "starts": "starts_on", "ends": "ends_on"}


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add what of a proposed award may be changed, and why it is."""
    add_award(parser)
    for name, (shown, words) in TEXTS.items():
        parser.add_argument(f"--{name}", metavar=shown, type=text_type(name), help=words)
    for name, words in DAYS.items():
        parser.add_argument(f"--{name}", metavar="DAY", type=day, help=words)
    words = "by how many years the contract may be extended"
    parser.add_argument("--option-years", metavar="N", type=int, help=words)
    parser.add_argument("--route", choices=ROUTES, help="how it comes about")
    add_lists_to(parser)
    parser.add_argument("--no-onward", action="store_true", help="pass on no more grants")
    parser.add_argument("--why", metavar="TEXT", default="", help="why it is changed")


def add_withdraw_to(parser: argparse.ArgumentParser) -> None:
    """Add which award is withdrawn, and why."""
    add_award(parser)
    parser.add_argument("--reason", metavar="TEXT", default="", help="why it is withdrawn")
    on = "the day on which the applicant withdrew, today without it"
    parser.add_argument("--on", metavar="DAY", type=day, help=on)


def change(record: "Record", options: argparse.Namespace) -> int:
    """Change a proposed award; it goes before those who sign again."""
    from cli.awards.chosen_award import perform, print_award
    from models.operations.awards.direct.direct_awards import ChangeDirectAward, amended_proposal

    line = _direct_line(record, options)
    stands = line.direct
    assert stands is not None, "a line without a competition has its award"
    options.fund, of = line.round.fund, line.application.reference
    changed = record.ask(partial(_changed, stands=stands, options=options))
    if changed == stands:
        raise Refused(f"{of} already has that. Give what changes, such as --amount POUNDS.")
    asked = ChangeDirectAward(line.round.round_id, of, changed, stands, options.why.strip())
    operation = record.ask(partial(amended_proposal, change=asked))
    return print_award(record, perform(record, operation, options), options)


def withdraw(record: "Record", options: argparse.Namespace) -> int:
    """Withdraw an award of which nothing is paid, whether its agreement is signed or not."""
    from cli.awards.chosen_award import chosen_award, perform, print_award
    from models.operations.applications.corrections import SetWithdrawn

    line, reason = chosen_award(record, options), options.reason.strip()
    on = options.on and past_day(options.on, "A withdrawal bears the day on which the applicant withdrew")
    operation = SetWithdrawn(line.round.round_id, line.application.reference, True, reason, on)
    return print_award(record, perform(record, operation, options), options)


def _direct_line(record: "Record", options: argparse.Namespace) -> "AwardLine":
    from cli.awards.chosen_award import chosen_award

    line = chosen_award(record, options)
    if line.direct is None:
        raise Refused(
            f"{line.reference} was awarded in a competition. Change it with vary, or in the window; "
            "where its recipient does not want it, withdraw it."
        )
    return line


def _changed(session: "Session", stands: "DirectAward", options: argparse.Namespace) -> "DirectAward":
    from models.reference.fund_defaults import ListKind
    from models.values.direct_award import Route

    names = [name.replace("-", "_") for name in (*TEXTS, *DAYS, "option-years", "route")]
    given = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    amount = given.pop("amount", None)
    said = {_FIELDS.get(name, name): value for name, value in given.items()}
    said |= {name: as_registered(name, said[name]) for name in REGISTERED if name in said}
    if amount is not None:
        said["amount_pence"] = pence(amount, "--amount")
    if "route" in said:
        said["route"] = Route(said["route"])
    if options.lines:
        lists = {choice.kind: choice for choice in (*stands.choices, *choices_of(session, options))}
        said["choices"] = tuple(lists[kind] for kind in ListKind if kind in lists)
    if options.onward or options.no_onward:
        said["onward"] = tuple(onward_of(options))
    return replace(stands, **said)

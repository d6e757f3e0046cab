"""`grant-panel award RECORD add`: propose an award without a competition to its fund's chain."""

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from cli.arguments import financial_year, in_lines
from cli.awards.amounts import pence_of
from cli.days import day
from scoring.refused import Refused
from scoring.written.text import Unreadable

if TYPE_CHECKING:
    from models.record import Record
    from models.session import Session
    from models.values.choices import Choice
    from models.values.direct_award import DirectAward, OnwardGrant

ROUTES = (
    "commissioned-service",
    "council-share",
    "single-tender",
    "extension",
    "third-party-manager",
    "start-up",
)
TEXTS = {
    "recipient": ("NAME", "the organisation that receives it; an extension has that of its award"),
    "amount": ("POUNDS", "how much it receives"),
    "project": ("TEXT", "what it is for, in a few words"),
    "reason": ("TEXT", "why it reduces crime or helps victims; it is published"),
    "area": ("NAME", "the area or service line whose money it takes"),
    "summary": ("TEXT", "what it is for, in full"),
    "route-reason": ("TEXT", "why there was no competition; a single tender needs a reason"),
    "extends": ("AWARD", "the award that an extension is of"),
    "charity-number": ("NUMBER", "the recipient's charity number"),
    "company-number": ("NUMBER", "the recipient's company number"),
    "organisation-type": ("TEXT", "what kind of organisation it is"),
    "contact-name": ("NAME", "who to write to there"),
    "email": ("ADDRESS", "where to send e-mail"),
    "address": ("TEXT", "where to send letters"),
    "postcode": ("TEXT", "its postcode"),
}
"""What it says in words, by option."""
REGISTERED = ("charity_number", "company_number", "postcode")
"""Those that are read as an import reads them."""
OF_RECIPIENT = (
    *("charity_number", "company_number", "organisation_type"),
    *("contact_name", "email", "address", "postcode"),
)
"""What is known of a recipient and how it is reached, which an extension has from the award it extends."""
IN_LINES = ("reason", "summary", "route-reason", "address")
"""Those that may have several lines, each after \\n."""
DAYS = {
    "starts": "the first day of its contract",
    "ends": "the last day of its contract",
    "break-on": "the day on which the contract may be ended before",
}
"""The days of its contract, by option."""


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add what an award without a competition says."""
    parser.add_argument("--fund", metavar="NAME", required=True, help="the fund that pays, by name or code")
    words = "the financial year whose money it takes"
    parser.add_argument("--year", metavar="2026/27", type=financial_year, required=True, help=words)
    parser.add_argument("--route", choices=ROUTES, required=True, help="how it comes about")
    for name, (shown, words) in TEXTS.items():
        parser.add_argument(f"--{name}", metavar=shown, default="", type=text_type(name), help=words)
    for name, words in DAYS.items():
        parser.add_argument(f"--{name}", metavar="DAY", type=day, help=words)
    words = "by how many years the contract may be extended"
    parser.add_argument("--option-years", metavar="N", type=int, default=0, help=words)
    add_lists_to(parser)


def text_type(name: str) -> Callable[[str], str]:
    """Return how what an option says in words is read."""
    return in_lines if name in IN_LINES else str.strip


def add_lists_to(parser: argparse.ArgumentParser) -> None:
    """Add what it is for by the fund's lists, and what is passed on of it."""
    words = 'a line of the fund\'s lists, such as "service_area=advocacy"'
    parser.add_argument("--set", dest="lines", metavar="LIST=CODE", action="append", default=[], help=words)
    words = "what a third-party manager passes on: to whom, how much, what for; repeat for each"
    parser.add_argument(
        "--onward",
        nargs=3,
        metavar=("RECIPIENT", "POUNDS", "PURPOSE"),
        action="append",
        default=[],
        help=words,
    )


def act(record: "Record", options: argparse.Namespace) -> int:
    """Propose the award and print what was recorded."""
    from cli.awards.chosen_award import perform, print_award
    from models.operations.awards.direct.direct_awards import proposal_change

    _take_over(record, options)
    award = record.ask(partial(_award, options=options))
    operation = record.ask(partial(proposal_change, fund=options.fund, year=options.year, award=award))
    words = perform(record, operation, options)
    options.award = operation.application
    return print_award(record, words, options)


def _take_over(record: "Record", options: argparse.Namespace) -> None:
    """Fill in what was not said of an extension's recipient as the award that it extends has it."""
    from models.queries.awards.direct.award_lines import award_lines_of
    from models.queries.awards.direct.direct_awards import find_award

    found = record.ask(partial(find_award, reference=options.extends.strip())) if options.extends else None
    lines = () if found is None else record.ask(partial(award_lines_of, round_id=found[0]))
    for line in (one for one in lines if found and one.application.reference == found[1]):
        options.recipient = options.recipient.strip() or line.recipient
        for name in OF_RECIPIENT:
            setattr(options, name, getattr(options, name).strip() or getattr(line.application, name))


def as_registered(name: str, text: str) -> str:
    """Return a number or postcode as an import reads it, "" for none; refused where it is none."""
    from exchange.cells.register_numbers import read_charity, read_company, read_postcode

    read = {"charity_number": read_charity, "company_number": read_company, "postcode": read_postcode}[name]
    try:
        return read(text.strip()) or ""
    except Unreadable as no:
        raise Refused(f"--{name.replace('_', '-')}: {no}") from no


def _award(session: "Session", options: argparse.Namespace) -> "DirectAward":
    from models.values.direct_award import DirectAward, Route

    return DirectAward(
        organisation=options.recipient.strip(),
        amount_pence=pence(options.amount, "--amount"),
        route=Route(options.route),
        reason=options.reason.strip(),
        area=options.area.strip(),
        project=options.project.strip(),
        summary=options.summary.strip(),
        route_reason=options.route_reason.strip(),
        extends=options.extends.strip(),
        starts_on=options.starts,
        ends_on=options.ends,
        option_years=options.option_years,
        break_on=options.break_on,
        charity_number=as_registered("charity_number", options.charity_number),
        company_number=as_registered("company_number", options.company_number),
        organisation_type=options.organisation_type.strip(),
        contact_name=options.contact_name.strip(),
        email=options.email.strip(),
        address=options.address.strip(),
        postcode=as_registered("postcode", options.postcode),
        choices=tuple(choices_of(session, options)),
        onward=tuple(onward_of(options)),
    )


def choices_of(session: "Session", options: argparse.Namespace) -> "Iterator[Choice]":
    """Yield the lines of the fund's lists that were said; refused where there is no such line."""
    from models.queries.set_up.funds import fund_named
    from models.reference.fund_defaults import ListKind, in_use
    from models.values.choices import Choice, found_in

    rules = fund_named(session, options.fund).rules if options.lines else None
    for said in options.lines:
        name, _, code = said.partition("=")
        kind = next((each for each in ListKind if each.value == name.strip()), None)
        if rules is None or kind is None:
            known = ", ".join(each.value for each in ListKind)
            raise Refused(f"“{name}” is not a list of the fund. Its lists: {known}.")
        item = found_in(code, in_use(rules.items(kind)))
        if item is None:
            known = ", ".join(each.code for each in in_use(rules.items(kind))) or "none"
            raise Refused(f"“{code}” is not a line of {kind.value}. Its lines: {known}.")
        yield Choice(kind, item.code, item.words)


def onward_of(options: argparse.Namespace) -> "Iterator[OnwardGrant]":
    """Yield the grants that are passed on, as they were said."""
    from models.values.direct_award import OnwardGrant

    for recipient, amount, purpose in options.onward:
        yield OnwardGrant(recipient.strip(), pence(amount, "--onward"), purpose.strip())


def pence(written: str, option: str) -> int:
    """Return an amount in pounds as pence; refused, naming the option, where it is none."""
    return pence_of(written, f"{option} is missing. Write an amount like 115000.", f"{option}: ")

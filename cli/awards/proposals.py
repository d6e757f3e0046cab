"""`grant-panel award RECORD add`, `set` and `withdraw`: without a competition, or not taken up."""

import argparse
from collections.abc import Iterator

from msgspec.structs import replace

from cli.awards.award import of_award, print_award
from cli.frame.record import changes, perform
from cli.frame.typed import past_day, pence_of
from exchange.cells.values import read_charity, read_company, read_postcode
from models.operation import Operation
from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.direct_awards import ChangeDirectAward, amended_proposal, proposal_change
from models.queries.awards.awards_page import AwardLine, award_lines_of
from models.queries.awards.direct_awards import find_award
from models.queries.set_up.funds import fund_named
from models.record import Record
from models.reference.defaults import ListKind, in_use
from models.session import Session
from models.values.applications import Choice, found_in
from models.values.direct_award import DirectAward, OnwardGrant, Route
from scoring.refused import Refused
from scoring.written.text import Unreadable

FACTS = (
    *("recipient", "amount", "project", "reason", "area", "summary", "route", "route_reason", "extends"),
    *("charity_number", "company_number", "organisation_type", "contact_name", "email", "address"),
    *("postcode", "starts", "ends", "break_on", "option_years"),
)
"""What may be changed of a proposal, by option."""
REGISTERED = ("charity_number", "company_number", "postcode")
"""Those that are read as an import reads them."""
OF_RECIPIENT = (
    *("charity_number", "company_number", "organisation_type"),
    *("contact_name", "email", "address", "postcode"),
)
"""What is known of a recipient and how it is reached, which an extension has from the award it extends."""
_FIELDS = {"recipient": "organisation", "starts": "starts_on", "ends": "ends_on"}


@changes
def propose(record: Record, options: argparse.Namespace) -> None:
    """Propose the award and print what was recorded."""
    _take_over(record, options)
    award = record.ask(_award, options=options)
    operation = record.ask(proposal_change, fund=options.fund, year=options.year, award=award)
    words = perform(record, operation, options)
    options.award = operation.application
    print_award(record, words, options)


def _take_over(record: Record, options: argparse.Namespace) -> None:
    """Fill in what was not said of an extension's recipient as the award that it extends has it."""
    found = record.ask(find_award, reference=options.extends.strip()) if options.extends else None
    lines = () if found is None else record.ask(award_lines_of, round_id=found[0])
    for line in (one for one in lines if found and one.application.reference == found[1]):
        options.recipient = options.recipient.strip() or line.recipient
        for name in OF_RECIPIENT:
            setattr(options, name, getattr(options, name).strip() or getattr(line.application, name))


def as_registered(name: str, text: str) -> str:
    """Return a number or postcode as an import reads it, "" for none; refused where it is none."""
    read = {"charity_number": read_charity, "company_number": read_company, "postcode": read_postcode}[name]
    try:
        return read(text.strip()) or ""
    except Unreadable as no:
        raise Refused(f"--{name.replace('_', '-')}: {no}") from no


def _award(session: Session, options: argparse.Namespace) -> DirectAward:
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


def choices_of(session: Session, options: argparse.Namespace) -> Iterator[Choice]:
    """Yield the lines of the fund's lists that were said; refused where there is no such line."""
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


def onward_of(options: argparse.Namespace) -> Iterator[OnwardGrant]:
    """Yield the grants that are passed on, as they were said."""
    for recipient, amount, purpose in options.onward:
        yield OnwardGrant(recipient.strip(), pence(amount, "--onward"), purpose.strip())


def pence(written: str, option: str) -> int:
    """Return an amount in pounds as pence; refused, naming the option, where it is none."""
    return pence_of(written, f"{option} is missing. Write an amount like 115000.", f"{option}: ")


@of_award
def change(record: Record, line: AwardLine, options: argparse.Namespace) -> Operation | str:
    """Change a proposed award; it goes before those who sign again."""
    stands = _direct(line)
    options.fund, of = line.round.fund, line.application.reference
    changed = record.ask(_changed, stands=stands, options=options)
    if changed == stands:
        raise Refused(f"{of} already has that. Give what changes, such as --amount POUNDS.")
    asked = ChangeDirectAward(line.round.round_id, of, changed, stands, options.why.strip())
    return record.ask(amended_proposal, change=asked)


@of_award
def withdraw(record: Record, line: AwardLine, options: argparse.Namespace) -> Operation | str:
    """Withdraw an award of which nothing is paid, whether its agreement is signed or not."""
    reason = options.reason.strip()
    on = options.on and past_day(options.on, "A withdrawal bears the day on which the applicant withdrew")
    return SetWithdrawn(line.round.round_id, line.application.reference, True, reason, on)


def _direct(line: AwardLine) -> DirectAward:
    if line.direct is None:
        raise Refused(
            f"{line.reference} was awarded in a competition. Change it with vary, or in the window; "
            "where its recipient does not want it, withdraw it."
        )
    return line.direct


def _changed(session: Session, stands: DirectAward, options: argparse.Namespace) -> DirectAward:
    given = {name: getattr(options, name) for name in FACTS if getattr(options, name) is not None}
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

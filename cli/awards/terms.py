"""Awards without a competition, what awards are agreed and paid on, and what is published of them."""

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import convert
from msgspec.structs import asdict, replace

from cli.awards.award import (
    decided_row,
    line_of,
    of_award,
    print_award,
    refuse_closed_award,
    subsidy_words,
    withheld_json,
    withheld_words,
)
from cli.deciding.recommend import with_authority
from cli.frame.output import Options, answer, answer_list, on_one_line, told
from cli.frame.record import changes, perform, reads
from cli.frame.typed import confirmed, past_day, said_of, today, typed_day, typed_pounds
from exchange.cells.values import read_charity, read_company, read_postcode, read_whole
from models.operation import Operation
from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.checks import SetSubsidy, SetWithheldName
from models.operations.awards.direct_awards import ChangeDirectAward, amended_proposal, proposal_change
from models.operations.awards.monitoring import SetAgreedOutputs
from models.operations.awards.paying import HoldAward, Proof, SetDue, SetInstalments, SetProof, proof_of
from models.operations.set_up.office import SetPaperTexts
from models.papers.monitoring.monitoring import AgreedOutput
from models.papers.texts import PUBLICATION, PUBLISHED_PURPOSE
from models.queries.awards.awards import parts_of, payments, withheld_in
from models.queries.awards.awards_page import AwardLine
from models.queries.awards.direct_awards import find_award
from models.queries.awards.monitoring import monitored_award
from models.queries.papers.paper_texts import published_purposes
from models.queries.papers.transparency.lists import published_subsidies
from models.queries.papers.transparency.public_award import purpose_of
from models.queries.set_up.funds import fund_named
from models.reference.defaults import ListKind, in_use
from models.session import Session
from models.values.applications import Choice, found_in
from models.values.awards import KINDS, Instalment, Subsidy, WithheldName
from models.values.direct_award import DirectAward, OnwardGrant
from scoring.money import pounds
from scoring.written.days import short_day
from scoring.written.text import Refused, Unreadable, listed

OF_RECIPIENT = (
    *("charity_number", "company_number", "organisation_type"),
    *("contact_name", "email", "address", "postcode"),
)
"""What is known of a recipient and how it is reached, which an extension has from the award it extends."""


@changes
def propose(options: Options) -> None:
    """Propose the award and print what was recorded."""
    line = line_of(options, options.extends) if options.extends else None
    if line is not None:
        options.organisation = options.organisation or line.recipient
        for name in OF_RECIPIENT:
            read = NUMBERS.get(f"--{name.replace('_', '-')}", str)
            setattr(options, name, getattr(options, name) or read(getattr(line.application, name)))
    award = options.ask(_award, options=options)
    of = {"fund": options.fund, "year": options.year, "award": award, "confirmed": confirmed(options)}
    operation = with_authority(options.ask(proposal_change, **of), options)
    words = perform(operation, options)
    options.award = operation.application
    print_award(words, options)


def _registered(option: str, read: Callable[[str], str | None]) -> Callable[[str], str]:
    """Return what reads a number or postcode as an import does, "" for none; refused where it is none."""

    def of(text: str) -> str:
        try:
            return read(text.strip()) or ""
        except Unreadable as no:
            raise Refused(f"{option}: {no}") from no

    return of


NUMBERS = {
    "--charity-number": _registered("--charity-number", read_charity),
    "--company-number": _registered("--company-number", read_company),
    "--postcode": _registered("--postcode", read_postcode),
}


def _award(session: Session, options: Options) -> DirectAward:
    lists = {"choices": tuple(choices_of(session, options)), "onward": tuple(onward_of(options))}
    return convert(said_of(DirectAward, options) | lists, DirectAward)


def choices_of(session: Session, options: Options) -> Iterator[Choice]:
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


def onward_of(options: Options) -> Iterator[OnwardGrant]:
    for recipient, amount, purpose in options.onward:
        yield OnwardGrant(recipient.strip(), typed_pounds(amount), purpose.strip())


@of_award
def change(line: AwardLine, options: Options) -> Operation | str:
    """Change a proposed award; it goes before those who sign again."""
    if line.direct is None:
        raise Refused(
            f"{line.reference} was awarded in a competition. Change it with vary, or in the window; "
            "where its recipient does not want it, withdraw it."
        )
    stands = line.direct
    options.fund = line.round.fund
    changed = options.ask(_changed, stands=stands, options=options)
    if changed == stands:
        raise Refused(f"{line.key[1]} already has that. Give what changes, such as --amount POUNDS.")
    asked = ChangeDirectAward(*line.key, changed, stands, options.why, confirmed=confirmed(options))
    return with_authority(options.ask(amended_proposal, change=asked), options)


@of_award
def withdraw(line: AwardLine, options: Options) -> Operation | str:
    """Withdraw an award of which nothing is paid, whether its agreement is signed or not."""
    reason = options.reason.strip()
    on = options.on and past_day(options.on, "A withdrawal bears the day on which the applicant withdrew")
    return SetWithdrawn(*line.key, True, reason, on)


def _changed(session: Session, stands: DirectAward, options: Options) -> DirectAward:
    said = said_of(DirectAward, options)
    if options.lines:
        lists = {choice.kind: choice for choice in (*stands.choices, *choices_of(session, options))}
        said["choices"] = tuple(lists[kind] for kind in ListKind if kind in lists)
    if options.onward or options.no_onward:
        said["onward"] = tuple(onward_of(options))
    return convert(asdict(stands) | said, DirectAward)


CAME = "A proof is dated the day it came in"


@of_award
def pay_in_parts(line: AwardLine, options: Options) -> Operation | str:
    """Pay an award in the parts of one of its fund's profiles."""
    row = decided_row(line, ", so nothing of it is paid.")
    ways = options.ask(payments, round_id=line.round.round_id)
    way = next((way for way in ways if way.code == options.profile.strip()), None)
    if way is None:
        known = listed([one.code for one in ways])
        raise Refused(f"The fund has no payment profile “{options.profile}”. Its profiles: {known}.")
    return SetInstalments(*line.key, way.code, parts_of(row.amount_pence, way), row.instalments)


@of_award
def due(line: AwardLine, options: Options) -> Operation | str:
    """Set when an instalment is due."""
    number, part = the_part(line, options)
    return SetDue(*line.key, number, typed_day(options.on, today(), options), part.due_on)


@of_award
def proof(line: AwardLine, options: Options) -> Operation | str:
    """Record that what an instalment waits for came in, or take that back."""
    number, part = the_part(line, options)
    came = None if options.remove else Proof(past_day(options.on, CAME), options.words.strip())
    return SetProof(*line.key, number, came, proof_of(part))


@of_award
def hold(line: AwardLine, options: Options) -> Operation | str:
    """Pay nothing more of an award for now, or lift that."""
    row, reason = decided_row(line, ", so nothing of it is held."), options.reason.strip()
    if bool(reason) is options.lift:
        raise Refused("Say why nothing more is paid, with --reason TEXT, or --lift the hold.")
    return HoldAward(*line.key, reason, row.held_for)


def the_part(line: AwardLine, options: Options, *, is_paid: bool = False) -> tuple[int, Instalment]:
    """Return the instalment that is named, else the first that is not paid, or the last that is.

    Refused where there is none, and where one that is to be paid is not.
    """
    parts = decided_row(line, ", so nothing is paid.").instalments
    likely = [number for number, part in enumerate(parts, 1) if (part.paid_on is not None) is is_paid]
    number = options.instalment or next(iter(likely[::-1] if is_paid else likely), None)
    if number is None:
        raise Refused(f"{line.reference} {'has no payment' if is_paid else 'is paid in full'}.")
    if not 1 <= number <= len(parts):
        raise Refused(f"{line.reference} has no instalment {number}.")
    if is_paid and number not in likely:
        raise Refused(f"Instalment {number} of {line.reference} is not paid.")
    return number, parts[number - 1]


class Point(NamedTuple):
    """One thing as it was typed: what changes, or what is done with the figure to reach, None without one."""

    words: str
    target: int | None = None
    is_outcome: bool = False


def outcome(text: str) -> Point:
    return Point(text.strip(), is_outcome=True)


def output(text: str) -> Point:
    """Return an output as typed; raises ArgumentTypeError where what follows the last "=" is no figure."""
    words, is_split, figure = text.rpartition("=")
    if not is_split:
        return Point(text.strip())
    try:
        target = read_whole(figure)
    except Unreadable:
        target = None
    if target is None or target < 0:
        raise argparse.ArgumentTypeError(f"{figure.strip() or 'nothing'} is no figure to reach, such as 40")
    return Point(words.strip(), target)


@of_award
def agree(line: AwardLine, options: Options) -> Operation | str:
    """Record what is agreed in place of what was, or print what stands where nothing is given."""
    decided_row(line, ". What it is for is agreed once it is.")
    award = options.ask(monitored_award, round_id=line.key[0], application=line.key[1])
    if not options.points:
        return "\n".join(_told(line.reference, award.outputs))
    return SetAgreedOutputs(*line.key, tuple(_numbered(options.points, award.outputs)), award.outputs)


def _numbered(points: Sequence[Point], before: Iterable[AgreedOutput]) -> Iterable[AgreedOutput]:
    """Return what is agreed, by number: what stood before keeps its own, by which returns tell of it."""
    known = {(one.words, one.is_outcome): one for one in before}
    free = max((one.number for one in known.values()), default=0)
    found = []
    for point in points:
        was = known.pop((point.words, point.is_outcome), None)
        if was is None:
            free += 1
            was = AgreedOutput(free, point.words, is_outcome=point.is_outcome)
        found.append(replace(was, target=point.target))
    return sorted(found, key=lambda one: one.number)


def _told(reference: str, outputs: Iterable[AgreedOutput]) -> Iterable[str]:
    said = [f"{one.words}{'' if one.target is None else f': {one.target:,}'}" for one in outputs]
    return (f"Agreed on {reference}:", *said) if said else (f"Nothing is agreed on {reference} yet.",)


TYPES = {
    "--allow": typed_pounds,
    "--outcome": outcome,
    "--output": output,
    **dict.fromkeys(("--amount", "--declared"), typed_pounds),
    **NUMBERS,
}


_NEEDED = ("ground", "reason", "decided_by", "decided_post")


@reads
def subsidies(options: Options) -> None:
    """List the awards that go into the database of subsidies."""
    found = options.ask(published_subsidies)
    names = "award organisation=recipient fund project kind amount_pence decided_on confirmed_on"
    lines = (
        on_one_line(
            f"{row.award}: {row.recipient} ({row.fund}). {KINDS[row.kind]}, {pounds(row.amount_pence)}, "
            f"decided {short_day(row.decided_on)}."
        )
        for row in found
    )
    nothing = "No award is a subsidy above the threshold of the transparency database."
    answer_list(options, "subsidies", lambda row: told(row, names), found, lines, nothing)


@of_award
def record_subsidy(line: AwardLine, options: Options) -> Operation | str:
    """Record what was said of the award, or print what stands where nothing is said."""
    stands = decided_row(line, ". Subsidy control is of awards that are.").subsidy
    now = None if options.remove else _subsidy(stands, options)
    if now == stands:
        return f"Subsidy control of {line.reference}: {subsidy_words(stands)}."
    return SetSubsidy(*line.key, now, stands)


def _subsidy(stands: Subsidy | None, options: Options) -> Subsidy | None:
    """Return what is recorded with what was said; without a kind there is nothing to say it of."""
    given = said_of(Subsidy, options)
    days = ("declared_on",) if "declared_pence" in given else ()
    for name in (*days, *(one for one in given if one.endswith("_on"))):
        given[name] = past_day(given.get(name), "A step of subsidy control is dated the day it happened")
    if not given:
        return stands
    if stands is None and options.kind is None:
        raise Refused("First say what the award is: --kind none, minimal or subsidy.")
    return replace(stands or Subsidy(options.kind), **given)


@changes
def withhold(options: Options) -> None:
    """Record what was said, or print what stands where nothing is said; also before the decision."""
    round_id, of, name = _whose(options)
    stands = options.ask(withheld_in, round_id=round_id).get(of)
    now = None if options.remove else _withheld(stands, options)
    words = f"Recipient of {name}: {withheld_words(stands)}."
    if now != stands:
        words = perform(SetWithheldName(round_id, of, now, stands), options)
    if options.json and name != of:
        print_award(words, options)
        return
    answer(options, lambda: {"award": name, "application": of, "withheld": withheld_json(now)}, words)


def _whose(options: Options) -> tuple[int, str, str]:
    """Return round, application, and the award's reference, the application's while none is decided."""
    reference = str(options.award).strip()
    found = options.ask(find_award, reference=reference)
    if found is None:
        raise Refused(f"There is no award and no application {reference} in this record.")
    name = found.award or found.reference
    refuse_closed_award(options, name, found.key)
    return found.round_id, found.reference, name


def _withheld(stands: WithheldName | None, options: Options) -> WithheldName | None:
    given = said_of(WithheldName, options)
    if not any(given.values()) and not options.word:
        return stands
    if not all(given.get(name) for name in _NEEDED):
        raise Refused("A name is withheld with all of --ground, --reason, --by and --post.")
    return WithheldName(**given, words="\n".join(options.word))


@of_award
def purpose(line: AwardLine, options: Options) -> Operation | str:
    """Record what was written, or print what stands where nothing is."""
    decided_row(line, ". Lists for the public have the awards that are.")
    number, row = line.round.round_id, line.application
    written = options.ask(published_purposes, round_id=number)
    if options.text is None or options.text == written.get(row.reference, ""):
        return f"Purpose of {line.reference}: {purpose_of(row, written)}"
    texts = ((PUBLISHED_PURPOSE.code, options.text),)
    return SetPaperTexts(number, PUBLICATION, row.reference, texts)

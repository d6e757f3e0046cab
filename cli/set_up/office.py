"""`grant-panel new`, `office` and `backup`: a record made, what is known of its office, and its copy."""

import argparse
from datetime import date

from cli.frame.output import on_one_line, print_json, say, warn
from cli.frame.record import for_the_office, new_passphrase, open_record, opener, perform
from cli.frame.typed import in_lines, today, typed_day
from exchange.reading.logo import read_logo
from models.operations.set_up.office import FactChange, SetOfficeFacts, SetUpOffice, with_logo
from models.papers.office import BY_KEY, NAME_IT, OFFICE_KEYS, Office, read_fact
from models.queries.set_up.office import office_on
from models.record import Record
from models.reference.defaults import organisation_defaults
from models.reference.schemes import shipped_funds
from models.store.places import ServerAddress, warnings_about
from scoring.refused import Refused

ENCRYPTED = "It is encrypted: without its passphrase nobody can read it, and nobody can recover it."
ENCRYPTED_HERE = (
    "Your organisation has every record encrypted on this computer, so none was made. Give it a passphrase, "
    "with --encrypt or --passphrase-file."
)
NAMELESS = "The office has no name yet: give it one with the command office before a paper is issued."
UNKNOWN = "–"


def new(options: argparse.Namespace) -> None:
    """Make the record."""
    organisation = organisation_defaults()
    codes = None if options.funds is None else options.funds.split(",")
    is_sealed = options.encrypt or options.passphrase_file is not None
    is_on_server = isinstance(options.record, ServerAddress)
    if is_sealed and is_on_server:
        raise Refused("A record on an office server has no passphrase: leave it out.")
    funds = () if options.no_funds else organisation.marked(shipped_funds(codes))
    name = read_fact("name", options.office)
    if not (is_sealed or is_on_server or organisation.lets_me_leave_plain()):
        raise Refused(" ".join((*organisation.to_correct, ENCRYPTED_HERE)))
    key = new_passphrase(options) if is_sealed else None
    with Record.create(options.record, opener(options), key=key) as record:
        outcome = record.perform(SetUpOffice(name, funds), for_the_office(options))
    say(f"Made {options.record}. {outcome.words}{'' if key is None else f' {ENCRYPTED}'}")
    if not name:
        say(NAMELESS)
    if not isinstance(options.record, ServerAddress):
        warn(warnings_about(options.record))


def office(options: argparse.Namespace) -> None:
    """Change what is to be changed, and show what is known."""
    is_change = bool(options.facts or options.logo)
    if options.from_on is not None and not is_change:
        options.usage_error("--from says from when a change is valid: give --set or --logo with it")
    now = today()
    on = (None if options.on is None else typed_day(options.on, now)) or now
    operation = _change(options, now) if is_change else None
    with open_record(options.record, options, to_change=is_change) as record:
        if operation is not None:
            words = perform(record, operation, options)
        office = record.ask(office_on, day=on)
    if options.json:
        print_json({key: office.get(key) or None for key in BY_KEY})
    elif operation is not None:
        say(words)
    else:
        _show(office)


def _fact(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not KEY=VALUE")
    if key.strip() == "logo" and value.strip():
        raise argparse.ArgumentTypeError("A logo is a picture. Give its file with --logo FILE")
    return key.strip(), in_lines(value)


def _change(options: argparse.Namespace, now: date) -> SetOfficeFacts:
    """Return the change that is asked for; raises Refused where a value is not as it should be."""
    from_on = None if options.from_on is None else typed_day(options.from_on, now, options)
    changes: tuple[FactChange, ...] = tuple(
        FactChange(key, read_fact(key, value), from_on) for key, value in options.facts
    )
    if options.logo is None:
        return SetOfficeFacts(changes)

    return with_logo(changes, read_logo(options.logo).png, from_on)


def _show(office: Office) -> None:
    if not office.name:
        say(f"{NAME_IT} Until then no paper is issued.")
    width = max(len(known.heading) for known in OFFICE_KEYS)
    for known in OFFICE_KEYS:
        value = on_one_line(office.get(known.key)) or UNKNOWN
        say(f"{known.heading:{width}}  {known.key:27}  {value if known.key != 'logo' else value[:12]}")


TYPES = {"--set": _fact}


def back_up(options: argparse.Namespace) -> None:
    """Write the copy."""
    with open_record(options.record, options, to_change=False) as record:
        written = record.backup(options.file)
        head = record.head()
    say(f"Backed up to {written}, at row {head.seq}, code {head.code}.")

"""`grant-panel office`: what is known of the office, shown and changed."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import acting, add_command, add_json, add_person, add_record, in_lines
from cli.days import today, typed_day
from cli.output import on_one_line, print_json, say

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.operations.set_up.office_facts import SetOfficeFacts
    from models.record import Record
    from models.values.office import Office

UNKNOWN = "–"


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "office", run, "show or change what papers say about the office")
    add_record(parser)
    parser.add_argument(
        "--set",
        dest="facts",
        metavar="KEY=VALUE",
        type=_fact,
        action="append",
        default=[],
        help='change a fact, such as "name=Office of Westmarch"; a new line for each \\n; nothing after = '
        "removes it",
    )
    parser.add_argument(
        "--logo", metavar="FILE", type=Path, help="use a PNG or JPEG of up to 1 MB as the logo"
    )
    parser.add_argument(
        "--from",
        dest="from_on",
        metavar="DAY",
        help="the day from which it is valid; without it a first entry is valid for every day, a later one "
        "from today",
    )
    parser.add_argument("--on", metavar="DAY", help="show what was valid on this day instead of today")
    add_json(parser)
    add_person(parser)
    parser.set_defaults(usage_error=parser.error)


def run(options: argparse.Namespace) -> int:
    """Change what is to be changed, and show what is known."""
    from functools import partial

    from cli.record.opening import open_record
    from models.queries.set_up.office import office_on

    is_change = bool(options.facts or options.logo)
    if options.from_on is not None and not is_change:
        options.usage_error("--from says from when a change is valid: give --set or --logo with it")
    now = today()
    on = (None if options.on is None else typed_day(options.on, now)) or now
    operation = _change(options, now) if is_change else None
    with open_record(options.record, options, to_change=is_change) as record:
        if operation is not None:
            words = _carry_out(record, operation, options)
        office = record.ask(partial(office_on, day=on))
    if options.json:
        print_json(_json(office))
    elif operation is not None:
        say(words)
    else:
        _show(office)
    return 0


def _fact(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not KEY=VALUE")
    if key.strip() == "logo" and value.strip():
        raise argparse.ArgumentTypeError("A logo is a picture. Give its file with --logo FILE")
    return key.strip(), in_lines(value)


def _change(options: argparse.Namespace, now: date) -> "SetOfficeFacts":
    """Return the change that is asked for; raises Refused where a value is not as it should be."""
    from models.operations.set_up.office_facts import FactChange, SetOfficeFacts, with_logo
    from models.values.office_keys import read_fact

    from_on = None if options.from_on is None else typed_day(options.from_on, now, options)
    changes: tuple[FactChange, ...] = tuple(
        FactChange(key, read_fact(key, value), from_on) for key, value in options.facts
    )
    if options.logo is None:
        return SetOfficeFacts(changes)
    from exchange.reading.logo import read_logo

    return with_logo(changes, read_logo(options.logo).png, from_on)


def _carry_out(record: "Record", operation: "SetOfficeFacts", options: argparse.Namespace) -> str:
    return record.perform(operation, acting(record, operation, options)).words


def _json(office: "Office") -> dict[str, object]:
    """Return every fact by its key, null where it is not known; the logo as the SHA-256 of its picture."""
    from models.values.office_keys import BY_KEY

    return {key: office.get(key) or None for key in BY_KEY}


def _show(office: "Office") -> None:
    from models.values.office import NAME_IT
    from models.values.office_keys import OFFICE_KEYS

    if not office.name:
        say(f"{NAME_IT} Until then no paper is issued.")
    width = max(len(known.heading) for known in OFFICE_KEYS)
    for known in OFFICE_KEYS:
        value = on_one_line(office.get(known.key)) or UNKNOWN
        say(f"{known.heading:{width}}  {known.key:27}  {value if known.key != 'logo' else value[:12]}")

"""`grant-panel held`: all that a record holds on one organisation or one person, for whoever asks for it."""

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import add_command, add_json, add_record
from cli.days import today
from cli.output import print_json, say
from scoring.refused import Refused

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.papers.held import HeldOn
    from models.record import Record

NOTHING_ASKED = "Say where to write it, with --out FILE, or print it with --json."


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "held", run, "write all that is held on one organisation or person")
    add_record(parser)
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument(
        "--organisation", metavar="NAME", help="by any name that it had, or its charity or company number"
    )
    who.add_argument("--person", metavar="NAME", help="by name, or by the e-mail that an application gave")
    parser.add_argument("--email", metavar="E-MAIL", default="", help="which of several people of that name")
    words = "likewise, by a part of the organisation or the panel that they belong to"
    parser.add_argument("--of", metavar="NAME", default="", help=words)
    parser.add_argument("--out", metavar="FILE", type=Path, help="the workbook to write (.xlsx)")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write or print it; refused where it is not said who is meant."""
    from cli.record.opening import open_record

    if options.out is None and not options.json:
        raise Refused(NOTHING_ASKED)
    with open_record(options.record, options, to_change=False) as record:
        held = (
            _of_person(record, options) if options.person is not None else _of_organisation(record, options)
        )
    if options.out is not None:
        _write(held, options.out)
    if options.json:
        print_json(_json(held))
    else:
        say(f"All that is held on {held.name} was written to {options.out}. It is sensitive: keep it safe.")
    return 0


def _of_organisation(record: "Record", options: argparse.Namespace) -> "HeldOn":
    from models.permissions.viewing import OFFICE_VIEWER
    from models.queries.applications.organisations.lines import organisations, the_organisation
    from models.queries.retention.one_organisation import held_on

    lines = record.ask(partial(organisations, today=today(), viewer=OFFICE_VIEWER))
    line = the_organisation(lines, options.organisation)
    return record.ask(partial(held_on, organisation_id=line.number))


def _of_person(record: "Record", options: argparse.Namespace) -> "HeldOn":
    from models.queries.retention.one_person import held_on_person
    from models.queries.retention.people_named import people_named, the_person

    found = record.ask(partial(people_named, said=options.person))
    one = the_person(found, options.person, email=options.email, organisation=options.of)
    return record.ask(partial(held_on_person, one=one))


def _write(held: "HeldOn", path: Path) -> None:
    from exchange.papers.held_book import write_held_book
    from models.clock import utc_now

    if path.suffix.lower() != ".xlsx":
        raise Refused(f"{path.name} is not named as a workbook. Give a name that ends in .xlsx.")
    write_held_book(held, utc_now(), path)


def _json(held: "HeldOn") -> dict[str, object]:
    return {
        "held_on": held.name,
        "tables": [
            {"name": one.name, "columns": list(one.columns), "rows": [list(row) for row in one.rows]}
            for one in held.tables
        ],
    }

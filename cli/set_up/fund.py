"""`grant-panel fund`: the funds of a record, shown and changed, and taken from office to office as a file."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import acting, add_command, add_json, add_person, add_record
from cli.output import on_one_line, print_json, say
from cli.set_up import fund_changes, fund_template

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.queries.set_up.funds import Fund
    from models.record import Record

TEMPLATES = ("acf", "victims", "community", "commissioned", "empty")


def add(commands: "Commands") -> None:
    """Add the subcommand with its actions."""
    parser = add_command(commands, "fund", run, "show or change the funds of a record")
    add_record(parser)
    actions = parser.add_subparsers(metavar="ACTION", required=True, dest="action", title="actions")
    _action(actions, "list", "list the funds with who signs", has_fund=False, prints=True)
    _action(actions, "show", "show all that is known of a fund", prints=True)
    adding = _action(actions, "add", "add a fund from a template", has_fund=False)
    adding.add_argument("name", metavar="NAME", help="what the fund is called")
    adding.add_argument("--code", metavar="CODE", required=True, help="what its references begin with")
    adding.add_argument("--template", choices=TEMPLATES, default="empty", help="what it starts from")
    fund_changes.add_to(_action(actions, "set", "change facts, lists, the chain or a year of a fund"))
    fund_changes.add_year_to(_action(actions, "year", "set what a fund has in a year, and where it is from"))
    renaming = _action(actions, "rename", "give a fund another name from a day on")
    renaming.add_argument("name", metavar="NEW", help="its new name")
    renaming.add_argument("--from", dest="day", metavar="DAY", help="from which day; without it from today")
    closing = _action(actions, "close", "close a fund: no new round of it can be started")
    closing.add_argument("--from", dest="day", metavar="DAY", help="from which day; without it from today")
    words = "write the Word template of a fund's agreements, or use an edited one"
    fund_template.add_to(_action(actions, "template", words))
    _action(actions, "reopen", "reopen a closed fund")
    _action(actions, "remove", "remove a fund that has no round and was never renamed")
    exporting = _action(actions, "export", "write a fund to a file for another office")
    exporting.add_argument("file", metavar="FILE", type=Path, help="the file to write, such as fund.toml")
    importing = _action(actions, "import", "add the funds of a file", has_fund=False)
    importing.add_argument("file", metavar="FILE", type=Path, help="the file to read")


def run(options: argparse.Namespace) -> int:
    """Carry one action out."""
    from cli.record.opening import open_record

    reads = options.action in ("list", "show", "export")
    with open_record(options.record, options, to_change=not reads) as record:
        if options.action == "template":
            return fund_template.run(record, options)
        return _READING[options.action](record, options) if reads else _change(record, options)


def _action(
    actions: "Commands", name: str, words: str, *, has_fund: bool = True, prints: bool = False
) -> argparse.ArgumentParser:
    parser = actions.add_parser(
        name, help=words, description=f"{words[0].upper()}{words[1:]}.", allow_abbrev=False
    )
    if has_fund:
        parser.add_argument("fund", metavar="FUND", help="its name or code")
    if prints:
        add_json(parser)
    else:
        add_person(parser)
    return parser


def _change(record: "Record", options: argparse.Namespace) -> int:
    operation = fund_changes.operation(record, options)
    say(record.perform(operation, acting(record, operation, options)).words)
    return 0


def _list(record: "Record", options: argparse.Namespace) -> int:
    from models.clock import utc_now
    from models.queries.set_up.funds import fund_list
    from models.queries.set_up.funds_json import fund_line_json

    found = record.ask(fund_list)
    if options.json:
        print_json({"funds": [fund_line_json(fund, utc_now().date()) for fund in found]})
        return 0
    for fund in found:
        chain = "; then ".join(step.words for step in fund.rules.chain)
        signed = f"Signed by {chain}" if chain else "It has no sign-off chain"
        say(on_one_line(f"{fund.code}: {fund.name}. {signed}."))
    if not found:
        say("The record has no fund yet. Add one with: grant-panel fund RECORD add NAME --code CODE")
    return 0


def _show(record: "Record", options: argparse.Namespace) -> int:
    from models.clock import utc_now
    from models.queries.set_up.funds_json import fund_json, fund_words

    fund = _fund(record, options)
    if options.json:
        print_json(fund_json(fund, utc_now().date()))
    else:
        say(*map(on_one_line, fund_words(fund)))
    return 0


def _export(record: "Record", options: argparse.Namespace) -> int:

    from exchange.funds.fund_files import write_fund

    fund = _fund(record, options)
    say(f"Wrote {fund.name} to {write_fund(fund.whole(), options.file)}.")
    return 0


def _fund(record: "Record", options: argparse.Namespace) -> "Fund":
    return fund_changes.the_fund(record, options.fund)


_READING = {"list": _list, "show": _show, "export": _export}

"""`grant-panel region`: the figures that several offices issued, in one book, and its report."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import add_command, add_json
from cli.output import print_json, say
from scoring.counted import counted
from scoring.money import plain_pounds, pounds

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.papers.region.issued_figures import IssuedFigures
    from models.papers.region.side_by_side import OfficeMoney, OfficeRate, Region


def add(commands: "Commands") -> None:
    """Add the subcommand with its actions."""
    parser = add_command(commands, "region", run, "compare the figures that several offices issued")
    actions = parser.add_subparsers(metavar="ACTION", required=True, dest="action", title="actions")
    words = "add issued open data and year tables to a book, each verified against its seal"
    adding = actions.add_parser("add", help=words, description=f"{words.capitalize()}.", allow_abbrev=False)
    words = "write awards, rates and sums across the offices into one workbook"
    reporting = actions.add_parser(
        "report", help=words, description=f"{words.capitalize()}.", allow_abbrev=False
    )
    for action in (adding, reporting):
        action.add_argument("book", metavar="BOOK", type=Path, help="the folder that is the book")
    words = "open data (.json) or year tables (.xlsx) exported with --issue"
    adding.add_argument("files", metavar="FILE", type=Path, nargs="+", help=words)
    reporting.add_argument("--out", metavar="PATH", type=Path, required=True, help="the workbook to write")
    for action in (adding, reporting):
        add_json(action)


def run(options: argparse.Namespace) -> int:
    """Carry one action out."""
    return _add(options) if options.action == "add" else _report(options)


def _add(options: argparse.Namespace) -> int:
    from exchange.papers.region.book import add_files

    added = add_files(options.book, options.files)
    if options.json:
        print_json({"added": [_file_json(one) for one in added.new], "known": added.known})
        return 0
    for one in added.new:
        held = counted(len(one.awards), "award") if one.awards else counted(len(one.tables), "table")
        held = held if one.has_figures else "kept as it was printed, so nothing of it is compared"
        whose = "" if one.paper.startswith(one.office) else f" of {one.office}"
        say(f"Added {one.paper}{whose}, version {one.version}: {held}. The seal holds.")
    for name in added.known:
        say(f"{name} is in the book already.")
    return 0


def _report(options: argparse.Namespace) -> int:
    from exchange.papers.region.book import read_book
    from exchange.papers.region.report import write_region_report
    from models.clock import utc_now

    region = read_book(options.book)
    written = write_region_report(region, utc_now(), options.out)
    if options.json:
        print_json(_as_json(region))
        return 0
    awards = region.awards
    total = pounds(sum(one.award.awarded_pence for one in awards))
    offices = counted(len({paper.office for paper in region.current}), "office")
    say(f"Wrote {written}: {offices}, {counted(len(awards), 'award')}, {total}.")
    return 0


def _as_json(region: "Region") -> dict[str, object]:
    from models.papers.region.side_by_side import by_office

    return {
        "offices": [
            {
                "office": line.names[0],
                "awards": line.awards,
                "asked": plain_pounds(line.asked_pence),
                "awarded": plain_pounds(line.awarded_pence),
            }
            for line in region.awarded(by_office)
        ],
        "rates": [_rate_json(line) for line in region.rates],
        "money": [_money_json(line) for line in region.money],
        "files": [_file_json(one) for one in region.current],
    }


def _rate_json(line: "OfficeRate") -> dict[str, object]:
    return {
        "office": line.office,
        "fund": line.fund,
        "year": line.year,
        "applied": line.rate.applied,
        "eligible": line.rate.eligible,
        "awarded": line.rate.awarded,
    }


def _money_json(line: "OfficeMoney") -> dict[str, object]:
    return {
        "office": line.office,
        "fund": line.fund,
        "year": line.year,
        "budget": plain_pounds(line.budget_pence),
        "committed": plain_pounds(line.committed_pence),
        "spent": plain_pounds(line.spent_pence),
    }


def _file_json(one: "IssuedFigures") -> dict[str, object]:
    return {"office": one.office, "paper": one.paper, "version": one.version, "sha256": one.sha256}

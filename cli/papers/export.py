"""`grant-panel export`: a paper of any kind, as a draft or an issued version."""

import argparse
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import add_areas, add_command, add_json, add_person, add_record, add_round
from models.papers.kinds import KINDS

if TYPE_CHECKING:
    from cli.arguments import Commands

ASKED = tuple(name for kind in KINDS.values() for name in kind.asked)
"""Every word by which a paper is asked for."""


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "export", run, "write the award schedule or another paper")
    add_record(parser)
    parser.add_argument("kind", metavar="KIND", choices=ASKED, help=", ".join(ASKED))
    add_round(parser, required=False)
    add_areas(parser, "only this area; of a notice, given again, these areas")
    _add_what(parser)
    _add_contents(parser)
    _add_beside(parser)
    parser.add_argument("--issue", action="store_true", help="issue a version instead of a draft")
    parser.add_argument("--out", metavar="PATH", type=Path, required=True, help="the file to write")
    add_person(parser)
    add_json(parser)
    parser.set_defaults(usage_error=parser.error)


def _add_what(parser: argparse.ArgumentParser) -> None:
    """Add of what time, notice, award or correction a paper is."""
    parser.add_argument("--month", metavar="2026-11", type=month, help="the month of a list for the public")
    words = "of such a list, or of a return to the Ministry: 2026/27-Q3 (October to December) or 2026/27-H1"
    parser.add_argument("--period", metavar="2026/27-Q3", default="", help=words)
    parser.add_argument(
        "--notice", metavar="NNN/YYYY", help="which notice, where there are several; a number for a draft"
    )
    parser.add_argument(
        "--confidential-part", action="store_true", help="the part of a notice that is printed separately"
    )
    parser.add_argument(
        "--award",
        metavar="REF",
        help="the award of an agreement or of letters on awards, also without --round; without it all",
    )


def _add_contents(parser: argparse.ArgumentParser) -> None:
    """Add what a paper tells besides."""
    parser.add_argument(
        "--prefix", metavar="360G-…", help="the office's prefix from 360Giving; it is remembered"
    )
    parser.add_argument(
        "--funder", metavar="GB-…", help="the office's identifier as a funder; it is remembered too"
    )
    words = "why a return to the Ministry that was submitted is corrected"
    parser.add_argument("--reason", metavar="TEXT", default="", help=words)
    parser.add_argument("--with-marks", action="store_true", help="fill in the marks of a panel book")
    parser.add_argument("--how-sure", action="store_true", help="say in a schedule how secure the list is")


def _add_beside(parser: argparse.ArgumentParser) -> None:
    """Add what is written beside a paper, and what information on request names."""
    words = "also write a payment file beside the finance schedule, in this layout (see payment-layout)"
    parser.add_argument("--layout", metavar="NAME", help=words)
    words = "who asks for the accounts that a layout holds; the journal names them"
    parser.add_argument("--accounts-for", metavar="NAME", default="", help=words)
    parser.add_argument("--why", metavar="TEXT", default="", help="why the accounts are wanted")
    words = "name applicants without an award in information on request"
    parser.add_argument("--name-declined", action="store_true", help=words)
    parser.add_argument("--name-panel", action="store_true", help="name the panel's members in it")
    words = "also include what is not decided yet"
    parser.add_argument("--with-undecided", action="store_true", help=words)
    words = "issue with what would be printed empty left so: implications, codes, what an award is for"
    parser.add_argument("--leave-empty", action="store_true", help=words)
    words = "issue letters with agreed reasons that you have read for their applicants"
    parser.add_argument("--reasons-read", action="store_true", help=words)
    words = "issue a list for the public with purposes in the applicants' own words, which you have read"
    parser.add_argument("--purposes-read", action="store_true", help=words)
    parser.add_argument("--pdfs", action="store_true", help="write each letter as a PDF too")
    parser.add_argument(
        "--emails", action="store_true", help="write a draft e-mail with each letter, the letter attached"
    )
    parser.add_argument(
        "--merge-list",
        action="store_true",
        help="write a Word document of each kind of letter for a mail merge, and the list",
    )


def run(options: argparse.Namespace) -> int:
    """Write the paper; issue it first where that is asked for and its values are new."""
    from cli.papers.paper_export import export_paper

    options.areas = tuple(dict.fromkeys(options.areas))
    options.area = options.areas[0] if len(options.areas) == 1 else None
    return export_paper(options)


def month(text: str) -> date:
    """Return the first day of a month like 2026-11; anything else is wrong usage."""
    if not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a month like 2026-11")
    return date(int(text[:4]), int(text[5:]), 1)

"""`grant-panel guide`: the user guide as a PDF to print, or a card of one page for a role."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import add_command
from cli.output import say

if TYPE_CHECKING:
    from cli.arguments import Commands

CARDS = ("member", "chair")


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "guide", run, "write the user guide, or a quick card, as a PDF to print")
    parser.add_argument(
        "--card", choices=CARDS, default="", help="one page for a role instead of the whole guide"
    )
    parser.add_argument("--out", metavar="PATH", type=Path, required=True, help="the file to write")


def run(options: argparse.Namespace) -> int:
    """Write the guide or the card, and say where."""
    from exchange.guide.printed import write_guide
    from models.clock import utc_now

    say(f"Written: {write_guide(options.card, options.out, utc_now())}")
    return 0

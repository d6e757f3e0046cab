"""`grant-panel sensitivity`: how sure the list is, in words or as JSON."""

import argparse
from decimal import Decimal
from typing import TYPE_CHECKING

from cli.arguments import add_command, add_json, add_person, add_round, add_round_source
from cli.output import print_json, print_lines, warn

if TYPE_CHECKING:
    from cli.arguments import Commands

MOST_WITHIN = 50
"""The most points by which a weight may be drawn away from what is published."""


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "sensitivity", run, "say how secure the list is and what would change it")
    add_round_source(parser)
    add_round(parser, required=False)
    parser.add_argument("--draws", metavar="N", type=_draws, default=10_000, help="how many sets of weights")
    parser.add_argument("--seed", metavar="N", type=_seed, default=1, help="the seed for drawing them")
    parser.add_argument(
        "--within", metavar="POINTS", type=_within, default=Decimal(5), help="how far a weight may move"
    )
    parser.add_argument("--across", action="store_true", help="let the split move with the weights")
    add_person(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Work it out and print it; nothing is changed."""
    from cli.deciding.sensitivity_json import as_json
    from cli.deciding.sensitivity_text import lines_of
    from cli.set_up.source import read_source
    from models.permissions.viewing import refuse_closed
    from models.values.rows import scored_round
    from scoring.rank import rank
    from scoring.sensitivity.report import DrawSettings, sensitivity

    source = read_source(options.file, options)
    rows = source.rows
    refuse_closed(rows, source.sight, None)
    round_ = scored_round(rows)
    ranking = rank(round_)
    settings = DrawSettings(options.draws, options.seed, options.within, options.across)
    found = sensitivity(round_, ranking, [member.code for member in rows.members], settings)
    if options.json:
        print_json(as_json(found))
    else:
        print_lines(lines_of(found, rows))
    warn((*rows.warnings, *ranking.warnings))
    return 0


def _draws(text: str) -> int:
    return _whole(text, least=1)


def _seed(text: str) -> int:
    return _whole(text, least=0)


def _whole(text: str, *, least: int) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < least:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least}")
    return int(text)


def _within(text: str) -> Decimal:
    from scoring.written.amounts import read_figure
    from scoring.written.text import Unreadable

    try:
        points = read_figure(text)
    except Unreadable:
        points = Decimal(0)
    if not 0 < points <= MOST_WITHIN:
        raise argparse.ArgumentTypeError(f"{text!r} is not above 0 and up to {MOST_WITHIN} points")
    return points

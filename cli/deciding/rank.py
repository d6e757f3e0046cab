"""`grant-panel rank`: who stands where, and what the rule proposes."""

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from cli.arguments import add_area, add_command, add_json, add_person, add_round, add_round_source
from cli.output import print_json, print_lines, warn
from scoring.refused import Refused

if TYPE_CHECKING:
    from cli.arguments import Commands
    from scoring.ranking import Ranking


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    words = "rank a record's round, or a round workbook directly"
    parser = add_command(commands, "rank", run, words)
    add_round_source(parser)
    add_round(parser, required=False)
    add_area(parser)
    add_person(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Rank, and print the list."""
    from cli.deciding.rank_json import ranking_json
    from cli.deciding.rank_text import ranking_lines
    from cli.set_up.source import read_source
    from models.permissions.viewing import refuse_blind, veiled
    from models.values.rows import scored_round
    from scoring.allocating.over_pot import with_allowances
    from scoring.rank import rank

    source = read_source(options.file, options)
    ranking = with_allowances(rank(scored_round(source.rows)), source.allowances)
    check_area(ranking, options.area)
    refuse_blind(source.rows, source.sight, options.area)
    ranking = veiled(ranking, source.sight)
    if options.json:
        print_json(ranking_json(ranking, source.open_recommended, source.open_decided, options.area))
    else:
        decided = {of: row.amount_pence for of, row in source.open_decided.items()}
        print_lines(ranking_lines(ranking, options.area, decided))
    warn((*source.rows.warnings, *ranking.warnings))
    return 0


def check_area(ranking: "Ranking", *areas: str | None) -> None:
    """Refuse an area that the round does not have."""
    names: Iterable[str] = [found.area for found in ranking.areas]
    for area in areas:
        if area is not None and area not in names:
            raise Refused(f"The round has no area “{area}”. Its areas: {', '.join(names)}.")

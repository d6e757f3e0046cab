"""`grant-panel recommend`: what the rule proposes, and putting it down as the panel's recommendation."""

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cli.arguments import actor, add_area, add_command, add_person, add_record, add_round
from cli.output import print_lines, table, warn
from scoring.refused import Refused

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.queries.recommendations import RecommendationRow
    from scoring.ranking import Ranking


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "recommend", run, "print what the rule proposes, or record it")
    add_record(parser)
    add_round(parser, required=True)
    add_area(parser)
    parser.add_argument("--accept", action="store_true", help="record the proposals as recommended")
    add_person(parser)


def run(options: argparse.Namespace) -> int:
    """Print the proposals; record them when they are accepted."""
    from cli.opening import open_record
    from cli.rank import check_area
    from cli.rounds import chosen_round
    from models.operations.recommendations import RecordRecommendations, proposed

    with open_record(options.record, options, to_change=options.accept) as record:
        chosen = chosen_round(record, options)
        ranking = chosen.ranked()
        check_area(ranking, options.area)
        items = proposed(ranking, options.area)
        words = f"{len(items)} proposed. Nothing was recorded; --accept records them."
        if options.accept:
            _refuse_nothing(items)
            operation = RecordRecommendations(chosen.line.round_id, items)
            words = record.perform(operation, actor(options)).words
    print_lines(_lines(items, ranking))
    print_lines(_left_out(ranking, items, options.area))
    print(words)
    warn(ranking.warnings)
    return 0


def _refuse_nothing(items: "Sequence[RecommendationRow]") -> None:
    if not items:
        raise Refused(
            "There is nothing to record: no application is ranked and settled yet. "
            "grant-panel rank says what each one lacks."
        )


def _lines(items: "Sequence[RecommendationRow]", ranking: "Ranking") -> Iterator[str]:
    from scoring.money import place, pounds, score
    from scoring.schedule import OUTCOME_WORDS, PanelOutcome

    areas = {standing.reference: standing.area or "" for standing in ranking.standings}
    rows = [
        (
            areas[item.application],
            item.application,
            place(item.place, tied=item.tied),
            score(item.total_1e2),
            OUTCOME_WORDS[PanelOutcome(item.outcome)],
            "" if item.amount_pence is None else pounds(item.amount_pence),
            item.reason,
        )
        for item in items
    ]
    if rows:
        headings = ("Area", "Reference", "Place", "Total", "Recommended", "Amount", "Why")
        yield from table(headings, rows, right=(3, 5))


def _left_out(ranking: "Ranking", items: "Sequence[RecommendationRow]", area: str | None) -> Iterator[str]:
    shown = {item.application for item in items}
    left = [s for s in ranking.standings if s.reference not in shown and area in (None, s.area)]
    tied = [s.reference for s in left if s.outcome is not None]
    unranked = [s.reference for s in left if s.outcome is None]
    if tied:
        yield f"The chair decides first: {', '.join(tied)}."
    if unranked:
        yield f"Not ranked, left to the panel: {', '.join(unranked)}."

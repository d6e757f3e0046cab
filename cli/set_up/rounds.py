"""The round of a record that the options name, and all that is known of it."""

import argparse
from dataclasses import dataclass
from functools import partial

from models.packs.member_record import refuse_in_members_own
from models.queries.deciding.recommendations import RecommendationRow, recommendations
from models.queries.set_up.round_rows import round_rows
from models.queries.set_up.rounds import find_round, round_line, sole_round
from models.record import Record
from models.values.round_line import RoundLine
from models.values.rows import RoundRows, scored_round
from scoring.rank import rank
from scoring.ranking import Ranking


@dataclass(frozen=True, slots=True)
class ChosenRound:
    """A round of an open record: what it is, what it holds, and what the panel recommended."""

    line: RoundLine
    rows: RoundRows
    recommended: tuple[RecommendationRow, ...]

    def ranked(self) -> Ranking:
        """Return where every application stands."""
        return rank(scored_round(self.rows))


def chosen_round(record: Record, options: argparse.Namespace) -> ChosenRound:
    """Return the round that the options name; without --round the record must have exactly one.

    Refused in a panel member's own record, which holds one member's marks and nothing to rank.
    """
    record.ask(partial(refuse_in_members_own, deed="this"))
    if options.round is None:
        round_id = record.ask(partial(sole_round, fund=options.fund, year=options.year))
    else:
        named = partial(find_round, name=options.round, fund=options.fund, year=options.year)
        round_id = record.ask(named)
    return ChosenRound(
        record.ask(partial(round_line, round_id=round_id)),
        record.ask(partial(round_rows, round_id=round_id)),
        record.ask(partial(recommendations, round_id=round_id)),
    )

"""The round of a record that the options name, and all that is known of it."""

import argparse
from functools import partial
from typing import Any, NamedTuple

from msgspec import Struct

from cli.arguments import is_named, person
from models.packs.member_record import refuse_in_members_own
from models.permissions.reading import only_viewer_of, sight_of
from models.permissions.viewing import NOTHING_CLOSED, Sight
from models.queries.deciding.allowances import allowances
from models.queries.deciding.decisions import DecisionRow, decisions
from models.queries.deciding.recommendations import RecommendationRow, recommendations
from models.queries.set_up.round_rows import round_rows
from models.queries.set_up.rounds import find_round, round_line, sole_round
from models.record import Record
from models.store.locks.signing_on import refuse_in_part, with_figures
from models.values.round_line import RoundLine
from models.values.rows import RoundRows, scored_round
from scoring.rank import rank
from scoring.ranking import Allowance, Ranking
from scoring.refused import Refused


class ChosenRound(Struct, frozen=True):
    """A round of an open record: what it is, what it holds, and what the panel recommended.

    `sight` is what of it is closed to who reads.
    """

    line: RoundLine
    rows: RoundRows
    recommended: tuple[RecommendationRow, ...]
    sight: Sight = NOTHING_CLOSED

    def ranked(self) -> Ranking:
        """Return where every application stands."""
        return rank(scored_round(self.rows))


class RankedRound(NamedTuple):
    """A round with what was decided on it, and what was allowed over its pots."""

    chosen: ChosenRound
    decided: tuple[DecisionRow, ...]
    allowed: tuple[Allowance, ...]


def scored_round_of(record: Record, options: argparse.Namespace) -> ChosenRound:
    """Return the same; refused where the round holds awards without a competition."""
    chosen = chosen_round(record, options)
    _refuse_direct(chosen.line)
    return chosen


def chosen_round(record: Record, options: argparse.Namespace) -> ChosenRound:
    """Return the round that the options name; without --round the record must have exactly one.

    Refused in a panel member's own record, which holds one member's marks and nothing to rank.
    """
    round_id = _named_round(record, options)
    record.ask(partial(refuse_in_part, round_id=round_id))
    return record.ask(partial(_chosen, round_id=round_id, options=options))


def ranked_round_of(record: Record, options: argparse.Namespace) -> RankedRound:
    """Return the same with what was decided and allowed, where a server closes some of it, too.

    Then it has the figures of that, and no word: what is said of the round minds `sight`.
    """
    return record.ask(partial(_ranked, round_id=_named_round(record, options), options=options))


def _ranked(session: Any, round_id: int, options: argparse.Namespace) -> RankedRound:
    with with_figures(session, round_id):
        chosen = _chosen(session, round_id, options)
        _refuse_direct(chosen.line)
        return RankedRound(chosen, decisions(session, round_id), allowances(session, round_id))


def _chosen(session: Any, round_id: int, options: argparse.Namespace) -> ChosenRound:
    return ChosenRound(
        round_line(session, round_id),
        round_rows(session, round_id),
        recommendations(session, round_id),
        _sight(session, round_id, options),
    )


def _named_round(record: Record, options: argparse.Namespace) -> int:
    record.ask(partial(refuse_in_members_own, action="this"))
    if options.round is None:
        return record.ask(partial(sole_round, fund=options.fund, year=options.year))
    return record.ask(partial(find_round, name=options.round, fund=options.fund, year=options.year))


def _refuse_direct(line: RoundLine) -> None:
    if line.is_direct:
        raise Refused(
            f"{line.words} holds awards without a competition: nothing is scored or ranked in it. "
            "They are signed and paid with grant-panel award."
        )


def _sight(session: Any, round_id: int, options: argparse.Namespace) -> Sight:
    """Return what is closed to the person named; to the office, which holds the record, nothing is."""
    if not is_named(options):
        return NOTHING_CLOSED
    return sight_of(session, round_id, only_viewer_of(session, person(options), round_id))

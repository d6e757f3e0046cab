"""To whom the letters of a round go: one rule for those who draw them and those who count them."""

from collections.abc import Collection, Mapping
from datetime import date

from models.queries.applications.applications import applications
from models.queries.papers.letter_parts.at_gates import at_gates
from models.queries.papers.letter_parts.without_decision import stuck_ones, withdrawn_ones
from models.queries.set_up.funds import fund_rules_of
from models.queries.set_up.rounds import is_direct, round_line
from models.reference.fund_defaults import FundDefaults
from models.session import Session
from models.values.recommending import DecisionRow
from models.values.rows import ApplicationRow, RoundRows
from scoring.ranking import Ranking


def has_letter(row: ApplicationRow, decided: Mapping[str, DecisionRow], *, is_direct: bool) -> bool:
    """Whether an application has a letter on what was decided; of what was withdrawn it has another.

    Nobody applied for an award without a competition, so one that is not made has no letter.
    """
    found = decided.get(row.reference)
    return found is not None and not row.withdrawn and (found.amount_pence is not None or not is_direct)


def is_in_agreement(decided: DecisionRow, rules: FundDefaults) -> bool:
    """Whether what was decided is offered in one letter with its agreement."""
    most, offered = rules.letter_up_to_pence, decided.amount_pence
    return most is not None and offered is not None and offered <= most


def addressed(
    session: Session, round_id: int, decided: Mapping[str, DecisionRow], today: date
) -> frozenset[str]:
    """Return which applications of a round have a letter, but for those that the panel could not rank.

    Those `unranked` names: they are known only with the ranking.
    """
    rows, rules = applications(session, round_id), fund_rules_of(session, round_id)
    direct = is_direct(session, round_id)
    told = (row for row in rows if has_letter(row, decided, is_direct=direct))
    on_decision = {one.reference for one in told if not is_in_agreement(decided[one.reference], rules)}
    line = round_line(session, round_id)
    stopped = {one.line.row.reference for one in at_gates(session, line, frozenset(decided), today)}
    gone = () if direct else withdrawn_ones(session, round_id, rows)
    return frozenset(on_decision | stopped | {one.row.reference for one in gone})


def unranked(
    rows: RoundRows, ranking: Ranking, decided: Collection[str], advised: Collection[str]
) -> frozenset[str]:
    """Return which applications are told that the panel could not decide on them."""
    return frozenset(row.reference for row, _ in stuck_ones(rows, ranking, decided, advised))

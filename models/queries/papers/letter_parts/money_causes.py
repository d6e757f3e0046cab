"""Why an application got no money or less than it asked, by the money as its own notice left it."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from models.queries.deciding.allowances import pot_uses
from models.queries.deciding.decided_anew import PassedOver, passed_over_since
from models.queries.deciding.decisions import decided_with, final_decisions
from models.session import Session
from models.values.recommending import DecisionRow
from models.values.rows import ApplicationRow, RoundRows, scored_round
from scoring.allocating.causes import (
    HeldCause,
    LessCause,
    PassedBy,
    cap_cause,
    held_cause,
    less_because,
    less_cause,
)
from scoring.allocating.over_pot import PotUse
from scoring.allocating.shared_pots import shared_with
from scoring.counted import listed
from scoring.ranking import Ranking, Standing
from scoring.schedule.exceptions import chair_ties
from scoring.schedule.lines import PanelOutcome, of_one_list


def reserves(
    session: Session, round_id: int, rows: RoundRows, ranking: Ranking, every: Sequence[DecisionRow]
) -> dict[str, HeldCause]:
    """Return for each application in reserve why it got no money, by application.

    Each is told by the money as its own notice left it: what was decided later is no reason for it.
    """
    named = {of: row for of, row in final_decisions(every).items() if row.outcome == PanelOutcome.RESERVE}
    shown, found, round_ = by_pot(rows), dict[str, HeldCause](), scored_round(rows)
    ties, since = chair_ties(round_, ranking), tuple(passed_over_since(ranking, every))
    for notice in dict.fromkeys(row.notice for row in named.values()):
        decided = decided_with(every, notice)
        given = {of: line.amount_pence or 0 for of, line in decided.items()}
        uses = {use.area: use for use in pot_uses(session, round_id, given)}
        for one in ranking.standings:
            of, tie = one.reference, ties.get(one.reference)
            if of not in named or named[of].notice != notice:
                continue
            is_last = all_before(one, of_one_list(ranking, one), decided)
            use = _whole(uses.get(one.area or ""), uses)
            found[of] = replace(
                held_cause(rows.scheme, shown[of], one, use, is_all_before=is_last),
                cap=cap_cause(round_, of, given),
                is_after_equal=tie is not None and any(given.get(other) for other in tie.others),
                passed=_passed([each for each in since if of in each.over]),
            )
    return found


def _passed(past: Sequence[PassedOver]) -> PassedBy | None:
    """Return what money went past an application on the list since its decision, None for none."""
    if not past:
        return None
    days, notices = dict.fromkeys(one.on for one in past), dict.fromkeys(one.notice for one in past)
    return PassedBy(len(past), tuple(days), tuple(notices))


def by_pot(rows: RoundRows) -> dict[str, ApplicationRow]:
    """Return the applications by reference, each with the areas whose pot it is paid from for its area.

    Areas that share a pot are named together, and the area of a round with one alone is not named.
    """
    is_one = len({row.area for row in rows.applications}) == 1
    names = {area: f"{listed(areas)} together" for area, areas in shared_with(rows.areas).items()}
    return {
        row.reference: replace(row, area=None if is_one else names.get(row.area or "", row.area))
        for row in rows.applications
    }


def _whole(use: PotUse | None, uses: Mapping[str, PotUse]) -> PotUse | None:
    """Return how the pot of an area stands in whole: of one that areas share, what all of them are given."""
    if use is None or not use.shared_with:
        return use
    parts = [uses[name] for name in use.shared_with]
    return replace(
        use,
        pot_pence=sum(one.pot_pence for one in parts),
        committed_pence=sum(one.committed_pence for one in parts),
        given_pence=sum(one.given_pence for one in parts),
    )


def all_before(standing: Standing, beside: Sequence[Standing], decided: Mapping[str, DecisionRow]) -> bool:
    """Whether every award of a list went to an application placed before one."""
    awarded = (one for one in beside if (line := decided.get(one.reference)) and line.amount_pence)
    place = standing.place
    return place is not None and all(one.place is not None and one.place < place for one in awarded)


def less_causes(
    rows: RoundRows, ranking: Ranking, decided: Mapping[str, DecisionRow]
) -> dict[str, LessCause]:
    """Return for each offer that the rule made smaller why, by application."""
    shown, found = by_pot(rows), dict[str, LessCause]()
    for one in ranking.standings:
        line = decided.get(one.reference)
        if line is not None and line.amount_pence is not None:
            cause = less_cause(rows.scheme, shown[one.reference], one, line.amount_pence)
            if cause is not None:
                found[one.reference] = cause
    return found


def less_than_asked(rows: RoundRows, ranking: Ranking, decided: Mapping[str, DecisionRow]) -> dict[str, str]:
    """Return why each award that is less than was asked is so, by application; "" where no rule made it."""
    causes, found = less_causes(rows, ranking, decided), dict[str, str]()
    for row in rows.applications:
        line = decided.get(row.reference)
        if line is not None and line.amount_pence and line.amount_pence < row.requested_pence:
            found[row.reference] = less_because(causes.get(row.reference))
    return found

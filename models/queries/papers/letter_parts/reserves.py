"""Why an application is on the reserve list: what was left of its money, and why it was not offered that."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from msgspec.structs import replace

from models.queries.deciding.allowances import pot_uses
from models.queries.deciding.decided_anew import PassedOver, passed_over_since
from models.queries.deciding.decisions import decided_with, final_decisions
from models.session import Session
from models.values.recommending import DecisionRow
from models.values.rows import ApplicationRow, RoundRows, scored_round
from scoring.allocating.organisations import given_beside, own_cap, own_cap_words
from scoring.allocating.over_pot import PotUse
from scoring.allocating.shared_pots import shared_with
from scoring.counted import listed, noun
from scoring.money import short_pounds
from scoring.ranking import Outcome, Ranking, Standing
from scoring.round import Round
from scoring.schedule.exceptions import ChairTie, chair_ties
from scoring.schedule.lines import PanelOutcome, of_one_list
from scoring.scheme import Allocation, Scheme
from scoring.written.days import full_day
from scoring.written.text import with_capital

LIST_ENDED = (
    "It was found worth funding and was on the reserve list. No money came to it before the round was "
    "closed, and the list ended with the round."
)
"""Why what was in reserve gets no money once its round is closed."""
NOTHING = "nothing"
"""What is left of what an organisation may have, where it has all of it."""

EQUAL = (
    "was equal with another application on all that the published rules compare; as they provide, the "
    "chair of the panel decided which came first"
)
"""What is told of an equal: that the published rules leave it to the chair, not what the chair said."""


NONE_FIRST = "the published rules do not"
THEN_NONE_FIRST = "when the panel recommended the published rules did not"
"""How it is told that none goes first: while none did, and once money went past an application."""


class Reader(Enum):
    """Who is told why.

    Without the names of those who have no award nothing is said of an organisation's other awards, by which
    it could be told.
    """

    APPLICANT = "applicant"
    PUBLIC = "public"
    PUBLIC_WITHOUT_NAMES = "public without names"


class InReserve(NamedTuple):
    """Why an application got no money, and what money went past it since, in sentences; "" where none did."""

    why: str = ""
    since: str = ""


def reserves(
    session: Session,
    round_id: int,
    rows: RoundRows,
    ranking: Ranking,
    every: Sequence[DecisionRow],
    reader: Reader = Reader.APPLICANT,
) -> dict[str, InReserve]:
    """Return for each application in reserve why it got no money, by application.

    Each is told by the money as its own notice left it: what was decided later is no reason for it.
    """
    named = {of: row for of, row in final_decisions(every).items() if row.outcome == PanelOutcome.RESERVE}
    shown, found, round_ = by_pot(rows), dict[str, InReserve](), scored_round(rows)
    ties, since = chair_ties(round_, ranking), tuple(passed_over_since(ranking, every))
    for notice in dict.fromkeys(row.notice for row in named.values()):
        decided = decided_with(every, notice)
        given = {of: line.amount_pence or 0 for of, line in decided.items()}
        uses = {use.area: use for use in pot_uses(session, round_id, given)}
        for one in ranking.standings:
            of, row = one.reference, shown[one.reference]
            if of in named and named[of].notice == notice:
                past = [each for each in since if of in each.over]
                is_last = all_before(one, of_one_list(ranking, one), decided)
                use = _whole(uses.get(one.area or ""), uses)
                why = why_reserve(
                    rows.scheme, row, one, use, is_all_before=is_last, is_passed_over=bool(past)
                )
                own = f"{_by_cap(round_, row, given, reader)}{_by_chair(ties.get(of), given, reader)}"
                found[of] = InReserve(f"{why}{own}".removeprefix(". "), _since(past, reader))
    return found


def _since(past: Sequence[PassedOver], reader: Reader) -> str:
    """Return that money went past an application on the list since its decision, when, by which notices.

    A notice gives the reason for what it awards; why another stays where it is stands in none.
    """
    if not past:
        return ""
    who = noun(len(past), "an application", "applications")
    than = "yours" if reader is Reader.APPLICANT else "this one"
    days = listed(list(dict.fromkeys(full_day(one.on) for one in past)))
    notices = list(dict.fromkeys(one.notice for one in past))
    where = f"{noun(len(notices), 'notice')} {listed(notices)}"
    reason = noun(len(past), "the reason for that award stands", "the reasons for those awards stand")
    return f"On {days} money was awarded to {who} placed after {than}; {reason} in {where}."


def _by_cap(round_: Round, row: ApplicationRow, given: Mapping[str, int], reader: Reader) -> str:
    """Return that an organisation's other awards leave too little of what one may have, "" where not so."""
    if reader is Reader.APPLICANT:
        return beside_own(
            round_.scheme, row, sum(given_beside(round_.applications, row.reference, given).values())
        )
    if reader is Reader.PUBLIC_WITHOUT_NAMES:
        return ""
    words = own_cap_words(round_, row.reference, given, is_referred=False)
    return f". {with_capital(words)}" if words else ""


def _by_chair(tie: ChairTie | None, given: Mapping[str, int], reader: Reader) -> str:
    """Return that the chair put an equal that has money first, "" where not so."""
    is_after = tie is not None and any(given.get(of) for of in tie.others)
    who = "Your application" if reader is Reader.APPLICANT else "It"
    return f". {who} {EQUAL}" if is_after else ""


def beside_own(scheme: Scheme, row: ApplicationRow, awarded_pence: int) -> str:
    """Return that an organisation's other awards leave too little of what one may have, "" where not so."""
    cap = own_cap(scheme, awarded_pence, row.requested_pence)
    if cap is None:
        return ""
    left = short_pounds(cap.left_pence) if cap.left_pence else NOTHING
    least = row.minimum_pence or 0
    never = f", less than the {short_pounds(least)} that you told us you need at least" if least else ""
    is_short = least > cap.left_pence
    return (
        f". One organisation may have {short_pounds(cap.most_pence)} at most from this round: with the "
        f"{short_pounds(awarded_pence)} awarded to yours, {left} of that is left "
        f"for the {short_pounds(row.requested_pence)} you asked for here"
        f"{never if is_short else ''}{_only_if(cap.left_pence) if is_short or left == NOTHING else ''}"
    )


def _only_if(left_pence: int) -> str:
    """Return what alone could bring money to one whose organisation has as good as all that it may have."""
    less = "only if what your organisation was awarded becomes less"
    if left_pence <= 0:
        return f". Money that becomes available could go to it {less}"
    return (
        f". If money becomes available, we could offer up to {short_pounds(left_pence)} of it, if you then "
        f"tell us that the project could go ahead with that; more {less}"
    )


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


def why_reserve(
    scheme: Scheme,
    row: ApplicationRow,
    standing: Standing,
    use: PotUse | None,
    *,
    is_all_before: bool,
    is_passed_over: bool = False,
) -> str:
    """Return why an application got no money, as a sentence goes on; "" where no sum tells it.

    `use` is how its pot stands with what was decided, None without a pot; `is_all_before` says that all
    that was awarded of it went to applications placed before this one, and `is_passed_over` that one placed
    after it has money since: that none goes first is said of when the panel recommended then.
    """
    of = f" for {row.area}" if row.area else ""
    if use is None or not use.left_pence:
        went = "applications placed before it" if is_all_before else "other applications"
        return f"the money available{of} went to {went}"
    left = f"of the money{of} {short_pounds(use.left_pence)} was left"
    short = _short(scheme, row, use.left_pence)
    if short:
        return f"{left}, which is {short}"
    if standing.outcome is Outcome.RESERVE and scheme.allocation is not Allocation.SKIP:
        rule = f"{THEN_NONE_FIRST if is_passed_over else NONE_FIRST} let a lower one go first"
        return f"an application placed before it needed more than was left, and {rule}; {left}"
    return ""


def _short(scheme: Scheme, row: ApplicationRow, left: int) -> str:
    """Return what the money that is left does not reach, "" where it would do."""
    if scheme.allocation is not Allocation.PART:
        return (
            f"less than the {short_pounds(row.requested_pence)} asked for"
            if left < row.requested_pence
            else ""
        )
    if row.minimum_pence is not None:
        least = f"less than the {short_pounds(row.minimum_pence)} that you told us you need at least"
        return least if left < row.minimum_pence else ""
    half = f"less than half of the {short_pounds(row.requested_pence)} asked for"
    return half if 2 * left < row.requested_pence else ""


def all_before(standing: Standing, beside: Sequence[Standing], decided: Mapping[str, DecisionRow]) -> bool:
    """Whether every award of a list went to an application placed before one."""
    awarded = (one for one in beside if (line := decided.get(one.reference)) and line.amount_pence)
    place = standing.place
    return place is not None and all(one.place is not None and one.place < place for one in awarded)

"""What a notice tells of applications that nobody decided: why not, and what money is left for them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from models.queries.deciding.allowances import pot_uses
from models.queries.deciding.decided_anew import DecidedRound
from models.queries.deciding.settled import Became
from models.queries.papers.letter_parts.at_gates import became_by
from models.queries.papers.notices.money import Drawn
from models.queries.papers.paper_texts import asked_by
from models.queries.set_up.round_facts import RoundFacts
from models.session import Session
from models.values.rows import ApplicationRow
from scoring.allocating.over_pot import PotUse
from scoring.counted import listed, noun
from scoring.ranking import Outcome, Status
from scoring.schedule.exceptions import is_unchecked
from scoring.written.days import full_day
from scoring.written.text import with_capital

_WHY_NOT = (
    ("Withdrawn", (Became.WITHDRAWN,)),
    ("Received too late, so not scored", (Became.LATE,)),
    ("Not eligible, so not scored", (Became.BARRED,)),
    ("Incomplete, so not awarded", (Became.INCOMPLETE,)),
)
TOO_FEW = ", as fewer members than the panel's quorum gave marks that count"
UNFINISHED = ", as the panel has not finished its assessment"
TIED = ", as the money left depends on which of several with the same score comes first"
_OPEN = (Became.NEVER, Became.WAITING)


def not_decided(
    session: Session,
    of: tuple[RoundFacts, DecidedRound],
    rows: Sequence[ApplicationRow],
    done: Collection[str],
    areas: Collection[str],
    drawn: Drawn,
    *,
    is_draft: bool,
    today: date,
) -> Iterator[str]:
    """Yield the applications to some areas that nobody decided, by reference, in a sentence for each cause.

    Then which of them no money is left for. `done` are those that are decided, or in a draft those of which
    something is recommended; `drawn` is what the notice draws on the pots.
    """
    rest = "No recommendation yet" if is_draft else "No decision yet"
    facts, round_ = of
    asked = asked_by(session, facts.line.round_id, today)
    found = became_by(session, facts.line, rows, done, today)
    here = sorted(row.reference for row in rows if row.area in areas)
    groups = {words: [one for one in here if found[one] in which] for words, which in _WHY_NOT}
    groups[rest] = []
    waits = [one for one in here if found[one] in _OPEN]
    for one in waits:
        why = _sent_by(asked[one]) if one in asked else _why_open(round_, one)
        groups.setdefault(f"{rest}{why}", []).append(one)
    yield from (f"{words}: {listed(group)}." for words, group in groups.items() if group)
    places = {row.reference: row.area or "" for row in rows}
    waiting = {one: places[one] for one in waits if not is_tied(round_, one)}
    uses = pot_uses(session, facts.line.round_id, drawn.stands)
    yield from none_left(facts, uses, waiting)
    spent = {use.area for use in uses if use.is_spent}
    if any(found[one] is Became.WAITING and places[one] not in spent for one in waits):
        has = f"What has {rest[:1].lower()}{rest[1:]}"
        yield f"{has} may be decided by another notice, until the round is closed."


def none_left(facts: RoundFacts, uses: Iterable[PotUse], waits: Mapping[str, str]) -> Iterator[str]:
    """Yield that no money is left for those that wait without a place, each with its area, where none is.

    Whoever decides reads there that they might have come before what is awarded.
    """
    spent = [use.area for use in uses if use.is_spent]
    if found := sorted(of for of, area in waits.items() if area in spent):
        pots = sorted({waits[of] for of in found})
        pot = "pot" if len(facts.line.areas) == 1 else f"{noun(len(pots), 'pot', 'pots')} of {listed(pots)}"
        they, them = noun(len(found), "it", "they"), noun(len(found), "it", "them")
        yield (
            f"Nothing of the {pot} is left for {listed(found)}. {with_capital(they)} "
            f"{noun(len(found), 'is', 'are')} not ranked yet, so nobody has compared {them} with what is "
            f"awarded here, and {they} might have come before some of it; {they} can be funded only if money "
            "comes back or is added."
        )


def _sent_by(day: date) -> str:
    return f", as what is missing may come until {full_day(day)}"


def is_tied(round_: DecidedRound, reference: str) -> bool:
    """Whether an application waits for a tie at the budget line, which leaves it a place."""
    here = round_.standings.get(reference)
    return here is not None and here.outcome is Outcome.TIE


def _why_open(round_: DecidedRound, reference: str) -> str:
    """Return what a decision on an application waits for, as a sentence goes on; "" where nothing tells."""
    here = round_.standings.get(reference)
    if here is None:
        return ""
    if is_tied(round_, reference):
        return TIED
    if here.status is Status.INCOMPLETE and not is_unchecked(here.reasons):
        return UNFINISHED
    return TOO_FEW if here.status is Status.NOT_QUORATE else ""

"""What a notice tells of its round: what was asked, when the panel met, and what nobody decided."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from models.queries.applications.applications import as_corrected
from models.queries.applications.gates import let_past
from models.queries.deciding.decided_anew import DecidedRound
from models.queries.deciding.decisions import DecisionRow
from models.queries.deciding.recommendations import RecommendationRow, lost_their_total
from models.queries.deciding.settled import counted_rows
from models.queries.panel.meeting import marked_by, meetings_held, present_as_items_closed, short_of_quorum
from models.queries.papers.declared_interests import took_no_part
from models.queries.papers.notices.money import Drawn
from models.queries.papers.notices.still_open import not_decided
from models.queries.set_up.round_facts import RoundFacts, round_rows
from models.session import Session
from models.values.rows import ApplicationRow, scored_round
from scoring.allocating.organisations import over_caps
from scoring.counted import counted, listed, noun
from scoring.money import short_pounds
from scoring.ranking import Status
from scoring.refused import Refused
from scoring.written.days import when_on

CONSIDERED = "Let in by a waiver, for the reason in the minutes of the panel:"
"""What a notice says of what came late or did not pass a check, and was let in all the same."""


def panel_words(
    session: Session,
    of: tuple[RoundFacts, DecidedRound],
    rows: Sequence[ApplicationRow],
    done: Collection[str],
    areas: Collection[str],
    *,
    where: str = "",
) -> str:
    """Return how many applied for how much in some areas, and how many a panel of its quorum ranked and when.

    `where` names the areas of a notice where the round has others. What was withdrawn counts only where it is
    among what is `done`, decided or recommended, else it is told.
    """
    facts, round_ = of
    of_areas = [row for row in rows if row.area in areas]
    here = counted_rows(of_areas, done)
    scored = sum(is_scored(round_, row.reference) for row in here)
    gone = len(of_areas) - len(here)
    apart = f"; {gone} more {'was' if gone == 1 else 'were'} withdrawn" if gone else ""
    corrected = as_corrected(session, facts.line.round_id, here)
    asked = f"{short_pounds(sum(row.requested_pence for row in here))}{corrected}{apart}"
    held = meetings_held(session, facts.line.round_id)
    days = sorted({one.held_on for name, one in held.items() if name in areas})
    met = f"met {when_on(days)}" if days else ""
    many = f"{counted(len(here), 'application')}{f' from {where}' if where else ''}"
    return f"{many} to {facts.line.words} asked for {asked}.{_scored(len(here), scored, met)}"


def is_scored(round_: DecidedRound, reference: str) -> bool:
    """Whether enough of the panel gave an application every mark; some have marks of a member alone."""
    here = round_.standings.get(reference)
    return here is not None and here.status is Status.RANKED


def _scored(many: int, scored: int, met: str) -> str:
    """Return which of the applications a panel could rank, and when it met; a record may hold no marks."""
    which = noun(many, "it", "them") if scored == many else f"{scored:,} of them"
    did = ", and ".join(
        filter(None, (f"scored and ranked {which} on published criteria" if scored else "", met))
    )
    return f" A panel {did}." if did else ""


def others_words(
    session: Session,
    of: tuple[RoundFacts, DecidedRound],
    rows: Sequence[ApplicationRow],
    done: Collection[str],
    areas: Collection[str],
    drawn: Drawn,
    *,
    elsewhere: Mapping[str, str],
    is_draft: bool,
    today: date,
) -> Iterator[str]:
    """Yield the applications that nobody decided, and how many of the panel took no part on some.

    And those of whose items too few of the panel could take part, which was recommended all the same.
    `elsewhere` has the number of the notice of each that was decided in another one, `drawn` what this one
    leaves of the pots.
    """
    yield from _decided_elsewhere(rows, elsewhere, areas)
    yield from not_decided(session, of, rows, done, areas, drawn, is_draft=is_draft, today=today)
    number, here = of[0].line.round_id, {row.reference for row in rows if row.area in areas}
    yield from filter(None, [considered(session, number, here)])
    rooms = present_as_items_closed(session, number)
    scored = round_rows(session, number)
    yield from filter(None, [took_no_part(scored.interests, here, rooms, marked_by(scored))])
    yield from without_quorum(session, number, here.intersection(done))


def considered(session: Session, round_id: int, here: Collection[str]) -> str:
    """Return which of some applications were let in all the same, and past which checks, "" for none.

    Why stands in the minutes alone: it may be of somebody's health.
    """
    past = {of: words for of, words in let_past(session, round_id).items() if of in here}
    if not past:
        return ""
    round_ = scored_round(round_rows(session, round_id))
    told = {of: words or tuple(over_caps(round_, of)) for of, words in past.items()}
    named = [f"{of} ({listed(words)})" if words else of for of, words in told.items()]
    return f"{CONSIDERED} {listed(named)}."


def in_other_notices(
    final: Mapping[str, DecisionRow], lines: Iterable[DecisionRow | RecommendationRow]
) -> dict[str, str]:
    """Return which of the decisions that stand are in a notice without these lines, with its number."""
    here = {row.application for row in lines}
    return {of: row.notice for of, row in final.items() if of not in here and row.notice}


def _decided_elsewhere(
    rows: Sequence[ApplicationRow], elsewhere: Mapping[str, str], areas: Collection[str]
) -> Iterator[str]:
    """Yield which applications to some areas another notice decided, in a sentence for each notice."""
    found = dict[str, list[str]]()
    for row in rows:
        if row.area in areas and row.reference in elsewhere:
            found.setdefault(elsewhere[row.reference], []).append(row.reference)
    for number, group in sorted(found.items()):
        yield f"Decided in notice {number}: {listed(sorted(group))}."


def without_quorum(session: Session, round_id: int, of: Collection[str]) -> Iterator[str]:
    """Yield on which of some applications the panel recommended without its quorum, in one sentence."""
    if short := sorted(short_of_quorum(session, round_id).keys() & set(of)):
        yield f"Fewer members than the panel's quorum could take part when it considered {listed(short)}."


def require_marks_that_count(round_: DecidedRound, here: Iterable[RecommendationRow]) -> None:
    """Refuse money to be signed for what lost its total since, as by an interest that was declared late."""
    if faults := list(lost_their_total(round_.ranking, here)):
        raise Refused(" ".join(faults))

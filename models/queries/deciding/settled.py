"""What of a round is settled, what is still undecided, and how both are said."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from models.queries.set_up.office import newest_office, office_on
from models.reference.defaults import FundDefaults
from models.session import Session
from models.values.rounds import STAGES, RoundLine
from models.values.rows import ApplicationRow
from scoring.round import Eligibility
from scoring.written.names import is_same_text

_TO_CHECK = Eligibility.TO_CHECK
OUT = (Eligibility.NO, _TO_CHECK)
"""What the checks came to where nothing can be awarded."""


class Became(StrEnum):
    """What became of an application; what was withdrawn after it was decided stays `DECIDED`.

    `NEVER` are those that could be awarded and were closed with their area, without a decision.
    """

    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    LATE = "late"
    BARRED = "not eligible"
    INCOMPLETE = "incomplete"
    NEVER = "never decided"
    WAITING = "waiting"


def settled_of(line: RoundLine, rows: Iterable[ApplicationRow], decided: Collection[str]) -> frozenset[str]:
    """Return which applications of a round wait for no decision, as what was withdrawn waits for none.

    One has a decision, or its area is done. One that is not eligible is settled once the intake of its area
    is past, until when its applicant may come again; one that stayed incomplete with the others of its area,
    where deciding these is begun.
    """
    rows = tuple(rows)
    done, past = _areas_done(line), areas_past_intake(line)
    begun = {row.area for row in rows if row.reference in decided}
    return frozenset(
        row.reference
        for row in rows
        if row.withdrawn
        or row.reference in decided
        or row.area in done
        or (row.eligibility in OUT and row.area in begun)
        or (row.eligibility is Eligibility.NO and (row.area in past or not row.area))
    )


def became_of(
    line: RoundLine,
    rows: Iterable[ApplicationRow],
    decided: Collection[str],
    late: Collection[str] = (),
    asked: Collection[str] = (),
) -> Mapping[str, Became]:
    """Return what became of applications of a round, by reference; `late` are those that only came too late.

    `decided` are those with a decision, or in a draft of one those of which something is recommended. Those
    `asked` for what is missing by a day to come wait for it, whatever else is decided.
    """
    rows = tuple(rows)
    done = _areas_done(line)
    waits = {row.reference for row in rows if row.eligibility is _TO_CHECK and row.area not in done}
    settled = settled_of(line, rows, decided) - waits.intersection(asked)
    return {row.reference: _became(row, decided, settled, late) for row in rows}


def counted_rows(rows: Iterable[ApplicationRow], decided: Collection[str]) -> Sequence[ApplicationRow]:
    """Return the applications that papers count: all but those withdrawn before they were decided."""
    return [row for row in rows if not row.withdrawn or row.reference in decided]


def _became(
    row: ApplicationRow, decided: Collection[str], settled: Collection[str], late: Collection[str]
) -> Became:
    if row.reference in decided:
        return Became.DECIDED
    if row.withdrawn:
        return Became.WITHDRAWN
    if row.reference not in settled:
        return Became.WAITING
    if row.eligibility is Eligibility.NO:
        return Became.LATE if row.reference in late else Became.BARRED
    return Became.INCOMPLETE if row.eligibility is _TO_CHECK else Became.NEVER


def _areas_done(line: RoundLine) -> frozenset[str]:
    return frozenset(area.name for area in line.areas if area.stage == STAGES[-1] or line.is_closed)


def areas_past_intake(line: RoundLine) -> frozenset[str]:
    """Return the areas of a round whose intake is over, so that what failed at their gates has its letter."""
    return frozenset(area.name for area in line.areas if area.stage != STAGES[0] or area.was_scored)


TO_STATE = (
    "I have no disclosable pecuniary interest in this decision, and take it in compliance with the code of "
    "conduct of this office. Any interest is stated below."
)
"""What a signer states where the office has no words of its own."""


def power_of(session: Session, defaults: FundDefaults) -> str:
    """Return the legal power under which a fund's awards are usually made, else the office's; "" for none."""
    return defaults.legal_power or " ".join(newest_office(session).get("legal_power").split())


def standing_interests(session: Session, day: date = date.max) -> str:
    """Return how whoever signs for the office on a day usually states interests, on one line; "" for none."""
    return " ".join(office_on(session, day).get("interests_statement").split())


def interests_to_state(session: Session, day: date = date.max) -> str:
    """Return what a notice has its signer state: the office's words of a day, or ours."""
    return standing_interests(session, day) or TO_STATE


def disclosed_beside(interests: str, standing: str) -> str:
    """Return what somebody disclosed beside the words that everybody states: "none" where it is nothing."""
    stated = "none" if is_same_text(interests.strip().rstrip("."), "none") else interests.strip()
    return (stated.removeprefix(standing).strip() or "none") if stated.startswith(standing) else stated

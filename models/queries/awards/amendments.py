"""What a variation changes: terms, days of returns, and what else changed since it was decided."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from msgspec.structs import replace

from models.papers.monitoring.monitoring_plan import moved_returns
from models.papers.paper_words import Sentences
from models.queries.applications.applications import applications
from models.queries.applications.endings import UNKNOWN, Withdrawal, withdrawals
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import withheld_in
from models.queries.awards.monitoring import monitored_award, reporting_rules
from models.queries.awards.variations import VariationRow
from models.queries.deciding.decided_anew import decided_anew
from models.queries.deciding.decisions import earlier_decisions, final_decisions
from models.session import Session
from models.values.awards import Amendment, Part, Terms
from models.values.recommending import DecisionRow
from scoring.written.days import full_day, short_day
from scoring.written.text import in_clauses, with_capital

VARIED = Sentences("varied")
_DayWords = Callable[[date], str]
Changed = tuple[date, str, str]
"""What changed an award: from which day, in words, and why."""
_PROPOSED = " (proposed: not signed by both yet)"
"""What papers say of a variation that both have not signed."""
OTHER_PARTS = "what is still to be paid is paid in other parts"
"""What a variation says that changes how an award is paid."""


def amendments(award: AwardRow, day_words: _DayWords = short_day) -> tuple[Amendment, ...]:
    """Return the variations of an award that hold, in order; one that both have not signed says so."""
    return tuple(
        Amendment(
            row.number,
            row.effective_on or row.proposed_on,
            row.from_pence,
            row.to_pence,
            _told(award, row, day_words),
            row.reason,
            row in award.unsigned,
        )
        for row in award.varied
    )


def since_words(award: AwardRow, day_words: _DayWords = short_day) -> str:
    """Return in words all that became of an award since it was decided first, "" where nothing did."""
    back = sorted({one.on for one in award.returned})
    told = [(day_words(on), words) for on, words, _ in _changes(award, day_words)]
    varied = VARIED.since(told, award.returned_pence, [*map(day_words, back)]) if told or back else ""
    anew = decided_anew(award.earlier, award.decision, day_words)
    parts = (anew, f"o{varied[1:]}" if anew and varied.startswith("On ") else varied)
    return in_clauses(parts)


def with_succession(award: AwardRow, told: Iterable[Changed], *, is_to_come: bool = False) -> list[Changed]:
    """Return what changed an award, each with its day and reason, with who took it over, in order of days."""
    found = list(told)
    for over, before in zip(award.successors, award.holders, strict=False):
        place = sum(1 for on, _, _ in found if on < over.from_on)
        words = VARIED.succeeded(over, before.organisation, is_to_come).strip()
        found.insert(place, (over.from_on, words, over.reason))
    return found


def _changes(award: AwardRow, day_words: _DayWords) -> list[Changed]:
    varied = ((one.on, one.words, one.reason) for one in amendments(award, day_words))
    return with_succession(award, varied)


def changes_since(award: AwardRow) -> str:
    """Return in words what variations that hold and a successor changed of an award, "" for nothing."""
    return "; ".join(words for _, words, _ in _changes(award, full_day))


def _told(award: AwardRow, row: VariationRow, day_words: _DayWords) -> str:
    """Return what a variation changed, or where both have not signed it what it would change."""
    is_signed = row not in award.unsigned
    words = "; ".join(change_words(row, day_words, is_past=is_signed))
    return words if is_signed else f"{words}{_PROPOSED}"


def change_words(
    row: VariationRow,
    day_words: _DayWords = short_day,
    *,
    is_past: bool = False,
    is_told: bool = False,
) -> tuple[str, ...]:
    """Return what a variation changes, or did, each from what it was to what it becomes.

    Where it `is_told` its reader, the recipient, has more than one sum in mind.
    """
    due = [day_words(one.due_on) for one in row.becomes.returns or ()]
    was, now = row.was, row.becomes
    each = was.start_on, now.start_on, was.end_on, now.end_on
    start, starts, end, ends = ("" if day is None else day_words(day) for day in each)
    dates = ("the start date", start, starts), ("the end date", end, ends)
    return VARIED.lines("varied", row, dates, due, is_past, is_told)


_NOBODY: Mapping[str, Withdrawal] = MappingProxyType({})


class Since(NamedTuple):
    """What became of one award, in words; `award` is its reference, "" where it has none any more."""

    application: str
    award: str
    words: str


def since_decided(
    held: Iterable[AwardRow],
    every: Sequence[DecisionRow],
    gone: Mapping[str, Withdrawal] = _NOBODY,
    day_words: _DayWords = short_day,
) -> Iterator[Since]:
    """Yield what became of awards in their order, then what had money and was decided anew to have none.

    `gone` says when applications were withdrawn, by `gone_in`.
    """
    for row in held:
        withdrawn = "" if row.stands else not_taken_up_words(gone.get(row.application, UNKNOWN), day_words)
        if words := in_clauses((since_words(row, day_words), withdrawn)):
            yield Since(row.application, row.reference, with_capital(words))
    decided = final_decisions(every)
    for of, earlier in earlier_decisions(every).items():
        now = decided.get(of)
        if now is not None and now.amount_pence is None and any(row.amount_pence for row in earlier):
            yield Since(of, "", decided_anew(earlier, now, day_words))


def gone_in(session: Session, round_id: int, held: Iterable[AwardRow]) -> Mapping[str, Withdrawal]:
    """Return when and why applications of a round were withdrawn, where one of these awards was."""
    return {} if all(row.stands for row in held) else withdrawals(session, round_id)


def not_taken_up_words(found: Withdrawal, day_words: _DayWords = short_day) -> str:
    """Return what became of an award whose applicant withdrew before anything of it was paid."""
    on = f" on {day_words(found.on)}" if found.on else ""
    return f"not taken up, as the applicant withdrew{on}"


def named_applications(session: Session, round_id: int) -> Mapping[str, str]:
    """Return each application of a round as reports name one: "ACF-002, Allotment Friends 2".

    One whose name is withheld from the public has its reference alone.
    """
    withheld = withheld_in(session, round_id)
    return {
        row.reference: row.reference if row.reference in withheld else f"{row.reference}, {row.organisation}"
        for row in applications(session, round_id)
    }


def with_moved_returns(session: Session, round_id: int, award: AwardRow, terms: Terms) -> Terms:
    """Return the terms of a variation with the returns that go with its dates, where any are planned."""
    of = monitored_award(session, round_id, award.application)
    start_on, end_on = terms.start_on or of.start_on, terms.end_on or of.end_on
    is_same = (start_on, end_on) == (of.start_on, of.end_on)
    if is_same or not of.planned or end_on < start_on:
        return terms
    return replace(terms, returns=moved_returns(of, start_on, end_on, *reporting_rules(session, round_id)))


def terms_of(session: Session, round_id: int, award: AwardRow) -> Terms:
    """Return every term of an award as it stands; dates that nobody gave are None."""
    row, now = award.applied, award.terms
    return Terms(
        amount_pence=award.amount_pence,
        start_on=award.days[0],
        end_on=award.days[1],
        outcomes=row.outcomes if now.outcomes is None else now.outcomes,
        profile=award.profile,
        parts=tuple(Part(one.amount_pence, one.trigger, one.due_on) for one in award.open_parts),
        conditions=award.conditions,
        recipient=award.organisation,
        returns=monitored_award(session, round_id, row.reference).planned,
    )


def agreed_words(session: Session, round_id: int, award: AwardRow) -> str:
    """Return the outcomes to be edited: as varied, else as agreed, a line for each, else as applied for."""
    of = monitored_award(session, round_id, award.application)
    agreed = "\n".join(one.words for one in of.outputs)
    return (agreed or of.wished) if of.varied is None else of.varied

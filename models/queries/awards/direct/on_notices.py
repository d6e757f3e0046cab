"""What a notice says of awards without a competition: how each came about, and what is passed on of it."""

from collections.abc import Iterator, Sequence

from models.papers.notice import Allocation, PassedOn
from models.queries.awards.direct.direct_awards import direct_awards, ending_in
from models.queries.set_up.rounds import is_direct, round_line
from models.reference.clauses import Ending
from models.session import Session
from models.values.direct_award import ROUTE_WORDS, DirectAward, Route, extending
from scoring.counted import counted
from scoring.written.days import full_day

NO_TERM = "No start and no end is set for it"
"""What the signer and the public are told of an award that names neither day."""


def came_about(session: Session, round_id: int, lines: Sequence[Allocation]) -> tuple[str, ...]:
    """Return a paragraph for each line: its route, why nobody competed, why it is made, from whose money."""
    found = _of(session, round_id, lines)
    if not found:
        return ()
    year, ending = round_line(session, round_id).year, ending_in(session, round_id)
    return tuple(
        f"{line.reference} is awarded without a competition: {_why(award, ending)}{_purse(line, award, year)}"
        for line, award in found
    )


def passed_on(session: Session, round_id: int, lines: Sequence[Allocation]) -> tuple[PassedOn, ...]:
    """Return the grants that third-party managers pass on, in the order of the lines."""
    return tuple(
        PassedOn(line.reference, line.recipient, one.recipient, one.purpose, one.amount_pence)
        for line, award in _of(session, round_id, lines)
        for one in award.onward
    )


def _of(
    session: Session, round_id: int, lines: Sequence[Allocation]
) -> tuple[tuple[Allocation, DirectAward], ...]:
    if not is_direct(session, round_id):
        return ()
    there = direct_awards(session, round_id)
    return tuple((line, there[line.reference]) for line in lines if line.reference in there)


def _why(award: DirectAward, ending: Ending) -> str:
    route = extending(ROUTE_WORDS[award.route].lower(), award.extends)
    said = (route, award.route_reason, award.reason, *term_words(award, ending))
    return " ".join(f"{words.strip().rstrip('.')}." for words in said if words.strip())


def _purse(line: Allocation, award: DirectAward, year: str) -> str:
    """Return from whose money of the year it is paid, "" where no area's is drawn on."""
    what = "start-up money" if award.route is Route.START_UP else "money"
    whose = f"{what} set aside for {line.area} for {year}"
    return f" It is paid from the {whose}." if line.area and year else ""


def term_words(award: DirectAward, ending: Ending) -> Iterator[str]:
    """Yield how long its contract runs, and what of that is not set."""
    if award.starts_on and award.ends_on:
        yield f"It runs from {full_day(award.starts_on)} to {full_day(award.ends_on)}"
    elif award.starts_on:
        yield f"It starts on {full_day(award.starts_on)}; no end is set"
    else:
        yield f"It ends on {full_day(award.ends_on)}; no start is set" if award.ends_on else NO_TERM
    if award.option_years:
        yield f"It may be extended by up to {counted(award.option_years, 'year')}"
    if award.break_on:
        who = "Either side may end it" if ending is Ending.USUAL else "It may be ended"
        says = " as its clause on ending says" if ending is Ending.OWN else ""
        yield f"{who} early on {full_day(award.break_on)}{says}"

"""First proposals that an officer edits: what was agreed, from the application, and when to report on it."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from models.papers.monitoring.monitoring import (
    SAID,
    AgreedOutput,
    AwardMonitoring,
    months_after,
    quarter_ends_on,
)
from models.reference.defaults import ReturnBand
from models.reference.reporting import Every, periods_between, year_of
from models.values.awards import AFTER, PlannedReturn
from scoring.written.days import full_day
from scoring.written.names import text_key
from scoring.written.working_days import working_day_from

MOST_OUTPUTS, MOST_QUARTERS = 12, 20
LONGEST = 300
MOST_DIGITS = 9
DAY = timedelta(days=1)
POINTS = {
    "end": "one at the end",
    "halves": "half way and at the end",
    "quarterly": "every quarter",
}
"""How often recipients report, in words."""

_BREAK = re.compile(r";\s+|(?<=[.!?])\s+(?=[A-Z0-9])")
_BULLET = re.compile(r"^\s*(?:[-–—•*·o▪]|\(?\d{1,2}[.)])\s+")
_FIGURE = re.compile(r"(£\s*)?(\d[\d,]*(?:\.\d+)?)(\s*(?:%|per\s?cent|pence\b))?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


def proposed_outputs(text: str) -> tuple[AgreedOutput, ...]:
    """Return a row for each sentence or point of an application's text on outcomes.

    A row with one figure that is no year, sum or percentage has it as its target; the others are outcomes
    in words.
    """
    rows: list[AgreedOutput] = []
    for part in (part for line in text.splitlines() for part in _BREAK.split(_BULLET.sub("", line))):
        words = " ".join(part.split()).rstrip(".;,")
        if words and len(rows) < MOST_OUTPUTS:
            target = _target(words)
            rows.append(AgreedOutput(len(rows) + 1, words[:LONGEST], target, is_outcome=target is None))
    return tuple(rows)


def varied_outputs(award: AwardMonitoring) -> tuple[AgreedOutput, ...]:
    """Return what a variation agrees, line by line; what was agreed so before keeps its number and measure.

    Other lines have the number 0. () where no variation says anything of the outcomes.
    """
    standing = {text_key(one.words): one for one in award.outputs}
    drafted = proposed_outputs(award.varied or "")
    return tuple(standing.get(text_key(one.words), replace(one, number=0)) for one in drafted)


def is_behind(award: AwardMonitoring) -> bool:
    """Whether a variation agrees something that the award's outputs do not say yet."""
    return any(not one.number for one in varied_outputs(award))


def asked_outputs(award: AwardMonitoring) -> tuple[AgreedOutput, ...]:
    """Return what returns are asked about: as varied, once that is taken over, else all that is agreed."""
    varied = varied_outputs(award)
    if not varied or is_behind(award):
        return award.outputs
    asked = {one.number for one in varied}
    return tuple(one for one in award.outputs if one.number in asked)


def behind_words(award: AwardMonitoring) -> str:
    """Say that a variation's outcomes are to be taken over; "" where nothing is."""
    return SAID.behind(award) if is_behind(award) else ""


def taken_over(award: AwardMonitoring) -> tuple[AgreedOutput, ...]:
    """Return what an award's outputs become with a variation's outcomes: what returns tell of stays."""
    told = {each.output for one in award.received if one.said for each in one.said.progress}
    varied = varied_outputs(award)
    kept = {one.number for one in varied} | told
    last = max((one.number for one in award.outputs), default=0)
    new = (one for one in varied if not one.number)
    stays = (one for one in award.outputs if one.number in kept)
    return (*stays, *(replace(one, number=number) for number, one in enumerate(new, last + 1)))


def planned_returns(
    amount_pence: int, start_on: date, end_on: date, bands: Sequence[ReturnBand], every: Every | None = None
) -> tuple[PlannedReturn, ...]:
    """Return when an award reports: in proportion to its amount, each point 28 days before its return.

    A return is due on a working day: it is sent to an office that is open.

    Where its fund reports `every` so often itself, what would be quarterly keeps to the fund's periods.
    """
    points = band_of(amount_pence, bands)
    if points == "halves":
        middle = start_on + (end_on - start_on) // 2
        named = [(middle, "half way"), (end_on, "the end")]
    elif points == "quarterly":
        named = _quarters(start_on, end_on) if every is None else _periods(start_on, end_on, every)
    else:
        named = [(end_on, "the end")]
    return tuple(
        PlannedReturn(n, working_day_from(at + AFTER), words, at) for n, (at, words) in enumerate(named, 1)
    )


def asked_returns(
    award: AwardMonitoring, bands: Sequence[ReturnBand], every: Every | None, unsigned_on: date | None
) -> tuple[PlannedReturn, ...]:
    """Return the returns that an agreement asks for: those planned, else those that the bands ask.

    Of one that nobody has signed on a day (None where somebody has) they are those still to come.
    """
    usual = planned_returns(award.amount_pence, award.start_on, award.end_on, bands, every)
    found = award.planned or usual
    return found if unsigned_on is None or award.received else still_to_come(found, unsigned_on)


def still_to_come(returns: Sequence[PlannedReturn], today: date) -> tuple[PlannedReturn, ...]:
    """Return the returns whose days are not over; the first of them tells of what is over as well.

    Where the days of all of them are over, the last is due so long after today as a return is after its
    time. They are counted from 1.
    """
    over = [one for one in returns if one.due_on < today]
    if not over:
        return tuple(returns)
    to_come = [one for one in returns if one.due_on >= today]
    to_come = to_come or [replace(returns[-1], due_on=working_day_from(today + AFTER))]
    words = _all_of(over[0].words, to_come[0].words, is_last=len(to_come) == 1)
    first = replace(to_come[0], words=to_come[0].words if len(returns) == 1 else words)
    return tuple(replace(one, number=n) for n, one in enumerate((first, *to_come[1:]), 1))


def _all_of(first: str, last: str, *, is_last: bool) -> str:
    """Name a return on the time of several: "quarters 1 to 3", "quarters 1 and 2"."""
    if is_last:
        return "the whole project"
    (kind, _, number), (other, _, begins) = last.rpartition(" "), first.rpartition(" ")
    if not (number.isdigit() and begins.isdigit() and kind == other):
        return f"{first} to {last}"
    return f"{kind}s {begins} {'and' if int(number) == int(begins) + 1 else 'to'} {number}"


def moved_returns(
    award: AwardMonitoring, start_on: date, end_on: date, bands: Sequence[ReturnBand], every: Every | None
) -> tuple[PlannedReturn, ...]:
    """Return what an award reports once its project starts and ends on other days; what came in stays.

    Where the days were the usual ones, or those of them to come at the signature, the open returns are those
    of the new days that are not due before the first of these. Else they stay as far as
    they lie within these, and the last of them tells of the time up to the new end. What came in is called
    otherwise where one of these takes its name.
    """
    usual = planned_returns(award.amount_pence, award.start_on, award.end_on, bands, every)
    points = planned_returns(award.amount_pence, start_on, end_on, bands, every)
    came = [one.plan for one in award.received]
    if _is_rest(award.planned, usual):
        points = still_to_come(points, award.planned[0].due_on)
    elif _days(award.planned) != _days(usual):
        standing = [one for one in award.planned if one not in came] or points[-1:]
        within = (one for one in standing[:-1] if start_on < one.tells_to < end_on)
        ends = points[-1]
        points = (*within, replace(standing[-1], due_on=ends.due_on, covers_to=ends.covers_to))
    told_to = max((one.tells_to for one in came), default=date.min)
    taken = [one.number for one in came]
    to_come = [one for one in points if one.tells_to > told_to]
    came = _told_apart(came, {one.words for one in to_come})
    for one in to_come:
        number = max(taken) + 1 if one.number in taken else one.number
        taken.append(number)
        came.append(replace(one, number=number))
    return tuple(sorted(came, key=lambda one: (one.due_on, one.number)))


def _told_apart(came: Iterable[PlannedReturn], names: Collection[str]) -> list[PlannedReturn]:
    """Return what came in, none of it under one of the names: "the end as planned to 31 March 2027"."""
    return [
        replace(one, words=f"{one.words} as planned to {full_day(one.tells_to)}")
        if one.words in names
        else one
        for one in came
    ]


def _is_rest(planned: Sequence[PlannedReturn], usual: Sequence[PlannedReturn]) -> bool:
    """Say whether returns are those of the usual ones that were to come when an agreement was made."""
    if not 0 < len(planned) < len(usual):
        return False
    rest = still_to_come(usual, planned[0].due_on)
    return (_days(planned), planned[0].words) == (_days(rest), rest[0].words)


def _days(returns: Sequence[PlannedReturn]) -> list[tuple[date, date]]:
    """Return what each tells to and when it is due: on the next working day where that day is none."""
    return [(working_day_from(one.due_on), one.tells_to) for one in returns]


def day_fault(one: PlannedReturn, start_on: date) -> str:
    """Say why a return cannot be due when it is: before its project starts, or before what it tells of.

    "" where it can.
    """
    if one.due_on < start_on:
        return SAID.due_too_early(start_on)
    is_covered = one.covers_to is None or start_on <= one.covers_to <= one.due_on
    return "" if is_covered else SAID.covers_elsewhere(start_on, one.due_on)


def band_of(amount_pence: int, bands: Sequence[ReturnBand]) -> str:
    """Return how often an award of that amount reports; one above every band reports quarterly."""
    here = (one.points for one in bands if one.up_to_pence is None or amount_pence <= one.up_to_pence)
    return next(here, "quarterly")


def _quarters(start_on: date, end_on: date) -> list[tuple[date, str]]:
    named: list[tuple[date, str]] = []
    for number in range(1, MOST_QUARTERS):
        ends = quarter_ends_on(start_on, number)
        if ends >= end_on or _is_short(ends + DAY, end_on):
            break
        named.append((ends, f"quarter {number}"))
    return [*named, (end_on, "the end")]


def _periods(start_on: date, end_on: date, every: Every) -> list[tuple[date, str]]:
    """Return the ends of the fund's periods within a project, and the project's own.

    Less than a month at its end is told of with the period before, unless a financial year begins with it:
    nobody reports on a few days, and no figure of a year goes into another's.
    """
    ends = [one.ends_on for one in periods_between(start_on, end_on, every) if one.ends_on < end_on]
    if ends and _is_short(ends[-1] + DAY, end_on) and year_of(ends[-1]) == year_of(end_on):
        ends.pop()
    within = ends[: MOST_QUARTERS - 1]
    return [*((day, f"{every} {n}") for n, day in enumerate(within, 1)), (end_on, "the end")]


def _is_short(first: date, last: date) -> bool:
    """Whether the time from one day to another, both with it, is less than a month."""
    return last + DAY < months_after(first, 1)


def _target(words: str) -> int | None:
    """Return the one figure in some words that can be a target, None where there is none or several."""
    figures = [figure.rstrip(",") for sign, figure, unit in _FIGURE.findall(words) if not sign and not unit]
    found = [one for one in figures if not _YEAR.fullmatch(one)]
    if len(found) != 1 or "." in found[0] or len(found[0]) > MOST_DIGITS:
        return None
    return int(found[0].replace(",", ""))

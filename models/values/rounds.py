"""A round at a glance: its areas, their stages, dates and meetings, as values."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from msgspec import Struct
from msgspec.structs import asdict, replace

from models.reference.reporting import years_between
from models.values.rows import gathered
from scoring.marks.meeting import counts_words
from scoring.round import Area
from scoring.scheme import Combine
from scoring.written.days import full_day
from scoring.written.names import round_names

FORCE_WIDE = "Force-wide"
"""The area of a file that has no column for it: no place of its own, and not named in a sentence."""


class RoundKey(Struct, frozen=True):
    """A round by fund (name or code), financial year ("" when it has none) and name."""

    fund: str
    year: str
    name: str

    @property
    def words(self) -> str:
        """Return the round as a sentence names it."""
        return f"“{self.name}” of {self.fund} {self.year}".rstrip()


class AreaLine(Struct, frozen=True):
    """An area of a round: its stage and its money, in pence.

    `was_scored` is true where sheets are handed in: at the first stage they came with a round workbook.
    `shared_pot` names the pot that it shares, "" for its own.
    """

    name: str
    stage: str
    pot_pence: int
    start_up_pence: int
    committed_pence: int
    was_scored: bool = False
    shared_pot: str = ""

    @property
    def to_award_pence(self) -> int:
        """Return the pot less what was committed before, below nothing where that was more."""
        return self.pot_pence - self.committed_pence


class RoundLine(Struct, frozen=True):
    """A round at a glance; `fund` is the fund's name as this round prints it, `year` may be "".

    `ring_fence` says where the money comes from where it is kept for one purpose, else "". One that
    `is_direct` holds awards without a competition: nothing is scored in it.
    """

    round_id: int
    uid: str
    fund: str
    fund_code: str
    year: str
    name: str
    stage: str
    marking: str
    areas: tuple[AreaLine, ...]
    applications: int
    ring_fence: str = ""
    is_direct: bool = False

    @property
    def is_closed(self) -> bool:
        return self.stage == "closed"

    @property
    def stages(self) -> dict[str, str]:
        return {area.name: area.stage for area in self.areas}

    @property
    def names(self) -> tuple[str, ...]:
        """Return what a paper is called by: its fund, itself and its year, none of them twice."""
        return round_names(self.fund, self.name, self.year)

    @property
    def words(self) -> str:
        """Return the round as a sentence names it."""
        return f"“{self.name}” ({self.fund} {self.year}".rstrip() + ")"


class MeetingHeld(Struct, frozen=True):
    """The day of a meeting, when it began and ended ("10:00", "" where not said), and where it was held."""

    held_on: date
    begins: str = ""
    ends: str = ""
    place: str = ""

    @property
    def words(self) -> str:
        """Return it as minutes say it: "2 December 2026, from 10:00 to 12:30, Example House"."""
        times = [f"from {self.begins}"] if self.begins else []
        times += [f"{'to' if times else 'until'} {self.ends}"] if self.ends else []
        return ", ".join(filter(None, (full_day(self.held_on), " ".join(times), self.place)))


class Where(Protocol):
    """A round, and one of its areas or (None) all of them."""

    @property
    def line(self) -> RoundLine:
        """Return the round."""

    @property
    def area(self) -> str | None:
        """Return the area."""


class Who(Protocol):
    """A person by name, in a role; `member` is their code on the panel, None beside it."""

    @property
    def areas(self) -> tuple[str, ...]:
        """Return the areas in which the person has the role, () for all of them."""

    @property
    def name(self) -> str:
        """Return the name."""

    @property
    def role(self) -> str:
        """Return the role."""

    @property
    def member(self) -> str | None:
        """Return the code."""

    @property
    def is_away(self) -> bool:
        """Return whether the record is a member's own, away from the office."""


STAGES = ("intake", "scoring", "meeting", "recommending", "deciding", "done")
"""In order."""
BEFORE_MEETING, AFTER_MEETING = STAGES[:2], STAGES[3:]
"""Those at which applications and marks are taken, and nobody sees what others gave; those past it."""
NOW = {
    "intake": "Applications can be entered again in {}.",
    "scoring": "Scoring is open in {}.",
    "meeting": "The meeting is open in {}.",
    "recommending": "Recommending is open in {}.",
    "deciding": "Deciding is open in {}.",
    "done": "Closed: {}.",
}
"""What is said once an area, or several, came to a stage."""


WORDS = ("Set up", "Score", "Meeting", "Recommend", "Decide")
_MEETING = WORDS.index("Meeting")
DONE = len(WORDS)
"""Where an area stands that is past the last stage."""

_ALLOWED = (
    "Applications are imported, gates are checked and members declare interests.",
    "Members mark on their own; others' marks stay closed until members hand in their own sheets.",
    "The panel meets: it says who is here, then settles item after item by the round's rule for marks.",
    "The panel recommends, each line with its reason.",
    "The deciding office signs, changes with a reason, or sends back.",
    "Marks, recommendations and decisions stand, and what is left of the budget goes back to the year's "
    "money. Awards go on: agreements, payments, reports, variations, and what a challenge changes.",
)
NO_CHAIR = "This round has no chair yet. An officer adds one on Panel & interests."


def stage_of(line: RoundLine, area: AreaLine) -> int:
    """Return where an area stands, from 0 (Set up) to 5 (done)."""
    return 0 if line.stage == "set up" else STAGES.index(area.stage)


def stages_at(place: Where) -> tuple[int, ...]:
    """Return where the areas on show stand: one of them, or all."""
    chosen = [area for area in place.line.areas if place.area in (None, area.name)]
    return tuple(stage_of(place.line, area) for area in chosen)


def counts(stages: Sequence[int]) -> tuple[int, ...]:
    """Return how many areas are at each of the five stages; those done count nowhere."""
    return tuple(sum(1 for stage in stages if stage == number) for number in range(DONE))


def stage_words(stage: int) -> str:
    """Return a stage's name; "Done" past the last."""
    return WORDS[stage] if stage < DONE else "Done"


_AGREES = (
    "The panel meets: it says who is here, then agrees one mark on each criterion, with reasons and dissent."
)
_NOTES = "The panel meets: it says who is here, then discusses each item and notes what was said."


def allowed_words(line: RoundLine, stage: int, combine: Combine | None = None) -> str:
    """Say what may be done at a stage; at the meeting by the round's combining rule, where that is known."""
    if line.stage == "set up":
        return "The scheme is drafted and published; areas, pots and dates are set."
    if combine is None or stage != _MEETING:
        return _ALLOWED[stage]
    return _AGREES if combine is Combine.CONSENSUS else f"{_NOTES} {counts_words(combine)}"


def by_stage(place: Where) -> tuple[str, ...]:
    """Say for each stage that an area is at which areas those are, and what may be done there."""
    at = gathered((stage_of(place.line, area), area.name) for area in place.line.areas)
    return tuple(
        f"{stage_words(stage)}: {', '.join(at[stage])}. {allowed_words(place.line, stage)}"
        for stage in sorted(at)
    )


def spoken(place: Where) -> str:
    """Return the stages as they are read out."""
    stages = stages_at(place)
    if len(stages) == 1:
        at = min(stages[0] + 1, DONE)
        return f"Stage {at} of {DONE}, {stage_words(stages[0])}, of {place.area or place.line.areas[0].name}"
    told = [f"{number} at {WORDS[n]}" for n, number in enumerate(counts(stages)) if number]
    done = sum(1 for stage in stages if stage == DONE)
    return "Areas: " + ", ".join([*told, *([f"{done} done"] if done else [])])


WEEK = timedelta(days=7)
YEAR = 52 * WEEK
"""So far is a day from the same day of the week a year later."""
FIELDS = ("opens_on", "closes_on", "marks_close_on", "meets_on")


class Intake(StrEnum):
    """Whether an area takes applications on a day."""

    NOT_YET = "not open yet"
    OPEN = "open"
    CLOSED = "closed"
    ALLOCATED = "fully allocated"


class AreaDates(Struct, frozen=True):
    """When an area takes applications, when its marks close and its panel meets; None while not set.

    `allocated_on` is the day from which it is closed since its money is gone; `closes_time` ("17:00") is when
    the closing day closes, None for its end.
    """

    opens_on: date | None = None
    closes_on: date | None = None
    marks_close_on: date | None = None
    meets_on: date | None = None
    allocated_on: date | None = None
    closes_time: str | None = None

    def intake(self, today: date) -> Intake:
        """Return whether applications are taken on a day; the day of closing is still open."""
        if self.allocated_on is not None and self.allocated_on <= today:
            return Intake.ALLOCATED
        if self.closes_on is not None and self.closes_on < today:
            return Intake.CLOSED
        if self.opens_on is not None and self.opens_on > today:
            return Intake.NOT_YET
        return Intake.OPEN


class Carried(Struct, frozen=True):
    """What an area got from the area of its name in the `source`, the round that its own was copied from.

    Its pot and start-up money are None where it has another, its dates where they are none that were moved
    with the round's. `left_pence` is its pot where that was proposed from what is left of the year.
    """

    source: str
    pot_pence: int | None
    dates: AreaDates
    start_up_pence: int | None = None
    left_pence: int | None = None

    def to_check(self, area: Area, dates: AreaDates) -> tuple[str, ...]:
        """Return what still stands as it was carried over, in the order of a round's set-up."""
        was = asdict(self) | asdict(self.dates)
        now = {LEFT: area.pot_pence} | asdict(area) | asdict(dates)
        return tuple(name for name in (LEFT, *CARRIED_WORDS) if was[name] and was[name] == now[name])


def carried_over(source: str, areas: tuple[Area, Area], own: AreaDates, new: AreaDates) -> Carried:
    """Return what of an area's money and dates, before and now, came from another round, moved or not."""
    pot, start_up = (
        now if now and now == before else None
        for before, now in ([getattr(area, name) for area in areas] for name in MONEY)
    )
    pairs = [(getattr(own, name), getattr(new, name)) for name in FIELDS]
    shifts = [after - day for day, after in pairs if day and after]
    by = max(shifts, key=shifts.count, default=timedelta())
    days = (after if day and after and after - day == by else None for day, after in pairs)
    return Carried(source, pot, AreaDates(*days), start_up)


MONEY = POT, START_UP = ("pot_pence", "start_up_pence")
LEFT = "left_pence"
CARRIED_WORDS = {
    POT: "pot",
    START_UP: "start-up money",
    "opens_on": "opening of applications",
    "closes_on": "close of applications",
    "marks_close_on": "close of marks",
    "meets_on": "meeting of the panel",
}
"""What may be carried over, in words."""


def known_days(dates: AreaDates) -> tuple[date, ...]:
    """Return the days that are set, from opening to the meeting."""
    days = (getattr(dates, name) for name in FIELDS)
    return tuple(day for day in days if day is not None)


def distance(last: AreaDates, last_year: str, year: str, today: date) -> timedelta:
    """Return by how much a round's days move: whole weeks, so that each stays on its day of the week.

    For a later financial year it is 52 weeks a year; within a year the first weeks that begin after the
    last round met and not before today.
    """
    days = known_days(last)
    years = years_between(last_year, year)
    if not days or years > 0:
        return YEAR * max(years, 0)
    least = max(today, max(days) + timedelta(days=1)) - days[0]
    return WEEK * -(-least.days // 7)


def moved(dates: AreaDates, by: timedelta) -> AreaDates:
    """Return dates moved by a distance; that the money is gone is no date of another round."""
    days = (getattr(dates, name) for name in FIELDS)
    return replace(AreaDates(*(day and day + by for day in days)), closes_time=dates.closes_time)


def moved_like(own: AreaDates, last: AreaDates, new: AreaDates) -> AreaDates:
    """Return an area's own dates of the last round, moved as the round's dates moved from `last` to `new`.

    An area that closed a week after the others closes a week after them again. A day that the others had
    not moves as the first of theirs does; one that they have no more it has no more either.
    """
    pairs: list[tuple[date | None, date | None]] = [(getattr(last, n), getattr(new, n)) for n in FIELDS]
    shifts = [after - before if before and after else None for before, after in pairs]
    usual = next((shift for shift in shifts if shift is not None), timedelta())
    opens, closes, marks, meets = (
        _day(getattr(own, name), before, after, usual)
        for name, (before, after) in zip(FIELDS, pairs, strict=True)
    )
    closes_time = own.closes_time if closes else None
    return AreaDates(opens, closes, marks, meets, closes_time=closes_time)


def _day(own: date | None, before: date | None, after: date | None, usual: timedelta) -> date | None:
    if own == before:
        return after
    if own is None or (before and not after):
        return None
    return own + (after - before if before and after else usual)


class ReasonRule(StrEnum):
    """What a round says of the reason beside each mark."""

    ASKED = "asked"
    REQUIRED = "required"
    NOT_ASKED = "not asked"

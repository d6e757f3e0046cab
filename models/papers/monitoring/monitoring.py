"""The monitoring of a round's awards: what is overdue, and the figures that they come to line by line."""

from datetime import date

from msgspec import Struct

from models.papers.monitoring.award_monitoring import AwardMonitoring, AwardReturn, Line, figures_of
from models.reference.fund_defaults import ReferenceList, ReturnBand
from models.reference.reporting import Every
from scoring.counted import counted, first_of
from scoring.money import pounds
from scoring.schedule.values import PLAIN, Letterhead
from scoring.written.days import full_day


class Overdue(Struct, frozen=True):
    """A return that is missing, and the award it is of."""

    award: AwardMonitoring
    missing: AwardReturn
    days: int

    @property
    def at_risk_pence(self) -> int:
        """Return what was paid and has no evidence of spend."""
        return max(self.award.paid_pence - self.award.evidenced_pence, 0)


class LineSum(Struct, frozen=True):
    """How many people all returns count under a line, and how many awards gave figures and how many none.

    `missing` are of those alone that a return came in of, or should have.
    """

    group: str
    line: str
    supported: int
    given: int
    missing: int


class Monitoring(Struct, frozen=True):
    """The monitoring of a round's awards as on a day.

    `bands` say how often awards of what amount report, `own_bands` whether the round has its own;
    `lists` are the reference lists of the fund's return to the Ministry, none for most funds; `every` is
    how often the fund reports, None where it does not.
    """

    office: str
    fund: str
    round_name: str
    year: str
    marking: str
    today: date
    bands: tuple[ReturnBand, ...]
    own_bands: bool
    lists: tuple[ReferenceList, ...]
    awards: tuple[AwardMonitoring, ...]
    letterhead: Letterhead = PLAIN
    every: Every | None = None

    @property
    def title(self) -> str:
        """Return the title as printed."""
        return f"Monitoring, {self.fund} {self.year}".rstrip() + f", {self.round_name}"

    def title_of(self, part: str) -> str:
        """Return the title of a part of the paper: "Monitoring: visits, Victims Fund 2026/27, Autumn"."""
        return self.title.replace("Monitoring", f"Monitoring: {part}", 1)

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        awarded = pounds(sum(award.stands_pence for award in self.awards))
        due = sum(len(award.returns) for award in self.awards)
        came = sum(len(award.received) for award in self.awards)
        awards, returns = counted(len(self.awards), "award"), counted(due, "return")
        return f"{awards}, {awarded}, {came} of {returns} received, {len(self.overdue)} overdue"

    @property
    def overdue(self) -> tuple[Overdue, ...]:
        """Return what is missing: the longest first, then where most money has no evidence."""
        found = [
            Overdue(award, one, one.days_overdue(self.today))
            for award in self.awards
            for one in award.overdue(self.today)
        ]
        return tuple(sorted(found, key=_harm))

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return the sentences on more spend than payments."""
        return tuple(award.warning for award in self.awards if award.warning)

    @property
    def sums(self) -> tuple[LineSum, ...]:
        """Return the round's figures for the Ministry, line by line."""
        figures: dict[Line, dict[str, int]] = {}
        for award in self.awards:
            for group, line, supported in figures_of(award):
                by_award = figures.setdefault((group, line), {})
                by_award[award.application] = by_award.get(award.application, 0) + supported
        found, asked = [], self.asked
        for group, line in self._lines(figures):
            given = figures.get((group, line), {})
            missing = sum(award.application not in given for award in asked)
            found.append(LineSum(group, line, sum(given.values()), len(given), missing))
        return tuple(found)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return in sentences which awards gave no numbers or not all, and of how many no return was due."""
        if not self.lists:
            return ()
        told = {award.reference: {line[:2] for line in figures_of(award)} for award in self.asked}
        lines = {(one.code, line) for one in self.lists for line in one.lines}
        silent = [reference for reference, given in told.items() if not given & lines]
        partly = [reference for reference, given in told.items() if given & lines and lines - given]
        later = counted(len(self.awards) - len(told), "award")
        found = (
            (silent, f"No numbers came from {first_of(silent)}."),
            (partly, f"Lines are empty in what came from {first_of(partly)}."),
            (len(self.awards) > len(told), f"No return of {later} was due by {full_day(self.today)}."),
        )
        return tuple(words for is_so, words in found if is_so)

    @property
    def asked(self) -> tuple[AwardMonitoring, ...]:
        """Return the awards of which a return came in, or should have by the day."""
        return tuple(award for award in self.awards if award.is_asked(self.today))

    def list_title(self, code: str) -> str:
        """Return what a line of a list is called; the code itself for a list the fund has no more."""
        return next((one.title for one in self.lists if one.code == code), code)

    def _lines(self, figures: dict[Line, dict[str, int]]) -> list[Line]:
        """Return the lists' lines in order, then any that returns tell of and the lists have no more."""
        listed = [(one.code, line) for one in self.lists for line in one.lines]
        return listed + [key for key in figures if key not in set(listed)]


def _harm(one: Overdue) -> tuple[int, int, str]:
    return -one.days, -one.at_risk_pence, one.award.reference

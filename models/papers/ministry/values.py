"""The return to the Ministry for a period of a fund: people, spending, and what each provider gave."""

from datetime import date

from msgspec import Struct

from models.reference.reporting import year_of
from scoring.counted import counted
from scoring.money import pounds
from scoring.schedule.values import PLAIN, Letterhead
from scoring.written.days import short_day


def unchosen(title: str) -> str:
    """Return that an award has no line of a list: "No service area is chosen."."""
    return f"No {title.lower()} is chosen."


class PeopleLine(Struct, frozen=True):
    """How many people the returns of a period count under a line; `given` awards gave a number."""

    group: str
    title: str
    line: str
    people: int
    given: int


class SpendLine(Struct, frozen=True):
    """What was paid in a period, less what came back, and what returns give evidence of, in pence.

    `kind` is the list that the line is of: permitted purposes or service areas.
    """

    kind: str
    line: str
    paid_pence: int = 0
    evidenced_pence: int = 0


class ReportedReturn(Struct, frozen=True):
    """A return that tells of a period's time; `received_on` is None while it is missing."""

    number: int
    words: str
    due_on: date
    received_on: date | None


class ProviderLine(Struct, frozen=True):
    """An award in a period: what it is for, its money, its returns and what is missing of them.

    `next_to` is up to when its next return tells, where none tells of this period. `warning` says that more
    spend is evidenced up to its end than was paid, "" where it is not.
    """

    award: str
    application: str
    organisation: str
    round_name: str
    purpose: str
    service: str
    awarded_pence: int
    paid_pence: int
    evidenced_pence: int
    returns: tuple[ReportedReturn, ...] = ()
    missing: tuple[str, ...] = ()
    next_to: date | None = None
    warning: str = ""

    @property
    def reports(self) -> str:
        """Return in words what came in for the period."""
        came = [one for one in self.returns if one.received_on is not None]
        if self.returns:
            return f"{len(came)} of {counted(len(self.returns), 'return')} received"
        if self.next_to is None:
            return "Nothing in this period"
        return f"Next return covers the time to {short_day(self.next_to)}"


class MinistryReturn(Struct, frozen=True):
    """A fund's return for a period (`period` is its name, `period_words` what is printed).

    `people` and `spending` are line by line. A correction names the version that it `corrects`, its
    `reason` and its `changes`; the first version has none of them. `grant_pence` is what the fund has for
    the year from all sources, `ministry_pence` what of it is from the Ministry; None where that is not
    recorded. `later` awards of `later_pence` in all were decided in the period and start after it.
    `submitted_beside` names other periods of which this one has money and that were submitted: it is a
    draft to compare with then. It holds nothing of the day on which it is made.
    """

    office: str
    fund: str
    fund_code: str
    period: str
    period_words: str
    begins_on: date
    ends_on: date
    marking: str
    people: tuple[PeopleLine, ...]
    spending: tuple[SpendLine, ...]
    providers: tuple[ProviderLine, ...]
    corrects: int = 0
    reason: str = ""
    changes: tuple[str, ...] = ()
    letterhead: Letterhead = PLAIN
    grant_pence: int | None = None
    later: int = 0
    later_pence: int = 0
    submitted_beside: tuple[str, ...] = ()
    ministry_pence: int | None = None

    @property
    def grant_year(self) -> str:
        """Return the financial year whose grant it is: the one in which the period ends."""
        return year_of(self.ends_on)

    @property
    def title(self) -> str:
        """Return the title as printed."""
        return f"Return to the Ministry, {self.fund}, {self.period_words}"

    @property
    def control(self) -> str:
        """Return count and sums in words."""
        missing = len(self.silent)
        words = f"{counted(len(self.providers), 'award')}, {pounds(self.paid_pence)} paid less returned"
        words += f", {pounds(self.evidenced_pence)} of spend evidenced"
        if self.warned:
            words += f", more to date than was paid on {counted(len(self.warned), 'award')}"
        if missing:
            return f"{words}, information missing for {counted(missing, 'award')}"
        not_due = f"no return due for {counted(len(self.not_due), 'award')}"
        if self.not_due:
            return f"{words}, {not_due}"
        return words if self.warned else f"{words}, nothing missing"

    @property
    def silent(self) -> tuple[ProviderLine, ...]:
        """Return the awards of which something is missing."""
        return tuple(one for one in self.providers if one.missing)

    @property
    def warned(self) -> tuple[ProviderLine, ...]:
        """Return the awards of which more spend is evidenced than was paid."""
        return tuple(one for one in self.providers if one.warning)

    @property
    def not_due(self) -> tuple[ProviderLine, ...]:
        """Return the awards whose time in the period is told of by a later return."""
        return tuple(one for one in self.providers if not one.returns and one.next_to is not None)

    @property
    def missing_for_all(self) -> tuple[str, ...]:
        """Return what is missing for every award, where there are several."""
        first, *others = (one.missing for one in self.providers) if self.providers else ((),)
        return tuple(words for words in first if others and all(words in each for each in others))

    def missing_for(self, one: ProviderLine) -> str:
        """Return what is missing for an award and not for all."""
        return " ".join(words for words in one.missing if words not in self.missing_for_all)

    def to_settle(self, one: ProviderLine) -> str:
        """Return the same with the warning on its spend."""
        return " ".join(filter(None, (self.missing_for(one), one.warning)))

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the lists that spending is split by."""
        return tuple(dict.fromkeys(one.kind for one in self.spending))

    def spending_by(self, kind: str) -> tuple[SpendLine, ...]:
        """Return the spending by one list, line by line."""
        return tuple(one for one in self.spending if one.kind == kind)

    @property
    def paid_pence(self) -> int:
        """Return all that was paid, less what came back; each list sums to it."""
        return sum(one.paid_pence for one in self.spending_by(self.kinds[0]))

    @property
    def evidenced_pence(self) -> int:
        """Return all the spend that returns gave evidence of; each list sums to it."""
        return sum(one.evidenced_pence for one in self.spending_by(self.kinds[0]))

"""The monitoring of a round's awards: what is overdue, and the figures that they come to line by line."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from models.papers.order import Paper, TextPair, Texts
from models.papers.paper_words import Sentences
from models.reference.defaults import ReferenceList, ReturnBand
from models.reference.reporting import Every, month_end
from models.schema.personal import TextAbout
from models.values.awards import PlannedReturn
from scoring.money import pounds
from scoring.written.text import counted


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, the last of that month where it has none."""
    years, month = divmod(day.month - 1 + months, 12)
    last = month_end(date(day.year + years, month + 1, 1))
    return last.replace(day=min(day.day, last.day))


def quarter_ends_on(start_on: date, number: int) -> date:
    """Return the last day of a project's quarter, counted from 1."""
    return months_after(start_on, 3 * number) - timedelta(days=1)


Line = TextPair
"""The code of a reference list, and a line of it."""


_SHARE = re.compile(r"%|\bper ?cent(?:age)?\b", re.IGNORECASE)


SAID = Sentences("monitoring")


class AgreedOutput(Struct, frozen=True):
    """One thing that was agreed: a figure to reach, or words (`target` None); `number` stays its own.

    `measure` says how it is known, None where that is not said.
    """

    number: int
    words: TextAbout
    target: int | None = None
    is_outcome: bool = False
    measure: TextAbout | None = None

    @property
    def is_share(self) -> bool:
        """Whether its figure is in per cent: what one return tells is not added to another's."""
        return _SHARE.search(f"{self.words} {self.measure or ''}") is not None


class OutputProgress(Struct, frozen=True):
    """What a return says of one agreed output: a figure reached since the last return, and words."""

    output: int
    achieved: int | None = None
    words: TextAbout = ""


class SupportedNumber(Struct, frozen=True):
    """How many people a return counts under one line of a reference list."""

    group: str
    line: str
    supported: int


class ReturnContent(Struct, frozen=True):
    """What came in on a day: words, spend evidenced in pence, and figures by output and reference line."""

    received_on: date
    words: TextAbout = ""
    spent_pence: int | None = None
    progress: tuple[OutputProgress, ...] = ()
    supported: tuple[SupportedNumber, ...] = ()


class AwardReturn(Struct, frozen=True):
    """A return that is due, and what it says once it came in."""

    plan: PlannedReturn
    said: ReturnContent | None = None

    def days_overdue(self, today: date) -> int:
        """Return for how many days it has been missing, 0 when it is not."""
        return 0 if self.said is not None else max((today - self.plan.due_on).days, 0)


class Visit(Struct, frozen=True):
    """A visit: when, by whom, and what was seen."""

    on: date
    who: str
    seen: TextAbout


class AwardMonitoring(Struct, frozen=True):
    """One award with what was agreed, its returns by due date, and its visits.

    `wished` is the application's own text on outcomes, `varied` what a variation says of them since, None
    where none does, and `varied_end` likewise of the project's end; `amount_pence` and `paid_pence` are less
    what was recovered; `start_on` and `end_on` are the project's;
    where both have not signed a variation's amount, `agreed_pence` is what they have, `proposed` tells of it;
    once it `is_agreed` its agreement is signed, which plans its returns;
    `counted_under` names the lines under which the year tables count it, each after its list.
    """

    application: str
    reference: str
    organisation: str
    project: str
    area: str
    amount_pence: int
    paid_pence: int
    start_on: date
    end_on: date
    wished: str = ""
    outputs: tuple[AgreedOutput, ...] = ()
    returns: tuple[AwardReturn, ...] = ()
    visits: tuple[Visit, ...] = ()
    counted_under: str = ""
    varied: str | None = None
    varied_end: date | None = None
    is_agreed: bool = True
    agreed_pence: int | None = None
    proposed: str = ""

    @property
    def stands_pence(self) -> int:
        """Return what is agreed, less what was recovered: returns are planned by what is proposed."""
        return self.amount_pence if self.agreed_pence is None else self.agreed_pence

    @property
    def planned(self) -> tuple[PlannedReturn, ...]:
        return tuple(one.plan for one in self.returns)

    @property
    def ends_elsewhere(self) -> str:
        """Return the sentence on returns planned up to another end than a variation gave; "" for none."""
        end = self.varied_end
        if end is None or not self.planned:
            return ""
        last = self.planned[-1]
        if last.covers_to == end or (last.covers_to is None and last.due_on >= end):
            return ""
        return SAID.ends_elsewhere(self, last)

    @property
    def received(self) -> tuple[AwardReturn, ...]:
        return tuple(one for one in self.returns if one.said is not None)

    @property
    def evidenced_pence(self) -> int:
        return sum(one.said.spent_pence or 0 for one in self.returns if one.said is not None)

    @property
    def told_lines(self) -> set[Line]:
        """Return the lines of reference lists under which its returns count people."""
        said = (one.said for one in self.returns if one.said is not None)
        return {(number.group, number.line) for each in said for number in each.supported}

    @property
    def warning(self) -> str:
        """Return the sentence on more spend than payments; "" when there is none."""
        over = self.evidenced_pence - self.paid_pence
        return SAID.over_spent(self, over) if over > 0 else ""

    @property
    def unevidenced(self) -> str:
        """Return the sentence on payments without evidence once every return came in; "" for none."""
        left = self.paid_pence - self.evidenced_pence
        is_whole = bool(self.returns) and self.next_due is None
        return SAID.unevidenced(self, left) if left > 0 and is_whole else ""

    def overdue(self, today: date) -> tuple[AwardReturn, ...]:
        """Return what is missing, the longest first."""
        return tuple(one for one in self.returns if one.days_overdue(today))

    def is_asked(self, today: date) -> bool:
        """Return whether numbers are asked of it: a return came in, or should have come in by now."""
        return bool(self.received or self.overdue(today))

    @property
    def next_due(self) -> AwardReturn | None:
        return next((one for one in self.returns if one.said is None), None)

    def achieved(self, output: int) -> int | None:
        """Return what was reached of an output over all returns, None where none gave a figure.

        Figures in per cent are not added: the newest stands.
        """
        figures = [told.achieved for told in self._progress_of(output) if told.achieved is not None]
        if not figures:
            return None
        is_share = any(one.is_share for one in self.outputs if one.number == output)
        return figures[-1] if is_share else sum(figures)

    def newest_words(self, output: int) -> str:
        return next((told.words for told in reversed(list(self._progress_of(output))) if told.words), "")

    @property
    def progress(self) -> str:
        """Return progress as a table of awards prints it: each output, then what was last said."""
        lines = [progress_line(self, output) for output in self.outputs if self.received]
        words = next((one.said.words for one in reversed(self.returns) if one.said and one.said.words), "")
        return "\n".join(filter(None, [*lines, words]))

    def _progress_of(self, output: int) -> Iterator[OutputProgress]:
        for one in self.received:
            if one.said is not None:
                yield from (told for told in one.said.progress if told.output == output)


def progress_line(award: AwardMonitoring, output: AgreedOutput) -> str:
    """Return an output with what was reached: "Evening sessions: 12 of 40"."""
    done, words = award.achieved(output.number), award.newest_words(output.number)
    if done is not None:
        of = "" if output.target is None else f" of {output.target:,}"
        return f"{output.words}: {done:,}{of}" + (f" ({words})" if words else "")
    return f"{output.words}: {words or 'nothing said yet'}"


def people_by_line(
    lists: Iterable[ReferenceList], told: Iterable[tuple[str, AwardReturn]]
) -> Iterator[tuple[Line, dict[str, int]]]:
    """Yield each line of the lists with the people that returns tell of, by whom each is `told` of.

    Lines that returns tell of and the lists have no more come last.
    """
    figures: dict[Line, dict[str, int]] = {}
    for award, one in told:
        for number in () if one.said is None else one.said.supported:
            by_award = figures.setdefault((number.group, number.line), {})
            by_award[award] = by_award.get(award, 0) + number.supported
    listed = ((one.code, line) for one in lists for line in one.lines)
    return ((key, figures.get(key, {})) for key in dict.fromkeys([*listed, *figures]))


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


class Monitoring(Paper, frozen=True):
    """The monitoring of a round's awards as on a day.

    `bands` say how often awards of what amount report, `own_bands` whether the round has its own;
    `lists` are the reference lists of the fund's return to the Ministry, none for most funds; `every` is
    how often the fund reports, None where it does not.
    """

    fund: str
    round_name: str
    year: str
    today: date
    bands: tuple[ReturnBand, ...]
    own_bands: bool
    lists: tuple[ReferenceList, ...]
    awards: tuple[AwardMonitoring, ...]
    every: Every | None = None

    @property
    def title(self) -> str:
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
        return tuple(sorted(found, key=lambda one: (-one.days, -one.at_risk_pence, one.award.reference)))

    @property
    def warnings(self) -> Texts:
        return tuple(award.warning for award in self.awards if award.warning)

    @property
    def sums(self) -> tuple[LineSum, ...]:
        """Return the round's figures for the Ministry, line by line."""
        asked, told = self.asked, ((of.application, one) for of in self.awards for one in of.received)
        return tuple(
            LineSum(
                *line, sum(given.values()), len(given), sum(one.application not in given for one in asked)
            )
            for line, given in people_by_line(self.lists, told)
        )

    @property
    def missing(self) -> Texts:
        """Return in sentences which awards gave no numbers or not all, and of how many no return was due."""
        if not self.lists:
            return ()
        told = {award.reference: award.told_lines for award in self.asked}
        lines = {(one.code, line) for one in self.lists for line in one.lines}
        silent = [reference for reference, given in told.items() if not given & lines]
        partly = [reference for reference, given in told.items() if given & lines and lines - given]
        later = len(self.awards) - len(told)
        found = (
            SAID.silent(silent) if silent else "",
            SAID.partly(partly) if partly else "",
            SAID.later(later, self.today) if later else "",
        )
        return tuple(filter(None, found))

    @property
    def asked(self) -> tuple[AwardMonitoring, ...]:
        """Return the awards of which a return came in, or should have by the day."""
        return tuple(award for award in self.awards if award.is_asked(self.today))

    def list_title(self, code: str) -> str:
        """Return what a line of a list is called; the code itself for a list the fund has no more."""
        return next((one.title for one in self.lists if one.code == code), code)

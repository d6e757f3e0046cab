"""A fund's return for a period from its awards: each payment, recovery and return counts in one period.

Money counts on its day. What a return says (people, spend evidenced) counts in the period in which the time
that it tells of ends, whenever it came in. Expenditure that the office recorded for a year counts on the day
up to which it counts, as far as it is more than what the year's returns gave evidence of by then.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from models.papers.monitoring.monitoring import AwardMonitoring, AwardReturn, people_by_line
from models.papers.order import Paper, TextPair, Texts
from models.papers.paper_words import Sentences
from models.reference.defaults import ListKind, ReferenceList
from models.reference.reporting import Period, year_of
from models.values.awards import PlannedReturn
from scoring.money import pounds
from scoring.written.days import short_day

_SAID = Sentences("given")


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
    missing: Texts = ()
    next_to: date | None = None
    warning: str = ""

    @property
    def reports(self) -> str:
        """Return in words what came in for the period."""
        return _SAID.reports(self)


class MinistryReturn(Paper, frozen=True):
    """A fund's return for a period (`period` is its name, `period_words` what is printed).

    `people` and `spending` are line by line. A correction names the version that it `corrects`, its
    `reason` and its `changes`; the first version has none of them. `grant_pence` is what the fund has for
    the year from all sources, `ministry_pence` what of it is from the Ministry; None where that is not
    recorded. `later` awards of `later_pence` in all were decided in the period and start after it.
    `submitted_beside` names other periods of which this one has money and that were submitted: it is a
    draft to compare with then. It holds nothing of the day on which it is made.
    """

    fund: str
    fund_code: str
    period: str
    period_words: str
    begins_on: date
    ends_on: date
    people: tuple[PeopleLine, ...]
    spending: tuple[SpendLine, ...]
    providers: tuple[ProviderLine, ...]
    corrects: int = 0
    reason: str = ""
    changes: Texts = ()
    grant_pence: int | None = None
    later: int = 0
    later_pence: int = 0
    submitted_beside: Texts = ()
    ministry_pence: int | None = None

    @property
    def grant_year(self) -> str:
        """Return the financial year whose grant it is: the one in which the period ends."""
        return year_of(self.ends_on)

    @property
    def title(self) -> str:
        return f"Return to the Ministry, {self.fund}, {self.period_words}"

    @property
    def control(self) -> str:
        """Return count and sums in words."""
        return _SAID.ministry(self)

    @property
    def silent(self) -> tuple[ProviderLine, ...]:
        return tuple(one for one in self.providers if one.missing)

    @property
    def warned(self) -> tuple[ProviderLine, ...]:
        return tuple(one for one in self.providers if one.warning)

    @property
    def not_due(self) -> tuple[ProviderLine, ...]:
        """Return the awards whose time in the period is told of by a later return."""
        return tuple(one for one in self.providers if not one.returns and one.next_to is not None)

    @property
    def missing_for_all(self) -> Texts:
        """Return what is missing for every award, where there are several."""
        first, *others = (one.missing for one in self.providers) if self.providers else ((),)
        return tuple(words for words in first if others and all(words in each for each in others))

    def missing_for(self, one: ProviderLine) -> str:
        return " ".join(words for words in one.missing if words not in self.missing_for_all)

    def to_settle(self, one: ProviderLine) -> str:
        return " ".join(filter(None, (self.missing_for(one), one.warning)))

    @property
    def kinds(self) -> Texts:
        return tuple(dict.fromkeys(one.kind for one in self.spending))

    def spending_by(self, kind: str) -> tuple[SpendLine, ...]:
        return tuple(one for one in self.spending if one.kind == kind)

    @property
    def paid_pence(self) -> int:
        """Return all that was paid, less what came back; each list sums to it."""
        return sum(one.paid_pence for one in self.spending_by(self.kinds[0]))

    @property
    def evidenced_pence(self) -> int:
        """Return all the spend that returns gave evidence of; each list sums to it."""
        return sum(one.evidenced_pence for one in self.spending_by(self.kinds[0]))


PURPOSE, SERVICE = "Permitted purpose", "Service area"
LISTS = {ListKind.PERMITTED: PURPOSE, ListKind.SERVICE: SERVICE}
NOT_CHOSEN = "Not chosen"
OF_OFFICE = "The office itself"
"""The line of what the office gave itself, which is below nothing, where it gave it to no service area."""
AT_YEAR_END = "Recorded for the year, of no award"
"""The line of what was spent by the office's own record beyond what awards give evidence of."""


class Paid(Struct, frozen=True):
    """Money on a day in pence: paid, or below nothing where it came back."""

    on: date
    pence: int


class ReportedAward(Struct, frozen=True):
    """An award of a fund: its monitoring, every payment and recovery, and what it is for.

    `recorded` is its expenditure of a year as the office recorded it, on the day up to which it counts;
    `year` is the one whose money it draws on. `agreed` are the returns that its signed agreement asks for,
    where none are planned apart from it. `taken_over` says when the award was taken over, and by
    whom, each time.
    """

    terms: AwardMonitoring
    round_name: str
    decided_on: date
    money: tuple[Paid, ...]
    purpose: str = ""
    service: str = ""
    recorded: tuple[Paid, ...] = ()
    year: str = ""
    agreed: tuple[PlannedReturn, ...] = ()
    taken_over: tuple[tuple[date, str], ...] = ()

    def called_on(self, day: date) -> str:
        """Return who has the award on a day."""
        held = [name for on, name in self.taken_over if on <= day]
        return held[-1] if held else self.terms.organisation

    @property
    def owed(self) -> tuple[AwardReturn, ...]:
        """Return the returns that it owes, as they are planned or else as its agreement says."""
        return self.terms.returns or tuple(AwardReturn(plan) for plan in self.agreed)

    def paid_in(self, period: Period) -> int:
        """Return what was paid in a period, less what came back in it."""
        return sum(one.pence for one in self.money if period.has(one.on))

    def returns_of(self, period: Period) -> tuple[AwardReturn, ...]:
        return tuple(one for one in self.owed if period.has(one.plan.tells_to))

    def evidenced_in(self, period: Period) -> int:
        """Return the spend that the returns of a period, or the office's record in it, give evidence of."""
        told = sum(_spent(one) for one in self.returns_of(period))
        return told + sum(one.pence - self._reported(one.on) for one in self.recorded if period.has(one.on))

    def beyond_paid(self, day: date) -> str:
        """Return the sentence on more spend evidenced up to a day than was paid by then, "" for none.

        What came back is taken off what was paid.
        """
        paid = sum(one.pence for one in self.money if one.on <= day)
        told = sum(_spent(one) for one in self.terms.returns if one.plan.tells_to <= day)
        told += sum(one.pence - self._reported(one.on) for one in self.recorded if one.on <= day)
        if told <= paid:
            return ""
        more = f"{pounds(told - paid)} more than the {pounds(paid)} that was paid by then"
        return f"{pounds(told)} of spend is evidenced up to {short_day(day)}, {more}."

    def evidenced_by(self, day: date) -> int:
        """Return the same of the financial year of a day, up to that day."""
        same = [one for one in self.recorded if year_of(one.on) == year_of(day) and one.on <= day]
        return self._reported(day) + sum(one.pence - self._reported(one.on) for one in same)

    def _reported(self, day: date) -> int:
        """Return the spend that returns on the financial year of a day tell of up to it."""
        ends = ((one, one.plan.tells_to) for one in self.terms.returns)
        return sum(_spent(one) for one, on in ends if on <= day and year_of(on) == year_of(day))

    def is_of(self, period: Period) -> bool:
        """Whether it goes on in a period, or has money or a return in it."""
        goes_on = self.terms.start_on <= period.ends_on and self.terms.end_on >= period.begins_on
        has_money = any(period.has(one.on) for one in (*self.money, *self.recorded))
        is_decided = self.decided_on <= period.ends_on
        return (goes_on and is_decided) or has_money or bool(self.returns_of(period))


def _spent(one: AwardReturn) -> int:
    return 0 if one.said is None else one.said.spent_pence or 0


class OfLine(Struct, frozen=True):
    """Money of a whole line, in pence, on a day of the year that it is of.

    It is what the office gave to it itself, or recorded as spent of it up to that day.
    """

    on: date
    line: str
    pence: int


NOT_IN, TO_COME = "has not come in", "is still to come"
"""What is said of a return that is not here: after the day on which it was due, and until then."""


class FundReporting(Struct, frozen=True):
    """All of a fund that its returns are made of; `listed` are the lines of its two lists of spending."""

    awards: tuple[ReportedAward, ...]
    given: tuple[OfLine, ...]
    lists: tuple[ReferenceList, ...]
    listed: tuple[tuple[ListKind, Texts], ...]
    recorded: tuple[OfLine, ...] = ()

    def beyond_awards(self, of: OfLine) -> int:
        """Return how much more was recorded of a line than its awards give evidence of by then."""
        year = year_of(of.on)
        own = (one for one in self.awards if one.terms.area == of.line and one.year == year)
        return max(of.pence - sum(one.evidenced_by(of.on) for one in own), 0)

    @property
    def first_day(self) -> date | None:
        """Return the first day on which there is something to report, None before there is."""
        days = [day for award in self.awards for day in (award.decided_on, *(one.on for one in award.money))]
        days += [one.plan.tells_to for award in self.awards for one in award.terms.returns]
        days += [*(one.on for one in self.given), *(one.on for one in self.recorded)]
        return min(days, default=None)


def people_in(of: FundReporting, period: Period) -> tuple[PeopleLine, ...]:
    """Return the people counted in a period, each list in its order, lines that it has no more last."""
    titles = {one.code: one.title for one in of.lists}
    told = ((award.terms.reference, one) for award in of.awards for one in award.returns_of(period))
    return tuple(
        PeopleLine(group, titles.get(group, group), line, sum(given.values()), len(given))
        for (group, line), given in people_by_line(of.lists, told)
    )


def spending_in(of: FundReporting, period: Period) -> tuple[SpendLine, ...]:
    """Return what was spent in a period, by permitted purpose and by service area; each sums to the whole."""
    return tuple(line for kind, words in of.listed for line in _spending(of, period, kind, words))


def _spending(
    of: FundReporting, period: Period, kind: ListKind, listed: Sequence[str]
) -> Iterator[SpendLine]:
    rows = {words: SpendLine(LISTS[kind], words) for words in listed}
    for words, paid, evidenced in _amounts(of, period, kind, listed):
        row = rows.get(words, SpendLine(LISTS[kind], words))
        rows[words] = replace(
            row, paid_pence=row.paid_pence + paid, evidenced_pence=row.evidenced_pence + evidenced
        )
    loose = rows.pop(NOT_CHOSEN, None)
    yield from rows.values()
    if loose is not None:
        yield loose


def _amounts(
    of: FundReporting, period: Period, kind: ListKind, listed: Sequence[str]
) -> Iterator[tuple[str, int, int]]:
    is_service = kind is ListKind.SERVICE
    for award in (award for award in of.awards if award.is_of(period)):
        words = award.service if is_service else award.purpose
        paid, evidenced = award.paid_in(period), award.evidenced_in(period)
        if words or paid or evidenced:
            yield words or NOT_CHOSEN, paid, evidenced
    for given in (given for given in of.given if period.has(given.on)):
        yield given.line if is_service and given.line in listed else OF_OFFICE, -given.pence, 0
    for whole in (whole for whole in of.recorded if period.has(whole.on)):
        beyond = of.beyond_awards(whole)
        if beyond:
            yield whole.line if is_service and whole.line in listed else AT_YEAR_END, 0, beyond


def providers_in(of: FundReporting, period: Period, today: date) -> tuple[ProviderLine, ...]:
    """Return the awards of a period with what is missing of each, or is still to come on a day."""
    return tuple(_provider(of, award, period, today) for award in of.awards if award.is_of(period))


def starting_later(of: FundReporting, period: Period) -> tuple[int, int]:
    """Return how many awards were decided in a period and are of a later one, and their sum in pence."""
    found = [one for one in of.awards if period.has(one.decided_on) and not one.is_of(period)]
    later = [one.terms.amount_pence for one in found if one.terms.start_on > period.ends_on]
    return len(later), sum(later)


def _provider(of: FundReporting, award: ReportedAward, period: Period, today: date) -> ProviderLine:
    terms, mine = award.terms, award.returns_of(period)
    later = (one.plan.tells_to for one in award.owed if one.plan.tells_to > period.ends_on)
    return ProviderLine(
        award=terms.reference,
        application=terms.application,
        organisation=award.called_on(period.ends_on),
        round_name=award.round_name,
        purpose=award.purpose,
        service=award.service,
        awarded_pence=terms.amount_pence,
        paid_pence=award.paid_in(period),
        evidenced_pence=award.evidenced_in(period),
        returns=tuple(_reported(one) for one in mine),
        missing=tuple(_missing(of, award, mine, today)),
        next_to=None if mine else next(later, None),
        warning=award.beyond_paid(period.ends_on),
    )


def _reported(one: AwardReturn) -> ReportedReturn:
    received = None if one.said is None else one.said.received_on
    return ReportedReturn(one.plan.number, one.plan.words, one.plan.due_on, received)


def _missing(
    of: FundReporting, award: ReportedAward, mine: Sequence[AwardReturn], today: date
) -> Iterator[str]:
    """Yield in words what an award does not give of a period."""
    chosen = {ListKind.PERMITTED: award.purpose, ListKind.SERVICE: award.service}
    for kind, words in of.listed:
        if words and not chosen[kind]:
            yield unchosen(LISTS[kind])
    if not award.owed:
        yield "Its agreement is not signed yet, so no return is due."
    for one in mine:
        yield from _missing_of(of, one, today)


def _missing_of(of: FundReporting, one: AwardReturn, today: date) -> Iterator[str]:
    named = f"Return {one.plan.number}"
    if one.said is None:
        came = NOT_IN if one.plan.due_on < today else TO_COME
        yield f"{named} ({one.plan.words}), due on {short_day(one.plan.due_on)}, {came}."
        return
    if one.said.spent_pence is None:
        yield f"{named} gives no spend."
    groups = {number.group for number in one.said.supported}
    for each in (each for each in of.lists if each.code not in groups):
        yield f"{named} gives no numbers by {each.title.lower()}."


T = TypeVar("T")
NONE = "none"
"""What a fact of which nothing is recorded is or was."""


def changed_in(before: MinistryReturn, after: MinistryReturn) -> Texts:
    """Return what a return says otherwise than before: the year's money, then awards, people and spending."""
    return (*_differing(_money, before, after), *_providers(before, after), *_differing(_sums, before, after))


def _differing(facts: Callable[[T], Iterator[TextPair]], before: T, after: T) -> Iterator[str]:
    """Yield each fact that is another now, with what it was."""
    old, new = dict(facts(before)), dict(facts(after))
    for name in dict.fromkeys((*new, *old)):
        was, now = old.get(name, NONE), new.get(name, NONE)
        if was != now:
            yield f"{name}: {now}, was {was}."


def _money(of: MinistryReturn) -> Iterator[TextPair]:
    for what, pence in (("The grant", of.ministry_pence), ("The fund’s money", of.grant_pence)):
        if pence is not None:
            yield f"{what} for {of.grant_year}", pounds(pence)


def _sums(of: MinistryReturn) -> Iterator[TextPair]:
    """Yield the people and the spending of each line that has some."""
    for one in of.people:
        if one.people:
            yield f"People, {one.title.lower()} “{one.line}”", f"{one.people:,}"
    for line in of.spending:
        for what, pence in (("paid less returned", line.paid_pence), ("evidenced", line.evidenced_pence)):
            if pence:
                yield f"{line.kind} “{line.line}”, {what}", pounds(pence)


def _providers(before: MinistryReturn, after: MinistryReturn) -> Iterator[str]:
    old: dict[str, ProviderLine] = {one.award: one for one in before.providers}
    new = {one.award: one for one in after.providers}
    for award, one in new.items():
        if award not in old:
            yield f"{award} ({one.organisation}) is new."
        else:
            yield from _differing(_facts, old[award], one)
            yield from _lacking(old[award], one)
    for award in (award for award in old if award not in new):
        yield f"{award} ({old[award].organisation}) is no longer part of the period."


def _facts(of: ProviderLine) -> Iterator[TextPair]:
    for one in of.returns:
        due, came = f"due on {short_day(one.due_on)}", one.received_on
        yield f"{of.award}, return {one.number} ({one.words})", f"came in {short_day(came)}" if came else due
    for what, said in (
        ("permitted purpose", of.purpose),
        ("service area", of.service),
        ("award", pounds(of.awarded_pence)),
        ("paid less returned", pounds(of.paid_pence)),
        ("evidenced", pounds(of.evidenced_pence)),
        ("recipient", f"{of.organisation}, {of.round_name}"),
    ):
        if said:
            yield f"{of.award}, {what}", said


def _lacking(old: ProviderLine, new: ProviderLine) -> Iterator[str]:
    """Yield what is missing besides what the facts say, and what is not missing any more."""
    was, now = ([words for words in each.missing if not _is_told(words)] for each in (old, new))
    yield from (f"{new.award}: {words}" for words in now if words not in was)
    yield from (f"{new.award}: “{words}” does not hold any more." for words in was if words not in now)


def _is_told(words: str) -> bool:
    """Whether what is missing is told by the choices of an award and the days of its returns."""
    return words in (unchosen(PURPOSE), unchosen(SERVICE)) or words.endswith((f"{NOT_IN}.", f"{TO_COME}."))

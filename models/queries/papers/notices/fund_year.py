"""What a notice and a decision report tell of the fund's year: what it has, is planned, and lapses."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from models.papers.order import PaperOrder
from models.queries.set_up.funds import FundYearMoney, fund_list
from models.queries.set_up.round_facts import RoundFacts, round_facts
from models.queries.set_up.rounds import rounds_of
from models.reference.fund_checks import source_words
from models.session import Session
from models.values.round_line import RoundLine
from models.values.rows import ApplicationRow
from scoring.counted import counted, noun
from scoring.money import short_pounds
from scoring.written.days import full_day
from scoring.written.text import with_article, with_capital

LONGEST_YEAR = 366
"""So many days a project of one year has at most, from its first day to its last."""


def of_year(session: Session, facts: RoundFacts) -> str:
    """Return what the fund has in the year of the round, "" where a panel's has none recorded.

    Where the pots and the start-up money of its rounds come to more than that, it says by how much.
    """
    line, money = facts.line, year_money(session, facts.line)
    if money is None and line.is_direct:
        of = f"the money of {with_article(line.fund)} for {line.year}"
        return f"What is awarded without a competition draws on {of}. "
    if money is None:
        return ""
    has = f"{with_capital(with_article(line.fund))} has {short_pounds(money.amount_pence)} in {line.year}. "
    planned = 0 if line.is_direct else _planned(session, line)
    over = planned - money.amount_pence
    if over <= 0:
        return has
    come = f"The pots and the start-up money of its rounds come to {short_pounds(planned)}"
    return f"{has}{come}, {short_pounds(over)} more than it has. "


def promised_words(session: Session, order: PaperOrder) -> str:
    """Return that a call promises more than the fund has in the year, "" where it does not."""
    assert order.round_id is not None, "a call is of a round"
    facts = round_facts(session, order.round_id)
    money, planned = year_money(session, facts.line), _planned(session, facts.line)
    if money is None or planned <= money.amount_pence:
        return ""
    do = "Lower a pot, or record what it has on Funds, before this goes out."
    return f"{of_year(session, facts).strip()} {do}"


def first_to_lapse(session: Session, line: RoundLine) -> date | None:
    """Return the last day on which the first part of the year's money to lapse can be spent, if any does."""
    money = year_money(session, line)
    days = [source.ends_on for source in money.sources if source.ends_on] if money else []
    return min(days, default=None)


def lapsing(
    session: Session, facts: RoundFacts, ends: Mapping[str, date | None], today: date
) -> Iterable[str]:
    """Yield for each part of the year's money that lapses, or lapsed, how many projects run on after that.

    `ends` holds the last day of each project that has money, by its application.
    """
    return lapsing_of(year_money(session, facts.line), tuple(ends.values()), today)


def lapsing_of(money: FundYearMoney | None, ends: Collection[date | None], today: date) -> Iterator[str]:
    """Yield the same of a fund's year, from the last day of each of its projects."""
    for source in () if money is None else money.sources:
        day = source.ends_on
        late = 0 if day is None else sum(end is not None and end > day for end in ends)
        if day is not None and late:
            yield (
                f"{short_pounds(source.amount_pence)} of the fund's money ({source_words(source)}) "
                f"{lapses_words(day, today)}. {_which(late, len(ends))} "
                f"{noun(late, 'runs', 'run')} on after that day: what is spent then needs other money, or "
                "leave to carry this forward."
                f"{_without_end(sum(end is None for end in ends), len(ends))}"
            )


def lapses_words(day: date, today: date) -> str:
    """Return how money of which `day` is the last to spend it goes on: it lapses, or has lapsed."""
    lapses, is_not = ("lapsed", "was not") if day < today else ("lapses", "is not")
    return f"{lapses} where it {is_not} spent by {full_day(day)}"


def _without_end(many: int, of: int) -> str:
    return (
        f" {many} of the {counted(of, 'project')} {noun(many, 'names', 'name')} no last day." if many else ""
    )


def over_years(
    rows: Iterable[ApplicationRow], awarded: Mapping[str, int], named: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Yield of each project that has money and runs for longer than a year from when to when it does.

    `awarded` holds the pence of each application that has money, `named` what one is called where that is not
    its reference.
    """
    called = named or {}
    for row in rows:
        pence, start, end = awarded.get(row.reference), row.start_on, row.end_on
        if pence and start and end and (end - start).days > LONGEST_YEAR:
            which = called.get(row.reference, row.reference)
            yield (
                f"{which} runs for longer than a year, from {full_day(start)} to {full_day(end)}; "
                f"all of its {short_pounds(pence)} is awarded now."
            )


def _which(late: int, of: int) -> str:
    if late == of:
        return {1: "The project", 2: "Both projects"}.get(of, f"All {of} projects")
    return f"{late} of the {counted(of, 'project')}"


def year_money(session: Session, line: RoundLine) -> FundYearMoney | None:
    """Return the money that the fund of a round has in its year, None where none is set."""
    of = (fund for fund in fund_list(session) if fund.code == line.fund_code)
    return next((year for fund in of for year in fund.years if year.year == line.year), None)


def _planned(session: Session, line: RoundLine) -> int:
    """Return the pots and the start-up money of the rounds of a fund and year that were competed for."""
    rounds = rounds_of(session, line.fund_code or line.fund, line.year)
    areas = (area for one in rounds if not one.is_direct for area in one.areas)
    return sum(area.pot_pence + area.start_up_pence for area in areas)

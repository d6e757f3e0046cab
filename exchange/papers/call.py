"""The call for applications as a paper that an office publishes before a round."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from exchange.papers.document.values import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Look,
    Pairs,
    Para,
    Table,
)
from exchange.papers.paper_words import short_day, text_or_dash
from exchange.papers.prose import prose, written
from models.papers.call import CallArea, CallForApplications
from models.papers.status import PaperStatus
from scoring.money import column_money, short_pounds
from scoring.written.names import round_names
from scoring.written.text import with_capital

NO_CAP = "none"
"""What the rules say of caps where there are none."""
UNSET = "How much money there is in each area is not settled yet."


def call_document(call: CallForApplications, status: PaperStatus) -> Document:
    """Return the call as a paper."""
    return prose(call, status, _blocks(call), round_names(call.fund, call.round, call.year))


def _blocks(call: CallForApplications) -> Iterator[Block]:
    yield from written(call.about, look=Look.LEAD)
    if call.purposes:
        yield Heading("What the fund is for")
        yield Bullets(call.purposes)
    has_dates = any(has(area) for area in call.areas for _, _, has in _DATES)
    yield Heading("The money and the dates" if has_dates else "The money")
    yield Para(f"{_in_all(call)}{_most(call)}")
    yield _areas(call)
    yield from map(Para, (*call.shared, *call.without, *call.days))
    yield Heading("How to apply")
    yield from written(call.how)
    if call.contact:
        yield Pairs(call.contact)
    if call.who_may or call.checks or call.besides:
        yield Heading("Who may apply")
        yield from written(call.who_may)
    if call.checks:
        yield Para("Each application is first checked. It goes on to the panel if every answer is yes:")
        yield Bullets(call.checks)
        yield from map(Para, filter(None, (call.waivers,)))
    if call.besides:
        yield Para("We also ask this, and turn nobody down for the answer:")
        yield Bullets(call.besides)
    yield from _judging(call)
    if call.decided:
        yield Heading("Who decides, and what comes next")
        yield from map(Para, call.decided)


def _in_all(call: CallForApplications) -> str:
    """Return the money that may be applied for; start-up money is given apart from it."""
    if not call.envelope_pence:
        return UNSET
    start_up = sum(area.start_up_pence for area in call.areas)
    projects = short_pounds(call.envelope_pence - start_up)
    if not start_up:
        return f"There is {projects} in all."
    apart = f"{short_pounds(start_up)} of start-up money is separate: nobody applies for it here."
    return f"There is {projects} for projects. {apart}"


def _most(call: CallForApplications) -> str:
    """Return the most that one may be given, "" where no rule says it."""
    caps = dict(call.rules).get("Caps", NO_CAP)
    return "" if caps == NO_CAP else f" The most that is given is {caps}."


def _areas(call: CallForApplications) -> Table:
    """Return what each area offers and when; without a column that nothing stands in."""
    show = column_money(pence for area in call.areas for pence in (area.pot_pence, area.start_up_pence))
    has_money, has_start_up = (
        any(area.pot_pence for area in call.areas),
        any(area.start_up_pence for area in call.areas),
    )
    has = (has_money, has_start_up)
    dates = [
        (column, [say(area) for area in call.areas])
        for column, say, has in _DATES
        if any(has(area) for area in call.areas)
    ]
    columns = (
        Column("Area", 2.2),
        *((Column("Money", 1.3, is_figure=True),) if has_money else ()),
        *((Column("Start-up money", 1.3, is_figure=True),) if has_start_up else ()),
        *(column for column, _ in dates),
    )
    rows = [
        (area.area, *_money((area,), show, has), *(said[row] for _, said in dates))
        for row, area in enumerate(call.areas)
    ]
    if len(rows) < 2 or not any(has):
        return Table("", columns, tuple(rows))
    rows.append(("All areas", *_money(call.areas, show, has), *("" for _ in dates)))
    return Table("", columns, tuple(rows), frozenset({len(call.areas)}))


def _money(areas: Sequence[CallArea], show: Callable[[int], str], has: tuple[bool, bool]) -> Iterator[str]:
    """Yield the money of areas for projects, and for starting up, where the call has any of it."""
    sums = (sum(area.pot_pence for area in areas), sum(area.start_up_pence for area in areas))
    yield from (show(pence) for pence, is_there in zip(sums, has, strict=True) if is_there)


def _closes(area: CallArea) -> str:
    return short_day(area.closes_on) + (f", {area.closes_time}" if area.closes_time else "")


_DATES: tuple[tuple[Column, Callable[[CallArea], str], Callable[[CallArea], date | None]], ...] = (
    (Column("Opens", 1.2), lambda area: short_day(area.opens_on), lambda area: area.opens_on),
    (Column("Closes", 1.6), _closes, lambda area: area.closes_on),
    (Column("Panel meets", 1.2), lambda area: short_day(area.meets_on), lambda area: area.meets_on),
)


def _judging(call: CallForApplications) -> Iterator[Block]:
    yield Heading("How applications are judged")
    split = f"Quality counts {call.quality} and cost {call.cost}." if call.cost else "Only quality is judged."
    yield Para(split)
    if any(each.looks_for for each in call.criteria):
        columns = (Column("Criterion", 1.6), Column("What it looks for", 3), Column("How it counts", 2))
        rows = [(each.title, text_or_dash(each.looks_for), with_capital(each.how)) for each in call.criteria]
        yield Table("", columns, tuple(rows))
    else:
        bare = tuple((each.title, with_capital(each.how)) for each in call.criteria)
        yield Table("", (Column("Criterion", 1.6), Column("How it counts", 2)), bare)
    if call.scale:
        yield Para("Members of the panel mark what they judge on this scale:")
        marks = tuple((str(mark), words) for mark, words in call.scale)
        yield Table("", (Column("Mark", 0.4), Column("Means", 6)), marks)
    yield Heading("The rules of the round")
    yield Pairs(tuple((subject, f"{words[:1].upper()}{words[1:]}.") for subject, words in call.rules))

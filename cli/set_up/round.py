"""`grant-panel round`: a round started, and its days, marking and what is over a pot, changed."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial

from msgspec.structs import replace

from cli.frame.output import Json, answer, say, table, told
from cli.frame.record import open_record, perform, perform_all
from cli.frame.rounds import round_named
from cli.frame.typed import MISSING, iso_day, past_day, pence_by_area, pence_of, today, typed_day
from models.operation import Operation
from models.operations.deciding.recommendations import AllowOverPot
from models.operations.rows.write_funds import fund_defaults
from models.operations.set_up.areas import SetAreaDates, check_dates
from models.operations.set_up.rounds import SetMarking, StartRound
from models.queries.deciding.allowances import allowances_recorded
from models.queries.packs.own_record import refuse_in_members_own
from models.queries.set_up.funds import fund_named
from models.queries.set_up.rounds import area_dates, area_word, round_line
from models.record import Record
from models.session import Session
from models.values.rounds import AreaDates, AreaLine, RoundKey, RoundLine
from scoring.money import plain_pounds, pounds
from scoring.ranking import Allowance
from scoring.refused import Refused
from scoring.round import Area
from scoring.written.days import short_day
from scoring.written.text import Unreadable
from scoring.written.zones import read_time

_DAYS = {
    "opens": "opens_on",
    "closes": "closes_on",
    "marks_close": "marks_close_on",
    "meets": "meets_on",
    "allocated": "allocated_on",
}
"""Where the days of a round are kept, by option."""


def run(options: argparse.Namespace) -> None:
    """Make the changes that are asked for, none where one of them is refused as written, and print it all."""
    to_change = _is_change(options)
    with open_record(options.record, options, to_change=to_change or options.start) as record:
        record.ask(refuse_in_members_own, action="this")
        if options.start:
            say(*_started(record, options))
        round_id = round_named(record, options)
        asked = partial(_changes, round_id=round_id, options=options)
        done = perform_all(record, record.ask(asked), options) if to_change else []
        say(*() if options.json else done)
        shown = record.ask(_Shown, round_id=round_id, area=options.area)
    answer(options, lambda: shown.document(), shown.lines())


def _started(record: Record, options: argparse.Namespace) -> Iterator[str]:
    """Start a round with the days that are given, and yield what is said of it, which no JSON has."""
    words = start(record, options, _dates(AreaDates(), options))
    if not options.json:
        yield words


def _is_change(options: argparse.Namespace) -> bool:
    """Say whether something is to be changed; refused where one part might be done and another not."""
    days = any(getattr(options, option) is not None for option in (*_DAYS, "closes_at"))
    parts = sum((days, options.marking is not None, options.allow is not None))
    if parts > 1:
        raise Refused("Change days, marking and what is allowed over a pot each with a command of its own.")
    if options.start and (options.marking is not None or options.allow is not None or options.area):
        raise Refused("A round is started with its days and pots. Set the rest once it is there.")
    if options.pot and not options.start:
        raise Refused("Pots are given to a round that is started. Give --pot with --start.")
    if options.on is not None and options.allow is None:
        raise Refused("Only what is allowed over a pot has a day of its own. Give --on with --allow.")
    return parts == 1 and not options.start


def _changes(session: Session, round_id: int, options: argparse.Namespace) -> tuple[Operation, ...]:
    """Return what is to be done; refused where a day or an amount cannot be, before anything is done."""
    line, stood = round_line(session, round_id), area_dates(session, round_id)
    if options.marking is not None:
        is_same = options.marking == line.marking
        return () if is_same else (SetMarking(round_id, options.marking, line.marking),)
    if options.allow is not None:
        return (AllowOverPot(round_id, _allowed(options)),)
    found: list[Operation] = []
    for area in _areas(line, options.area):
        dates = _dates(stood[area.name], options)
        if dates != stood[area.name]:
            check_dates(area.name, dates)
            found.append(SetAreaDates(round_id, area.name, dates, stood[area.name], judges_time=True))
    return tuple(found)


def _areas(line: RoundLine, named: str | None) -> Sequence[AreaLine]:
    found = [area for area in line.areas if named in (None, area.name)]
    if not found:
        raise Refused(
            f"The round has no area {named!r}. Its areas: {', '.join(area.name for area in line.areas)}."
        )
    return found


def _allowed(options: argparse.Namespace) -> Allowance:
    if options.area is None:
        raise Refused("Say with --area over which area's pot it is allowed.")
    name, comma, post = options.by.partition(",")
    if not comma:
        raise Refused('Say who allows it, and in which post, with --by "NAME, POST".')
    pence = pence_of(options.allow, MISSING)
    on = past_day(options.on, "Money is allowed over a pot on a day that has come")
    return Allowance(options.area, pence, name.strip(), post.strip(), options.reason.strip(), on)


def _dates(stood: AreaDates, options: argparse.Namespace) -> AreaDates:
    """Return an area's days as they are to be: those that are said now, the others as they stood."""
    said = {field: getattr(options, option) for option, field in _DAYS.items()}
    days = {field: typed_day(text, today(), options) for field, text in said.items() if text is not None}
    at = stood.closes_time if options.closes_at is None else _time(options.closes_at)
    return replace(stood, **days, closes_time=at)


def _time(said: str) -> str | None:
    try:
        return read_time(said) if said.strip() else None
    except Unreadable as no:
        raise Refused(str(no)) from no


class _Shown:
    """A round's days, marking and allowances, of every area or of one."""

    def __init__(self, session: Session, round_id: int, area: str | None) -> None:
        self._label = area_word(session, today())
        self._line, self._dates = round_line(session, round_id), area_dates(session, round_id)
        self._areas, self._allowed = _areas(self._line, area), allowances_recorded(session, round_id)

    def lines(self) -> Iterator[str]:
        """Yield them as a table, then who allows what over a pot."""
        line = self._line
        yield f"{line.words}, marked {line.marking}"
        heads = (
            self._label.heading,
            "Pot",
            "Opens",
            "Closes",
            "Marks close",
            "Panel meets",
            "Fully allocated",
        )
        yield from table(heads, [self._row(area) for area in self._areas], right=(1,))
        for one, at in self._of_shown():
            allowed = f"{pounds(one.pence)} over the pot of {one.area}"
            on = short_day(at.astimezone())
            since = "" if one.on is None else f" since {short_day(one.on)}"
            yield f"{one.name}, {one.post}, allows {allowed}{since}, recorded on {on}: {one.reason}"

    def _row(self, area: AreaLine) -> tuple[str, ...]:
        at = self._dates[area.name]
        closes = " ".join(filter(None, (_short(at.closes_on), at.closes_time or "")))
        days = map(_short, (at.marks_close_on, at.meets_on, at.allocated_on))
        return (area.name, pounds(area.pot_pence), _short(at.opens_on), closes, *days)

    def _of_shown(self) -> list[tuple[Allowance, datetime]]:
        names = {area.name for area in self._areas}
        return [(one, at) for one, at in self._allowed if one.area in names]

    def document(self) -> Json:
        """Return them for scripts: days as text, null where none is set."""
        line = self._line
        named = told(line, "fund year round=name marking")
        return {**named, "areas": list(map(self._document, self._areas))}

    def _document(self, area: AreaLine) -> Json:
        at = self._dates[area.name]
        return {
            **told(area, "area=name pot_pence"),
            **({field: iso_day(getattr(at, field)) for field in _DAYS.values()}),
            "closes_at": at.closes_time,
            "allowed": [_allowance(one, on) for one, on in self._allowed if one.area == area.name],
        }


def _allowance(one: Allowance, at: datetime) -> Json:
    said = told(one, "name post reason on")
    on = iso_day(at.astimezone().date())
    return {"amount": plain_pounds(one.pence), **said, "recorded_on": on}


def _short(day: date | None) -> str:
    return "" if day is None else short_day(day)


def start(record: Record, options: argparse.Namespace, dates: AreaDates) -> str:
    """Start the round that the options name, and return what is said of it."""
    operation = record.ask(_new_round, options=options, dates=dates)
    return perform(record, operation, options)


def _new_round(session: Session, options: argparse.Namespace, dates: AreaDates) -> StartRound:
    if not (options.fund and options.year):
        raise Refused("Say with --fund and --year of which fund and year the new round is.")
    fund = fund_named(session, options.fund)
    of = fund_defaults(session, fund.fund_id)
    pots = pence_by_area(options.pot) or {area.name: 0 for area in of.areas}
    areas = tuple(Area(name, pence) for name, pence in pots.items())
    quorum = 1 if of.scheme is None else of.scheme.quorum
    return StartRound(RoundKey(fund.name, options.year, options.round), areas, quorum, dates)

"""`grant-panel round`, `load` and `save`: a round started and changed, and taken from and to a workbook."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from msgspec.structs import replace

from cli.frame.output import (
    Column,
    Json,
    Options,
    answer,
    as_table,
    lines,
    refuse_area,
    say,
    told,
    told_of,
    warn,
)
from cli.frame.record import (
    enter,
    for_the_office,
    is_named,
    opened,
    perform,
    perform_all,
    person,
    refuse_record,
    round_named,
    scored_round_of,
    seen,
    tried,
    warn_of_plain,
)
from cli.frame.typed import (
    WORKBOOK,
    named_with_post,
    past_day,
    pence_by_area,
    refuse_ending,
    said_of,
    today,
    typed_day,
    typed_pounds,
    typed_time,
)
from exchange.atomic import kept_beside
from exchange.round_workbook.read import read_round, refuse_marks, undeclared_warning
from exchange.round_workbook.write import write_round
from models.operation import Actor, Operation
from models.operations.applications.organisations import apart_said, merges_said
from models.operations.awards.authorities import AllowOverPot
from models.operations.deciding.chair_decisions import refuse_unruled
from models.operations.panel.reopened import with_reason
from models.operations.set_up.areas import SetAreaDates, check_dates
from models.operations.set_up.load import LoadRound
from models.operations.set_up.replace import ReplaceRound
from models.operations.set_up.rounds import ConfirmCarried, SetMarking, StartRound
from models.permissions.viewing import refuse_closed, refuse_other_panels
from models.queries.awards.year_facts import over_year_lines
from models.queries.deciding.allowances import allowances_recorded
from models.queries.deciding.signatories import seat_rows
from models.queries.packs.own_record import refuse_in_members_own
from models.queries.panel.area_panels import marks_elsewhere
from models.queries.panel.panel import refuse_one_person
from models.queries.permissions.reading import refuse_other_roles
from models.queries.set_up.funds import fund_named, fund_rules
from models.queries.set_up.round_facts import carried, carried_words, round_rows
from models.queries.set_up.rounds import area_dates, area_word, find_round, round_line
from models.session import Session
from models.values.rounds import AreaDates, AreaLine, RoundKey, RoundLine
from models.values.rows import RoundRows, dated
from scoring.money import plain_pounds
from scoring.ranking import Allowance
from scoring.round import Area
from scoring.written.area_label import AreaLabel
from scoring.written.days import short_day
from scoring.written.text import Refused

BESIDE_WORKBOOK = (
    "A workbook is not a backup: the record also has its journal, the words for each mark, results of single "
    "gates, recommendations, decisions, issued papers, challenges and other rounds."
)
_Changes = tuple[Operation, ...]
_DAYS = tuple(name for name in AreaDates.__struct_fields__ if name.endswith("_on"))


def change_round(options: Options) -> None:
    """Make the changes that are asked for, none where one of them is refused as written, and print it all."""
    to_change = _is_change(options)
    with opened(options, to_change=to_change or options.start):
        options.ask(refuse_in_members_own, action="this")
        if options.start:
            words = start(options, _dates(AreaDates(), options))
            say(*() if options.json else (words,))
        round_id = round_named(options)
        asked = partial(_changes, round_id=round_id, options=options)
        done = perform_all(options.ask(asked), options) if to_change else []
        say(*() if options.json else done)
        line, areas, label = seen(options, _stands, for_sums=True, round_id=round_id, area=options.area)
    answer(
        options,
        lambda: {
            **told(line, "fund year round=name marking"),
            "areas": [told_of((Column("", "area=line.name"), *DATES), one) for one in areas],
        },
        _lines(line, areas, label),
    )


def _is_change(options: Options) -> bool:
    """Say whether something is to be changed; refused where one part might be done and another not."""
    changes = options.marking is not None, options.allow is not None, options.copied_is_right
    parts = sum((bool(said_of(AreaDates, options)), *changes))
    if parts > 1:
        what = "days, marking, what is allowed over a pot and what was copied"
        raise Refused(f"Change {what} each with a command of its own.")
    if options.start and (options.marking is not None or options.allow is not None or options.area):
        raise Refused("A round is started with its days and pots. Set the rest once it is there.")
    if options.pot and not options.start:
        raise Refused("Pots are given to a round that is started. Give --pot with --start.")
    if options.on is not None and options.allow is None:
        raise Refused("Only what is allowed over a pot has a day of its own. Give --on with --allow.")
    return parts == 1 and not options.start


def _changes(session: Session, round_id: int, options: Options) -> _Changes:
    """Return what is to be done; refused where a day or an amount cannot be, before anything is done."""
    line, stood = round_line(session, round_id), area_dates(session, round_id)
    if options.marking is not None:
        is_same = options.marking == line.marking
        return () if is_same else (SetMarking(round_id, options.marking, line.marking),)
    if options.allow is not None:
        return (AllowOverPot(round_id, _allowed(options)),)
    if options.copied_is_right:
        areas = tuple(area.name for area in _areas(line, options.area))
        return (ConfirmCarried(round_id, areas),)
    found: list[Operation] = []
    for area in _areas(line, options.area):
        dates = _dates(stood[area.name], options)
        if dates != stood[area.name]:
            check_dates(area.name, dates)
            found.append(SetAreaDates(round_id, area.name, dates, stood[area.name]))
    return tuple(found)


def _areas(line: RoundLine, named: str | None) -> Sequence[AreaLine]:
    refuse_area([named], [area.name for area in line.areas])
    return [area for area in line.areas if named in (None, area.name)]


def _allowed(options: Options) -> Allowance:
    if options.area is None:
        raise Refused("Say with --area over which area's pot it is allowed.")
    who = named_with_post(options.by, "the person who allows it", "--by")
    on = past_day(options.on, "Money is allowed over a pot on a day that has come")
    return Allowance(options.area, options.allow, *who, options.reason.strip(), on)


TYPES = {"--allow": typed_pounds}


def _dates(stood: AreaDates, options: Options) -> AreaDates:
    """Return an area's days as they are to be: those that are said now, the others as they stood."""
    said = said_of(AreaDates, options)
    days: dict[str, Any] = {name: typed_day(said[name], today(), options) for name in _DAYS if name in said}
    if "closes_time" in said:
        days["closes_time"] = typed_time(said["closes_time"]) if said["closes_time"].strip() else None
    return replace(stood, **days)


class _Area(NamedTuple):
    """An area of a round with its days, and what is allowed over its pot and when that was recorded."""

    line: AreaLine
    at: AreaDates
    allowed: Sequence[tuple[Allowance, datetime]]
    copied: tuple[str, tuple[str, ...]] = ("", ())

    @property
    def closes(self) -> str:
        """Return when it closes, in words."""
        day = short_day(self.at.closes_on) if self.at.closes_on else ""
        return " ".join(filter(None, (day, self.at.closes_time)))


def _stands(session: Session, round_id: int, area: str | None) -> tuple[RoundLine, list[_Area], AreaLabel]:
    line, dates = round_line(session, round_id), area_dates(session, round_id)
    allowed, copied = allowances_recorded(session, round_id), carried(session, round_id)
    areas = [
        _Area(
            one,
            dates[one.name],
            [each for each in allowed if each[0].area == one.name],
            copied.get(one.name, ("", ())),
        )
        for one in _areas(line, area)
    ]
    return line, areas, area_word(session, today())


def _lines(line: RoundLine, areas: Sequence[_Area], label: AreaLabel) -> Iterator[str]:
    yield f"{line.words}, marked {line.marking}"
    yield from as_table((Column(label.heading, "area=line.name"), *DATES), areas)
    yield from lines(
        "round",
        copied=[carried_words(area.line.name, *area.copied) for area in areas if area.copied[1]],
        allowed=[(one, at.astimezone()) for area in areas for one, at in area.allowed],
    )


def _allowed_json(one: _Area) -> list[Json]:
    return [
        {"amount": plain_pounds(each.pence), **told(each, "name post reason on")}
        | {"recorded_on": at.astimezone().date()}
        for each, at in one.allowed
    ]


DATES = (
    Column("Pot", "line.pot_pence"),
    Column("Opens", "at.opens_on"),
    Column("Closes", "", lambda one: one.closes),
    Column("", "at.closes_on"),
    Column("Marks close", "at.marks_close_on"),
    Column("Panel meets", "at.meets_on"),
    Column("Fully allocated", "at.allocated_on"),
    Column("", "closes_at=at.closes_time"),
    Column("", "to_check", lambda one: [of.removesuffix("_pence") for of in one.copied[1]]),
    Column("", "allowed", _allowed_json),
)


def start(options: Options, dates: AreaDates) -> str:
    return perform(options.ask(_new_round, options=options, dates=dates), options)


def _new_round(session: Session, options: Options, dates: AreaDates) -> StartRound:
    if not (options.fund and options.year):
        raise Refused("Say with --fund and --year of which fund and year the new round is.")
    fund = fund_named(session, options.fund)
    of = fund_rules(session, fund.fund_id)
    pots = pence_by_area(options.pot) or {area.name: 0 for area in of.areas}
    areas = tuple(Area(name, pence) for name, pence in pots.items())
    quorum = 1 if of.scheme is None else of.scheme.quorum
    return StartRound(RoundKey(fund.name, options.year, options.round), areas, quorum, dates)


def load(options: Options) -> None:
    """Read the workbook, and only then change the record."""
    refuse_record(options.workbook)
    if options.reopen_because and not options.replace:
        raise Refused("--reopen-because goes with --replace: a new round has no sheets to reopen.")
    rows = read_round(options.workbook)
    with opened(options, to_change=True):
        operation = _operation(rows, options)
        source = options.workbook.name
        then = [
            partial(_counted, rows=rows, said=said, why=f"Counted as {what} organisation in {source}")
            for said, what in ((apart_said, "another"), (merges_said, "one"))
        ]
        by = for_the_office(operation, options)
        if rows.merged:  # refused before anything is loaded
            options.opened.try_out(partial(_tried, operation=operation, by=by, then=then))
        said = [perform(operation, options, by)]
        warn_of_plain(options, rows.fund)
        round_id = options.ask(find_round, name=rows.name, fund=rows.fund, year=rows.year or None)
        for asked in then:
            said += [enter(one, options) for one in options.ask(asked)]
        over = options.ask(over_year_lines, round_id=round_id)
    say(*said)
    warn((*rows.warnings, *undeclared_warning(rows), *over))


def _tried(
    session: Session,
    operation: Operation,
    by: Actor,
    then: Sequence[Callable[[Session], _Changes]],
) -> None:
    """Try a change out and what comes after it, which may be refused."""
    tried(session, [(operation, by)])
    for asked in then:
        tried(session, [(one, by) for one in asked(session)])


def _counted(session: Session, rows: RoundRows, said: Callable[..., _Changes], why: str) -> _Changes:
    """Return what merges the organisations that the workbook counts as one, or keeps others apart."""
    return said(session, find_round(session, rows.name, rows.fund, rows.year or None), rows.merged, why)


def _operation(rows: RoundRows, options: Options) -> Operation:
    if not options.replace:
        refuse_unruled(rows)
        if not options.same_person:
            refuse_one_person(rows.members)
        return LoadRound(rows, source=options.workbook.name)
    round_id = options.ask(find_round, name=rows.name, fund=rows.fund, year=rows.year or None)
    before = options.ask(round_rows, round_id=round_id)
    refuse_unruled(rows, before)
    elsewhere = options.ask(marks_elsewhere, round_id=round_id)
    refuse_marks(options.workbook, rows, before, elsewhere)
    declared = dated(before.interests, rows.interests, today())
    because = options.reopen_because.strip()
    rows = replace(rows, interests=declared)
    if because:
        rows = with_reason(rows, before, because)
    if not options.same_person:
        refuse_one_person(rows.members, before.members)
    return ReplaceRound(
        round_id,
        rows,
        source=options.workbook.name,
        reopen_because=because,
    )


def save(options: Options) -> None:
    """Write the workbook, and say what it does not hold."""
    refuse_record(options.workbook)
    refuse_ending(options.workbook, "save", WORKBOOK)
    with opened(options, to_change=False):
        chosen = scored_round_of(options)
        if is_named(options):
            options.ask(refuse_other_roles, name=person(options), round_id=chosen.line.round_id)
            refuse_closed(chosen.rows, chosen.sight, None)
            refuse_other_panels(chosen.rows, chosen.sight)
        seats = options.ask(seat_rows, round_id=chosen.line.round_id)
        elsewhere = options.ask(marks_elsewhere, round_id=chosen.line.round_id)
    written = write_round(replace(chosen.rows, seats=seats), options.workbook, elsewhere=elsewhere)
    say(kept_beside(options.workbook, written) or f"Saved the round {chosen.line.words} as {written}.")
    say(BESIDE_WORKBOOK)

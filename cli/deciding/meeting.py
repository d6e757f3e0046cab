"""`grant-panel meeting`: when and where a panel met, and who was there, as its minutes say."""

import argparse
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from cli.arguments import add_areas, add_command, add_person, add_record, add_round, perform_all
from cli.days import day, past_day
from cli.output import print_lines
from scoring.counted import listed
from scoring.refused import Refused
from scoring.written.names import is_same_text, typed

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.operation import Operation
    from models.operations.panel.attendance import SetAttendance
    from models.queries.panel.meeting import MeetingRows
    from models.values.meeting_held import MeetingHeld
    from models.values.rows import MemberRow

DATED = "Minutes say on which day a panel has met"


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(
        commands, "meeting", run, "print or record when and where a panel met, and who was there"
    )
    add_record(parser)
    add_round(parser, required=True)
    add_areas(parser, "only this area; given again, these areas")
    parser.add_argument("--on", metavar="DATE", type=day, help="the day of the meeting")
    parser.add_argument("--begins", metavar="HH:MM", help="when it began")
    parser.add_argument("--ends", metavar="HH:MM", help="when it ended")
    parser.add_argument("--place", metavar="TEXT", help="where it was held")
    for state, words in (("present", "who was there"), ("absent", "who sent apologies")):
        words = f"{words}, by code or name"
        parser.add_argument(
            f"--{state}", metavar="MEMBER", nargs="+", action="extend", default=[], help=words
        )
    for name, words in (
        ("--for-panel", "an agreed reason that no letter tells, as ACF-003:A2"),
        ("--for-applicant", "one that letters tell again"),
    ):
        parser.add_argument(
            name, metavar="REF:CODE", nargs="+", type=reason_of, action="extend", default=[], help=words
        )
    add_person(parser)


def reason_of(text: str) -> tuple[str, str]:
    """Return the application and the criterion of an agreed reason; anything else is wrong usage."""
    reference, mark, code = (part.strip() for part in text.rpartition(":"))
    if not (reference and mark and code):
        raise argparse.ArgumentTypeError(f"{text!r} is not an application and a criterion like ACF-003:A2")
    return reference, code


def run(options: argparse.Namespace) -> int:
    """Record what is said of the meeting of the areas named, or of every area, and print what is recorded."""
    from cli.record.opening import open_record
    from models.packs.member_record import refuse_in_members_own
    from models.queries.panel.meeting import meeting
    from models.queries.set_up.rounds import find_round

    said = (options.on, options.begins, options.ends, options.place, *options.present, *options.absent)
    said += (*options.for_panel, *options.for_applicant)
    to_change = any(one is not None for one in said)
    past_day(options.on, DATED)
    with open_record(options.record, options, to_change=to_change) as record:
        record.ask(partial(refuse_in_members_own, action="this"))
        round_id = record.ask(partial(find_round, name=options.round, fund=options.fund, year=options.year))
        held = record.ask(partial(meeting, round_id=round_id))
        areas = _areas(held, options.areas)
        changes = tuple(_changes(round_id, held, areas, options)) if to_change else ()
        perform_all(record, changes, options)
        held = record.ask(partial(meeting, round_id=round_id))
    print_lines(_said(held, area) for area in areas)
    return 0


def _areas(held: "MeetingRows", named: Sequence[str]) -> list[str]:
    """Return the areas that are meant: those named, else each that has applications."""
    asked = {row.area for row in held.rows.applications}
    areas = [area.name for area in held.line.areas]
    for one in named:
        if one not in areas:
            raise Refused(f"The round has no area {one!r}. Its areas: {', '.join(areas)}.")
    return [area for area in areas if area in (named or asked)]


def _changes(
    round_id: int, held: "MeetingRows", areas: Sequence[str], options: argparse.Namespace
) -> "Iterator[Operation]":
    """Yield what is recorded: the day, times and place of each area, who was there, what no letter tells."""
    from models.operations.panel.agreed import KeepForPanel
    from models.operations.panel.attendance import SetAttendances
    from models.operations.panel.meetings import SetMeetingHeld

    for area in areas:
        before = held.held.get(area)
        now = _met(before, area, options)
        if now != before:
            yield SetMeetingHeld(round_id, area, now, before)
    for state in STATES:
        parts = tuple(_attendances(round_id, held, areas, options, state))
        if parts:
            yield SetAttendances(listed(areas), parts)
    for is_kept, reasons in ((True, options.for_panel), (False, options.for_applicant)):
        for reference, code in reasons:
            yield KeepForPanel(round_id, reference, code, is_kept)


def _met(before: "MeetingHeld | None", area: str, options: argparse.Namespace) -> "MeetingHeld | None":
    """Return when and where an area met, with what is said now in the place of what was recorded."""
    from models.values.meeting_held import MeetingHeld

    begins, ends = (None if one is None else _time(one) for one in (options.begins, options.ends))
    on = options.on or (before.held_on if before else None)
    if on is None:
        if begins or ends or options.place:
            raise Refused(f"Say with --on on which day the panel met for {area}.")
        return None
    stood = before or MeetingHeld(on)
    return MeetingHeld(
        on,
        stood.begins if begins is None else begins,
        stood.ends if ends is None else ends,
        stood.place if options.place is None else " ".join(options.place.split()),
    )


def _time(said: str) -> str:
    from scoring.written.text import Unreadable
    from scoring.written.zones import read_time

    try:
        return read_time(said)
    except Unreadable as no:
        raise Refused(str(no)) from no


def _attendances(
    round_id: int, held: "MeetingRows", areas: Sequence[str], options: argparse.Namespace, state: str
) -> "Iterator[SetAttendance]":
    """Yield who is said to have been there, or not, of whom the record says otherwise."""
    from models.operations.panel.attendance import SetAttendance

    stood = {(area, code): state for area, code, state in held.attendance}
    for code in dict.fromkeys(_code(held.rows.members, name) for name in getattr(options, state)):
        for area in areas:
            before = stood.get((area, code), "")
            if before != state:
                yield SetAttendance(round_id, area, code, state, before)


def _code(members: "Sequence[MemberRow]", said: str) -> str:
    """Return whose code, or else whose name, somebody gave."""
    by_code = [one.code for one in members if is_same_text(one.code, said)]
    found = by_code or [one.code for one in members if is_same_text(typed(one.name), typed(said))]
    if len(found) != 1:
        named = listed([f"{one.code} {one.name}".rstrip() for one in members])
        raise Refused(f"“{said}” is not one member of this round. Its members: {named}.")
    return found[0]


def _said(held: "MeetingRows", area: str) -> str:
    """Return what is recorded of an area's meeting."""
    from models.queries.panel.namesakes import distinct_names

    names = distinct_names((one.code, one.name or one.code) for one in held.rows.members)
    met = held.held[area].words if area in held.held else "when and where is not recorded"
    here = [(state, names[code]) for of, code, state in held.attendance if of == area]
    found = {word: [name for state, name in here if state == of] for of, word in STATES.items()}
    told = [f"{word}: {', '.join(who)}" for word, who in found.items() if who]
    return f"{area}: {'. '.join((met, *told))}."


STATES = {"present": "Present", "absent": "Apologies"}

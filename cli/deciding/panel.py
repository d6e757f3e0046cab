"""`grant-panel declare`, `meeting` and `signatories`: who declares, who meets, and who signs."""

import argparse
from collections.abc import Collection, Iterator, Sequence
from functools import partial

from cli.frame.output import (
    Column,
    Options,
    answer,
    as_table,
    refuse_area,
    refuse_unknown,
    say,
    table,
    told,
    told_of,
)
from cli.frame.record import is_named, opened, perform, perform_all, person, round_named
from cli.frame.typed import past_day, today, typed_time
from models.operation import Operation
from models.operations.panel.agreed import KeepForPanel
from models.operations.panel.meetings import SetAttendance, SetAttendances, SetMeetingHeld
from models.operations.panel.members import Declare, DeclareToSign
from models.operations.set_up.people import GiveRole, NameSignatories, TakeRole
from models.permissions.viewing import Viewer
from models.queries.deciding.signatories import signing
from models.queries.packs.own_record import refuse_in_members_own
from models.queries.panel.area_panels import OBSERVER
from models.queries.panel.meeting import MeetingRows, meeting
from models.queries.panel.panel_board import QuorumLine, panel_board
from models.queries.permissions.declarations import OwnList, own_list
from models.queries.permissions.reading import only_viewer_of
from models.queries.set_up.office import parts_beside, with_role
from models.role import PANEL, SIGNING, Role, the_role
from models.session import Session
from models.values.rounds import MeetingHeld
from models.values.rows import InterestRow, MemberRow, SeatRow, dated, distinct_names
from scoring.round import InterestKind
from scoring.written.names import is_same_text, typed
from scoring.written.text import Refused, first_of, listed, one_line

KINDS = {kind.value: kind for kind in InterestKind if kind.is_conflict}
STATES = {"present": "Present", "absent": "Apologies", "observer": "Observers"}


def declare(options: Options) -> None:
    """Put the declaration down where one is made, and print the list."""
    is_change = bool(options.interest or options.none or options.rest or options.withdraw)
    with opened(options, to_change=is_change):
        if not is_named(options):
            raise Refused("Say with --as who declares.")
        round_id = round_named(options)
        viewer = options.ask(only_viewer_of, name=person(options), round_id=round_id)
        query = partial(own_list, round_id=round_id, name=viewer.name, member=_seat(viewer))
        held = options.ask(query)
        if is_change:
            say(perform(_declaration(round_id, held, options), options))
            held = options.ask(query)
    _print(held, options)


def _seat(viewer: Viewer) -> str | None:
    """Return the code of a member, None of one who signs; refused to others, who declare nothing."""
    if viewer.role in SIGNING:
        return None
    if viewer.role not in PANEL:
        raise Refused(
            f"{viewer.name} is {the_role(viewer.role)} here. Members of the panel, commanders and those who "
            "decide declare; officers and finance declare nothing."
        )
    return viewer.member


def _declaration(round_id: int, held: OwnList, options: Options) -> Declare | DeclareToSign:
    """Return the declaration; refused while an application has no answer."""
    said = {row.application: row for row in _said(held, options)}
    there = {one.reference for one in held.applicants}
    refuse_unknown((*said, *options.none), there, "on the list")
    _refuse_gaps(held, (*said, *options.none), options)
    kept = [row for row in held.declared if row.application is not None and row.application not in said]
    stood = next((row.detail for row in held.declared if row.application is None), held.statement)
    statement = " ".join((stood if options.statement is None else options.statement).split())
    none = InterestRow(held.key, None, InterestKind.NONE, statement)
    rows = (none, *dated(held.declared, said.values(), today()), *kept)
    if held.member is None:
        return DeclareToSign(round_id, held.key, rows)
    return Declare(round_id, held.key, rows)


def _said(held: OwnList, options: Options) -> Iterator[InterestRow]:
    for reference, kind, words in options.interest:
        if kind not in KINDS:
            raise Refused(f"“{kind}” is not one of {', '.join(KINDS)}.")
        if not words.strip():
            raise Refused(f"Say what the interest in {reference} is.")
        yield InterestRow(held.key, reference, KINDS[kind], words.strip())
    stood = {row.application or "" for row in held.declared if row.kind is not InterestKind.NONE}
    if still := stood.intersection(options.none):
        raise Refused(f"{first_of(sorted(still))} was declared. --withdraw REFERENCE WHY takes it back.")
    for reference, why in options.withdraw:
        if reference not in stood:
            raise Refused(f"No interest in {reference} is declared that could be withdrawn.")
        yield InterestRow(held.key, reference, InterestKind.NONE, why.strip())


def _refuse_gaps(held: OwnList, said: Collection[str | None], options: Options) -> None:
    """Refuse a first declaration that leaves an application out."""
    gaps = [one.reference for one in held.applicants if one.reference not in said]
    if gaps and not (options.rest or held.declared):
        raise Refused(
            f"There is no answer on {first_of(gaps)}. Name each with --interest or --none, or give "
            "--none-for-all-the-rest."
        )


def _print(held: OwnList, options: Options) -> None:
    declared = {row.application: row.kind.value for row in held.declared}
    otherwise = "none" if held.declared else ""
    columns = (
        Column("Reference", "reference"),
        Column("Applicant", "applicant=organisation"),
        Column("Project", "project"),
        Column("Declared", "declared", lambda one: declared.get(one.reference, otherwise)),
    )
    rows = held.applicants
    answer(
        options, lambda: {"applications": [told_of(columns, one) for one in rows]}, as_table(columns, rows)
    )


def reason_of(text: str) -> tuple[str, str]:
    """Return the application and the criterion of an agreed reason; anything else is wrong usage."""
    reference, mark, code = (part.strip() for part in text.rpartition(":"))
    if not (reference and mark and code):
        raise argparse.ArgumentTypeError(f"{text!r} is not an application and a criterion like ACF-003:A2")
    return reference, code


def record_meeting(options: Options) -> None:
    """Record what is said of the meeting of the areas named, or of every area, and print what is recorded."""
    said = (options.on, options.begins, options.ends, options.place, *options.present, *options.absent)
    said += (*options.observer, *options.for_panel, *options.for_applicant)
    to_change = any(one is not None for one in said)
    past_day(options.on, "Minutes say on which day a panel has met")
    with opened(options, to_change=to_change):
        options.ask(refuse_in_members_own, action="this")
        round_id = round_named(options)
        held = options.ask(meeting, round_id=round_id)
        areas = _areas(held, options.areas)
        changes = tuple(_changes(round_id, held, areas, options)) if to_change else ()
        perform_all(changes, options)
        held = options.ask(meeting, round_id=round_id)
        board = options.ask(panel_board, round_id=round_id)
    lines = {line.area: line for line in board.quorum if not line.reference}
    answer(
        options,
        lambda: {"areas": [_met_told(held, area, lines.get(area)) for area in areas]},
        [_meeting_words(held, area, lines.get(area)) for area in areas],
    )


def _areas(held: MeetingRows, named: Sequence[str]) -> list[str]:
    """Return the areas that are meant: those named, else each that has applications."""
    asked = {row.area for row in held.rows.applications}
    areas = [area.name for area in held.line.areas]
    refuse_area(named, areas)
    return [area for area in areas if area in (named or asked)]


def _changes(round_id: int, held: MeetingRows, areas: Sequence[str], options: Options) -> Iterator[Operation]:
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


def _met(before: MeetingHeld | None, area: str, options: Options) -> MeetingHeld | None:
    begins, ends = (None if one is None else typed_time(one) for one in (options.begins, options.ends))
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


def _attendances(
    round_id: int, held: MeetingRows, areas: Sequence[str], options: Options, state: str
) -> Iterator[SetAttendance]:
    stood = {(area, code): state for area, code, state in held.attendance}
    for code in dict.fromkeys(_code(held.rows.members, name) for name in getattr(options, state)):
        own = [area for area in areas if held.panels.belongs(code, area) is not (state == OBSERVER)]
        for area in own if len(areas) > 1 else areas:
            before = stood.get((area, code), "")
            if before != state:
                yield SetAttendance(round_id, area, code, state, before)


def _code(members: Sequence[MemberRow], said: str) -> str:
    by_code = [one.code for one in members if is_same_text(one.code, said)]
    found = by_code or [one.code for one in members if is_same_text(typed(one.name), typed(said))]
    if len(found) != 1:
        named = listed([f"{one.code} {one.name}".rstrip() for one in members])
        raise Refused(f"“{said}” is not one member of this round. Its members: {named}.")
    return found[0]


def _attended(held: MeetingRows, area: str) -> dict[str, list[str]]:
    """Return who is recorded in each state at an area's meeting, by name."""
    names = distinct_names(held.rows.members)
    here = [(state, names[code]) for of, code, state in held.attendance if of == area]
    return {of: [name for state, name in here if state == of] for of in STATES}


def _meeting_words(held: MeetingRows, area: str, line: QuorumLine | None) -> str:
    met = held.held[area].words if area in held.held else "when and where is not recorded"
    attended = _attended(held, area)
    told = [f"{word}: {', '.join(attended[of])}" for of, word in STATES.items() if attended[of]]
    told += [f"Take part: {line.words}"] if line else []
    return f"{area}: {'. '.join((met, *told))}."


def _met_told(held: MeetingRows, area: str, line: QuorumLine | None) -> dict[str, object]:
    met = held.held.get(area)
    quorum = line and {
        "members": line.members,
        "deciding": list(line.deciding),
        "needed": line.quorum.needed,
        "holds": line.holds,
        "met": line.quorum.is_met,
    }
    held_told = told(met, "held_on begins ends place") if met else None
    return {"area": area, "meeting": held_told, **_attended(held, area), "quorum": quorum}


TYPES = {"--for-panel": reason_of, "--for-applicant": reason_of}


NOBODY = "nobody yet"


_ROLES = {"finance": Role.FINANCE, "auditor": Role.AUDITOR, "note_taker": Role.NOTE_TAKER}
"""The roles that are given and removed, by the option that gives each."""
_GIVEN = {**_ROLES, **{f"no_{option}": role for option, role in _ROLES.items()}}
_SET = ("given", *_GIVEN)


def set_signatories(options: Options) -> None:
    """Make the changes that are asked for, all or none, and print who signs."""
    words, to_change = "", any(getattr(options, of) for of in _SET)
    with opened(options, to_change=to_change):
        options.ask(refuse_in_members_own, action="this")
        round_id = round_named(options)
        if to_change:
            words = perform(options.ask(_change, round_id=round_id, options=options), options)
        found = options.ask(signing, round_id=round_id)
        finance, auditors = (
            options.ask(with_role, round_id=round_id, role=role) for role in (Role.FINANCE, Role.AUDITOR)
        )
        beside = options.ask(parts_beside, round_id=round_id)
    notes = [one for one in beside if one.role == Role.NOTE_TAKER]
    rows = [(seat, found.names(seat)) for seat in found.seats]
    lines = [(str(seat.step + 1), seat.words, "; ".join(names) or NOBODY) for seat, names in rows]
    lines.append(("", "Finance", "; ".join(finance) or NOBODY))
    lines += [("", "Auditor", one) for one in auditors]
    lines += [("", ", ".join(("Note-taker", *one.areas)), one.name) for one in notes]
    answer(
        options,
        lambda: {
            "signatories": [
                {"step": seat.step + 1, **told(seat, "post area"), "names": list(names)}
                for seat, names in rows
            ],
            "finance": list(finance),
            "auditors": list(auditors),
            "note_takers": [told(one, "name areas") for one in notes],
        },
        filter(None, (words,)),
        table(("Step", "Post", "Name"), lines),
    )


def _change(session: Session, round_id: int, options: Options) -> Operation:
    if options.given:
        seats = [_seat_given(said) for said in options.given]
        return NameSignatories.of_seats(session, round_id, seats, " ".join(options.because.split()))
    option, role = next((option, role) for option, role in _GIVEN.items() if getattr(options, option))
    name, area = one_line(getattr(options, option)), ""
    if role == Role.NOTE_TAKER:
        name, _, area = map(str.strip, name.partition(","))
    areas = (area,) if area else ()
    if option in _ROLES:
        return GiveRole(round_id, name, role, areas=areas)
    return TakeRole(round_id, name, role, areas=areas or None)


def _seat_given(said: str) -> SeatRow:
    seat, equals, names = said.partition("=")
    if not equals:
        raise Refused(
            f"“{said}” names nobody. Write POST=NAME, or POST, AREA=NAME where each area has its own."
        )
    return SeatRow(seat.strip(), "", names.strip())

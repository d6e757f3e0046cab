"""The sheet that a mark goes on, and sheets opened again after others' marks could be seen.

Why, and what they were first handed in with, a workbook does not hold: both stay while a round's marks are
replaced from one.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import wraps
from typing import NamedTuple, TypeVar

from msgspec.structs import replace
from sqlalchemy import bindparam, delete, func, insert, select, update

from models.operation import Outcome
from models.operations.operation_base import require_stage, the_application, the_member
from models.permissions.viewing import BLIND_STAGE, waiting_areas
from models.queries.applications.applications import submitted_applications
from models.queries.panel.panel import (
    interests,
    kinds_declared,
    not_applicable,
    stood_down,
)
from models.queries.panel.sheets import handed_in
from models.queries.set_up.rounds import scheme
from models.schema.applications import application_table
from models.schema.panel import first_mark_table, mark_table, member_table, sheet_table
from models.schema.set_up import area_table, round_table
from models.session import (
    OF_ROUND,
    Session,
    count,
    moment,
    next_id,
    pairs_of,
    put,
    remove,
    round_uid,
    selection,
    set_values,
    uid,
    where,
)
from models.store.locks.signing_on import closed_references, refuse_uncounted, with_figures
from models.values.rows import InterestRow, MemberRow, RoundRows, SheetRow, opened_again
from scoring.round import AFTER_MEETING, InterestKind
from scoring.written.names import typed_key
from scoring.written.text import Refused, counted, first_of

_APPLICATION_OF_ROUND = application_table.c.round_id == member_table.c.round_id
_OWN_SHEET = (sheet_table.c.member_id == member_table.c.id) & (
    sheet_table.c.application_id == application_table.c.id
)
_OWN_MARK = (mark_table.c.sheet_id == sheet_table.c.id) & (mark_table.c.criterion == bindparam("criterion"))
_SHEET = (
    select(round_table.c.stage.label("round_stage"), area_table.c.stage.label("area_stage"))
    .add_columns(member_table.c.id.label("member_id"), application_table.c.id.label("application_id"))
    .add_columns(sheet_table.c.id.label("sheet_id"), sheet_table.c.is_submitted)
    .add_columns(mark_table.c.mark, mark_table.c.reason, mark_table.c.is_for_panel)
    .select_from(member_table)
    .join(application_table, _APPLICATION_OF_ROUND)
    .join(round_table, round_table.c.id == member_table.c.round_id)
    .outerjoin(area_table, area_table.c.id == application_table.c.area_id)
    .outerjoin(sheet_table, _OWN_SHEET)
    .outerjoin(mark_table, _OWN_MARK)
    .where(member_table.c.round_id == OF_ROUND, member_table.c.code == bindparam("member"))
    .where(application_table.c.reference == bindparam("application"))
)
_GIVEN = (mark_table.c.sheet_id == bindparam("sheet")) & (mark_table.c.criterion == bindparam("of"))
_CHANGE = update(mark_table).where(_GIVEN)
_REMOVE = delete(mark_table).where(_GIVEN)
_MARKS = select(func.count()).where(mark_table.c.sheet_id == bindparam("sheet"))
"""Built once: a mark is given, and given over again by a check of the record, thousands of times."""


class OpenSheet(NamedTuple):
    """A member's sheet for an application, and what it says of one criterion.

    `sheet_id` is None until something is on it; `reason` is None where nothing is recorded.
    """

    round_id: int
    member: str
    application: str
    member_id: int
    application_id: int
    sheet_id: int | None
    mark: int | None
    reason: str | None
    is_for_panel: bool = False


def open_sheet(
    session: Session, round_id: int, member: str, application: str, criterion: str = ""
) -> OpenSheet:
    """Return the member's sheet for the application; refused where it is not open."""
    named = {"of_round": round_id, "member": member, "application": application, "criterion": criterion}
    found = session.execute(_SHEET, named).one_or_none()
    if found is None or (found.round_stage, found.area_stage) != ("open", "scoring"):
        the_member(session, round_id, member)
        the_application(session, round_id, application)
        require_stage(session, round_id, application, "scoring")
    assert found is not None, "one of the three says what is not there"
    _check_declared(interests(session, round_id), member, application)
    if found.is_submitted:
        raise Refused(f"The sheet for {application} is handed in. The chair can open it again.")
    numbers = found.member_id, found.application_id, found.sheet_id
    said = found.mark, found.reason, bool(found.is_for_panel)
    return OpenSheet(round_id, member, application, *numbers, *said)


def made(session: Session, sheet: OpenSheet, reopened: str | None = None) -> int:
    """Return the sheet's number; it is made if need be, as one that the chair `reopened` and why."""
    if sheet.sheet_id is not None:
        return sheet.sheet_id
    number = next_id(session, sheet_table.c.id)
    row = {
        "id": number,
        "uid": uid(round_uid(session, sheet.round_id), "sheet", sheet.member, sheet.application),
        "member_id": sheet.member_id,
        "application_id": sheet.application_id,
        "is_submitted": False,
        "reopened": reopened,
    }
    put(session, sheet_table, [row])
    return number


def write(session: Session, sheet: OpenSheet, criterion: str, **changed: int | str | None) -> None:
    """Write what changed of a criterion, by column; a sheet with nothing left on it goes, unless reopened."""
    stands = {"mark": sheet.mark, "reason": sheet.reason or "", "is_for_panel": sheet.is_for_panel}
    values = stands | changed
    if values == {"mark": None, "reason": "", "is_for_panel": False}:
        _take_off(session, sheet, criterion)
    elif sheet.reason is None:
        put(session, mark_table, [{"sheet_id": made(session, sheet), "criterion": criterion, **values}])
    else:
        found = {"sheet": sheet.sheet_id, "of": criterion}
        written = session.execute(_CHANGE, {**found, **values})
        assert written.rowcount == 1, "the row was seen a moment ago"


def check_criterion(
    session: Session, round_id: int, application: str, criterion: str, value: int | None
) -> None:
    """Refuse a mark on what members do not mark, or off the scale."""
    published = scheme(session, round_id)
    if criterion not in published.judged_codes:
        raise Refused(f"{criterion} is not a criterion that members mark.")
    if value is not None and not 0 <= value <= published.scale_maximum:
        raise Refused(f"{value} is not on the scale from 0 to {published.scale_maximum}.")
    if criterion in set_aside(session, round_id, application):
        raise Refused(f"The chair has set {criterion} aside for {application}.")


def set_aside(session: Session, round_id: int, application: str) -> set[str]:
    """Return the criteria that the chair set aside for an application."""
    return {row.criterion for row in not_applicable(session, round_id) if row.application == application}


def _take_off(session: Session, sheet: OpenSheet, criterion: str) -> None:
    if sheet.sheet_id is None:
        return
    session.execute(_REMOVE, {"sheet": sheet.sheet_id, "of": criterion})
    if not session.scalar(_MARKS, {"sheet": sheet.sheet_id}):
        remove(session, sheet_table, id=sheet.sheet_id, reopened=None)


def _check_declared(declared: Sequence[InterestRow], member: str, application: str) -> None:
    if not any(row.member == member for row in declared):
        raise Refused(f"{member} has not declared interests yet. Sheets open after that.")
    if member in stood_down(declared):
        raise Refused(
            f"{member} does not score in this round, as the chair said. That can be taken back on Scoring."
        )
    kinds = kinds_declared(declared, member, application) - {InterestKind.NONE}
    if kinds:
        raise Refused(f"{member} declared “{min(kinds)}” on {application}, so has no sheet for it.")


MOST_NAMED = 8
"""Of the sheets and members that a workbook would change."""
WITHOUT_REASON = "what was declared was taken back, and no reason given"
NOTHING_DUE = "for a time no sheet was due from them in the area"
AT_INTAKE = "the area went back to intake for a time"
OFF_PANEL = "they were not on the panel for a time"
Key = tuple[str, str]
"""A member's code and an application's reference."""
Changing = TypeVar("Changing")
Apply = Callable[[Changing, Session], Outcome]


def marking_opened(apply: Apply[Changing]) -> Apply[Changing]:
    """Let an operation mark the sheets that it opens again, as `with_opened` does."""

    @wraps(apply)
    def change(operation: Changing, session: Session) -> Outcome:
        return with_opened(session, lambda: apply(operation, session))

    return change


def with_opened(session: Session, change: Callable[[], Outcome]) -> Outcome:
    """Make a change, and mark the sheets that are due from then on though others' marks could be read before.

    An area opens to a member while nothing is due there: an application was withdrawn, failed a gate or stood
    elsewhere. What is taken up again is marked as a sheet that was opened again is.
    """
    before = {of: _sheets_out(session, of).read for of in _with_sheets(session)}
    outcome = change()
    number = sum(_mark_read(session, of, read) for of, read in before.items() if read)
    if not number:
        return outcome
    told = f" {counted(number, 'sheet is', 'sheets are')} marked as opened after others’ marks could be seen."
    return replace(outcome, words=f"{outcome.words}{told}")


class _SheetsOut(NamedTuple):
    """The sheets that are not handed in, of applications on which another one is.

    Those whose members may, or might once, `read` the others' marks, and those to whom these are `shut`.
    """

    read: frozenset[Key]
    shut: frozenset[Key]


def _sheets_out(session: Session, round_id: int) -> _SheetsOut:
    sheets, met = handed_in(session, round_id), met_areas(session, round_id)
    stages = pairs_of(session, area_table.c.name, area_table.c.stage, round_id=round_id)
    refuse_uncounted(session, round_id)
    with with_figures(session, round_id):
        rows = submitted_applications(session, round_id)
        declared = interests(session, round_id)
    read, shut = set[Key](), set[Key]()
    codes = selection(member_table.c.code, round_id=round_id)
    for code in session.scalars(codes).all():
        has_declared = any(row.member == code for row in declared)
        own = {row.application: row.kind for row in declared if row.member == code and row.application}
        bars = {of for of, kind in own.items() if kind is not InterestKind.NONE}
        done = {of for member, of in sheets if member == code}
        waiting = waiting_areas(rows, stages, bars | done)
        others = {of for member, of in sheets if member != code} - done
        for row in rows:
            if row.reference not in others or own.get(row.reference, InterestKind.NONE).is_conflict:
                continue
            if has_declared and (row.area not in waiting or row.area in met):
                read.add((code, row.reference))
            if row.area in waiting and row.area not in met:
                shut.add((code, row.reference))
    return _SheetsOut(frozenset(read), frozenset(shut))


def mark_joined(session: Session, round_id: int, member: str) -> None:
    """Mark the sheets of one who was outside the panel, where others' marks are in."""
    shut = (key for key in _sheets_out(session, round_id).shut if key[0] == member)
    mark_opened(session, round_id, dict.fromkeys(sorted(shut), OFF_PANEL))


def remove_off_panel(session: Session, member_id: int) -> None:
    """Take out the sheets of a member that say nothing but that they were off the panel."""
    begun = sheet_table.c.id.in_(select(mark_table.c.sheet_id))
    said = {"member_id": member_id, "is_submitted": False, "reopened": OFF_PANEL}
    remove(session, sheet_table, ~begun, **said)


def mark_back_at_intake(session: Session, round_id: int, area: str) -> None:
    """Mark the sheets that are due in an area which goes back to intake, where all marks open."""
    areas = selection(area_table.c.id, round_id=round_id, name=area)
    here = set(session.scalars(selection(application_table.c.reference, area_id=areas)))
    shut = (key for key in _sheets_out(session, round_id).shut if key[1] in here)
    mark_opened(session, round_id, dict.fromkeys(sorted(shut), AT_INTAKE))


def _mark_read(session: Session, round_id: int, read: frozenset[Key]) -> int:
    """Mark the sheets that could be read and are due now, unless they are marked; return how many."""
    marked = select(member_table.c.code, application_table.c.reference)
    marked = marked.select_from(sheet_table).join(member_table)
    marked = marked.join(application_table)
    marked = marked.where(member_table.c.round_id == round_id, sheet_table.c.reopened.is_not(None))
    known = {(code, of) for code, of in session.execute(marked)}
    new = sorted(read & _sheets_out(session, round_id).shut - known)
    mark_opened(session, round_id, dict.fromkeys(new, NOTHING_DUE))
    return len(new)


def _with_sheets(session: Session) -> list[int]:
    """Return the rounds with an area at scoring and sheets that are handed in."""
    area, marked = area_table.c.round_id, selection(sheet_table.c.application_id, is_submitted=True)
    sheets = selection(application_table.c.round_id, id=marked)
    rounds = selection(area, stage=BLIND_STAGE, round_id=sheets)
    return list(session.scalars(rounds.distinct().order_by(area)))


def mark_opened(session: Session, round_id: int, opened: Mapping[Key, str]) -> None:
    """Mark sheets as opened again, each with why; one that was not begun is made for it."""
    closed = {name: number for number, name in closed_references(session, round_id).items()} if opened else {}
    for (member, of), said in opened.items():
        why = said.strip() or WITHOUT_REASON
        number = closed.get(of) or the_application(session, round_id, of)
        numbers = the_member(session, round_id, member), number
        key = where(sheet_table, member_id=numbers[0], application_id=number)
        columns = select(sheet_table.c.id, sheet_table.c.reopened)
        there = session.execute(columns.where(key)).one_or_none()
        if there is None:
            made(session, OpenSheet(round_id, member, of, *numbers, None, None, None), reopened=why)
        else:
            again = reopened_again(there.reopened or "", why)
            set_values(session, sheet_table, {"id": there.id}, reopened=again)


def reopened_again(before: str, why: str) -> str:
    """Return why a sheet is reopened; one that was handed in after the meeting had begun says that first."""
    is_late = before.startswith(AFTER_MEETING) and not why.startswith(AFTER_MEETING)
    return f"{AFTER_MEETING}; reopened: {why}" if is_late else why


def set_handed_in(session: Session, sheet_id: int, *, is_in: bool) -> None:
    """Hand a sheet in or not; one first handed in once its area has been at its meeting is marked so."""
    if is_in:
        met = select(area_table.c.id).where(area_table.c.met_at.is_not(None))
        of = selection(application_table.c.id, area_id=met)
        late = {"id": sheet_id, "application_id": of, "is_submitted": False, "reopened": None}
        set_values(session, sheet_table, late, reopened=AFTER_MEETING)
    set_values(session, sheet_table, {"id": sheet_id}, is_submitted=is_in)


def note_meeting(session: Session, areas: Collection[int]) -> None:
    """Note when areas first came to their meeting, or past it."""
    set_values(session, area_table, {"id": areas, "met_at": None}, met_at=moment(session))


def met_areas(session: Session, round_id: int) -> frozenset[str]:
    """Return the areas of a round that have been at their meeting, wherever they are now."""
    met = selection(area_table.c.name, round_id=round_id).where(area_table.c.met_at.is_not(None))
    return frozenset(session.scalars(met))


def keep_first_marks(session: Session, member_id: int, application_id: int) -> bool:
    """Keep the marks of a sheet that is handed in, unless some are kept; say whether any are."""
    kept, sheets = first_mark_table, sheet_table
    own = {"member_id": member_id, "application_id": application_id}
    if not count(session, kept, **own):
        columns = select(sheets.c.member_id, sheets.c.application_id, mark_table.c.criterion)
        marks = columns.add_columns(mark_table.c.mark).join(mark_table, mark_table.c.sheet_id == sheets.c.id)
        given = marks.where(where(sheets, **own), mark_table.c.mark.is_not(None))
        session.execute(insert(kept).from_select(list(kept.c.keys()), given))
    return bool(count(session, kept, **own))


def with_reason(rows: RoundRows, before: RoundRows, why: str) -> RoundRows:
    """Return a workbook's rows in which each handed-in sheet that it changes says why it was reopened.

    A member who handed one in stays on the panel.
    """
    return _reopening(_with_members(rows, before), before, dict.fromkeys(_changed_sheets(before, rows), why))


def keeping_reopened(rows: RoundRows, before: RoundRows, met: Collection[str]) -> RoundRows:
    """Return a workbook's rows with what stays of sheets that were ever reopened.

    Reopened is also a sheet that an interest closed, which the workbook takes back with a reason; and one
    that is first handed in with it, in one of the areas that `met`, is marked.
    """
    opened = {key: why for key, why in _opened(before, rows).items() if why}
    said = {_key(sheet): sheet.reopened for sheet in rows.sheets if sheet.reopened}
    return _reopening(rows, before, _handed_in_late(rows, before, met) | opened | said)


def _handed_in_late(rows: RoundRows, before: RoundRows, met: Collection[str]) -> dict[Key, str]:
    """Return the sheets that are first handed in with rows, in areas that met, each with that as its why."""
    here = {row.reference for row in before.applications if row.area in met}
    known = {_key(sheet) for sheet in before.sheets if sheet.submitted or sheet.reopened}
    new = (_key(one) for one in rows.sheets if one.submitted and one.application in here)
    return {key: AFTER_MEETING for key in new if key not in known}


def _reopening(rows: RoundRows, before: RoundRows, opened: Mapping[Key, str]) -> RoundRows:
    """Return rows whose sheets say why they were opened again; an empty one stands for each lacking."""
    held = {_key(sheet): sheet for sheet in before.sheets}
    marked = {key: _reopened(held.get(key), opened.get(key, "")) for key in (*held, *opened)}
    sheets = tuple(_marked(sheet, marked.get(_key(sheet))) for sheet in rows.sheets)
    there, members = {_key(sheet) for sheet in sheets}, {member.code for member in rows.members}
    empty = (None,) * len(rows.scheme.judged)
    lacking = tuple(
        _marked(SheetRow(*key, submitted=False, marks=empty), one)
        for key, one in marked.items()
        if one is not None and key not in there and key[0] in members
    )
    return replace(rows, sheets=(*sheets, *lacking))


def handed_in_words(before: RoundRows, rows: RoundRows) -> str:
    """Say which handed-in sheets and members a workbook would change, and what answers that; "" for none.

    Sheets that say why they are reopened are left out.
    """
    sheets = _named_sheets(before, rows, reopened=False)
    said = [f"sheets that were handed in: {first_of(sheets, MOST_NAMED)}"] if sheets else []
    members = list(_changed_members(before, rows))
    said += [f"members: {first_of(members, MOST_NAMED)}"] if members else []
    if not said:
        return ""
    marked = (
        ": each of these sheets stays marked as reopened after others’ marks could be seen, with that reason"
    )
    return (
        f"The workbook takes back, changes or leaves out {'; and '.join(said)}. Put them back, or say why "
        f"with --reopen-because TEXT{marked if sheets else ''}. Nothing was changed."
    )


def reopened_words(before: RoundRows, rows: RoundRows) -> str:
    """Say which sheets a workbook reopened, "" for none."""
    sheets = _named_sheets(before, rows, reopened=True)
    return f" Reopened, with the reason: {first_of(sheets, MOST_NAMED)}." if sheets else ""


def _named_sheets(before: RoundRows, rows: RoundRows, *, reopened: bool) -> list[str]:
    """Return the handed-in sheets that rows change, each as "M3 Cy Cole on S-2"."""
    names = {one.code: f"{one.code} {one.name}" for one in before.members}
    said = {_key(sheet) for sheet in rows.sheets if sheet.reopened}
    found = [key for key in _changed_sheets(before, rows) if (key in said) is reopened]
    return [f"{names.get(member, member)} on {of}" for member, of in found]


def _changed_sheets(before: RoundRows, rows: RoundRows) -> Iterator[Key]:
    """Yield the sheets that were handed in and are not, or otherwise, in a workbook."""
    theirs = {_key(sheet): sheet for sheet in rows.sheets}
    for sheet in before.sheets:
        if sheet.submitted and not _is_same(sheet, theirs.get(_key(sheet))):
            yield _key(sheet)


def _opened(before: RoundRows, rows: RoundRows) -> dict[Key, str]:
    """Return the sheets that open though their member could read others' marks meanwhile."""
    members = {one.code for one in rows.members}
    own = (row for row in before.interests if row.member in members)
    sheets = [_key(sheet) for sheet in before.sheets if sheet.submitted]
    return opened_again(own, rows.interests, sheets)


def _changed_members(before: RoundRows, rows: RoundRows) -> Iterator[str]:
    theirs = {one.code: one for one in rows.members}
    for one in before.members:
        there = theirs.get(one.code)
        if there is None:
            yield f"{one.code} {one.name} is not in it"
        elif _person(there) != _person(one):
            parts = filter(None, (there.name, there.role, there.organisation))
            yield f"{one.code} {one.name} is {', '.join(parts)} there"


def _with_members(rows: RoundRows, before: RoundRows) -> RoundRows:
    """Return a workbook's rows with the members whom it lacks and who handed a sheet in, as they stood."""
    there = {one.code for one in rows.members}
    seated = {sheet.member for sheet in before.sheets if sheet.submitted or sheet.reopened} - there
    members = tuple(one for one in before.members if one.code in seated)
    interests = tuple(row for row in before.interests if row.member in seated)
    return replace(rows, members=(*rows.members, *members), interests=(*rows.interests, *interests))


def _reopened(held: SheetRow | None, why: str) -> SheetRow | None:
    """Return what stays of a sheet that is reopened now or was before, None for one that never was."""
    if held is None:
        return SheetRow("", "", submitted=False, marks=(), reopened=why)
    if not why:
        return held if held.reopened else None
    first = held.first or (held.marks if held.submitted else ())
    return replace(held, reopened=reopened_again(held.reopened, why), first=first)


def _marked(sheet: SheetRow, reopened: SheetRow | None) -> SheetRow:
    if reopened is None:
        return sheet
    return replace(sheet, reopened=reopened.reopened, first=reopened.first)


def _is_same(ours: SheetRow, theirs: SheetRow | None) -> bool:
    if theirs is None or not theirs.submitted:
        return False
    is_same = (ours.marks, ours.for_panel) == (theirs.marks, theirs.for_panel)
    return is_same and _reasons(ours) == _reasons(theirs)


def _reasons(sheet: SheetRow) -> list[str]:
    """Return reasons as a workbook can hold them, all of them "" where none was given."""
    return [" ".join(text.split()) for text in sheet.reasons or ("",) * len(sheet.marks)]


def _person(one: MemberRow) -> tuple[str, ...]:
    return tuple(typed_key(text) for text in (one.name, one.role, one.organisation))


def _key(sheet: SheetRow) -> Key:
    return sheet.member, sheet.application

"""Which interests members of a panel declared, when, and what came of it, as papers say it."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from models.permissions.declarations import SAID
from models.queries.panel.meeting import Late, Room, marked_by
from models.queries.panel.panel import declared_on
from models.session import Session
from models.values.rows import InterestRow, RoundRows
from scoring.counted import counted, listed
from scoring.round import InterestKind
from scoring.schedule.values import NOT_COUNTED
from scoring.written.days import full_day


def interest_sentences(
    session: Session,
    round_id: int,
    rows: RoundRows,
    of: Collection[str],
    rooms: Mapping[str, Room],
    ahead: Collection[str] = (),
    *,
    late: Late,
) -> Iterator[str]:
    """Yield what members declared on some applications, who declared none, and who nothing at all.

    Of one who had marked it is said that the sheet is not counted, never that they took no part; of an
    interest declared after its item closed with the member among those who decided it, that they had taken
    part. `rooms` has who was there as the items closed; of those that are still `ahead` nobody took no part
    yet.
    """
    names = {member.code: member.name or member.code for member in rows.members}
    days, marked = declared_on(session, round_id), marked_by(rows)
    here = [row for row in rows.interests if row.application in of and row.kind is not InterestKind.NONE]
    for row in here:
        key = (row.member, row.application or "")
        on = f", recorded on {full_day(days[key])}," if key in days else ""
        tail = NOT_COUNTED if key in marked else ""
        who = names.get(row.member, row.member)
        if row.kind is InterestKind.ABSTAINED:
            yield f"{who} abstained on {row.application}{tail}."
            continue
        declared = f"{who} declared {SAID[row.kind]} in {row.application}"
        if has_taken_part(rooms, *key):
            yield f"{declared}{on} after its item was closed, and had taken part in it{tail}."
        elif key in late:
            yield f"{declared}{late[key].when}{tail}."
        else:
            yield f"{declared}{on} and {'takes' if row.application in ahead else 'took'} no part in it."
    interested = {row.member for row in here if row.kind.is_conflict}
    spoken = {row.member for row in rows.interests}
    without = [name for code, name in names.items() if code in spoken - interested]
    silent = [name for code, name in names.items() if code not in spoken]
    if without:
        yield f"No interest in what is minuted here was declared by {listed(without, 'or')}."
    if silent:
        yield f"No declaration is recorded of {listed(silent)}."


def in_place_sentences(rows: RoundRows, of: Collection[str]) -> tuple[str, ...]:
    """Return who ruled on which applications in the place of the chair, who has an interest there."""
    names = {member.code: member.name or member.code for member in rows.members}
    ruled: dict[str, list[str]] = {}
    for row in rows.chair_decisions:
        if row.ruled_by and row.application in of:
            ruled.setdefault(row.ruled_by, []).append(row.application)
    return tuple(
        f"{names.get(code, code)}, named by the others, ruled on {listed(references)} in the chair’s place."
        for code, references in ruled.items()
    )


def has_taken_part(rooms: Mapping[str, Room], member: str, reference: str) -> bool:
    """Whether a member was among those who decided an item as it closed, whatever they declared since."""
    return reference in rooms and member in rooms[reference].decided


def after_taking_part(
    interests: Sequence[InterestRow], rooms: Mapping[str, Room]
) -> frozenset[tuple[str, str]]:
    """Return the members with an application in which they declared an interest after they had taken part."""
    conflicts = ((row.member, row.application or "") for row in interests if row.kind.is_conflict)
    return frozenset(one for one in conflicts if has_taken_part(rooms, *one))


def took_no_part(
    interests: Sequence[InterestRow],
    of: Collection[str],
    rooms: Mapping[str, Room],
    marked: Collection[tuple[str, str]],
) -> str:
    """Return how many members declared an interest in how many of some applications, "" for none.

    `marked` are the members with an application that they had marked.
    """
    conflicts = (row for row in interests if row.kind.is_conflict and row.application in of)
    found = {(row.member, row.application or "") for row in conflicts}
    after = after_taking_part(interests, rooms) & found
    sheets = found.intersection(marked) - after
    said = (
        (found - after - sheets, "and took no part there"),
        (sheets, "for which their score sheet is not counted"),
        (after, "only after they had taken part there"),
    )
    return " ".join(_declared(some, part) for some, part in said if some)


def _declared(some: Collection[tuple[str, str]], part: str) -> str:
    members, many = len({who for who, _ in some}), len({reference for _, reference in some})
    who = counted(members, "member of the scoring panel", "members of the scoring panel")
    return f"{who} declared an interest in {counted(many, 'application')} {part}; the minutes name them."

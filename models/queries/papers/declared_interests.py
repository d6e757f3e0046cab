"""Which interests members of a panel declared, when, and what came of it, as papers say it."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from models.journal.tombstones import said_rows
from models.permissions.declarations import SAID
from models.queries.panel.meeting import Room
from models.session import Session
from models.store.locks.signing_on import told
from models.values.rows import InterestRow, RoundRows
from scoring.counted import counted, listed
from scoring.round import InterestKind
from scoring.written.days import full_day

DECLARING = ("declare", "add interest")


def interest_sentences(
    session: Session,
    round_id: int,
    rows: RoundRows,
    of: Collection[str],
    rooms: Mapping[str, Room],
    ahead: Collection[str] = (),
) -> Iterator[str]:
    """Yield what members declared on some applications, who declared none, and who nothing at all.

    Of a sheet that is handed in, before the interest or after it, it is said that it does not count; of an
    interest declared after its item closed with the member among those who decided it, that they had taken
    part. `rooms` has who was there as the items closed; of those that are still `ahead` nobody took no part
    yet.
    """
    names = {member.code: member.name or member.code for member in rows.members}
    days = _first_declared(session, round_id)
    handed_in = {(sheet.member, sheet.application) for sheet in rows.sheets if sheet.submitted}
    here = [row for row in rows.interests if row.application in of and row.kind is not InterestKind.NONE]
    for row in here:
        key = (row.member, row.application or "")
        on = f", recorded on {full_day(days[key])}," if key in days else ""
        late = "; the score sheet handed in for it does not count" if key in handed_in else ""
        who = names.get(row.member, row.member)
        if row.kind is InterestKind.ABSTAINED:
            yield f"{who} abstained on {row.application}{late}."
        elif has_taken_part(rooms, *key):
            part = "after its item was closed, and had taken part in it"
            yield f"{who} declared {SAID[row.kind]} in {row.application}{on} {part}{late}."
        else:
            takes = "takes" if row.application in ahead else "took"
            yield f"{who} declared {SAID[row.kind]} in {row.application}{on} and {takes} no part in it{late}."
    interested = {row.member for row in here if row.kind.is_conflict}
    spoken = {row.member for row in rows.interests}
    without = [name for code, name in names.items() if code in spoken - interested]
    silent = [name for code, name in names.items() if code not in spoken]
    if without:
        yield f"No interest in what is minuted here was declared by {listed(without, 'or')}."
    if silent:
        yield f"No declaration is recorded of {listed(silent)}."


def has_taken_part(rooms: Mapping[str, Room], member: str, reference: str) -> bool:
    """Whether a member was among those who decided an item as it closed, whatever they declared since."""
    return reference in rooms and member in rooms[reference].decided


def late_interests(interests: Sequence[InterestRow], rooms: Mapping[str, Room]) -> frozenset[tuple[str, str]]:
    """Return the members with an application in which they declared an interest after they had taken part."""
    conflicts = ((row.member, row.application or "") for row in interests if row.kind.is_conflict)
    return frozenset(one for one in conflicts if has_taken_part(rooms, *one))


def took_no_part(interests: Sequence[InterestRow], of: Collection[str], rooms: Mapping[str, Room]) -> str:
    """Return how many members declared an interest in how many of some applications, "" for none."""
    conflicts = (row for row in interests if row.kind.is_conflict and row.application in of)
    found = {(row.member, row.application or "") for row in conflicts}
    late = late_interests(interests, rooms) & found
    said = ((found - late, "and took no part there"), (late, "only after they had taken part there"))
    return " ".join(_declared(some, part) for some, part in said if some)


def _declared(some: Collection[tuple[str, str]], part: str) -> str:
    members, many = len({who for who, _ in some}), len({reference for _, reference in some})
    who = counted(members, "member of the scoring panel", "members of the scoring panel")
    return f"{who} declared an interest in {counted(many, 'application')} {part}; the minutes name them."


def _first_declared(session: Session, round_id: int) -> Mapping[tuple[str, str], date]:
    """Return since when an interest stands, by member and application, where the journal is open."""
    if told(session) is not None:
        return {}
    found = dict[tuple[str, str], date]()
    for _, at, _, _, body in said_rows(session, DECLARING):
        words = json.loads(body)
        if words.get("round_id") == round_id:
            own = set(_barring(words))
            member = words.get("member") or words["interest"]["member"]
            if "interests" in words:
                found = {key: day for key, day in found.items() if key[0] != member or key in own}
            for key in own:
                found.setdefault(key, at.date())
    return found


def _barring(words: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the member and application of each interest that an operation put down."""
    for row in words.get("interests") or filter(None, [words.get("interest")]):
        if row.get("application") and row["kind"] != InterestKind.NONE.value:
            yield row["member"], row["application"]

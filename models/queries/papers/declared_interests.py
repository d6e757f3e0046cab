"""Which interests members of a panel declared, when, and what came of it, as papers say it."""

from collections.abc import Collection, Mapping, Sequence

from models.queries.panel.meeting import Room
from models.values.rows import InterestRow
from scoring.counted import counted


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

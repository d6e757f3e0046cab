"""Whether quorum holds in each area, and who is short."""

from collections.abc import Mapping, Sequence, Set

from msgspec import Struct

from models.permissions.role import is_asked_for_marks
from models.queries.panel.areas_served import stood_down
from models.queries.panel.meeting import attendance
from models.queries.panel.member_details import MemberDetails
from models.queries.panel.namesakes import distinct_names
from models.session import Session
from models.values.rows import InterestRow
from scoring.round import InterestKind


class QuorumLine(Struct, frozen=True):
    """One application: how many members there are, who of them decides, and whether quorum holds.

    Those do not decide who stand aside, have not declared (`undeclared`), or at the meeting are not marked
    present (`missing`, 0 before attendance is recorded).
    """

    reference: str
    organisation: str
    area: str
    members: int
    aside: tuple[str, ...]
    left: int
    quorum: int
    undeclared: int = 0
    missing: int = 0

    @property
    def holds(self) -> bool:
        """Whether enough members are left to decide."""
        return self.left >= self.quorum


def quorum_line(
    row: tuple[str, str, str],
    details: Sequence[MemberDetails],
    declared: Sequence[InterestRow],
    fewest: int,
    begun: Mapping[tuple[str, str], bool],
    present: Set[str] | None,
) -> QuorumLine:
    """Return who is expected to score an application: those who serve its area or handed a sheet in.

    The ranking asks nothing of areas served: it counts the sheets that were handed in. `present` are those at
    the meeting of its area, None before it is said who is there.
    """
    reference, organisation, area = row
    names = distinct_names((member.code, member.name) for member in details)
    aside_all = stood_down(declared)
    counting = {
        member.code: names[member.code]
        for member in details
        if is_asked_for_marks(member.role)
        if (member.serves(area) and member.code not in aside_all)
        or begun.get((member.code, reference), False)
    }
    aside = {i.member for i in declared if i.application == reference and i.kind is not InterestKind.NONE}
    standing = tuple(name for code, name in counting.items() if code in aside)
    has_declared = {row.member for row in declared}
    undeclared = counting.keys() - aside - has_declared
    missing = set() if present is None else (counting.keys() - aside - undeclared) - present
    left = len(counting) - len(standing) - len(undeclared) - len(missing)
    return QuorumLine(
        *(reference, organisation, area, len(counting), standing, left, fewest),
        undeclared=len(undeclared),
        missing=len(missing),
    )


def present_by_area(session: Session, round_id: int) -> dict[str, set[str]]:
    """Return who is marked present, by area; an area where nobody is yet is left out."""
    found: dict[str, set[str]] = {}
    for area, code, state in attendance(session, round_id):
        if state == "present":
            found.setdefault(area, set()).add(code)
    return found

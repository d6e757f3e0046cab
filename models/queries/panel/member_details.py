"""Who the members of a panel are: role, areas, and since when."""

from msgspec import Struct
from sqlalchemy import select

from models.queries.panel.areas_served import areas_served
from models.schema.panel import member_table, person_table
from models.session import Session
from models.store.parts import part
from scoring.refused import Refused


class MemberDetails(Struct, frozen=True):
    """What is kept of a member: role chair, member or adviser; kind police, community, partner, office.

    `areas` are those that the member is expected to score, () for all of them.
    """

    code: str
    name: str
    role: str = "member"
    organisation: str = ""
    kind: str = ""
    areas: tuple[str, ...] = ()

    def serves(self, area: str) -> bool:
        """Whether the member is expected to score an area."""
        return not self.areas or area in self.areas


def member_details(session: Session, round_id: int, code: str) -> MemberDetails:
    """Return what is kept of one member."""
    found = next((row for row in members_of(session, round_id) if row.code == code), None)
    if found is None:
        raise Refused(f"There is no member {code} in the round. Correct the code.")
    return found


@part
def members_of(session: Session, round_id: int) -> tuple[MemberDetails, ...]:
    """Return the members of a round in their order."""
    table = member_table
    rows = session.execute(
        select(table.c.code, person_table.c.name, table.c.role, table.c.organisation, table.c.kind)
        .join(person_table, person_table.c.id == table.c.person_id)
        .where(table.c.round_id == round_id)
        .order_by(table.c.position, table.c.id)
    )
    served = areas_served(session, round_id)
    return tuple(MemberDetails(*row, areas=served.get(row.code, ())) for row in rows)

"""People, and the roles they have in a round."""

from sqlalchemy import Column, ForeignKey, Named, UniqueConstraint

from models.schema.base import Columns, record_table
from models.schema.columns import one_of


class PersonColumns(Columns):
    """A person, known by name, with a post."""

    id: Named[int] = Column(primary_key=True)
    uid: Named[str] = Column(unique=True)
    name: Named[str] = Column(unique=True)
    post: Named[str]


person_table = record_table("people", PersonColumns)


class RoundRoleColumns(Columns):
    """A role beside the panel's that a person has in a round."""

    id: Named[int] = Column(primary_key=True)
    round_id: Named[int] = Column(ForeignKey("rounds.id"))
    person_id: Named[int] = Column(ForeignKey("people.id"))
    role: Named[str]


round_role_table = record_table(
    "round_roles",
    RoundRoleColumns,
    UniqueConstraint("round_id", "person_id", "role"),
    one_of("role", "officer", "note-taker", "commander", "decider", "finance"),
)


class SigningAreaColumns(Columns):
    """An area for which somebody signs; a role without any row is for all areas."""

    role_id: Named[int] = Column(ForeignKey("round_roles.id"), primary_key=True)
    area_id: Named[int] = Column(ForeignKey("areas.id"), primary_key=True)


signing_area_table = record_table("signing_areas", SigningAreaColumns)

"""People, and the roles they have in a round."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base
from models.schema.columns import one_of


class PersonTable(Base):
    """A person, known by name, with a post."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    post: Mapped[str]


class RoundRoleTable(Base):
    """A role beside the panel's that a person has in a round."""

    __tablename__ = "round_roles"
    __table_args__ = (
        UniqueConstraint("round_id", "person_id", "role"),
        one_of("role", "officer", "note-taker", "commander", "decider", "finance"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str]

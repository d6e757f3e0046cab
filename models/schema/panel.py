"""The panel of a round, and what its members declared."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base
from models.schema.columns import one_of


class MemberTable(Base):
    """A member of a round's panel; `role` is a label and `kind` is "" until it is said."""

    __tablename__ = "members"
    __table_args__ = (
        UniqueConstraint("round_id", "code"),
        one_of("kind", "", "police", "community", "partner", "office"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    position: Mapped[int]
    code: Mapped[str]
    role: Mapped[str]
    organisation: Mapped[str]
    kind: Mapped[str]


class MemberAreaTable(Base):
    """An area that a member is expected to score; a member without any row serves all areas."""

    __tablename__ = "member_areas"
    __table_args__ = (STRICT,)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"), primary_key=True)


class InterestTable(Base):
    """What a member declared, on one application or (NULL) on none at all; repeats are harmless."""

    __tablename__ = "interests"
    __table_args__ = (
        UniqueConstraint("member_id", "position"),
        one_of("kind", "pecuniary", "non-pecuniary", "prejudicial", "abstained", "none"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str]
    detail: Mapped[str]

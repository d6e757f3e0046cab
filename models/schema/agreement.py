"""What the panel agreed on an application, and what its chair settled."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base
from models.schema.columns import one_of, whole


class AgreementTable(Base):
    """The moderation record of one application, with any dissent."""

    __tablename__ = "agreements"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    position: Mapped[int]
    dissent: Mapped[str]


class AgreedMarkTable(Base):
    """The panel's agreed mark on one criterion, with its reason."""

    __tablename__ = "agreed_marks"
    __table_args__ = (
        whole("mark", least=0),
        CheckConstraint("mark IS NOT NULL OR reason <> ''", name="says_something"),
        STRICT,
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("agreements.application_id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    mark: Mapped[int | None]
    reason: Mapped[str]


class NotApplicableTable(Base):
    """A criterion that the chair set aside for one application, and why."""

    __tablename__ = "not_applicable"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    reason: Mapped[str]


class ChairDecisionTable(Base):
    """The chair's word on a tie (`place` among the tied) or on an exception (no place)."""

    __tablename__ = "chair_decisions"
    __table_args__ = (
        UniqueConstraint("application_id", "kind"),
        one_of("kind", "tie", "exception"),
        whole("place", least=1),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    kind: Mapped[str]
    position: Mapped[int]
    place: Mapped[int | None]
    reason: Mapped[str]

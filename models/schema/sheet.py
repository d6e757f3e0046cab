"""Score sheets and the marks on them."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base
from models.schema.columns import whole


class SheetTable(Base):
    """One member's sheet for one application; there is never a second.

    `reopened` is why the chair opened it again after others' marks could be seen, NULL if never.
    """

    __tablename__ = "sheets"
    __table_args__ = (UniqueConstraint("member_id", "application_id"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    position: Mapped[int]
    is_submitted: Mapped[bool]
    reopened: Mapped[str | None]


class MarkTable(Base):
    """A mark with its reason, or a reason that waits for its mark; no row is no mark."""

    __tablename__ = "marks"
    __table_args__ = (
        whole("mark", least=0),
        CheckConstraint("mark IS NOT NULL OR reason <> ''", name="says_something"),
        STRICT,
    )

    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheets.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    mark: Mapped[int | None]
    reason: Mapped[str]

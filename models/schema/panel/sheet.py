"""Score sheets and the marks on them."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named, UniqueConstraint

from models.schema.base import Columns, record_table
from models.schema.columns import at_least
from models.schema.personal import TextAbout


class SheetColumns(Columns):
    """One member's sheet for one application; there is never a second.

    `reopened` is why the chair opened it again after others' marks could be seen, NULL if never; the marks
    that it was first handed in with are `first_marks`.
    """

    id: Named[int] = Column(primary_key=True)
    uid: Named[str] = Column(unique=True)
    member_id: Named[int] = Column(ForeignKey("members.id"))
    application_id: Named[int] = Column(ForeignKey("applications.id"), index=True)
    position: Named[int]
    is_submitted: Named[bool]
    reopened: Named[TextAbout | None]


sheet_table = record_table("sheets", SheetColumns, UniqueConstraint("member_id", "application_id"))


class MarkColumns(Columns):
    """A mark with its reason, or a reason that waits for its mark; no row is no mark."""

    sheet_id: Named[int] = Column(ForeignKey("sheets.id"), primary_key=True)
    criterion: Named[str] = Column(primary_key=True)
    mark: Named[int | None]
    reason: Named[TextAbout]


mark_table = record_table(
    "marks",
    MarkColumns,
    at_least("mark", 0),
    CheckConstraint("mark IS NOT NULL OR reason <> ''", name="says_something"),
)


class FirstMarkColumns(Columns):
    """A mark as a sheet was first handed in with it, kept once the sheet is opened again."""

    member_id: Named[int] = Column(ForeignKey("members.id"), primary_key=True)
    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    criterion: Named[str] = Column(primary_key=True)
    mark: Named[int]


first_mark_table = record_table("first_marks", FirstMarkColumns, at_least("mark", 0))

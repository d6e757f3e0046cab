"""What the panel agreed on an application, and what its chair settled."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named, UniqueConstraint

from models.schema.base import Columns, record_table
from models.schema.columns import at_least, one_of
from models.schema.personal import TextAbout


class AgreementColumns(Columns):
    """The moderation record of one application, with any dissent."""

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    position: Named[int]
    dissent: Named[TextAbout]


agreement_table = record_table("agreements", AgreementColumns)


class AgreedMarkColumns(Columns):
    """The panel's agreed mark on one criterion, with its reason."""

    application_id: Named[int] = Column(ForeignKey("agreements.application_id"), primary_key=True)
    criterion: Named[str] = Column(primary_key=True)
    mark: Named[int | None]
    reason: Named[TextAbout]


agreed_mark_table = record_table(
    "agreed_marks",
    AgreedMarkColumns,
    at_least("mark", 0),
    CheckConstraint("mark IS NOT NULL OR reason <> ''", name="says_something"),
)


class PanelOnlyColumns(Columns):
    """An agreed mark whose reason is for the panel only: no letter tells it, the minutes have it."""

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    criterion: Named[str] = Column(primary_key=True)


panel_only_table = record_table("panel_only_reasons", PanelOnlyColumns)


class NotApplicableColumns(Columns):
    """A criterion that the chair set aside for one application, and why."""

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    criterion: Named[str] = Column(primary_key=True)
    position: Named[int]
    reason: Named[TextAbout]


not_applicable_table = record_table("not_applicable", NotApplicableColumns)


class ChairDecisionColumns(Columns):
    """The chair's word on a tie (`place` among the tied) or on an exception (no place).

    `ruled_by` is the code of the member whose word it is where the chair has an interest, else "".
    """

    id: Named[int] = Column(primary_key=True)
    application_id: Named[int] = Column(ForeignKey("applications.id"))
    kind: Named[str]
    position: Named[int]
    place: Named[int | None]
    reason: Named[str]
    ruled_by: Named[str] = Column(server_default="")


chair_decision_table = record_table(
    "chair_decisions",
    ChairDecisionColumns,
    UniqueConstraint("application_id", "kind"),
    one_of("kind", "tie", "exception"),
    at_least("place", 1),
)

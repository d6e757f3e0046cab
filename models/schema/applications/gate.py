"""Gates of a round and what each application came to at them."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Named, UniqueConstraint

from models.schema.base import Columns, record_table
from models.schema.columns import one_of
from models.schema.personal import TextAbout

TIME_CODE = "in-time"
TIME_QUESTION = "Was the application received in time?"


class GateColumns(Columns):
    """One gate of a round; an advisory one never bars, the cap's and the date's are worked from figures.

    The date's (`is_time`) is asked only where an application has a result at it.
    """

    id: Named[int] = Column(primary_key=True)
    round_id: Named[int] = Column(ForeignKey("rounds.id"))
    position: Named[int]
    code: Named[str]
    question: Named[str]
    is_advisory: Named[bool]
    is_cap: Named[bool]
    is_time: Named[bool]


gate_table = record_table("gates", GateColumns, UniqueConstraint("round_id", "code"))


class GateResultColumns(Columns):
    """What one application came to at one gate, by whom and why; no row: the application's own word."""

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    gate_id: Named[int] = Column(ForeignKey("gates.id"), primary_key=True, index=True)
    result: Named[str]
    reason: Named[TextAbout]
    set_by: Named[str]
    set_at: Named[datetime]


gate_result_table = record_table(
    "gate_results", GateResultColumns, one_of("result", "pass", "fail", "waived", "to check")
)

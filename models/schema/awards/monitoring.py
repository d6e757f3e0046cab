"""What recipients report on their awards, and when: agreed outputs, returns, people supported, visits.

They hang on the application and not on its award, so that a corrected decision leaves them as they are.
"""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Named

from models.schema.base import Columns, record_table
from models.schema.columns import at_least, one_of
from models.schema.personal import TextAbout


class ReturnBandColumns(Columns):
    """How often awards of a round up to an amount report; no rows leave it to the fund."""

    round_id: Named[int] = Column(ForeignKey("rounds.id"), primary_key=True)
    number: Named[int] = Column(primary_key=True)
    up_to_pence: Named[int | None]
    points: Named[str]


return_band_table = record_table(
    "return_bands",
    ReturnBandColumns,
    at_least("up_to_pence", 1),
    one_of("points", "end", "halves", "quarterly"),
)


class AgreedOutputColumns(Columns):
    """One thing agreed on an award: a figure to reach (`target`), or words alone.

    `measure` says how it is known, None where that is not said.
    """

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    number: Named[int] = Column(primary_key=True)
    words: Named[TextAbout]
    target: Named[int | None]
    is_outcome: Named[bool]
    measure: Named[TextAbout | None]


agreed_output_table = record_table(
    "agreed_outputs",
    AgreedOutputColumns,
    at_least("target", 0),
    CheckConstraint("trim(words) <> ''", name="has_words"),
)


class AwardReturnColumns(Columns):
    """A return that is due, and once it came in (`received_on`) what it says.

    It tells of the time up to `covers_to`; None where that is as usual so long before `due_on`.
    """

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    number: Named[int] = Column(primary_key=True)
    due_on: Named[date]
    words: Named[str]
    received_on: Named[date | None]
    said: Named[TextAbout]
    spent_pence: Named[int | None]
    covers_to: Named[date | None]


award_return_table = record_table(
    "monitoring_returns",
    AwardReturnColumns,
    at_least("spent_pence", 0),
    CheckConstraint(
        "received_on IS NOT NULL OR (said = '' AND spent_pence IS NULL)", name="silent_until_received"
    ),
)


class OutputProgressColumns(Columns):
    """What a return says of an agreed output."""

    application_id: Named[int] = Column(primary_key=True)
    return_number: Named[int] = Column(primary_key=True)
    output_number: Named[int] = Column(primary_key=True)
    achieved: Named[int | None]
    words: Named[TextAbout]


output_progress_table = record_table(
    "output_progress",
    OutputProgressColumns,
    at_least("achieved", 0),
    ForeignKeyConstraint(
        ["application_id", "return_number"],
        ["monitoring_returns.application_id", "monitoring_returns.number"],
    ),
    ForeignKeyConstraint(
        ["application_id", "output_number"], ["agreed_outputs.application_id", "agreed_outputs.number"]
    ),
)


class SupportedNumberColumns(Columns):
    """How many people a return counts under a line of a reference list."""

    application_id: Named[int] = Column(primary_key=True)
    return_number: Named[int] = Column(primary_key=True)
    group: Named[str] = Column(primary_key=True)
    line: Named[str] = Column(primary_key=True)
    supported: Named[int]


supported_number_table = record_table(
    "supported_numbers",
    SupportedNumberColumns,
    at_least("supported", 0),
    ForeignKeyConstraint(
        ["application_id", "return_number"],
        ["monitoring_returns.application_id", "monitoring_returns.number"],
    ),
)


class VisitColumns(Columns):
    """A visit to a project: by whom, and what was seen."""

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    number: Named[int] = Column(primary_key=True)
    visited_on: Named[date]
    who: Named[str]
    seen: Named[TextAbout]


visit_table = record_table(
    "monitoring_visits",
    VisitColumns,
    CheckConstraint("trim(who) <> '' AND trim(seen) <> ''", name="says_who_and_what"),
)

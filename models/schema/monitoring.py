"""What recipients report on their awards, and when: agreed outputs, returns, people supported, visits.

They hang on the application and not on its award, so that a corrected decision leaves them as they are.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base
from models.schema.columns import one_of, whole


class ReturnBandTable(Base):
    """How often awards of a round up to an amount report; no rows leave it to the fund."""

    __tablename__ = "return_bands"
    __table_args__ = (
        whole("up_to_pence", least=1),
        one_of("points", "end", "halves", "quarterly"),
        STRICT,
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    up_to_pence: Mapped[int | None]
    points: Mapped[str]


class AgreedOutputTable(Base):
    """One thing agreed on an award: a figure to reach (`target`), or words alone."""

    __tablename__ = "agreed_outputs"
    __table_args__ = (
        whole("target", least=0),
        CheckConstraint("trim(words) <> ''", name="has_words"),
        STRICT,
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str]
    target: Mapped[int | None]
    is_outcome: Mapped[bool]


class AwardReturnTable(Base):
    """A return that is due, and once it came in (`received_on`) what it says."""

    __tablename__ = "monitoring_returns"
    __table_args__ = (
        whole("spent_pence", least=0),
        CheckConstraint(
            "received_on IS NOT NULL OR (said = '' AND spent_pence IS NULL)", name="silent_until_received"
        ),
        STRICT,
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    due_on: Mapped[date]
    words: Mapped[str]
    received_on: Mapped[date | None]
    said: Mapped[str]
    spent_pence: Mapped[int | None]


class OutputProgressTable(Base):
    """What a return says of an agreed output."""

    __tablename__ = "output_progress"
    __table_args__ = (
        whole("achieved", least=0),
        ForeignKeyConstraint(
            ["application_id", "return_number"],
            ["monitoring_returns.application_id", "monitoring_returns.number"],
        ),
        ForeignKeyConstraint(
            ["application_id", "output_number"], ["agreed_outputs.application_id", "agreed_outputs.number"]
        ),
        STRICT,
    )

    application_id: Mapped[int] = mapped_column(primary_key=True)
    return_number: Mapped[int] = mapped_column(primary_key=True)
    output_number: Mapped[int] = mapped_column(primary_key=True)
    achieved: Mapped[int | None]
    words: Mapped[str]


class SupportedNumberTable(Base):
    """How many people a return counts under a line of a reference list."""

    __tablename__ = "supported_numbers"
    __table_args__ = (
        whole("supported", least=0),
        ForeignKeyConstraint(
            ["application_id", "return_number"],
            ["monitoring_returns.application_id", "monitoring_returns.number"],
        ),
        STRICT,
    )

    application_id: Mapped[int] = mapped_column(primary_key=True)
    return_number: Mapped[int] = mapped_column(primary_key=True)
    group: Mapped[str] = mapped_column(primary_key=True)
    line: Mapped[str] = mapped_column(primary_key=True)
    supported: Mapped[int]


class VisitTable(Base):
    """A visit to a project: by whom, and what was seen."""

    __tablename__ = "monitoring_visits"
    __table_args__ = (
        CheckConstraint("trim(who) <> '' AND trim(seen) <> ''", name="says_who_and_what"),
        STRICT,
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    visited_on: Mapped[date]
    who: Mapped[str]
    seen: Mapped[str]

"""Awards without a competition: the rounds that hold them, how each came about, and onward grants."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named, UniqueConstraint

from models.schema.base import Columns, record_table
from models.schema.columns import at_least, one_of


class DirectRoundColumns(Columns):
    """A round that holds a fund's awards of a year without a competition: at most one for each."""

    round_id: Named[int] = Column(ForeignKey("rounds.id"), primary_key=True)
    fund_id: Named[int] = Column(ForeignKey("funds.id"))
    year_id: Named[int] = Column(ForeignKey("financial_years.id"))


direct_round_table = record_table("direct_rounds", DirectRoundColumns, UniqueConstraint("fund_id", "year_id"))


class DirectAwardColumns(Columns):
    """How an award came about without a competition; `extends_id` is the application whose award it extends.

    Start and end of its contract are the application's; it may run `option_years` longer, and be ended on
    the break date.
    """

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    route: Named[str]
    route_reason: Named[str]
    extends_id: Named[int | None] = Column(ForeignKey("applications.id"))
    option_years: Named[int]
    break_on: Named[date | None]


direct_award_table = record_table(
    "direct_awards",
    DirectAwardColumns,
    one_of(
        "route",
        "commissioned-service",
        "council-share",
        "single-tender",
        "extension",
        "third-party-manager",
        "start-up",
    ),
    at_least("option_years", 0),
    CheckConstraint("route <> 'single-tender' OR trim(route_reason) <> ''", name="tender_has_a_reason"),
    CheckConstraint("(route = 'extension') = (extends_id IS NOT NULL)", name="extension_is_of_an_award"),
)


class OnwardGrantColumns(Columns):
    """What a third-party manager passes on of its award, to whom and for what."""

    application_id: Named[int] = Column(ForeignKey("direct_awards.application_id"), primary_key=True)
    number: Named[int] = Column(primary_key=True)
    recipient: Named[str]
    amount_pence: Named[int]
    purpose: Named[str]


onward_grant_table = record_table(
    "onward_grants",
    OnwardGrantColumns,
    at_least("amount_pence", 1),
    CheckConstraint("trim(recipient) <> '' AND trim(purpose) <> ''", name="says_to_whom_and_why"),
)

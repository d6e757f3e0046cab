"""Rounds and their areas."""

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Named, UniqueConstraint

from models.schema.base import Columns, record_table
from models.schema.columns import at_least, one_of


class RoundColumns(Columns):
    """A round of a fund.

    `fund_name` is the fund's name as this round printed it, since names change; `chain` is the JSON list
    of those who sign, in order. `fund_rules` is what the fund's `defaults` were when the round was opened;
    None until then, when they are the fund's own.
    """

    id: Named[int] = Column(primary_key=True)
    uid: Named[str] = Column(unique=True)
    fund_id: Named[int] = Column(ForeignKey("funds.id"))
    year_id: Named[int] = Column(ForeignKey("financial_years.id"))
    name: Named[str]
    fund_name: Named[str]
    stage: Named[str]
    marking: Named[str]
    chain: Named[str]
    set_up_at: Named[datetime]
    opened_at: Named[datetime | None]
    fund_rules: Named[str | None]


round_table = record_table(
    "rounds",
    RoundColumns,
    UniqueConstraint("fund_id", "year_id", "name"),
    one_of("stage", "set up", "open", "closed"),
)


class ReasonRuleColumns(Columns):
    """Whether a round requires a reason beside each mark; a round without a row asks for one."""

    round_id: Named[int] = Column(ForeignKey("rounds.id"), primary_key=True)
    rule: Named[str]


reason_rule_table = record_table(
    "reason_rules", ReasonRuleColumns, one_of("rule", "asked", "required", "not asked")
)


class AreaColumns(Columns):
    """One area of a round with its money; once the round is open, areas move on their own.

    Dates are None while not set; applications are taken from `opens_on` to the end of `closes_on`.
    `closes_time` ("17:00") is the time of day at which that day closes, None for its end. `allocated_on` is
    the day from which nothing is accepted any more since the money is gone. `shared_pot` names the pot that
    it shares with the other areas of the round that name it, None for a pot of its own. `met_at` is when it
    first came to its meeting, which stays when it is moved back.
    """

    id: Named[int] = Column(primary_key=True)
    uid: Named[str] = Column(unique=True)
    round_id: Named[int] = Column(ForeignKey("rounds.id"))
    position: Named[int]
    name: Named[str]
    stage: Named[str]
    pot_pence: Named[int]
    start_up_pence: Named[int]
    committed_pence: Named[int]
    opens_on: Named[date | None]
    closes_on: Named[date | None]
    marks_close_on: Named[date | None]
    meets_on: Named[date | None]
    allocated_on: Named[date | None]
    closes_time: Named[str | None]
    shared_pot: Named[str | None]
    met_at: Named[datetime | None]


area_table = record_table(
    "areas",
    AreaColumns,
    UniqueConstraint("round_id", "name"),
    one_of("stage", "intake", "scoring", "meeting", "recommending", "deciding", "done"),
    at_least("pot_pence", 0),
    at_least("start_up_pence", 0),
    at_least("committed_pence", 0),
)

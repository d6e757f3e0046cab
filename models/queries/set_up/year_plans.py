"""The money that a fund has in a year, beside what the pots of its rounds come to."""

from msgspec import Struct

from models.queries.set_up.funds import FundYearMoney, fund_list
from models.queries.set_up.rounds import rounds_of
from models.session import Session
from models.values.rounds import RoundLine


class YearPlan(Struct, frozen=True):
    """What a fund has in a year, None where that is not recorded, and how much is planned of it, in pence."""

    money: FundYearMoney | None = None
    planned_pence: int = 0

    @property
    def over_pence(self) -> int:
        """Return how much more is planned than the fund has, nought or below where nothing is."""
        return 0 if self.money is None else self.planned_pence - self.money.amount_pence


def year_money(session: Session, line: RoundLine) -> FundYearMoney | None:
    """Return the money that the fund of a round has in its year, None where none is set."""
    own = (fund.year(line.year) for fund in fund_list(session) if fund.code == line.fund_code)
    return next(own, None)


def year_plan(session: Session, line: RoundLine) -> YearPlan:
    """Return the money of a round's year, and what the pots and start-up money of its rounds come to."""
    rounds = rounds_of(session, line.fund_code or line.fund, line.year)
    areas = (area for one in rounds if not (one.is_direct or line.is_direct) for area in one.areas)
    planned = sum(area.pot_pence + area.start_up_pence for area in areas)
    return YearPlan(year_money(session, line), planned)

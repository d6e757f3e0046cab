"""Changes to the money of a fund's year, for the tests of what they do."""

from datetime import date

from models.operation import Outcome
from models.operations.awards.budget import Given, allocating, carry_forward_change, over_commitment_change
from models.operations.set_up.rounds import StartRound
from models.operations.set_up.scheme import PublishScheme
from models.papers.year.year_facts import YearDecision
from models.queries.awards.budget import fund_budget
from models.queries.set_up.rounds import find_round, scheme
from models.record import Record
from models.values.rounds import AreaDates, RoundKey
from scoring.budget.figures import AreaBudget
from scoring.round import Area
from tests.models.operations.deciding_rounds import CHAIR
from tests.models.rounds import OFFICER

ACF, YEAR, DAY = "Active Citizens Fund", "2026/27", date(2026, 4, 1)
BY = "Cora Chief, Chief Executive"


def decision(pence: int = 0, start_up_pence: int = 0, reason: str = "as agreed") -> YearDecision:
    return YearDecision(pence, start_up_pence, reason, BY, DAY)


def allocate(record: Record, year: str = YEAR, **areas: int | Given | None) -> Outcome:
    """Allocate project money, or project and start-up money, to areas."""
    given = {area: (money, None) if isinstance(money, int) else money for area, money in areas.items()}
    return record.perform(record.ask(lambda s: allocating(s, ACF, year, given, decision())), OFFICER)


def carry(record: Record, area: str, pence: int, start_up_pence: int = 0) -> Outcome:
    """Carry money forward into the year."""
    given: dict[str, Given] = {area: (pence, start_up_pence)}
    return record.perform(
        record.ask(lambda s: carry_forward_change(s, ACF, YEAR, given, decision())), OFFICER
    )


def allow(record: Record, area: str, pence: int) -> Outcome:
    """Let an area commit more than its project money."""
    found = record.ask(
        lambda s: over_commitment_change(s, ACF, YEAR, area, decision(pence, reason="a late grant"))
    )
    return record.perform(found, OFFICER)


def start(record: Record, name: str, **pots: int) -> int:
    """Start a round with pots and return its number; it is not open yet."""
    areas = tuple(Area(area, pence) for area, pence in pots.items())
    record.perform(StartRound(RoundKey(ACF, YEAR, name), areas, 1, AreaDates()), OFFICER)
    return record.ask(lambda s: find_round(s, name, ACF, YEAR))


def publish(record: Record, round_id: int) -> Outcome:
    """Open a round."""
    return record.perform(PublishScheme(round_id, record.ask(lambda s: scheme(s, round_id))), CHAIR)


def opened(record: Record, name: str, **pots: int) -> int:
    """Start and open a round with pots, and return its number."""
    number = start(record, name, **pots)
    publish(record, number)
    return number


def area_of(record: Record, area: str = "Coventry", year: str = YEAR) -> AreaBudget:
    """Return the money of an area."""
    return record.ask(lambda s: fund_budget(s, (1, year))).of(area)

"""Changes to the end of a year, for the tests of what they do."""

from datetime import date

from models.operations.awards.year_end import DecideYearEnd, DecisionChange, SetSpent, SpentChange
from models.papers.year.year_end_lines import YearEndLine
from models.papers.year.year_facts import CARRY, Spent, YearDecision, YearLine
from models.queries.awards.year_facts import year_end
from models.record import Record

ACF, YEAR, CSF = "Active Citizens Fund", "2026/27", "Community Safety Fund"
MARCH, APRIL = date(2027, 3, 31), date(2027, 4, 9)
LINES = (YearLine("Kites", 500_000, 40_000, 300_000), YearLine("Boats", 200_000, 0, 204_800))
SPENT = Spent(250_000, 15_000, MARCH, "ledger of 9 April")
LATE = YearDecision(275_000, 25_000, "a late start", "Cora Chief, Chief Executive", APRIL, 275_000)
NEXT = YearDecision(600_000, 10_000, "", "Cora Chief, Chief Executive", APRIL)
ALLOWED = YearDecision(4_800, 0, "winter repairs", "Cora Chief, Chief Executive", APRIL)


def spend(*changes: SpentChange, fund: str = CSF) -> SetSpent:
    return SetSpent(fund, YEAR, changes)


def decide(
    deed: str, line: str, now: YearDecision | None, before: YearDecision | None = None, award: str = ""
) -> DecideYearEnd:
    return DecideYearEnd(CSF, YEAR, (DecisionChange(deed, line, award, now, before),))


KITES = spend(SpentChange("Kites", "", SPENT, None))
CARRIED = decide(CARRY, "Kites", LATE)


def spent(record: Record, fund: str = CSF, year: str = YEAR) -> dict[str, int]:
    """Return the pence spent by line, start-up money included."""
    lines = record.ask(lambda session: year_end(session, fund, year)).lines
    return {one.name: one.whole_spent_pence for one in lines}


def line(record: Record, name: str, fund: str = CSF, year: str = YEAR) -> YearEndLine:
    (found,) = [one for one in record.ask(lambda s: year_end(s, fund, year)).lines if one.name == name]
    return found

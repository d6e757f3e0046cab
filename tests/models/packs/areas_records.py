"""Records of two areas of one office, each with a round of its own in which everything was awarded."""

from datetime import date
from pathlib import Path

from models.operation import Actor
from models.record import Record
from scoring.round import Area
from tests.models.conftest import OPENER, TickingClock
from tests.models.made_once import file_made_once
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER, application, import_operation, set_up_office
from tests.models.year_rounds import Grant, award_all, round_of

FINANCE = Actor("Fay Figures", "finance")
FUND, YEAR = "Active Citizens Fund", "2026/27"
COVENTRY, DUDLEY = ("Coventry", 50_000, 90_000), ("Dudley", 30_000, 40_000)
"""An area, what is asked and awarded there, and its pot."""


@file_made_once
def area_record(path: Path, area: str, pence: int, pot: int) -> Path:
    """Make the record of an area: one award, its agreement signed and its account verified."""
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        set_up_office(record)
        grants = [Grant(area, "Canal Lane Boxing", "Gloves", pence)]
        rows = round_of(grants, fund=FUND, year=YEAR, pots=[Area(area, pot)])
        award_all(record, rows, notice="031/2026")
        ready_to_pay(record, rows.applications[0].reference, date(2026, 12, 2), FINANCE)
    return path


def applied_record(path: Path, **changes: object) -> Path:
    """Make the record of an area with a round of one application, not scored yet."""
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        set_up_office(record)
        record.perform(import_operation(application(1, **changes), areas=("Coventry",)), OFFICER)
    return path

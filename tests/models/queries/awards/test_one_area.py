"""One area in two spellings is one line of a year's tables, with all its figures."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from models.operations.awards.budget import Contribute
from models.operations.awards.year_end import DecideYearEnd, DecisionChange, SpentChange
from models.papers.order import PaperOrder
from models.papers.year.summed_tables import YearTables
from models.papers.year.year_facts import ALLOCATION, CARRY, LineNames
from models.queries.papers.year_tables import year_tables
from models.record import Record
from scoring.round import Area
from tests.models.conftest import OPENER, TickingClock
from tests.models.operations.year_ends import ACF, LATE, NEXT, SPENT, YEAR, spend
from tests.models.rounds import OFFICER, set_up_office
from tests.models.spellings import EVERY
from tests.models.year_rounds import Grant, award_all, round_of


def tables_of(path: Path, first: str, second: str) -> YearTables:
    """Return the tables of a year of two rounds in an area, spelt so in the one and so in the other."""
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        set_up_office(record)
        for number, (name, area) in enumerate([("Autumn", first), ("Spring", second)]):
            grants = [
                Grant(area, "Kites", "Wind", 10_000 + number),
                Grant(area, "Boats", "Water", 20_000),
                Grant("Dudley", "Birds", "Air", 500),
            ]
            rows = round_of(grants, fund=ACF, year=YEAR, name=name, pots=[Area(area, 900_000, 50_000)])
            award_all(record, rows, notice=f"03{number}/2026")
        record.perform(Contribute(ACF, YEAR, second, 5_000, "need"), OFFICER)
        record.perform(spend(SpentChange(second, "", SPENT, None), fund=ACF), OFFICER)
        for deed, said in ((CARRY, LATE), (ALLOCATION, NEXT)):
            change = DecisionChange(deed, second, "", said, None)
            record.perform(DecideYearEnd(ACF, YEAR, (change,)), OFFICER)
        order = PaperOrder("tables", datetime(2026, 12, 2, tzinfo=UTC), fund=ACF)
        return record.ask(partial(year_tables, order=order))


@pytest.mark.parametrize(("name", "other"), EVERY)
def test_tables_are_those_of_an_area_that_is_spelt_one_way(tmp_path: Path, name: str, other: str) -> None:
    alike, two = (tables_of(tmp_path / f"{area}.panel", name, area) for area in (name, other))

    # the year after has no round: there the line is spelt as it was decided
    assert repr(two).replace(repr(other), repr(name)) == repr(alike)
    assert name in {str(row[0]) for table in two.tables for row in table.rows}


@pytest.mark.parametrize(("name", "other"), EVERY)
def test_two_figures_for_one_name_are_never_added_up(name: str, other: str) -> None:
    names = LineNames()
    names.keep_apart([name, "Dudley", other, name])

    assert [names.of(one) for one in (name, other, "DUDLEY", "Dudley")] == [name, other, "DUDLEY", "DUDLEY"]

"""What the first lines of a schedule say of its result."""

from datetime import date

import pytest

from exchange.papers.schedule.schedule_words import result
from scoring.schedule.lines import Signed
from tests.scoring.schedule.test_schedule import line, money, schedule

ON = date(2026, 9, 24)


@pytest.mark.parametrize(
    ("one", "between"), [("Quayside, Haven and Marsh", ". Decided by "), ("Quayside", "; ")]
)
def test_each_decision_is_told_apart_from_the_areas_of_the_one_before(one: str, between: str) -> None:
    areas = (one, "Fen", "Mudlark")
    first = Signed("Mayor", "Dan Decides", ON, "7/2026", areas[:2])
    second = Signed("Mayor", "Dee Decider", ON, "8/2026", areas[2:])
    lines = tuple(line(f"A-{number}", area) for number, area in enumerate(areas))
    made = schedule(lines, tuple(money(area, 1, 100_000, 90_000) for area in areas), signed=(first, second))

    said = result(made)[1]

    assert f"Fen{between}Dee Decider, Mayor" in said

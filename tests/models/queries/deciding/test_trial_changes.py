"""Why an amount cannot be recommended on a list, and how a change of one line is said."""

from functools import partial

import pytest

from models.queries.deciding.decisions import recommendations
from models.queries.deciding.round_list import Answer, RoundFigures, work_out
from models.queries.deciding.trial_changes import Problem, money_problem
from models.queries.permissions.reading import SeenRound
from models.queries.set_up.rounds import round_line
from models.record import Record
from tests.models.operations.deciding_rounds import deciding_rows, recommended


def figures_of(record: Record) -> RoundFigures:
    """Return the figures of a round in which £3,000 of Coventry's £3,500 are recommended."""
    advised = recommended(record).ask(partial(recommendations, round_id=1))
    line = record.ask(partial(round_line, round_id=1))
    return work_out(line, Answer(SeenRound(deciding_rows()), advised))


@pytest.mark.parametrize(
    ("reference", "outcome", "pence", "expected"),
    [
        pytest.param("ACF-001", "decline", None, None, id="no-amount"),
        pytest.param("ACF-001", "fund", 100_000, None, id="the-whole"),
        pytest.param("ACF-001", "part_fund", 90_000, None, id="a-part"),
        pytest.param(
            "ACF-001",
            "fund",
            90_000,
            "Fund gives the whole £1,000. For a part of it choose part-fund.",
            id="a-part-as-the-whole",
        ),
        pytest.param(
            "ACF-001",
            "part_fund",
            100_000,
            "That is the whole amount requested. Choose fund, or lower the amount.",
            id="the-whole-as-a-part",
        ),
        pytest.param(
            "ACF-001",
            "fund",
            100_001,
            "Recommend between £0.01 and the £1,000.00 requested.",
            id="more-than-is-asked",
        ),
        pytest.param(
            "ACF-001", "fund", 0, "Recommend between £0.01 and the £1,000.00 requested.", id="nothing"
        ),
    ],
)
def test_an_amount_that_cannot_be_says_why(
    record: Record, reference: str, outcome: str, pence: int | None, expected: str | None
) -> None:
    figures = figures_of(record)
    standing = next(one for one in figures.ranking.standings if one.reference == reference)

    found = money_problem(figures, standing, outcome, pence)

    assert found == (expected and Problem(expected))


def test_an_amount_over_the_pot_wants_an_authority(record: Record) -> None:
    figures = figures_of(record)
    last = figures.ranking.standings[-1]

    found = money_problem(figures, last, "fund", 300_000)

    assert found is not None
    assert found.is_over


def test_an_application_without_an_area_has_no_pot(record: Record) -> None:
    figures = figures_of(record)
    standing = figures.ranking.standings[0]._replace(area=None)

    assert money_problem(figures, standing, "fund", 100_000) == Problem("ACF-001 has no area yet, so no pot.")

"""Why an amount cannot be recommended on a list, and how a change of one line is said."""

from functools import partial

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


def test_an_amount_that_cannot_be_says_why_and_one_over_the_pot_wants_an_authority(record: Record) -> None:
    figures = figures_of(record)
    first, *_, last = figures.ranking.standings
    whole = "Fund gives the whole £1,000. For a part of it choose part-fund."
    part = "That is the whole amount requested. Choose fund, or lower the amount."
    between = "Recommend between £0.01 and the £1,000.00 requested."

    assert (first.reference, last.reference) == ("ACF-001", "ACF-003")
    for outcome, pence, expected in (
        ("decline", None, None),
        ("fund", 100_000, None),
        ("part_fund", 90_000, None),
        ("fund", 90_000, whole),
        ("part_fund", 100_000, part),
        ("fund", 100_001, between),
        ("fund", 0, between),
    ):
        found = money_problem(figures, first, outcome, pence)
        assert found == (expected and Problem(expected)), (outcome, pence)
    over = money_problem(figures, last, "fund", 300_000)
    assert over is not None
    assert over.is_over
    nowhere = first._replace(area=None)
    assert money_problem(figures, nowhere, "fund", 100_000) == Problem("ACF-001 has no area yet, so no pot.")

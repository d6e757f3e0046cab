"""What returns reached of what was agreed: figures are added, shares are not."""

from datetime import date

import pytest
from msgspec.structs import replace

from models.papers.monitoring.monitoring import (
    AgreedOutput,
    AwardMonitoring,
    AwardReturn,
    OutputProgress,
    ReturnContent,
    progress_line,
)
from models.values.awards import PlannedReturn

START, END = date(2027, 4, 1), date(2028, 3, 31)
AWARD = AwardMonitoring(
    *("W-001", "A-001", "Harbour House", "", "", 1, 0, START, END),
    returns=tuple(
        AwardReturn(
            PlannedReturn(number, date(2027, 6 + number, 1), "half way"),
            ReturnContent(date(2027, 6 + number, 1), progress=(OutputProgress(1, figure),)),
        )
        for number, figure in ((1, 66), (2, 71))
    ),
)


@pytest.mark.parametrize(
    ("words", "measure", "said"),
    [
        ("Evening sessions", None, "Evening sessions: 137 of 70"),
        ("Per cent who cope better", None, "Per cent who cope better: 71 of 70"),
        ("Say that they cope better", "Survey, percentage", "Say that they cope better: 71 of 70"),
        ("Say so (%)", None, "Say so (%): 71 of 70"),
        ("Centres opened", "Percentile of none", "Centres opened: 137 of 70"),
    ],
)
def test_figures_of_several_returns_are_added_and_of_shares_the_newest_stands(
    words: str, measure: str | None, said: str
) -> None:
    output = AgreedOutput(1, words, 70, measure=measure)

    assert progress_line(replace(AWARD, outputs=(output,)), output) == said

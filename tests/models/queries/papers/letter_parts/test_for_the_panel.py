"""Agreed reasons that were meant for the panel are named before an applicant reads them."""

from datetime import UTC, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.operations.deciding.signing import SignRecommendations
from models.papers.order import PaperOrder
from models.queries.papers.letter_parts.for_the_panel import meant_for_the_panel, reasons_to_change
from models.queries.papers.letters import letters
from models.record import Record
from models.values.rows import AgreedRow, RoundRows
from scoring.scheme import Combine
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    recommended,
)

SAID = "No named lead. NB chair to ask"
NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)


def agreed_round(reason: str) -> RoundRows:
    """Return the round with agreed marks, and a reason on one mark of the last application."""
    rows = deciding_rows()
    given = [AgreedRow(one.application, one.marks, ("A clear plan.", "", "")) for one in rows.sheets]
    given[2] = replace(given[2], reasons=(reason, "", ""))
    return replace(rows, scheme=replace(rows.scheme, combine=Combine.CONSENSUS), agreed=tuple(given))


@pytest.mark.parametrize(
    "reason",
    [
        SAID,
        "good fit, ask chair re cost",
        "average - BE to check",
        "30 helpers (check w/ PCSO)",
        "see M2 notes",
    ],
)
def test_what_a_member_says_to_the_others_is_seen(reason: str) -> None:
    assert meant_for_the_panel(reason, ["M1", "M2"])


@pytest.mark.parametrize(
    "reason",
    [
        "The chair of the group has led such work before.",
        "Parents check with the school, and volunteers check the gates.",
        "There are quotes to check the costs by.",
        "It serves the villages along the M25.",
        "Nobody was asked; a named lead would help.",
    ],
)
def test_what_is_said_of_the_project_is_left_in_peace(reason: str) -> None:
    assert not meant_for_the_panel(reason, ["M1", "M2", "A"])


def test_it_is_named_before_the_recommendation_and_before_letters_go_out(record: Record) -> None:
    rows = agreed_round(SAID)
    assert next(reasons_to_change(rows, {"ACF-003"})).startswith(
        "1 application has an agreed reason that seems meant for the panel: "
        "ACF-003 (“No named lead. NB chair to ask”)."
    )
    recommended(record, rows).perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    record.perform(first_step(*every_line()), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)

    found = record.ask(partial(letters, order=PaperOrder("letters", NOW, 1)))

    assert found.to_do_words.startswith("1 letter repeats a remark that seems meant for the panel: ACF-003 ")
    assert tuple(reasons_to_change(rows, {"ACF-001"})) == (), "of another area nothing is said"

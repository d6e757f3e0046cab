"""Agreed reasons that were meant for the panel are named before an applicant reads them."""

from datetime import UTC, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.operations.deciding.signing import SignRecommendations
from models.papers.order import PaperOrder
from models.queries.papers.letter_parts.for_the_panel import asides_of, reasons_to_change, without_asides
from models.queries.papers.letters import letters
from models.record import Record
from models.values.rows import AgreedRow, MemberRow, RoundRows
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


PANEL = asides_of(
    [
        MemberRow("M1", "Ben Panel"),
        MemberRow("M2", "Dr Ailsa McPhee"),
        MemberRow("M3", "Rose Price"),
        MemberRow("A", "Cher"),
    ]
)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (SAID, "No named lead."),
        ("good fit, ask chair re cost", ""),
        ("average - BE to check", "average"),
        ("30 helpers (check w/ PCSO)", "30 helpers"),
        ("see M2 notes", ""),
        ("clear need. (Ben: isn't this what the council does?)", "clear need."),
        ("no link to the plan - chair asks why they bother", "no link to the plan"),
        ("Good links. Ailsa: I know them.", "Good links."),
        ("fine, no match funding\nask for quotes?", "fine, no match funding"),
        ("Well planned (who pays the rent?), and staffed.", "Well planned, and staffed."),
        ("As Rose Price said, this is thin.", ""),
        ("Chair: not again", ""),
        ("Is it e.g. for sport?", ""),
    ],
)
def test_what_members_say_to_one_another_is_left_out(reason: str, told: str) -> None:
    assert without_asides(reason, PANEL) == told


@pytest.mark.parametrize(
    "reason",
    [
        "The chair of the group has led such work before.",
        "Parents check with the school, and volunteers check the gates.",
        "There are quotes to check the costs by.",
        "It serves the villages along the M25.",
        "Nobody was asked; a named lead would help.",
        "Three quotes - all recent. Costs (£3.50 a head) are usual.",
        "Price: three quotes were given.",
        "A cherished place, where roses are grown.",
        "Line one\nand it goes on.",
        "",
    ],
)
def test_what_is_said_of_the_project_is_told_letter_for_letter(reason: str) -> None:
    assert without_asides(reason, PANEL) == reason


def test_without_members_no_name_is_looked_for() -> None:
    assert without_asides("Ben: good.", asides_of(())) == "Ben: good."


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

    assert found.to_do_words.startswith(
        "1 letter leaves out a remark that seems meant for the panel: ACF-003 "
    )
    (told,) = (letter for letter in found.letters if letter.reference == "ACF-003")
    assert [reason for _, reason in told.feedback] == ["No named lead."]
    assert tuple(reasons_to_change(rows, {"ACF-001"})) == (), "of another area nothing is said"

"""Panel shorthand is named before an applicant reads it."""

from datetime import UTC, datetime
from functools import partial

import pytest

from models.operations.deciding.signing import SignRecommendations
from models.papers.order import PaperOrder
from models.queries.papers.letter_parts.shorthand import shorthand_in, shorthand_to_change
from models.queries.papers.letters import letters
from models.record import Record
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    every_line,
    first_step,
    last_step,
    recommended,
)
from tests.models.queries.papers.letter_parts.test_for_the_panel import agreed_round

NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reason", "short"),
    [
        ("gd vfm", "gd"),
        ("Good VFM.", "VFM"),
        ("match funding n/k", "n/k"),
        ("costs tba", "tba"),
        ("w/o quotes", "w/o"),
        ("works w/schools", "w/"),
        ("gives evid. of need", "evid"),
    ],
)
def test_shorthand_is_found_as_it_stands(reason: str, short: str) -> None:
    assert shorthand_in(["A clear plan.", reason]) == short


@pytest.mark.parametrize(
    "reason",
    [
        "Good value for money; costs are known and the app is free.",
        "Supports ASB work with the NHS, and/or St John's Org-Lab at 24/7.",
        "See www.example.org/w/plan, or write to poss@ppl.example.",
        "A probable start in previous years, possibly prob-lematic.",
        "",
    ],
)
def test_plain_words_and_addresses_are_none(reason: str) -> None:
    assert shorthand_in([reason]) == ""


def test_it_is_named_where_reasons_are_recorded_and_before_letters_go_out(record: Record) -> None:
    recommended(record, agreed_round("gd plan, cost n/k")).perform(
        SignRecommendations(1, "Coventry", DAY), CHAIR
    )
    record.perform(first_step(*every_line()), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)

    found = record.ask(partial(letters, order=PaperOrder("letters", NOW, 1)))

    assert found.to_do_words.startswith("1 letter tells shorthand of the panel: ACF-003 ")
    assert "(“gd”). Applicants may not know it" in found.to_do_words
    (told,) = (letter for letter in found.letters if letter.reference == "ACF-003")
    assert [reason for _, reason in told.feedback] == ["gd plan, cost n/k"], "nothing is rewritten"
    assert next(shorthand_to_change({"ACF-003": ("A plan.", "gd plan")})).startswith(
        "1 application has a reason with shorthand: ACF-003 (“gd”)."
    )
    assert not list(shorthand_to_change({"ACF-003": ("A plan.",)}))

"""Standing words that deny an interest are named before they stand above one that was declared."""

from datetime import UTC, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.office import FactChange, SetOfficeFacts
from models.papers.office import FROM_THE_START
from models.papers.order import PaperOrder
from models.queries.papers.to_check.questions import words_to_check
from models.record import Record
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    deciding_rows,
    declare_to_sign,
    every_line,
    first_step,
    last_step,
)
from tests.models.operations.deciding_rounds import recommended as recommend
from tests.models.rounds import OFFICER, load, set_up_office

NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)
DENIES = "No member of the panel has an interest."


def told(record: Record, kind: str) -> str:
    return " ".join(record.ask(partial(words_to_check, order=PaperOrder(kind, NOW, 1))))


def state(record: Record, words: str) -> None:
    change = FactChange("interests_statement", words, FROM_THE_START)
    record.perform(SetOfficeFacts((change,)), OFFICER)


@pytest.mark.parametrize("kind", ["panel-book", "minutes"])
@pytest.mark.parametrize(
    ("words", "is_told"),
    [(DENIES, True), ("Whoever declared an interest left.", False), ("", False)],
)
def test_a_paper_of_the_panel_names_what_members_declared_beside_words_that_deny_it(
    record: Record, kind: str, words: str, *, is_told: bool
) -> None:
    rows = replace(deciding_rows(), interests=(InterestRow("M1", "ACF-002", InterestKind.PECUNIARY),))
    load(set_up_office(record), rows)
    if words:
        state(record, words)

    assert ("in ACF-002. Read whether both can stand" in told(record, kind)) == is_told


def test_a_notice_names_who_disclosed_something_beside_words_that_deny_it(record: Record) -> None:
    recommend(record).perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    record.perform(first_step(*every_line()), COMMANDER)
    declare_to_sign(record, DECIDER, stating="Trustee of the Choir")
    record.perform(last_step(*every_line()), DECIDER)
    assert "Read whether" not in told(record, "notice")

    state(record, "I have no interest to disclose.")

    assert f"{DECIDER.name} (“Trustee of the Choir”)" in told(record, "notice")

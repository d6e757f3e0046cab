"""Whether a round requires a reason beside each mark."""

from functools import partial

import pytest

from models.operation import Actor
from models.operations.panel.sheets import HandIn, HandInSheets, SetMark, SetReason
from models.operations.set_up.load import RemoveRound
from models.operations.set_up.rounds import SetReasonRule
from models.queries.panel.score_sheets import score_sheets
from models.queries.set_up.rounds import reason_rule
from models.record import Record
from models.values.rounds import ReasonRule
from scoring.written.text import Refused
from tests.entitled import put
from tests.models.operations.panel.test_marks import CHAIR, scoring_round
from tests.models.operations.test_kept_by_replace import tables
from tests.models.rounds import OFFICER, assert_replays, reader, undo

REQUIRED = SetReasonRule(1, ReasonRule.REQUIRED, ReasonRule.ASKED)


def rule(record: Record) -> ReasonRule:
    return record.ask(partial(reason_rule, round_id=1))


def fill(record: Record, reference: str, *codes: str) -> None:
    for code in codes:
        put(record, SetMark(1, "M1", reference, code, 3, None))


def explain(record: Record, reference: str, code: str, text: str) -> None:
    put(record, SetReason(1, "M1", reference, code, text, ""))


def test_a_round_asks_for_reasons_until_it_says_otherwise(record: Record) -> None:
    scoring_round(record)
    first = rule(record)

    outcome = record.perform(REQUIRED, CHAIR)
    second = rule(record)
    undo(record, outcome)

    assert (first, second, rule(record)) == (ReasonRule.ASKED, ReasonRule.REQUIRED, ReasonRule.ASKED)
    assert record.ask(partial(score_sheets, round_id=1, viewer=reader("M1"))).reasons is ReasonRule.ASKED
    assert_replays(record)


def test_a_sheet_without_a_required_reason_is_not_handed_in(record: Record) -> None:
    scoring_round(record)
    record.perform(REQUIRED, OFFICER)
    fill(record, "ACF-001", "A1", "A2", "A6")
    explain(record, "ACF-001", "A2", "clear measures")

    with pytest.raises(Refused, match="No reason yet on A1, A6 of ACF-001"):
        put(record, HandIn(1, "M1", "ACF-001"))
    explain(record, "ACF-001", "A1", "asked by tenants")
    explain(record, "ACF-001", "A6", "three quotes")
    put(record, HandInSheets(1, "M1", ("ACF-001",)))


def test_a_criterion_set_aside_needs_no_reason(record: Record) -> None:
    scoring_round(record)
    record.perform(REQUIRED, OFFICER)
    fill(record, "ACF-004", "A1", "A6")  # A2 is set aside
    explain(record, "ACF-004", "A1", "asked by tenants")
    explain(record, "ACF-004", "A6", "three quotes")

    put(record, HandIn(1, "M1", "ACF-004"))


@pytest.mark.parametrize("said", [ReasonRule.ASKED, ReasonRule.NOT_ASKED])
def test_reasons_hold_no_sheet_back_where_they_are_not_required(record: Record, said: ReasonRule) -> None:
    scoring_round(record)
    record.perform(SetReasonRule(1, said, ReasonRule.ASKED), OFFICER)
    fill(record, "ACF-001", "A1", "A2", "A6")

    put(record, HandIn(1, "M1", "ACF-001"))


def test_the_rule_stays_once_a_sheet_is_handed_in(record: Record) -> None:
    scoring_round(record)
    fill(record, "ACF-001", "A1", "A2", "A6")
    put(record, HandIn(1, "M1", "ACF-001"))

    with pytest.raises(Refused, match="already under this rule for reasons"):
        record.perform(REQUIRED, OFFICER)


def test_the_rule_is_the_offices_and_not_set_over_another(record: Record) -> None:
    scoring_round(record)

    with pytest.raises(Refused, match="not the member"):
        record.perform(REQUIRED, Actor("Ann Sample", "member"))
    record.perform(REQUIRED, OFFICER)
    with pytest.raises(Refused, match="changed in the meantime"):
        record.perform(REQUIRED, OFFICER)


def test_a_round_goes_with_its_rule(record: Record) -> None:
    scoring_round(record)
    record.perform(REQUIRED, OFFICER)

    record.perform(RemoveRound(1, ""), OFFICER)

    assert tables(record)["reason_rules"] == []

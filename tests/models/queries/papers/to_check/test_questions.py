"""What is asked before a paper is issued: reasons that nobody has read, and what would be empty."""

from datetime import UTC, datetime
from functools import partial

from msgspec.structs import replace

from models.issuing import next_issue
from models.operations.deciding.signing import SignRecommendations
from models.operations.panel.agreed import KeepForPanel
from models.operations.set_up.office import SetPaperTexts
from models.papers.order import PaperOrder
from models.papers.texts import IMPLICATIONS
from models.queries.papers.papers import paper_value
from models.queries.papers.to_check.questions import LEAVE_EMPTY, REASONS_READ, Question, questions_of
from models.record import Record
from models.values.rows import AgreedRow, RoundRows
from scoring.scheme import Combine
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    decided,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    recommended,
)
from tests.models.rounds import OFFICER

NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)


def agreed_rows() -> RoundRows:
    """Return the round with agreed marks, and a reason for one mark of the first and the last."""
    rows = deciding_rows()
    given = [AgreedRow(one.application, one.marks) for one in rows.sheets]
    given[0] = replace(given[0], reasons=("A clear plan.", "", ""))
    given[2] = replace(given[2], reasons=("Little doubt it will deliver.", "", ""))
    return replace(rows, scheme=replace(rows.scheme, combine=Combine.CONSENSUS), agreed=tuple(given))


def asked(record: Record, kind: str) -> tuple[Question, ...]:
    order = PaperOrder(kind, NOW, 1)
    value = record.ask(partial(paper_value, order=order))
    return record.ask(partial(questions_of, order=order, value=value))


def test_a_reason_that_names_or_compares_with_another_applicant_says_so_and_stands_first(
    record: Record,
) -> None:
    rows = agreed_rows()
    last = replace(rows.agreed[2], reasons=("Clearer than ACF-001.", "", ""))
    rows = replace(rows, agreed=(*rows.agreed[:2], last, *rows.agreed[3:]))
    recommended(record, rows).perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    record.perform(first_step(*every_line()), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)

    (question,) = asked(record, "letters")

    assert question.lines == (
        "ACF-003, Need: “Clearer than ACF-001.” (It names ACF-001. It says “Clearer than”. Compare with the "
        "criterion, not with another applicant.)",
        "ACF-001, Need: “A clear plan.”",
    )


def test_each_agreed_reason_is_read_once_before_an_applicant_does(record: Record) -> None:
    recommended(record, agreed_rows()).perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    record.perform(first_step(*every_line()), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)

    (question,) = asked(record, "letters")
    assert question.option == REASONS_READ
    assert question.lines == (
        "ACF-001, Need: “A clear plan.”",
        "ACF-003, Need: “Little doubt it will deliver.”",
    )
    assert question.refusal == (
        "Applicants will read 2 reasons of agreed marks that nobody has looked at for them yet: "
        "ACF-001, Need: “A clear plan.”; ACF-003, Need: “Little doubt it will deliver.”. Read them in the "
        "draft letters, keep what is for the panel only with meeting --for-panel, and issue with "
        "--reasons-read."
    )

    record.perform(KeepForPanel(1, "ACF-003", "A1", True), OFFICER)
    (question,) = asked(record, "letters")
    assert question.lines == ("ACF-001, Need: “A clear plan.”",), "what is for the panel is told to nobody"

    order = PaperOrder("letters", NOW, 1)
    value = record.ask(partial(paper_value, order=order))
    following = record.ask(partial(next_issue, order=order, value=value))
    assert following is not None
    record.perform(following.operation, OFFICER)
    assert asked(record, "letters") == (), "what an issued letter told was looked at"
    record.perform(KeepForPanel(1, "ACF-003", "A1", False), OFFICER)
    (question,) = asked(record, "letters")
    assert question.lines == ("ACF-003, Need: “Little doubt it will deliver.”",)


def test_what_a_report_would_leave_empty_is_named_and_asked(record: Record) -> None:
    decided(record)

    (question,) = asked(record, "decision-report")

    assert question.option == LEAVE_EMPTY
    assert {"Staffing", "Equality and Diversity", "Other risks"} <= set(question.lines)
    assert "Finance" not in question.lines, "the record says it"
    assert question.refusal.startswith("This would be printed empty: ")
    assert question.refusal.endswith(". Fill them in, or issue with --leave-empty to leave them empty.")
    texts = tuple((code, "As usual.") for code, _ in IMPLICATIONS)
    record.perform(SetPaperTexts(1, "decision-report", "", texts), OFFICER)
    assert asked(record, "decision-report") == ()


def test_what_a_notice_and_a_finance_schedule_would_leave_empty_is_asked(record: Record) -> None:
    decided(record)

    (of_notice,), (of_finance,) = asked(record, "notice"), asked(record, "finance")

    assert of_notice.lines == ("crime type of all 2 awards",)
    assert of_finance.lines == (
        "supplier number of all 2 awards",
        "cost centre of all 2 awards",
        "nominal code of all 2 awards",
        "project code of all 2 awards",
    )
    assert asked(record, "minutes") == (), "nothing of other papers is asked"

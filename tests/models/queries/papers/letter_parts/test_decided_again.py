"""What a letter tells of an application that is decided again."""

from datetime import UTC, datetime
from functools import partial

from msgspec.structs import replace

from models.operations.deciding.signing import SignRecommendations
from models.papers.order import PaperOrder
from models.queries.papers.letters import letters
from models.record import Record
from models.values.recommending import LineDecision
from models.values.rows import AgreedRow
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

NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)


def test_what_is_taken_back_is_told_why_and_reads_no_praise(record: Record) -> None:
    rows = deciding_rows()
    agreed = tuple(AgreedRow(one.application, one.marks, ("A clear plan.", "", "")) for one in rows.sheets)
    rows = replace(rows, scheme=replace(rows.scheme, combine=Combine.CONSENSUS), agreed=agreed)
    recommended(record, rows).perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    record.perform(first_step(*every_line()), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)
    gone = LineDecision("ACF-001", "change", "decline", None, "", "The group has dissolved.")
    record.perform(replace(last_step(gone, notice="034/2026"), correcting=True), DECIDER)

    first, second, _ = record.ask(partial(letters, order=PaperOrder("letters", NOW, 1))).letters

    assert (first.kind, first.reason, first.feedback) == ("decline", "The group has dissolved.", ())
    assert (first.is_taken_back, second.is_taken_back) == (True, False)
    assert not first.leaves_out, "nothing more is asked of the office"
    assert [said for _, said in second.feedback] == ["A clear plan."]

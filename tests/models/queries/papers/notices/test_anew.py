"""The notice of a new decision, drafted to be signed, says what the decided one will say."""

from datetime import UTC, datetime, time
from functools import partial

import pytest
from msgspec.structs import asdict, replace

from exchange.papers.signing import notice_document
from models.papers.notice import NoticeOfDecision
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.queries.papers.notices.notice import NewLine, notice, notice_anew
from models.queries.papers.papers import paper_choices
from models.record import Record
from scoring.written.text import Refused
from tests.models.operations.deciding.challenged import ANEW, anew, upheld
from tests.models.operations.deciding.test_chain import (
    ABE,
    AMBASSADOR,
    COMMANDER,
    CORA,
    signing,
    with_people,
)
from tests.models.operations.deciding_rounds import DECIDER, REASON, decided, every_line
from tests.models.rounds import OFFICER

NOON = datetime.combine(ANEW, time(12), UTC)
SIGNED = {"decided_by", "decided_on", "interests", "legal_power", "legal", "post", "to_sign", "named_after"}
"""What a notice says of who signed it, and of the power that they named."""


def order(number: str) -> PaperOrder:
    return PaperOrder("notice", NOON, 1, notice=number)


def drafted(record: Record, number: str, *lines: NewLine) -> NoticeOfDecision:
    return record.ask(partial(notice_anew, order=order(number), lines=lines))


def without_award(found: NoticeOfDecision) -> dict[str, object]:
    """Return what a notice says but for who signed it and the numbers of awards that it made."""
    lines = tuple(replace(line, award="") for line in found.allocations)
    return {name: value for name, value in asdict(found).items() if name not in SIGNED} | {
        "allocations": lines
    }


@pytest.mark.parametrize(("of", "pence"), [("ACF-003", 50_000), ("ACF-002", 150_000), ("ACF-002", None)])
def test_what_is_drafted_is_what_the_notice_says_once_it_is_decided(
    record: Record, of: str, pence: int | None
) -> None:
    upheld(record)
    operation = anew(pence, of=of)
    (line,) = operation.lines

    draft = drafted(record, "040/2026", NewLine(of, line.outcome, pence, line.reason, line.change_reason))
    record.perform(operation, DECIDER)
    made = record.ask(partial(notice, order=order("040/2026")))

    assert not draft.is_decided
    assert draft.to_sign == ("Chief Executive",)
    assert made.is_decided
    assert without_award(draft) == without_award(made)
    assert "Signature(" in str(notice_document(draft, PaperStatus(NOON, "")).blocks)


def test_a_draft_has_a_number_only_where_it_is_known_and_free(record: Record) -> None:
    decided(record)
    line = NewLine("ACF-003", "part_fund", 50_000, REASON, "Money came back.")

    assert drafted(record, "", line).number == ""
    with pytest.raises(Refused, match="031/2026 is of other decisions already"):
        drafted(record, "031/2026", line)


def test_what_is_not_decided_yet_is_not_decided_anew(record: Record) -> None:
    with_people(record)
    with pytest.raises(Refused, match="ACF-003 is not decided yet"):
        drafted(record, "040/2026", NewLine("ACF-003", "decline", None, "", "A mistake."))


def test_what_one_of_two_signed_anew_is_printed_for_the_other(record: Record) -> None:
    with_people(record)
    for who, post in ((ABE, AMBASSADOR), (CORA, COMMANDER)):
        number = "031/2026" if who is CORA else ""
        record.perform(signing(who, post, *every_line(), notice=number), who)
    first = replace(
        anew(100_000, "040/2026", "ACF-002"), step=0, by=ABE.name, post=AMBASSADOR, from_paper=True
    )
    record.perform(first, OFFICER)

    found = record.ask(partial(notice, order=order("040/2026")))
    choices = record.ask(partial(paper_choices, round_id=1))

    assert (choices.notices, choices.begun) == (("031/2026",), ("040/2026",)), "the window offers it too"

    assert [(line.reference, line.amount_pence) for line in found.allocations] == [("ACF-002", 100_000)]
    assert found.to_sign == ("Cora Command, Area commander",)
    assert [one.name for one in found.also_signed] == [ABE.name]
    assert not found.is_decided
    assert "This notice takes the place of one decision of notice 031/2026, on ACF-002." in found.summary
    said = r"It has 031/2026, and 040/2026 waits for another signature\."
    with pytest.raises(Refused, match=said):
        record.ask(partial(notice, order=order("050/2026")))

"""What every paper calls "asked for" is what was submitted, or the paper says that it was corrected."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp

import pytest
from msgspec.structs import replace

from exchange.papers.prose_papers import decision_report_document
from models.operations.applications.corrections import Change, CorrectApplication
from models.operations.deciding.challenges import AddChallenge, SetChallenge
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.office import SetPaperTexts, SetPublisher
from models.papers.kinds import KINDS
from models.papers.order import PaperOrder
from models.queries.papers.decision_report import decision_report
from models.queries.papers.papers import draft_status
from models.record import Record
from models.session import Session
from scoring.round import Area
from scoring.written.text import Refused
from tests.models.conftest import OPENER, TickingClock
from tests.models.operations.deciding.challenged import APPEAL, UPHELD, anew
from tests.models.operations.deciding_rounds import CHAIR, DAY, DECIDER, decide, deciding_rows, recommended
from tests.models.rounds import OFFICER

NOW = datetime(2027, 1, 5, tzinfo=UTC)
OF, SUBMITTED, CORRECTED, FIGURES = "ACF-002", 50_000, 153_700, "537"
"""£500 became £1,537: no other amount of the round has these figures, and each sum with it in it has."""
TELL_WHAT_WAS_ASKED = {
    *("schedule", "notice", "decision-report", "letters", "challenge-letters", "agreement", "panel-book"),
    *("minutes", "disclosure", "360giving", "tables"),
}


@cache
def _corrected(*, is_decided: bool = True) -> Path:
    """Return a record of a corrected amount, of which a part was awarded, and less on a challenge.

    Or one that waits for the signatures after the chair's.
    """
    path = Path(mkdtemp()) / "office.panel"
    rows = replace(deciding_rows(), areas=(Area("Coventry", 240_000), Area("Dudley", 0)))
    first = [
        replace(row, requested_pence=SUBMITTED) if row.reference == OF else row for row in rows.applications
    ]
    rang = CorrectApplication(
        1, OF, (Change("requested_pence", str(CORRECTED), str(SUBMITTED)),), "they rang"
    )
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        recommended(record, replace(rows, applications=tuple(first)), rang)
        if not is_decided:
            record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
            return path
        decide(record)
        record.perform(AddChallenge(1, OF, 1, APPEAL), OFFICER)
        record.perform(SetChallenge(1, OF, 1, UPHELD, APPEAL), OFFICER)
        record.perform(anew(110_000, of=OF), DECIDER)
        record.perform(SetPaperTexts(1, "letters", OF, (("why_less", "the hall is free"),)), OFFICER)
        record.perform(SetPublisher("360G-example", "GB-GOR-PB123"), OFFICER)
    return path


def _orders(kind: str) -> Iterator[PaperOrder]:
    of = KINDS[kind]
    order = PaperOrder(kind, NOW, round_id=1 if of.is_of_round else None, with_marks=of.has_marks)
    for notice in ("031/2026", "040/2026") if of.has_notice else ("",):
        for award in (OF,) if of.is_of_one_award else ("",):
            yield replace(order, period="" if of.is_of_round else "2026/27", notice=notice, award=award)


def _content(session: Session, order: PaperOrder) -> str:
    try:
        return KINDS[order.kind].text_of(KINDS[order.kind].ask(session, order))
    except Refused:
        return ""


def _contents(kind: str, *, is_decided: bool = True) -> list[str]:
    with Record.open(_corrected(is_decided=is_decided), OPENER) as record:
        return [record.ask(partial(_content, order=order)) for order in _orders(kind)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_that_what_was_asked_for_was_corrected(kind: str) -> None:
    contents = _contents(kind)

    telling = [text for text in contents if FIGURES in text]
    assert all("corrected" in text for text in telling)
    assert bool(telling) == (kind in TELL_WHAT_WAS_ASKED - {"360giving"})


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_so_before_the_decision_too(kind: str) -> None:
    telling = [text for text in _contents(kind, is_decided=False) if FIGURES in text]

    assert all("corrected" in text for text in telling)
    assert telling or kind != "to-sign"


def test_open_data_tells_what_was_submitted() -> None:
    (text,) = _contents("360giving")

    asked = {grant["title"]: grant["asked_pence"] for grant in json.loads(text)["grants"]}
    assert asked == {"Project 1": 100_000, "Project 2": SUBMITTED}


def test_sums_and_sentences_name_what_was_corrected() -> None:
    (report,) = _contents("decision-report")
    first, again = _contents("notice")
    (answers,), (lines,), (years,) = (
        _contents(kind) for kind in ("challenge-letters", "disclosure", "tables")
    )

    assert '"asked_was":"ACF-002 as corrected"' in report.replace('": "', '":"')
    assert "£5,537 was asked for (ACF-002 as corrected) and £2,100 awarded." in report
    assert "asked for £5,537 (ACF-002 as corrected)." in first
    assert "£1,100 of the £1,537 asked (as corrected) (the hall is free)" in again
    assert '"asked_was":"corrected from £500 by Grace Okoro on ' in answers
    assert lines.count("What was asked for is as corrected.") == 1
    assert "1 amount asked for is as corrected." in years


def test_the_table_of_a_decision_report_says_so_below() -> None:
    (order,) = _orders("decision-report")
    with Record.open(_corrected(), OPENER) as record:
        report = record.ask(lambda s: decision_report(s, order))
        status = record.ask(lambda s: draft_status(s, order, report))

    assert "Asked: ACF-002 as corrected." in str(decision_report_document(report, status))

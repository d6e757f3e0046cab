"""Which lines of a notice give less than was asked by a new decision without a word on why."""

from collections.abc import Iterator

from models.papers.order import PaperOrder
from models.papers.texts import LETTERS, PaperTexts
from models.queries.applications.applications import applications
from models.queries.deciding.challenges.challenges import held_challenges
from models.queries.deciding.decisions import DecisionRow, decisions, final_decisions
from models.queries.papers.letter_parts.decided_again import has_own_change
from models.queries.papers.paper_texts import texts_by_subject
from models.session import Session
from scoring.counted import first_of
from scoring.refused import Refused


def require_why_less(session: Session, order: PaperOrder) -> None:
    """Refuse to issue a notice that its letters of offer would wait for: neither says why it gives less."""
    silent = sorted(_silent(session, order))
    if silent:
        raise Refused(
            f"The record does not say why {first_of(silent)} gets less than was asked by the new decision. "
            "Write it on Exports under Letters to applicants, “Why this amount”, or with the command words "
            "as why_less; notice and letter print it. Then issue the notice."
        )


def _silent(session: Session, order: PaperOrder) -> Iterator[str]:
    assert order.round_id is not None, "a notice is of a round"
    asked = {row.reference: row.requested_pence for row in applications(session, order.round_id)}
    texts = texts_by_subject(session, order.round_id, LETTERS)
    final = final_decisions(decisions(session, order.round_id))
    for held in held_challenges(session):
        line = held.changed_by
        if held.round_id != order.round_id or not isinstance(line, DecisionRow):
            continue
        is_here = final.get(line.application) == line and order.notice in ("", line.notice)
        is_less = line.amount_pence is not None and line.amount_pence < asked[line.application]
        written = texts.get(line.application, PaperTexts()).get("why_less").strip()
        if is_here and is_less and not written and not has_own_change(held, line):
            yield line.application

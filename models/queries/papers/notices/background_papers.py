"""The background papers that a notice names where nobody wrote which they are."""

from collections.abc import Iterator, Sequence

from models.queries.deciding.challenges.challenges import held_challenges
from models.queries.deciding.decisions import DecisionRow, earlier_decisions
from models.queries.papers.notices.words import NO_PAPERS, PANEL_PAPERS
from models.queries.set_up.round_facts import RoundFacts
from models.session import Session
from models.values.challenge import KIND_WORDS
from scoring.counted import listed


def usual_papers(facts: RoundFacts) -> str:
    """Return those that every notice has, a line each: the panel's own, or none where no panel met."""
    return NO_PAPERS if facts.line.is_direct else PANEL_PAPERS


def background_papers(
    session: Session, facts: RoundFacts, every: Sequence[DecisionRow], lines: Sequence[DecisionRow]
) -> str:
    """Return them a line each: the usual ones, then those of decisions that `lines` take the place of."""
    earlier = tuple(_earlier(session, facts.line.round_id, every, lines))
    usual = () if earlier and facts.line.is_direct else (usual_papers(facts),)
    return "\n".join((*usual, *earlier))


def _earlier(
    session: Session, round_id: int, every: Sequence[DecisionRow], lines: Sequence[DecisionRow]
) -> Iterator[str]:
    """Yield the notices whose decisions the lines of one notice take the place of, and the challenges.

    A challenge is named by its kind and its application: who asked stands in no paper for the public.
    """
    found, of_notice = earlier_decisions(every), dict[str, list[str]]()
    for line in lines:
        for row in [row for row in found.get(line.application, ()) if row.number < line.number][-1:]:
            of_notice.setdefault(row.notice, []).append(line.application)
    for number, of in of_notice.items():
        yield f"Notice of decision {number}, on {listed(of)}"
    unsigned = {line.application for line in lines if not line.signed_by}
    for held in held_challenges(session):
        is_to_sign = held.waits_for_decision and held.application in unsigned
        if held.round_id == round_id and (is_to_sign or held.changed_by in lines):
            yield f"{KIND_WORDS[held.challenge.kind]} of the decision on {held.application}, and its answer"

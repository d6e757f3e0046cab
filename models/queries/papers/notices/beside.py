"""What a notice says of money that is not all that was asked, or more than the panel recommended."""

from collections.abc import Container, Iterator, Sequence

from models.papers.notice import Allocation
from models.papers.texts import LETTERS, PaperTexts
from models.queries.deciding.as_decided import as_decided
from models.queries.deciding.decided_anew import replaced_words
from models.queries.deciding.decisions import DecisionRow, earlier_decisions
from models.queries.deciding.recommendations import recommendations
from models.queries.papers.letter_parts.part_offers import less_because
from models.queries.papers.letter_parts.reserves import only_area_unnamed
from models.queries.papers.paper_texts import texts_by_subject
from models.session import Session
from models.values.rows import ApplicationRow, RoundRows, scored_round
from scoring.money import short_pounds
from scoring.rank import rank
from scoring.ranking import Standing
from scoring.schedule.exceptions import advised_words, is_beside
from scoring.schedule.lines import PanelOutcome
from scoring.written.text import one_line


def in_part_words(
    session: Session, round_id: int, allocations: Sequence[Allocation], applied: Sequence[ApplicationRow]
) -> Iterator[str]:
    """Yield which allocations are less than was asked, and why, in one sentence; nothing where none is."""
    asked = {row.reference: row.requested_pence for row in applied}
    part = [line for line in allocations if line.amount_pence < asked[line.reference]]
    if not part:
        return
    rows, texts = as_decided(session, round_id), texts_by_subject(session, round_id, LETTERS)
    standings = _standings(rows)
    shown, told = only_area_unnamed(rows), list[str]()
    for line in part:
        of, pence = line.reference, line.amount_pence
        why = less_because(rows.scheme, shown[of], standings[of], pence)
        words = f"{of}, {short_pounds(pence)} of the {short_pounds(asked[of])} asked"
        written = one_line(texts.get(of, PaperTexts()).get("why_less")).rstrip(".")
        told.append(f"{words} ({written})" if written else f"{words}, {why}".rstrip(", "))
    yield f"In part: {'; '.join(told)}."


def again_words(
    session: Session, round_id: int, every: Sequence[DecisionRow], lines: Sequence[DecisionRow]
) -> Iterator[str]:
    """Yield of lines decided again what they were, and why.

    What was found on a challenge is the answer to whoever asked, and stands in no paper for the public.
    """
    yield from replaced_words(every, lines)
    for of, words in beside_lines(session, round_id, lines, from_reserve(every)):
        yield f"{of} is {words[:1].lower()}{words[1:]}"


def from_reserve(every: Sequence[DecisionRow]) -> frozenset[str]:
    """Return what was decided again after it was put on the reserve list, which is told where it is said."""
    earlier = earlier_decisions(every).items()
    return frozenset(of for of, rows in earlier if rows[-1].outcome == PanelOutcome.RESERVE)


def beside_lines(
    session: Session, round_id: int, lines: Sequence[DecisionRow], told: Container[str] = ()
) -> Iterator[tuple[str, str]]:
    """Yield each award that is more than panel and rule would give: its application, and what it is against.

    Where it is `told` otherwise that one comes from the reserve list, that alone is not said again.
    """
    said = recommendations(session, round_id)
    advised = {row.application: row.amount_pence for row in said}
    reserves = {row.application for row in said if row.outcome == PanelOutcome.RESERVE}
    more = [row for row in lines if row.application in advised]
    more = [row for row in more if is_beside(row.amount_pence, advised[row.application], None)]
    if not more:
        return
    standings = _standings(as_decided(session, round_id))
    for row in more:
        of, pence, here = row.application, row.amount_pence or 0, standings[row.application]
        if is_beside(pence, advised[of], here.offer_pence):
            below = ", although its marks are below a minimum of the round" if here.below_threshold else ""
            advice = advised_words(advised[of], short_pounds, is_reserve=of in reserves)
            if below or of not in reserves or of not in told:
                yield of, f"Awarded {short_pounds(pence)}, {advice}{below}."


def _standings(rows: RoundRows) -> dict[str, Standing]:
    """Return how each application of a round stands, by reference."""
    return {one.reference: one for one in rank(scored_round(rows)).standings}

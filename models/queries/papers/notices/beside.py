"""What a notice says of money that is not all that was asked, or not what the panel recommended."""

from collections.abc import Iterator, Sequence

from models.papers.notice import Allocation
from models.papers.texts import LETTERS, PaperTexts
from models.queries.applications.applications import asked_corrected
from models.queries.awards.awards import withdrawn_in
from models.queries.deciding.decided_anew import (
    DecidedRound,
    out_of_order,
    passed_over_since,
    replaced_words,
    without_number,
)
from models.queries.deciding.decisions import DecisionRow, earlier_decisions
from models.queries.deciding.recommendations import RecommendationRow, recommendations
from models.queries.papers.letter_parts.part_offers import less_because
from models.queries.papers.letter_parts.reserves import by_pot
from models.queries.papers.paper_texts import texts_by_subject
from models.session import Session
from scoring.money import short_pounds
from scoring.schedule.exceptions import advised_words, is_beside
from scoring.schedule.lines import FORMS, PanelOutcome, stay_words
from scoring.written.text import as_sentence, one_line, with_capital

BELOW = ", although its marks are below a minimum of the round"
BELOW_MINIMUM, IN_MINUTES = "below a minimum of the round", "for the reasons in the minutes of the panel"
BY_PANEL = "as the panel recommended"
REASON_ABOVE, REASON_IN_NOTICE = "for the reason given above", "for the reason that its notice gives"
_BY_CHOICE = (PanelOutcome.DECLINE, PanelOutcome.DEFER, PanelOutcome.REFER)
"""What a panel recommends of an application for a reason of its own; the reserve list has the rule's."""


def in_part_words(
    session: Session, round_: DecidedRound, allocations: Sequence[Allocation], changed: str = REASON_ABOVE
) -> Iterator[str]:
    """Yield which allocations are less than was asked, and why, in one sentence; nothing where none is.

    `changed` says where the reason stands of what is neither the rule's amount nor the panel's.
    """
    rows = round_.rows
    asked = {row.reference: row.requested_pence for row in rows.applications}
    part = [line for line in allocations if line.amount_pence < asked[line.reference]]
    if not part:
        return
    corrected = asked_corrected(session, round_.round_id)
    texts = texts_by_subject(session, round_.round_id, LETTERS)
    panels = {row.application: row.amount_pence for row in recommendations(session, round_.round_id)}
    shown, told = by_pot(rows), list[str]()
    for line in part:
        of, pence = line.reference, line.amount_pence
        why = less_because(rows.scheme, shown[of], round_.standings[of], pence)
        why = why or (BY_PANEL if pence == panels.get(of) else changed)
        was = " (as corrected)" if of in corrected else ""
        words = f"{of}, {short_pounds(pence)} of the {short_pounds(asked[of])} asked{was}"
        written = one_line(texts.get(of, PaperTexts()).get("why_less")).rstrip(".")
        told.append(f"{words} ({written})" if written else f"{words}, {why}")
    yield f"In part: {'; '.join(told)}."


def out_of_order_words(
    session: Session, round_: DecidedRound, allocations: Sequence[Allocation]
) -> Iterator[str]:
    """Yield which allocations are out of the order of places, and past whom."""
    here = {line.reference for line in allocations}
    yield from (one.words for one in out_of_order(session, round_) if one.application in here)


def again_words(
    session: Session, round_: DecidedRound, every: Sequence[DecisionRow], lines: Sequence[DecisionRow]
) -> Iterator[str]:
    """Yield of lines decided again what they were, and why.

    What was found on a challenge is the answer to whoever asked, and stands in no paper for the public.
    """
    yield from replaced_words(every, lines)
    yield from _stayed(session, round_, every, lines)
    yield from changed_words(session, round_, lines, every)


def changed_words(
    session: Session, round_: DecidedRound, lines: Sequence[DecisionRow], every: Sequence[DecisionRow]
) -> Iterator[str]:
    """Yield what is decided, or was signed before a decision, otherwise than the panel recommended."""
    for of, words in unlike_recommended(session, round_, lines, every):
        yield f"{of} is {words[:1].lower()}{words[1:]}"


def why_without_money(
    session: Session,
    round_: DecidedRound,
    lines: Sequence[DecisionRow | RecommendationRow],
    every: Sequence[DecisionRow] = (),
) -> dict[str, str]:
    """Return why applications get no money, by reference, where no other sentence of the notice says so.

    The marks say it of what is below a minimum, the minutes of what else the panel recommended: its own
    words are for whoever applied, and stand in no paper for the public.
    """
    panels = {row.application: row.outcome for row in recommendations(session, round_.round_id)}
    anew = earlier_decisions(every)
    alike = [
        row for row in lines if row.outcome == panels.get(row.application) and row.application not in anew
    ]
    return {row.application: _why(round_, row) for row in alike if row.outcome in _BY_CHOICE}


def _why(round_: DecidedRound, row: DecisionRow | RecommendationRow) -> str:
    here = round_.standings.get(row.application)
    is_below = row.outcome == PanelOutcome.DECLINE and here is not None and bool(here.below_threshold)
    return BELOW_MINIMUM if is_below else IN_MINUTES


def _stayed(
    session: Session, round_: DecidedRound, every: Sequence[DecisionRow], lines: Sequence[DecisionRow]
) -> Iterator[str]:
    """Yield which lines get money, decided again, that others on the reserve list are placed before."""
    given = {row.application for row in lines if row.amount_pence is not None}
    if not given & earlier_decisions(every).keys():
        return
    gone = withdrawn_in(session, round_.round_id)
    for one in passed_over_since(round_.ranking, every, gone):
        if one.application in given and one.notice == lines[0].notice:
            yield f"{stay_words(one.over, one.application)}."


def unlike_recommended(
    session: Session, round_: DecidedRound, lines: Sequence[DecisionRow], every: Sequence[DecisionRow]
) -> Iterator[tuple[str, str]]:
    """Yield what is decided otherwise than the panel recommended: its application, what it is, and why.

    It is told where the office wrote why, and where more is awarded than panel and rule would give. Of what
    was decided again, where `every` decision of the round tells why, and that it was in reserve, only that.
    """
    advised, anew = (
        {row.application: row for row in recommendations(session, round_.round_id)},
        earlier_decisions(every),
    )
    other = [row for row in lines if row.application in advised and _differs(row, advised[row.application])]
    for row in other:
        of, here, panels = row.application, round_.standings[row.application], advised[row.application]
        why = "" if of in anew else without_number(row.change_reason).strip()
        is_more = is_beside(row.amount_pence, panels.amount_pence, here.offer_pence)
        below = is_more and bool(here.below_threshold)
        is_reserve = panels.outcome == PanelOutcome.RESERVE
        is_told = is_reserve and of in anew and anew[of][-1].outcome == PanelOutcome.RESERVE
        if why or below or (is_more and not is_told):
            advice = advised_words(panels.amount_pence, short_pounds, is_reserve=is_reserve)
            words = f"{_decided(row)}, {advice}{BELOW if below else ''}."
            yield of, f"{words} Reason: {with_capital(as_sentence(why))}" if why else words


def _differs(row: DecisionRow, panels: RecommendationRow) -> bool:
    """Whether the money differs from the panel's, or the outcome of what gets none."""
    is_other = row.amount_pence is None and row.outcome != panels.outcome
    return is_other or row.amount_pence != panels.amount_pence


def _decided(row: DecisionRow) -> str:
    if row.amount_pence is not None:
        return f"Awarded {short_pounds(row.amount_pence)}"
    return with_capital(FORMS[PanelOutcome(row.outcome)].became)

"""What was decided under the number of a notice."""

from collections.abc import Collection, Iterable, Sequence

from msgspec.structs import replace

from models.papers.notice import Allocation, AlsoSigned
from models.papers.order import PaperOrder
from models.queries.deciding.decided_anew import DecidedRound, takes_place
from models.queries.deciding.decisions import DecisionRow, decided_with, final_decisions
from models.queries.deciding.progress import signers, turns
from models.queries.deciding.recommendations import RecommendationRow
from models.queries.deciding.settled import power_of
from models.queries.papers.notices.allocations import (
    allocations_of,
    lost_lines,
    numbered,
)
from models.queries.papers.notices.areas import areas_of, areas_said, with_area
from models.queries.papers.notices.background_papers import background_papers
from models.queries.papers.notices.before import Before, signed_before
from models.queries.papers.notices.beside import (
    again_words,
    in_part_words,
    out_of_order_words,
    why_without_money,
)
from models.queries.papers.notices.by_the_chair import chair_words
from models.queries.papers.notices.money import Drawn, drawn_by_lines
from models.queries.papers.notices.numbers import (
    award_references,
    notice_number,
    signed_interests,
    signed_power,
)
from models.queries.papers.notices.panel import in_other_notices, others_words, panel_words
from models.queries.papers.notices.taken import Taken
from models.queries.papers.notices.words import (
    by_outcome,
    is_anew,
    without_money,
)
from models.queries.set_up.round_facts import RoundFacts
from models.session import Session
from models.values.rows import ApplicationRow


def decided_under(
    session: Session,
    order: PaperOrder,
    of: tuple[RoundFacts, DecidedRound],
    rows: Sequence[ApplicationRow],
    every: Sequence[DecisionRow],
    waiting: Collection[str] = (),
) -> Taken:
    """Return what was decided under the number ordered, of `every` decision of the round.

    The refusal of a number that is none of them names those that are `waiting` for a signature too.
    """
    facts, round_ = of
    number = notice_number(order.notice, every, with_area(facts.line.words, order.where), waiting)
    lines = [row for row in every if row.notice == number and row.verdict != "send_back"]
    made = award_references(session, [line.number for line in lines])
    allocations = numbered(allocations_of(rows, lines, every, facts), made)
    lost = allocations_of(rows, tuple(lost_lines(every, lines)), every, facts)
    areas, again = areas_of(rows, (row.application for row in lines), facts), is_anew(every, lines)
    where = areas_said(order, rows, areas)
    also, drawn = _also_signed(every, lines), drawn_of(session, order, rows, lines, lost, lines[0])
    is_alone = again or facts.line.is_direct  # it tells of its own lines, and of no others
    return Taken(
        number=number,
        allocations=allocations,
        by_outcome=by_outcome(lines, lost),
        others=(
            *in_part_words(session, round_, allocations),
            *out_of_order_words(session, round_, allocations),
            *chair_words(round_, amounts_of(lines), amounts_of(decided_with(every, number).values())),
            *without_money(
                lines,
                lost,
                facts.line.year,
                why_without_money(session, round_, lines, every),
                final_decisions(every),
            ),
            *others_words(
                session,
                of,
                () if is_alone else rows,
                final_decisions(every),
                areas,
                drawn,
                elsewhere=in_other_notices(final_decisions(every), lines),
                is_draft=False,
                today=lines[0].signed_on,  # it keeps what was so on its day
            ),
        ),
        panel=takes_place(every, lines)
        if again
        else panel_words(session, of, rows, final_decisions(every), areas, where=where),
        where=where,
        taken_back=tuple(replace(line, superseded_by="") for line in lost),
        interests=signed_interests(session, number),
        power=signed_power(session, number) or power_of(session, facts.defaults),
        posts=(lines[0].post,),
        areas=areas,
        drawn=drawn,
        signed=lines[0],
        by=lines[0].signed_by,
        on=lines[0].signed_on,
        also_signed=also,
        named_after=_signed_after(every, lines[0], also),
        replaces=tuple(again_words(session, round_, every, lines)),
        papers=background_papers(session, facts, every, lines),
        before=Before(signed_before(session, facts.line.round_id, lines, every)),
    )


def drawn_of(
    session: Session,
    order: PaperOrder,
    rows: Iterable[ApplicationRow],
    lines: Iterable[DecisionRow | RecommendationRow],
    lost: Iterable[Allocation] = (),
    signed: DecisionRow | None = None,
) -> Drawn:
    """Return what lines draw on the pots; `lost` is what they take back, `signed` their first once signed."""
    assert order.round_id is not None, "a notice is of a round"
    areas = {row.reference: row.area or "" for row in rows}
    given = {line.application: line.amount_pence or 0 for line in lines}
    return drawn_by_lines(session, order.round_id, areas, given, [line.reference for line in lost], signed)


def _also_signed(every: Sequence[DecisionRow], lines: Sequence[DecisionRow]) -> tuple[AlsoSigned, ...]:
    """Return who signed jointly with whoever decided the lines of a notice, each once."""
    found = (row for line in lines for row in signers(every, line) if row.number != line.number)
    order = turns(every)
    in_order = sorted(found, key=lambda row: order[row.signed_by, row.post])
    who = (AlsoSigned(row.post, row.signed_by, row.signed_on, row.interests) for row in in_order)
    return tuple(dict.fromkeys(who))


def _signed_after(every: Sequence[DecisionRow], last: DecisionRow, others: Iterable[AlsoSigned]) -> int:
    """Return how many of those who signed jointly papers name before whoever signed last."""
    order = turns(every)
    return sum(order[one.name, one.post] < order[last.signed_by, last.post] for one in others)


def amounts_of(lines: Iterable[DecisionRow | RecommendationRow]) -> dict[str, int | None]:
    """Return the money of each line in pence."""
    return {line.application: line.amount_pence for line in lines}

"""A notice of decision from the record: its lines, and what is told where the office wrote nothing."""

from collections.abc import Sequence

from models.papers.notice import NoticeOfDecision
from models.papers.order import PaperOrder
from models.queries.applications.applications import applications
from models.queries.deciding.decided_anew import DecidedRound, decided_round
from models.queries.deciding.decisions import chain_of, decisions, final_decisions
from models.queries.deciding.recommendations import RecommendationRow, recommendations
from models.queries.deciding.settled import power_of
from models.queries.papers.notices.allocations import (
    advised_allocations,
)
from models.queries.papers.notices.anew import begun_anew, half_signed_anew
from models.queries.papers.notices.areas import areas_of, areas_said, by_area, with_area
from models.queries.papers.notices.before import to_sign_before
from models.queries.papers.notices.beside import (
    changed_words,
    in_part_words,
    out_of_order_words,
    why_without_money,
)
from models.queries.papers.notices.by_the_chair import chair_words
from models.queries.papers.notices.half_signed import as_signed, last_signed, signed_jointly
from models.queries.papers.notices.numbers import (
    notice_numbers,
    number_written,
    require_free,
    to_decide,
)
from models.queries.papers.notices.panel import (
    in_other_notices,
    others_words,
    panel_words,
    require_marks_that_count,
)
from models.queries.papers.notices.taken import Taken, paper_of
from models.queries.papers.notices.under_number import amounts_of, decided_under, drawn_of
from models.queries.papers.notices.words import (
    by_outcome,
    require_one_signer,
    who_signs,
    without_money,
)
from models.queries.set_up.round_facts import RoundFacts, round_facts
from models.session import Session
from models.values.rows import ApplicationRow
from scoring.refused import Refused


def notice(session: Session, order: PaperOrder, round_: DecidedRound | None = None) -> NoticeOfDecision:
    """Return the notice of the number ordered, or of the only one of the round or of the area ordered.

    Of an area it holds that area's lines alone, and says so in its subject. Before anything is decided it
    is drafted from what is recommended, to be signed; under another number than those that are signed it is
    drafted from what is not decided yet. `round_` is the round as it was decided where it is at hand.
    """
    assert order.round_id is not None, "a notice is of a round"
    facts, round_ = round_facts(session, order.round_id), round_ or decided_round(session, order.round_id)
    rows = [r for r in applications(session, order.round_id) if order.is_of(r.area)]
    chosen = {row.reference for row in rows}
    every = [row for row in decisions(session, order.round_id) if row.application in chosen]
    if order.notice and order.notice not in notice_numbers(every):
        begun = half_signed_anew(session, order)
        if begun is not None:
            return begun
    left = to_decide(rows, recommendations(session, order.round_id), every)
    numbers = notice_numbers(every)
    if numbers and (order.notice in ("", *numbers) or not left):
        waiting = begun_anew(session, order.round_id, every)
        return paper_of(session, order, decided_under(session, order, (facts, round_), rows, every, waiting))
    here = as_signed(left, every)
    return paper_of(session, order, _recommended(session, order, (facts, round_), rows, here))


def _recommended(
    session: Session,
    order: PaperOrder,
    of: tuple[RoundFacts, DecidedRound],
    rows: Sequence[ApplicationRow],
    here: Sequence[RecommendationRow],
) -> Taken:
    """Return what is recommended `here`, as a notice to be signed; Refused where that is nothing."""
    assert order.round_id is not None, "a notice is of a round"
    facts, round_ = of
    advised = {row.application: row for row in here}
    every, chain = decisions(session, order.round_id), chain_of(session, order.round_id)
    told = {*advised, *final_decisions(every)}
    require_free(session, order.notice)
    if not here:
        raise Refused(
            f"Nothing is decided in {with_area(facts.line.words, order.where)} yet, and nothing is "
            "recommended there, so there is no notice to write."
        )
    if not facts.line.is_direct:
        require_marks_that_count(round_, here)
    allocations = advised_allocations(advised, rows, facts)
    most = max((line.amount_pence for line in allocations), default=0)
    last = max((n for n, one in enumerate(chain) if one.is_needed(most)), default=None)
    also, posts = ((), ()) if last is None else signed_jointly(here, every, last, chain[last])
    areas, begun = areas_of(rows, advised, facts), tuple(last_signed(here, every))
    require_one_signer(session, order, last or 0, areas)
    where, drawn = areas_said(order, rows, areas), drawn_of(session, order, rows, here)
    return Taken(
        number=order.notice or number_written(session, facts.line.round_id, begun, len(here)),
        allocations=allocations,
        by_outcome=by_outcome(here, ()),
        others=(
            *in_part_words(session, round_, allocations),
            *out_of_order_words(session, round_, allocations),
            *chair_words(round_, amounts_of(here), amounts_of(final_decisions(every).values())),
            *without_money(here, (), facts.line.year, why_without_money(session, round_, here)),
            *others_words(
                session,
                of,
                () if facts.line.is_direct else rows,
                told,
                areas,
                drawn,
                elsewhere=in_other_notices(final_decisions(every), here),
                is_draft=True,
                today=order.today,
            ),
        ),
        panel=panel_words(session, of, rows, told, areas, where=where),
        where=where,
        taken_back=(),
        interests="",
        power=power_of(session, facts.defaults),
        posts=posts,
        areas=areas,
        drawn=drawn,
        also_signed=also,
        replaces=tuple(changed_words(session, round_, begun, every)),
        to_sign=tuple(who_signs(session, order, last or 0, post, areas) for post in posts),
        before=to_sign_before(
            session,
            order.round_id,
            {row.reference: row.area or "" for row in rows},
            {row.application: row.amount_pence for row in by_area(here, rows, areas)},
            every,
        ),
    )

"""A notice of decision from the record: its lines, and what is told where the office wrote nothing."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from models.papers.notice import Allocation, AlsoSigned, NoticeOfDecision
from models.papers.order import PaperOrder
from models.papers.without_money import Counts
from models.queries.applications.applications import applications
from models.queries.applications.choices import printed_kinds
from models.queries.awards.direct.on_notices import came_about, passed_on
from models.queries.deciding.as_decided import DecidedRound, decided_round
from models.queries.deciding.decided_anew import takes_place
from models.queries.deciding.decisions import DecisionRow, chain_of, decided_with, decisions, final_decisions
from models.queries.deciding.progress import signers, turns
from models.queries.deciding.recommendations import RecommendationRow, recommendations
from models.queries.deciding.standing_words import interests_to_state, power_of
from models.queries.papers.letterhead import letterhead_of
from models.queries.papers.notices.allocations import (
    advised_allocations,
    allocations_of,
    lost_lines,
    numbered,
)
from models.queries.papers.notices.areas import areas_of, areas_said, by_area, with_area
from models.queries.papers.notices.background_papers import background_papers, usual_papers
from models.queries.papers.notices.before import Before, signed_before, to_sign_before
from models.queries.papers.notices.beside import (
    again_words,
    changed_words,
    in_part_words,
    out_of_order_words,
    why_without_money,
)
from models.queries.papers.notices.by_the_chair import chair_words
from models.queries.papers.notices.contacts import contact
from models.queries.papers.notices.fund_year import lapsing, over_years
from models.queries.papers.notices.half_signed import as_signed, last_signed, signed_jointly
from models.queries.papers.notices.money import Drawn, areas_over_pot, drawn_by_lines, financial_position
from models.queries.papers.notices.numbers import (
    award_references,
    notice_number,
    notice_numbers,
    number_written,
    require_free,
    signed_interests,
    signed_power,
    to_decide,
)
from models.queries.papers.notices.panel import others_words, panel_words
from models.queries.papers.notices.public_notice import public_notice
from models.queries.papers.notices.set_aside import set_aside_words
from models.queries.papers.notices.words import (
    ACCESS,
    by_outcome,
    in_part,
    is_anew,
    legal,
    notice_texts,
    require_one_signer,
    summary,
    who_signs,
    without_money,
)
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import RoundFacts, round_facts
from models.session import Session
from models.values.rows import ApplicationRow
from scoring.counted import listed
from scoring.refused import Refused
from scoring.written.text import paragraphs


class _Taken(NamedTuple):
    """What was decided under a number, or is recommended and to be signed: then `on` is None.

    `areas` are those of all its lines, funded or not; `where` names them where the round has others.
    """

    number: str
    allocations: tuple[Allocation, ...]
    by_outcome: Counts
    taken_back: tuple[Allocation, ...]
    interests: str
    power: str
    posts: tuple[str, ...]
    areas: tuple[str, ...]
    drawn: Drawn
    signed: DecisionRow | None = None
    by: str = ""
    on: date | None = None
    also_signed: tuple[AlsoSigned, ...] = ()
    named_after: int = 0
    to_sign: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    before: Before = Before()
    panel: str = ""
    where: str = ""
    papers: str = ""


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
    left = to_decide(rows, recommendations(session, order.round_id), every)
    numbers = notice_numbers(every)
    if numbers and (order.notice in ("", *numbers) or not left):
        return _paper(session, order, _signed(session, order, (facts, round_), rows, every))
    here = as_signed(left, every)
    return _paper(session, order, _recommended(session, order, (facts, round_), rows, here))


def _paper(session: Session, order: PaperOrder, taken: _Taken) -> NoticeOfDecision:
    assert order.round_id is not None, "a notice is of a round"
    day = taken.on or order.today
    facts, office = round_facts(session, order.round_id, day), office_on(session, day)
    texts = notice_texts(session, order.round_id, taken.number, taken.areas)
    total = sum(line.amount_pence for line in taken.allocations)
    over = areas_over_pot(session, order.round_id, taken.drawn, is_decided=taken.on is not None)
    funded = {line.reference: line.amount_pence for line in taken.allocations}
    rows = [row for row in applications(session, order.round_id) if row.reference in funded]
    whole = NoticeOfDecision(
        number=taken.number,
        office=office.name,
        letterhead=replace(letterhead_of(office, order.kind), signatory=""),
        fund=facts.line.fund,
        round=facts.line.name,
        year=facts.line.year,
        is_confidential=False,
        subject=with_area(
            texts.get("title", f"{facts.line.fund}, {facts.line.name}"),
            order.where if texts.get("title") else taken.where,
        ),
        contact=contact(texts, office),
        summary=texts.get("summary", summary(facts, taken.allocations, taken.taken_back, taken.panel)),
        background=(
            *paragraphs(texts.get("background")),
            *came_about(session, order.round_id, taken.allocations),
            *taken.replaces,
            *taken.others,
        ),
        financial=(
            *paragraphs(texts.get("financial") or _financial(session, facts, taken)),
            *(words for _, _, words in over),
            *over_years(rows, funded),
            *lapsing(session, facts, {row.reference: row.end_on for row in rows}),
        ),
        legal=paragraphs(texts.get("legal", legal(taken.power, len(taken.allocations)))),
        papers=paragraphs(texts.get("papers", taken.papers or usual_papers(facts))),
        access=texts.get("access", office.get("public_access") or ACCESS),
        interests=taken.interests,
        standing_interests=interests_to_state(session, day),
        legal_power=taken.power,
        decided_by=taken.by,
        post=listed(taken.posts),
        decided_on=taken.on,
        others=sum(many for _, many in taken.by_outcome),
        by_outcome=taken.by_outcome,
        allocations=taken.allocations,
        total_pence=total,
        also_signed=taken.also_signed,
        named_after=taken.named_after,
        to_sign=taken.to_sign,
        passed_on=passed_on(session, order.round_id, taken.allocations),
        kinds=printed_kinds(session, order.round_id, funded),
        taken_back=taken.taken_back,
        signed_before=taken.before.signed,
        to_sign_first=taken.before.to_sign,
        over_pots=tuple((area, pence) for area, pence, _ in over),
    )
    return public_notice(session, order.round_id, in_part(whole, texts, is_apart=order.confidential_part))


def _signed(
    session: Session,
    order: PaperOrder,
    of: tuple[RoundFacts, DecidedRound],
    rows: Sequence[ApplicationRow],
    every: Sequence[DecisionRow],
) -> _Taken:
    """Return what was decided under the number ordered."""
    facts, round_ = of
    number = notice_number(order.notice, every, with_area(facts.line.words, order.where))
    lines = [row for row in every if row.notice == number and row.verdict != "send_back"]
    made = award_references(session, [line.number for line in lines])
    allocations = numbered(allocations_of(rows, lines, every, facts), made)
    lost = allocations_of(rows, tuple(lost_lines(every, lines)), every, facts)
    areas, again = areas_of(rows, (row.application for row in lines), facts), is_anew(every, lines)
    where = areas_said(order, rows, areas)
    also = _also_signed(every, lines)
    is_alone = again or facts.line.is_direct  # it tells of its own lines, and of no others
    return _Taken(
        number=number,
        allocations=allocations,
        by_outcome=by_outcome(lines, lost),
        others=(
            *in_part_words(session, round_, allocations),
            *out_of_order_words(session, round_, allocations),
            *chair_words(round_, _amounts(lines), _amounts(decided_with(every, number).values())),
            *without_money(
                lines,
                lost,
                facts.line.year,
                why_without_money(session, round_, lines, every),
                final_decisions(every),
            ),
            *others_words(
                session,
                facts,
                () if is_alone else rows,
                final_decisions(every),
                areas,
                is_draft=False,
            ),
        ),
        panel=takes_place(every, lines)
        if again
        else panel_words(session, facts, rows, final_decisions(every), areas, where=where),
        where=where,
        taken_back=tuple(replace(line, superseded_by="") for line in lost),
        interests=signed_interests(session, number),
        power=signed_power(session, number) or power_of(session, facts.defaults),
        posts=(lines[0].post,),
        areas=areas,
        drawn=_drawn(session, order, rows, lines, lost, lines[0]),
        signed=lines[0],
        by=lines[0].signed_by,
        on=lines[0].signed_on,
        also_signed=also,
        named_after=_signed_after(every, lines[0], also),
        replaces=tuple(again_words(session, round_, every, lines)),
        papers=background_papers(session, facts, every, lines),
        before=Before(signed_before(session, facts.line.round_id, lines, every)),
    )


def _recommended(
    session: Session,
    order: PaperOrder,
    of: tuple[RoundFacts, DecidedRound],
    rows: Sequence[ApplicationRow],
    here: Sequence[RecommendationRow],
) -> _Taken:
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
    allocations = advised_allocations(advised, rows, facts)
    most = max((line.amount_pence for line in allocations), default=0)
    last = max((n for n, one in enumerate(chain) if (one.from_pence or 0) <= most), default=None)
    also, posts = ((), ()) if last is None else signed_jointly(here, every, last, chain[last])
    areas, begun = areas_of(rows, advised, facts), tuple(last_signed(here, every))
    require_one_signer(session, order, last or 0, areas)
    where = areas_said(order, rows, areas)
    return _Taken(
        number=order.notice or number_written(session, facts.line.round_id, begun, len(here)),
        allocations=allocations,
        by_outcome=by_outcome(here, ()),
        others=(
            *in_part_words(session, round_, allocations),
            *out_of_order_words(session, round_, allocations),
            *chair_words(round_, _amounts(here), _amounts(final_decisions(every).values())),
            *without_money(here, (), facts.line.year, why_without_money(session, round_, here)),
            *others_words(
                session,
                facts,
                () if facts.line.is_direct else rows,
                told,
                areas,
                is_draft=True,
            ),
        ),
        panel=panel_words(session, facts, rows, told, areas, where=where),
        where=where,
        taken_back=(),
        interests="",
        power=power_of(session, facts.defaults),
        posts=posts,
        areas=areas,
        drawn=_drawn(session, order, rows, here),
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


def _financial(session: Session, facts: RoundFacts, taken: _Taken) -> str:
    """Return what a notice tells of the money of the year, of its pots and of what is set aside."""
    lines = {line.reference: line.amount_pence for line in taken.allocations}
    gone = {line.reference for line in taken.taken_back}
    left = set_aside_words(session, facts.line, lines, taken.signed, gone=gone)
    return " ".join((financial_position(session, facts, taken.drawn), *left))


def _drawn(
    session: Session,
    order: PaperOrder,
    rows: Iterable[ApplicationRow],
    lines: Iterable[DecisionRow | RecommendationRow],
    lost: Iterable[Allocation] = (),
    signed: DecisionRow | None = None,
) -> Drawn:
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


def _amounts(lines: Iterable[DecisionRow | RecommendationRow]) -> dict[str, int | None]:
    """Return the money of each line in pence."""
    return {line.application: line.amount_pence for line in lines}

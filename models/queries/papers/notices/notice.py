"""A notice of decision from the record: what was decided under a number, or is to be signed, also anew."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from models.papers.notice import Allocation, AlsoSigned, Counts, NoticeOfDecision, count_without_money
from models.papers.order import PaperOrder
from models.queries.applications.applications import applications
from models.queries.applications.choices import printed_kinds
from models.queries.awards.direct_awards import came_about, passed_on
from models.queries.deciding.decided_anew import DecidedRound, decided_round, takes_place
from models.queries.deciding.decisions import (
    chain_of,
    decided_with,
    decisions,
    final_decisions,
    lost_their_total,
    progress_by_line,
    recommendations,
)
from models.queries.deciding.settled import interests_to_state, power_of
from models.queries.papers.notices.causes import (
    again_words,
    against_rule,
    chair_words,
    changed_words,
    in_part_words,
    others_words,
    out_of_order_words,
    panel_words,
    why_without_money,
)
from models.queries.papers.notices.lines import (
    ACCESS,
    advised_allocations,
    allocations_of,
    areas_of,
    areas_said,
    background_papers,
    by_area,
    contact,
    in_part,
    is_anew,
    legal,
    lost_lines,
    notice_texts,
    numbered,
    require_one_signer,
    summary,
    usual_papers,
    who_signs,
    with_area,
    without_money,
)
from models.queries.papers.notices.pots import (
    Drawn,
    areas_over_pot,
    drawn_by_lines,
    financial_position,
    lapsing,
    over_years,
    set_aside_words,
    year_money,
)
from models.queries.papers.notices.signatures import (
    Before,
    also_signed,
    as_signed,
    award_references,
    last_signed,
    notice_number,
    notice_numbers,
    number_written,
    require_free,
    signed_after,
    signed_before,
    signed_jointly,
    to_decide,
    to_sign_before,
)
from models.queries.papers.paper_texts import letterhead_of
from models.queries.papers.transparency.public_award import public_notice
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import RoundFacts, round_facts
from models.session import Session
from models.values.recommending import DecisionRow, RecommendationRow
from models.values.rows import ApplicationRow
from scoring.written.names import round_names
from scoring.written.text import Refused, listed, paragraphs

_AFTER_ALL = 10**12
"""No line of a record has a number as high: those of a notice that is not signed yet come after all."""
_NO_NUMBER = "-"
"""Stands for the number of a notice that has none yet; it is printed nowhere."""


class Taken(NamedTuple):
    """What was decided under a number, or is recommended and to be signed: then nothing is `signed`.

    `areas` are those of all its lines, funded or not; `where` names them where the round has others. `posts`
    have still to sign, each as `to_sign` names it.
    """

    number: str
    allocations: tuple[Allocation, ...]
    by_outcome: Counts
    taken_back: tuple[Allocation, ...]
    areas: tuple[str, ...]
    where: str
    drawn: Drawn
    panel: str
    background: tuple[str, ...]
    against_rule: tuple[str, ...]
    papers: str = ""
    signed: DecisionRow | None = None
    also_signed: tuple[AlsoSigned, ...] = ()
    named_after: int = 0
    posts: tuple[str, ...] = ()
    to_sign: tuple[str, ...] = ()
    before: Before = Before()


def paper_of(session: Session, order: PaperOrder, taken: Taken) -> NoticeOfDecision:
    """Return the notice that an order asks for of what was taken."""
    signed = taken.signed
    day = signed.signed_on if signed else order.today
    facts, office = round_facts(session, order.of_round, day), office_on(session, day)
    power = (signed.legal_power if signed else "") or power_of(session, facts.defaults)
    texts = notice_texts(session, order.of_round, taken.number, taken.areas)
    over = areas_over_pot(session, order.of_round, taken.drawn, is_decided=signed is not None)
    funded = {line.reference: line.amount_pence for line in taken.allocations}
    rows = [row for row in applications(session, order.of_round) if row.reference in funded]
    whole = NoticeOfDecision(
        number=taken.number,
        office=office.name,
        letterhead=replace(letterhead_of(office, order.kind), signatory=""),
        fund=facts.line.fund,
        round=facts.line.name,
        year=facts.line.year,
        is_confidential=False,
        subject=with_area(
            texts.get("title", ", ".join(round_names(facts.line.fund, facts.line.name))),
            order.where if texts.get("title") else taken.where,
        ),
        contact=contact(texts, office),
        summary=texts.get("summary", summary(facts, taken.allocations, taken.taken_back, taken.panel)),
        background=(
            *paragraphs(texts.get("background")),
            *came_about(session, order.of_round, taken.allocations),
            *taken.background,
        ),
        financial=(
            *paragraphs(texts.get("financial") or _financial(session, facts, taken)),
            *(words for _, _, words in over),
            *over_years(rows, funded),
            *lapsing(year_money(session, facts.line), [row.end_on for row in rows], day),
        ),
        legal=paragraphs(texts.get("legal", legal(power))),
        papers=paragraphs(texts.get("papers", taken.papers or usual_papers(facts))),
        access=texts.get("access", office.get("public_access") or ACCESS),
        interests=signed.interests if signed else "",
        standing_interests=interests_to_state(session, day),
        legal_power=power,
        decided_by=signed.signed_by if signed else "",
        post=signed.post if signed else listed(taken.posts),
        decided_on=signed.signed_on if signed else None,
        against_rule=taken.against_rule,
        by_outcome=taken.by_outcome,
        allocations=taken.allocations,
        total_pence=sum(funded.values()),
        also_signed=taken.also_signed,
        named_after=taken.named_after,
        to_sign=taken.to_sign,
        passed_on=passed_on(session, order.of_round, taken.allocations),
        kinds=printed_kinds(session, order.of_round, funded),
        taken_back=taken.taken_back,
        signed_before=taken.before.signed,
        to_sign_first=taken.before.to_sign,
        over_pots=tuple((area, pence) for area, pence, _ in over),
    )
    return public_notice(session, order.of_round, in_part(whole, texts, is_apart=order.confidential_part))


def _financial(session: Session, facts: RoundFacts, taken: Taken) -> str:
    lines = {line.reference: line.amount_pence for line in taken.allocations}
    gone = {line.reference for line in taken.taken_back}
    left = set_aside_words(session, facts.line, lines, gone, taken.signed)
    return " ".join((financial_position(session, facts, taken.drawn), *left))


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
    made, also = award_references(session, [line.number for line in lines]), also_signed(every, lines)
    allocations = numbered(allocations_of(rows, lines, every, facts), made)
    again = again_words(session, round_, every, lines)
    return _taken(session, order, of, rows, lines, every, allocations, again)._replace(
        number=number,
        papers=background_papers(session, facts, every, lines),
        signed=lines[0],
        also_signed=also,
        named_after=signed_after(every, lines[0], also),
        before=Before(signed_before(session, facts.line.round_id, lines, every)),
    )


def _taken(
    session: Session,
    order: PaperOrder,
    of: tuple[RoundFacts, DecidedRound],
    rows: Sequence[ApplicationRow],
    lines: Sequence[DecisionRow | RecommendationRow],
    every: Sequence[DecisionRow],
    allocations: tuple[Allocation, ...],
    again: Iterable[str],
) -> Taken:
    """Return what lines that are decided, or recommended and to be signed, come to.

    What is decided keeps what was so on its day. What was decided `again` stands first.
    """
    facts, round_ = of
    decided = [line for line in lines if isinstance(line, DecisionRow)]
    signed = decided[0] if decided else None
    lost = allocations_of(rows, tuple(lost_lines(every, decided)), every, facts)
    final, given = final_decisions(every), {line.application: line.amount_pence for line in lines}
    before = decided_with(every, signed.notice) if signed else final
    back = [line.reference for line in lost]
    areas = areas_of(rows, given, facts)
    where, is_again = areas_said(order, rows, areas), is_anew(every, decided)
    drawn = drawn_by_lines(
        session,
        order.of_round,
        {row.reference: row.area or "" for row in rows},
        {of: pence or 0 for of, pence in given.items()},
        back,
        signed if signed and signed.signed_by else None,
    )
    background = (
        *again,
        *in_part_words(session, round_, allocations),
        *out_of_order_words(session, round_, allocations),
        *chair_words(round_, given, {of: row.amount_pence for of, row in before.items()}),
        *without_money(lines, lost, facts.line.year, why_without_money(session, round_, lines, every), final),
        *others_words(
            session,
            of,
            () if is_again or facts.line.is_direct else rows,
            {**final, **given},
            areas,
            drawn,
            elsewhere={one: row.notice for one, row in final.items() if one not in given and row.notice},
            is_draft=signed is None,
            today=signed.signed_on if signed else order.today,
        ),
    )
    return Taken(
        number=order.notice,
        allocations=allocations,
        by_outcome=count_without_money(row.outcome for row in lines if row.application not in back),
        taken_back=tuple(replace(line, superseded_by="") for line in lost),
        areas=areas,
        where=where,
        drawn=drawn,
        panel=takes_place(every, decided)
        if is_again
        else panel_words(session, of, rows, {**final, **given}, areas, where=where),
        background=background,
        against_rule=against_rule(session, round_, allocations),
    )


class NewLine(NamedTuple):
    """What is to be decided on an application that is decided, in pence, None for no money.

    `reason` is why money reduces crime or helps victims, "" for that of the decision before, `because` why
    it is decided again.
    """

    application: str
    outcome: str
    amount_pence: int | None
    reason: str
    because: str


def notice_anew(session: Session, order: PaperOrder, lines: Sequence[NewLine]) -> NoticeOfDecision:
    """Return the notice of new decisions, with a line for each post to sign: the signatures decide them.

    The order names its number, "" where there is none yet. Refused where a line is not decided yet, or where
    the number is that of another notice.
    """
    require_free(session, order.notice)
    every = decisions(session, order.of_round)
    final = final_decisions(every)
    for line in lines:
        if line.application not in final:
            raise Refused(f"{line.application} is not decided yet. Recommend and decide it like the others.")
    new = [
        replace(
            final[line.application],
            verdict="change",
            outcome=line.outcome,
            amount_pence=line.amount_pence,
            reason=line.reason or final[line.application].reason,
            change_reason=line.because,
        )
        for line in lines
    ]
    return _drafted(session, order, every, new)


def begun_anew(session: Session, round_id: int, every: Iterable[DecisionRow]) -> dict[str, list[DecisionRow]]:
    """Return the new decisions that some of those who sign jointly have signed, by the number on their paper.

    `every` are the decisions to look through; what was signed in the window has no number yet.
    """
    found = dict[str, list[DecisionRow]]()
    for held in progress_by_line(every).values():
        if held.is_correcting:
            number = number_written(session, round_id, [held.since[-1]], 1)
            found.setdefault(number, []).append(held.since[-1])
    return {number: lines for number, lines in found.items() if number}


def _drafted(
    session: Session, order: PaperOrder, every: Sequence[DecisionRow], lines: Sequence[DecisionRow]
) -> NoticeOfDecision:
    step = max(line.step for line in lines)
    also, posts = signed_jointly(lines, every, step, chain_of(session, order.of_round)[step])
    named = replace(order, notice=order.notice or _NO_NUMBER)
    new = list(_unsigned(lines, named.notice, order.today))
    of = round_facts(session, order.of_round), decided_round(session, order.of_round)
    rows = [row for row in applications(session, order.of_round) if order.is_of(row.area)]
    taken = decided_under(session, named, of, rows, (*_superseded(every, new), *new))
    draft = taken._replace(
        number=order.notice,
        signed=None,
        posts=posts,
        also_signed=also,
        named_after=0,
        to_sign=tuple(who_signs(session, order, step, post, taken.areas) for post in posts),
    )
    return paper_of(session, order, draft)


def _unsigned(lines: Sequence[DecisionRow], number: str, today: date) -> Iterator[DecisionRow]:
    for at, line in enumerate(lines):
        last = {"is_last": True, "ended_by": None, "signed_by": "", "signed_on": today, "notice": number}
        yield replace(line, number=_AFTER_ALL + at, **last)


def _superseded(every: Sequence[DecisionRow], new: Sequence[DecisionRow]) -> Iterator[DecisionRow]:
    ends = {line.application: line.number for line in new}
    final = {of: row.number for of, row in final_decisions(every).items()}
    for row in every:
        is_ended = row.application in ends and row.ended_by is None and row.number <= final[row.application]
        yield replace(row, ended_by=ends[row.application]) if is_ended else row


def notice(session: Session, order: PaperOrder, round_: DecidedRound | None = None) -> NoticeOfDecision:
    """Return the notice of the number ordered, or of the only one of the round or of the area ordered.

    Of an area it holds that area's lines alone, and says so in its subject. Before anything is decided it
    is drafted from what is recommended, to be signed; under another number than those that are signed it is
    drafted from what is not decided yet. `round_` is the round as it was decided where it is at hand.
    """
    facts, round_ = round_facts(session, order.of_round), round_ or decided_round(session, order.of_round)
    rows = [r for r in applications(session, order.of_round) if order.is_of(r.area)]
    chosen = {row.reference for row in rows}
    of_round = decisions(session, order.of_round)
    every = [row for row in of_round if row.application in chosen]
    numbers = notice_numbers(every)
    is_other = order.notice and order.notice not in numbers
    if is_other and (begun := begun_anew(session, order.of_round, of_round).get(order.notice)):
        return _drafted(session, order, of_round, begun)
    left = to_decide(rows, recommendations(session, order.of_round), every)
    if numbers and (order.notice in ("", *numbers) or not left):
        waiting = begun_anew(session, order.of_round, every)
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
    facts, round_ = of
    advised = {row.application: row for row in here}
    every, chain = decisions(session, order.of_round), chain_of(session, order.of_round)
    require_free(session, order.notice)
    if not here:
        raise Refused(
            f"Nothing is decided in {with_area(facts.line.words, order.where)} yet, and nothing is "
            "recommended there, so there is no notice to write."
        )
    if not facts.line.is_direct and (faults := list(lost_their_total(round_.ranking, here))):
        raise Refused(" ".join(faults))
    allocations = advised_allocations(advised, rows, facts)
    most = max((line.amount_pence for line in allocations), default=0)
    last = max((n for n, one in enumerate(chain) if one.is_needed(most)), default=None)
    also, posts = ((), ()) if last is None else signed_jointly(here, every, last, chain[last])
    begun = tuple(last_signed(here, every))
    require_one_signer(session, order, last or 0, areas_of(rows, advised, facts))
    again = changed_words(session, round_, begun, every)
    taken = _taken(session, order, of, rows, here, every, allocations, again)
    return taken._replace(
        number=order.notice or number_written(session, facts.line.round_id, begun, len(here)),
        posts=posts,
        also_signed=also,
        to_sign=tuple(who_signs(session, order, last or 0, post, taken.areas) for post in posts),
        before=to_sign_before(
            session,
            order.of_round,
            {row.reference: row.area or "" for row in rows},
            {row.application: row.amount_pence for row in by_area(here, rows, taken.areas)},
            every,
        ),
    )

"""A notice of decision from the record: what was decided under a number, or is to be signed, also anew."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from models.papers.notice import Allocation, AlsoSigned, NoticeOfDecision, count_without_money
from models.papers.order import PaperOrder, Texts
from models.queries.applications.applications import applications
from models.queries.applications.choices import printed_kinds
from models.queries.awards.direct_awards import came_about, passed_on
from models.queries.deciding.decided_anew import DecidedRound, ranked, takes_place, without_number
from models.queries.deciding.decisions import (
    chain_of,
    decisions,
    final_decisions,
    lost_their_total,
    progress_by_line,
)
from models.queries.deciding.reasons import own_words
from models.queries.deciding.settled import interests_to_state, power_of
from models.queries.papers.notices.causes import (
    NoticeLines,
    again_words,
    background_papers,
    chair_words,
    changed_words,
    in_part_words,
    others_words,
    panel_words,
    summary,
    why_without_money,
    without_money,
)
from models.queries.papers.notices.lines import (
    ACCESS,
    allocations_of,
    contact,
    fund_words,
    in_part,
    notice_texts,
    require_one_signer,
    who_signs,
    with_area,
)
from models.queries.papers.notices.pots import (
    areas_over_pot,
    authorities_unused,
    financial_position,
    lapsing,
)
from models.queries.papers.notices.signatures import (
    as_signed,
    award_references,
    last_signed,
    notice_number,
    notice_numbers,
    number_written,
    require_free,
    signed_before,
    signed_jointly,
    signed_with,
    to_decide,
    to_sign_before,
)
from models.queries.papers.paper_texts import letterhead_of, published_purposes
from models.queries.papers.transparency.public_award import public_notice
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import round_facts
from models.session import Session
from models.values.recommending import DecisionRow, RecommendationRow
from models.values.rows import by_application
from scoring.allocating.over_pot import Overspend
from scoring.written.names import round_names
from scoring.written.text import Refused, as_sentence, listed, paragraphs, power_in_a_sentence

_AFTER_ALL = 10**12
"""No line of a record has a number as high: those of a notice that is not signed yet come after all."""
_NO_NUMBER = "-"
"""Stands for the number of a notice that has none yet; it is printed nowhere."""


def _paper(
    of: NoticeLines, number: str, allocations: tuple[Allocation, ...], again: Iterable[str], **beside: Any
) -> NoticeOfDecision:
    """Return the part of a notice that is asked for; what was decided `again` is told first.

    `beside` is what it says of who signs.
    """
    session, order, signed, round_id = of.session, of.order, of.signed, of.order.of_round
    facts, office = round_facts(session, round_id, of.day), office_on(session, of.day)
    allocations = tuple(_with_reasons(of, allocations))
    line, texts = facts.line, notice_texts(session, round_id, number, of.areas)
    power = (signed.legal_power if signed else "") or power_of(session, facts.defaults)
    over = tuple(areas_over_pot(of.drawn, is_decided=signed is not None))
    funded = {line.reference: line.amount_pence for line in allocations}
    rows = [row for row in of.applied if row.reference in funded]
    panel = takes_place(of.of_notice) if of.is_anew else panel_words(of)
    there = of.there
    money = financial_position(facts, of.drawn, there)
    law = as_sentence(f"The decision is taken under {power_in_a_sentence(power)}") if power else ""
    if signed:
        beside |= {"post": signed.post, "decided_by": signed.signed_by, "interests": signed.interests}
    whole = NoticeOfDecision(
        number=number,
        office=office.name,
        letterhead=replace(letterhead_of(office, order.kind), signatory=""),
        fund=line.fund,
        round=line.name,
        year=line.year,
        is_confidential=False,
        subject=with_area(
            texts.get("title", ", ".join(round_names(line.fund, line.name))),
            order.where if texts.get("title") else of.where,
        ),
        contact=contact(texts, office),
        summary=texts.get("summary", summary(of, allocations, panel)),
        background=(
            *fund_words(facts),
            *paragraphs(texts.get("background")),
            *came_about(session, round_id, allocations),
            *again,
            *in_part_words(of, allocations),
            *of.odd.values(),
            *chair_words(of, of.given, {one: row.amount_pence for one, row in of.stood.items()}),
            *without_money(of, why_without_money(of)),
            *others_words(of),
        ),
        financial=(
            *paragraphs(texts.get("financial") or money),
            *(words for _, _, words in over),
            *authorities_unused(of.drawn, of.given),
            *(f"{one.allowed.area}: {one.words()}." for one in _over_year(of)),
            *lapsing(there.plan.money, [row.end_on for row in rows], of.day),
        ),
        legal=paragraphs(texts.get("legal", law)),
        papers=paragraphs(texts.get("papers", background_papers(of))),
        access=texts.get("access", office.get("public_access") or ACCESS),
        standing_interests=interests_to_state(session, of.day),
        legal_power=power,
        against_rule=tuple(one for one in funded if one in of.odd or one in of.below),
        by_outcome=count_without_money(row.outcome for row in of.lines if row.application not in of.back),
        allocations=allocations,
        total_pence=sum(funded.values()),
        passed_on=passed_on(session, round_id, allocations),
        kinds=printed_kinds(session, round_id, funded),
        taken_back=of.lost,
        over_pots=tuple((area, pence) for area, pence, _ in over),
        decided_on=signed.signed_on if signed else None,
        **{"decided_by": "", "interests": "", **beside},
    )
    return public_notice(session, round_id, in_part(whole, texts, is_apart=order.confidential_part))


def _over_year(of: NoticeLines) -> Iterator[Overspend]:
    """Yield who allowed more than the money of the year for the lines of a notice, as it was decided."""
    year = of.facts.line.year
    for one in of.there.before.over_year:
        if one.is_for(of.given):
            yield Overspend(one, one.pence, year=year)


def _with_reasons(of: NoticeLines, allocations: Iterable[Allocation]) -> Iterator[Allocation]:
    """Yield lines with what each is for, as the office wrote it for the public, and why it is awarded."""
    purposes, lines = published_purposes(of.session, of.round_id), by_application(of.lines)
    for one in allocations:
        line = lines[one.reference]
        reason = line.reason.strip()
        if isinstance(line, DecisionRow):
            reason = reason or without_number(own_words(line, of.advised.get(one.reference)))
        yield replace(one, purpose=purposes.get(one.reference, ""), reason=reason)


def _decided(of: NoticeLines, number: str, **beside: Any) -> NoticeOfDecision:
    made = award_references(of.session, [line.number for line in of.decided])
    allocations = allocations_of(of.decided, of.applied, of.facts, of.final, made)
    before = signed_before(of, of.decided)
    return _paper(of, number, allocations, again_words(of), signed_before=before, **beside)


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
    step, number = max(line.step for line in lines), order.notice or _NO_NUMBER
    also, posts = signed_jointly(lines, every, step, chain_of(session, order.of_round)[step])
    last = {"is_last": True, "ended_by": None, "signed_by": "", "signed_on": order.today, "notice": number}
    new = [replace(line, number=_AFTER_ALL + at, **last) for at, line in enumerate(lines)]
    of = NoticeLines(session, order, new, (*_superseded(every, new), *new))
    return _decided(of, order.notice, **_to_sign(of, step, also, posts))


def _to_sign(of: NoticeLines, step: int, also: tuple[AlsoSigned, ...], posts: Texts) -> dict[str, Any]:
    names = tuple(who_signs(of.session, of.order, step, post, of.areas) for post in posts)
    return {"post": listed(posts), "also_signed": also, "named_after": 0, "to_sign": names}


def _superseded(every: Sequence[DecisionRow], new: Sequence[DecisionRow]) -> Iterator[DecisionRow]:
    ends = {line.application: line.number for line in new}
    final = {of: row.number for of, row in final_decisions(every).items()}
    for row in every:
        is_ended = row.application in ends and row.ended_by is None and row.number <= final[row.application]
        yield replace(row, ended_by=ends[row.application]) if is_ended else row


def notice(session: Session, order: PaperOrder) -> NoticeOfDecision:
    """Return the notice of the number ordered, or of the only one of the round or of the area ordered.

    Of an area it holds that area's lines alone, and says so in its subject. Before anything is decided it
    is drafted from what is recommended, to be signed; under another number than those that are signed it is
    drafted from what is not decided yet.
    """
    round_ = DecidedRound(session, order.of_round)
    rows = [r for r in applications(session, order.of_round) if order.is_of(r.area)]
    chosen = {row.reference for row in rows}
    every = [row for row in round_.every if row.application in chosen]
    numbers = notice_numbers(every)
    is_other = order.notice and order.notice not in numbers
    if is_other and (begun := begun_anew(session, order.of_round, round_.every).get(order.notice)):
        return _drafted(session, order, round_.every, begun)
    left = to_decide(rows, round_.advised.values(), every)
    if not numbers or (left and order.notice not in ("", *numbers)):
        here = as_signed(left, every)
        return _recommended(NoticeLines(session, order, here), here)
    where = with_area(round_facts(session, order.of_round).line.words, order.where)
    number = notice_number(order.notice, every, where, begun_anew(session, order.of_round, every))
    lines = [row for row in every if row.notice == number and row.verdict != "send_back"]
    also, after = signed_with(round_.every, lines)
    return _decided(NoticeLines(session, order, lines), number, also_signed=also, named_after=after)


def _recommended(of: NoticeLines, here: Sequence[RecommendationRow]) -> NoticeOfDecision:
    session, order, line, every = of.session, of.order, of.facts.line, of.every
    chain, areas = chain_of(session, order.of_round), ("", *of.areas)
    require_free(session, order.notice)
    if not here:
        raise Refused(
            f"Nothing is decided in {with_area(line.words, order.where)} yet, and nothing is "
            "recommended there, so there is no notice to write."
        )
    if not line.is_direct and (faults := list(lost_their_total(ranked(session, order.of_round), here))):
        raise Refused(" ".join(faults))
    allocations = allocations_of(here, of.applied, of.facts)
    most = max((one.amount_pence for one in allocations), default=0)
    last = max((n for n, one in enumerate(chain) if one.is_needed(most)), default=None)
    also, posts = ((), ()) if last is None else signed_jointly(here, every, last, chain[last])
    begun = tuple(last_signed(here, every))
    require_one_signer(session, order, last or 0, of.areas)
    by_area = sorted(here, key=lambda row: areas.index(of.places[row.application]))
    amounts = {row.application: row.amount_pence for row in by_area}
    before, first = to_sign_before(of, amounts)
    return _paper(
        of,
        order.notice or number_written(session, order.of_round, begun, len(here)),
        allocations,
        changed_words(of, begun),
        signed_before=before,
        to_sign_first=first,
        **_to_sign(of, last or 0, also, posts),
    )
